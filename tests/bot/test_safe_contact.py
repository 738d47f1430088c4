"""Safe contact held by the sender, from a referral to what a worker writes hours later."""

import pytest

from bot.messages import ChannelName, TryLater
from bot.store import websessions
from tests.api.staff import Member, join
from tests.harness import Phone, World

pytestmark = pytest.mark.edge

OPENER = "Hi. Is now a good time? Send me any message when it is."
WORDS = "It's Wren. I read what you said about Saturday."
SHORT = "If you can, ring 999, or 999 then 55 on a mobile if you can't speak."


@pytest.fixture
def kai(world: World) -> Phone:
    """Somebody who texts."""
    return world.phone("+447700900021")


async def refers(phone: Phone, *about_reaching: str, how: str = "here is fine") -> None:
    """A whole referral, with what is asked about reaching them."""
    for said in (
        "i want help to get out of my gang",
        "Kai",
        "15, hillfields",
        how,
        "add more",
        "safe now",
        *about_reaching,
        *["skip"] * 8,
    ):
        await phone.says(said)


async def worker_holds(world: World) -> Member:
    worker = await join(world.service, "Wren")
    await worker.claims_first()
    return worker


async def writes(world: World, worker: Member, words: str = WORDS) -> None:
    path = f"/tickets/{(await worker.first_ticket())['id']}/reply"
    assert (await worker.post(path, {"text": words})).status_code == 200
    await world.service.outbox.drain()


def texts(phone: Phone, since: int) -> list[str]:
    """Without the line that says who the worker is."""
    said = [message.text for message in phone.heard()[since:]]
    return [text for text in said if not text.startswith("Wren is here now.")]


async def test_a_worker_who_writes_first_opens_with_a_line_that_says_nothing(
    world: World, kai: Phone
) -> None:
    """The words leave with the person's answer, once."""
    await refers(kai, "only me")
    worker = await worker_holds(world)
    world.clock.forward(hours=5)
    before = len(kai.heard())
    await writes(world, worker)
    await writes(world, worker, "Whenever suits you.")
    assert texts(kai, before) == [OPENER]
    await kai.says("yeah go on")
    assert texts(kai, before)[1:] == [WORDS, "Whenever suits you."]


async def test_where_a_code_word_is_set_the_words_wait_for_it(world: World, kai: Phone) -> None:
    """Whoever holds the phone may answer the line; only the code word frees what was said."""
    await refers(kai, "others see it", "purple lamp")
    worker = await worker_holds(world)
    world.clock.forward(hours=5)
    before = len(kai.heard())
    await writes(world, worker)
    await kai.says("who is this")
    await kai.says("lamp")
    assert texts(kai, before) == [OPENER]
    await kai.says("Purple lamp!")
    assert texts(kai, before) == [OPENER, WORDS]


async def test_where_others_see_the_phone_and_no_word_is_set_a_person_finds_a_way(
    world: World, kai: Phone
) -> None:
    """Nothing goes, not even a line, and the worker is told why."""
    await refers(kai, "others see it", "skip")
    worker = await worker_holds(world)
    world.clock.forward(hours=5)
    before = len(kai.heard())
    await writes(world, worker)
    assert texts(kai, before) == []
    assert (await world.rows("status, error_code"))[-1] == ("failed", "unsafe_others_see")
    ((_, _, reasons),) = await world.tickets()
    assert "unsafe_contact" in list(reasons)  # type: ignore[call-overload]


async def test_words_wait_for_the_hour_that_was_called_safe(world: World, kai: Phone) -> None:
    """`After 4` was said and the worker writes at night; the line goes at four the next day."""
    await refers(kai, "only me", how="text me after 4pm")
    worker = await worker_holds(world)
    world.clock.forward(hours=5)
    before = len(kai.heard())
    await writes(world, worker)
    assert (await world.rows())[-1] == ("waiting_time",)
    await world.service.outbox.sweep()
    assert texts(kai, before) == []
    world.clock.forward(hours=16)
    await world.service.outbox.sweep()
    assert texts(kai, before) == [OPENER]


async def test_somebody_who_comes_back_before_that_hour_is_answered_at_once(
    world: World, kai: Phone
) -> None:
    """They hold the phone themselves, whatever the hour."""
    await refers(kai, "only me", how="text me after 4pm")
    worker = await worker_holds(world)
    world.clock.forward(hours=5)
    before = len(kai.heard())
    await writes(world, worker)
    await kai.says("you there?")
    assert texts(kai, before) == [WORDS]


async def test_the_exit_word_hides_from_bot_and_workers_and_keeps_the_danger(
    world: World, kai: Phone
) -> None:
    """A worker holds the conversation; one bland line, then nothing; the ticket stays, somebody is
    woken, and the next writer is greeted like anybody."""
    await kai.says("they are outside my house now with a knife")
    worker = await worker_holds(world)
    pages = len(world.pages())
    before = len(kai.heard())
    assert await kai.says("exit") == "OK, thanks."
    path = f"/tickets/{(await worker.first_ticket())['id']}/reply"
    assert (await worker.post(path, {"text": WORDS})).status_code == 409
    ((priority, state, reasons),) = await world.tickets()
    assert (priority, state) == ("immediate", "claimed")
    assert "left" in list(reasons)  # type: ignore[call-overload]
    assert len(world.pages()) > pages
    answer = await kai.says("hello")
    assert "computer programme" in answer
    assert "knife" not in "".join(texts(kai, before))
    assert await world.query("SELECT risk_level FROM conversations") == [("immediate",)]


async def test_what_was_on_its_way_when_somebody_hid_never_arrives(
    world: World, kai: Phone
) -> None:
    """A worker's words that were not sent yet are not sent to whoever writes next."""
    await kai.says("human")
    worker = await worker_holds(world)
    world.carrier(ChannelName.SMS).next_results = [TryLater(60, "busy")]
    await writes(world, worker)
    assert (await world.rows())[-1] == ("queued",)
    world.clock.forward(seconds=1)
    assert await kai.says("exit") == "OK, thanks."
    world.clock.forward(minutes=2)
    await world.run_sends()
    await kai.says("hello")
    await world.run_sends()
    assert "computer programme" in texts(kai, 0)[-1]
    assert WORDS not in texts(kai, 0)


async def test_danger_after_a_stop_is_answered_with_one_short_line(
    world: World, kai: Phone
) -> None:
    """They wrote it themselves a moment ago; three minutes later nothing goes any more."""
    await kai.says("STOP")
    before = len(kai.heard())
    await kai.says("they are outside my house now with a knife")
    assert texts(kai, before) == [SHORT]
    await kai.sends("he has a knife and he is in my house now")
    await world.run_turns()
    world.clock.forward(minutes=3)
    await world.run_sends()
    assert texts(kai, before) == [SHORT]
    assert (await world.rows("error_code"))[-1] in [("opted_out",), ("unsafe_late",)]


async def test_hiding_on_the_web_empties_the_page(world: World) -> None:
    """The browser is a newcomer's at once."""
    now, token = world.clock.now(), websessions.new_token()
    async with world.service.store.begin() as session:
        browser = await websessions.start(session, token, now)
    kai = Phone(world, browser.address)
    assert kai.address.channel is ChannelName.WEB
    await kai.says("hi")
    await kai.says("exit")
    async with world.service.store.begin() as session:
        assert await websessions.peek(session, token, now) is None
