"""Calls that end another way: a call back, a text, a hidden number, a dropped line, an outage."""

from dataclasses import replace

import pytest
from httpx import AsyncClient

from bot.backlog import Backlog
from bot.desk.calls import Asked, Ring
from bot.messages import Address, ChannelName
from bot.reconcile import Reconciler
from bot.store.tickets import set_opt_out
from tests import database
from tests.api.calls.calling import BASE, CALLER, Exchange, Line, post
from tests.bot.oncall.night import Night, Worker
from tests.channels.fake import FakeChannel

pytestmark = pytest.mark.edge
HIDDEN = "+266696687"


def texts(night: Night) -> list[tuple[str, str]]:
    sent = night.world.carrier(ChannelName.SMS).sent
    return [(one.to.value, one.text) for one in sent if one.to.value == CALLER]


async def test_a_call_back_is_a_ticket_and_a_page_in_one(
    night: Night, line: Line, ada: Worker
) -> None:
    """2: somebody is woken, and the caller hears what is true and a way out of it."""
    await line.rings()
    heard = await line.presses("2")
    assert "will try to ring this number" in heard.words
    assert await night.world.tickets() == [("high", "open", ["call_back"])]
    assert await night.states() == ["started"]
    await night.deliver()
    ada.is_paged()
    assert (await line.waits()).ends
    await line.hangs_up()
    assert len(await night.world.tickets()) == 1


async def test_a_number_that_is_not_safe_to_ring_is_marked_so(
    night: Night, line: Line, ada: Worker
) -> None:
    """0 after that; and 2 in a later call takes it back."""
    await line.rings()
    await line.presses("2")
    assert "We won't ring this number" in (await line.presses("0")).words
    await night.deliver()
    ada.is_paged()
    assert await night.world.tickets() == [("high", "open", ["call_back", "unsafe_contact"])]


async def test_a_text_goes_to_the_number_that_rang(night: Night, line: Line) -> None:
    """3: in the thread of its texts, with nothing of the call in it; no ticket is needed."""
    await line.rings()
    heard = await line.presses("3")
    assert heard.ends
    await night.world.run_sends()
    ((_, words),) = texts(night)
    assert words == "Hi. You asked for a text. Write here whenever you like."
    await line.hangs_up()
    assert await night.world.tickets() == []
    answered = await night.world.phone(CALLER).says("hello")
    assert answered


async def test_texts_have_their_limits(night: Night, line: Line, web: AsyncClient) -> None:
    """Three an hour to one number; then none is offered, and none goes."""
    for _ in range(3):
        caller = Line(night, web)
        await caller.rings()
        await caller.presses("3")
        await night.world.run_sends()
    greeting = await line.rings()
    assert "press 3" not in greeting.words
    assert "can't send a text" in (await line.presses("3")).words
    await night.world.run_sends()
    assert len(texts(night)) == 3
    night.world.clock.forward(hours=1)
    assert "press 3" in (await Line(night, web).rings()).words


async def test_nobody_is_texted_who_asked_for_no_texts(night: Night, line: Line) -> None:
    """A STOP holds whatever the telephone says, so a text is not offered."""
    async with night.world.service.store.begin() as session:
        to = Address(ChannelName.SMS, CALLER)
        await set_opt_out(session, to, True, "person", night.world.clock.now())
    night.world.clock.forward(minutes=1)
    assert "press 3" not in (await line.rings()).words


@pytest.mark.parametrize("number", ["+441632960321", "+448712960321", "+12025550123"])
async def test_what_cannot_be_done_is_not_offered(
    night: Night, web: AsyncClient, ada: Worker, number: str
) -> None:
    """A landline takes no texts; numbers that cost too much are neither texted nor rung."""
    caller = Line(night, web, number)
    greeting = await caller.rings()
    assert "press 3" not in greeting.words
    assert ("press 2" in greeting.words) == number.startswith("+441")
    assert (await caller.presses("1")).rings == ada.sms


@pytest.mark.parametrize("number", [HIDDEN, "anonymous", ""])
async def test_a_hidden_number_is_told_the_truth(
    night: Night, web: AsyncClient, ada: Worker, number: str
) -> None:
    """No call back is promised; the ticket stands by itself, and each such call is its own."""
    caller = Line(night, web, number)
    greeting = await caller.rings()
    assert "press 2" not in greeting.words
    heard = await caller.presses("2")
    assert "Your number is hidden" in heard.words
    assert "0, 7, 7, 0, 0, 9, 0, 0, 1, 0, 1" in heard.words
    await night.deliver()
    ada.is_paged()
    other = Line(night, web, number)
    await other.rings()
    await other.hangs_up()
    assert await night.world.tickets() == [
        ("high", "open", ["call_back"]),
        ("routine", "open", ["missed_call"]),
    ]


async def test_who_hangs_up_at_the_menu_is_looked_at_today(night: Night, line: Line) -> None:
    """A dropped call is a ticket; told twice, or late, it is one."""
    await line.rings()
    await line.hangs_up()
    await line.hangs_up(CallStatus="ringing")
    await line.hangs_up()
    assert await night.world.tickets() == [("concern", "open", ["missed_call"])]
    assert await night.states() == []


async def test_who_hangs_up_while_waiting_wakes_somebody(
    night: Night, line: Line, ada: Worker
) -> None:
    """They wanted a person now and had none; the worker who picks up then hears so."""
    await line.rings()
    await line.presses("1")
    await line.hangs_up()
    assert "no longer waiting" in (await line.picks_up()).words
    assert await night.world.tickets() == [("high", "open", ["missed_call"])]
    await night.deliver()
    ada.is_paged()


async def test_a_call_whose_webhooks_stop_is_found(night: Night, line: Line, ada: Worker) -> None:
    """Neither its end nor anything else was told: after minutes it is a missed call."""
    await line.rings()
    await line.presses("1")
    calls = night.world.service.telephone.calls
    night.world.clock.forward(minutes=3)
    assert await calls.end_lost(night.world.clock.now()) == 0
    night.world.clock.forward(minutes=2)
    assert await calls.end_lost(night.world.clock.now()) == 1
    assert await calls.end_lost(night.world.clock.now()) == 0
    assert await night.world.tickets() == [("high", "open", ["missed_call"])]
    assert "call_lost" in await night.world.alarms()
    await night.deliver()
    ada.is_paged()


async def test_a_call_that_no_webhook_told_of_is_found_at_the_carrier(
    night: Night, line: Line, exchange: Exchange, ada: Worker
) -> None:
    """The reconciler asks Twilio: what was answered is known, what was not becomes a ticket."""
    await line.rings()
    await line.hangs_up()
    ended = {"direction": "inbound", "status": "completed", "parent_call_sid": None}
    exchange.listed = [
        {"sid": line.sid, "from": CALLER, **ended},
        {"sid": "CAmissed", "from": "+447700900555", **ended},
        {"sid": "CAleg", "from": CALLER, **ended, "direction": "outbound-dial"},
    ]
    world = night.world
    channels = {ChannelName.VOICE: world.service.channels[ChannelName.VOICE]}
    service = world.service
    found = Reconciler(service.store, world.clock, service.intake, channels, BASE)
    assert await found.run() == 1
    await world.run_turns()
    assert await world.tickets() == [
        ("concern", "open", ["missed_call"]),
        ("high", "open", ["missed_call"]),
    ]
    await night.deliver()
    ada.is_paged()
    assert await found.run() == 0


async def test_with_the_database_away_they_hear_who_else_answers(
    night: Night, line: Line, calls_database: str, ada: Worker
) -> None:
    """999 first; that they rang is on disk, and becomes a ticket and a page once it is back."""
    with database.outage(calls_database) as outage:
        outage.begins()
        heard = await line.rings()
        assert heard.ends
        assert "ring 999" in heard.words
        assert "0800 1111" in heard.words
        assert (await line.hangs_up()).status_code == 200
    world = night.world
    assert len(world.service.spool.waiting()) == 1
    backlog: Backlog = world.service.backlog
    await backlog.drain()
    await world.run_turns()
    assert await world.tickets() == [("high", "open", ["missed_call"])]
    await night.deliver()
    ada.is_paged()
    assert world.service.spool.waiting() == []


async def test_only_twilio_is_believed(night: Night, web: AsyncClient, line: Line) -> None:
    """Without its signature nothing happens; what names no call is refused."""
    for kind in ("call", "step", "whisper", "status", "back"):
        answer = await web.post(f"/hooks/voice/{kind}", content="CallSid=CA1&From=x")
        assert answer.status_code == 403
    assert await night.world.query("SELECT count(*) FROM calls") == [(0,)]
    none = "00000000-0000-0000-0000-000000000000"
    form = {"CallSid": "CA1", "From": CALLER}
    for address in (f"step?c={none}&n=0", "step?c=x&n=0", f"step?c={none}", "whisper?l=x"):
        assert (await post(web, f"{BASE}/hooks/voice/{address}", form)).status_code == 400
    gone = await line.hears(f"{BASE}/hooks/voice/whisper?l={none}")
    assert "no longer waiting" in gone.words


async def test_other_languages_are_spoken_or_named_honestly(line: Line, ada: Worker) -> None:
    """Each is offered in its own voice; one without a voice is told so in English, and the team
    sees what was chosen."""
    await line.rings()
    offered = await line.presses("4")
    assert offered.languages == [
        "pl-PL",
        "ro-RO",
        "arb",
        "en-GB",
        "fr-FR",
        "pt-PT",
        "en-GB",
        "en-GB",
    ]
    assert "For Panjabi, press 4." in offered.words
    polish = await line.presses("1")
    assert set(polish.languages) == {"pl-PL"}
    assert "999" in polish.words
    await line.presses("4")
    somali = await line.presses("8")
    assert set(somali.languages) == {"en-GB"}
    assert "I can't speak that language" in somali.words
    assert (await line.presses("1")).rings == ada.sms
    spoken = await line.night.world.query("SELECT language FROM conversations")
    assert spoken == [("so",)]


async def test_no_number_stands_in_clear_anywhere(
    night: Night, line: Line, ada: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    """Addresses name random ids; rows hold sealed values; the log holds neither."""
    await line.rings()
    await line.presses("1")
    await line.picks_up()
    for heard in line.heard:
        assert CALLER not in heard.action
        assert ada.sms not in heard.action
    for table in ("calls", "call_legs", "number_uses", "conversations", "messages"):
        rows = str(await night.world.query(f"SELECT t::text FROM {table} t"))
        assert CALLER.removeprefix("+44") not in rows
        assert ada.sms.removeprefix("+44") not in rows
    assert CALLER.removeprefix("+44") not in caplog.text


async def test_nothing_is_recorded_unless_the_deployment_says_so(
    night: Night, line: Line, ada: Worker
) -> None:
    """No document holds a word of recording; with the setting the caller hears it first."""
    assert "recorded" not in (await line.rings()).words
    ringing = await line.presses("1")
    assert ringing.rings == ada.sms
    assert all("record" not in one.attrib for one in ringing.root.iter())
    await line.hangs_up()
    telephone = night.world.service.telephone
    calls, speech = telephone.calls, telephone.speech
    records = replace(calls, dialling=replace(calls.dialling, records=True))
    aloud = replace(speech, lines=replace(speech.lines, records=True))
    ring = Ring("CArecorded", CALLER)
    told = await records.begin(ring, night.world.clock.now())
    assert "This call is recorded." in aloud.scene(told)
    asked = await records.step(told.call_id, Asked(0, "1"), night.world.clock.now())
    assert asked is not None
    assert 'record="record-from-answer-dual"' in aloud.scene(asked)


def test_the_fake_is_no_telephone() -> None:
    """A fake carrier that could speak would hide what a call is told."""
    assert not hasattr(FakeChannel(ChannelName.VOICE), "rings_staff")
