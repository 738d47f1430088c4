"""A worker rings somebody back: their own phone first, then the other's, from our number."""

from uuid import UUID

import pytest
from httpx import AsyncClient

from bot.desk.roster import NoSuchRoute, TooManyCodes, add_phone
from bot.messages import Address, ChannelName
from bot.rules import dialling
from bot.rules.dialling import Use
from bot.store import contacts
from bot.store import dialling as uses
from tests.api.calls.calling import BASE, CALLER, OURS, Exchange, Heard, Line, post
from tests.api.staff import Desk, Member, at_desk, join
from tests.bot.oncall.night import Night
from tests.channels.twiml import checked

pytestmark = pytest.mark.edge
PHONE = "+447700900611"


async def with_phone(night: Night, staff_id: UUID, number: str = PHONE) -> None:
    now = night.world.clock.now()
    async with night.world.service.store.begin() as session:
        to = Address(ChannelName.VOICE, number)
        method, code = await contacts.add_method(session, staff_id, to, now)
        assert await contacts.prove_method(session, method, code, now)


async def rung(night: Night) -> None:
    """Workers' phones that are due ring."""
    rows = await night.world.query("SELECT id FROM outbox WHERE purpose = 'ring'")
    for (row_id,) in rows:
        await night.world.service.outbox.deliver(UUID(str(row_id)))


async def wants_to_be_rung(line: Line) -> None:
    await line.rings()
    await line.presses("2")
    await line.waits()
    await line.hangs_up()


@pytest.fixture
async def wren(night: Night, line: Line) -> Member:
    """Has a phone, and the ticket of somebody who wants to be rung."""
    member = await join(night.world.service, "Wren")
    await with_phone(night, member.id)
    await wants_to_be_rung(line)
    await member.claims_first()
    return member


async def asks(member: Member) -> int:
    ticket = await member.first_ticket()
    return (await member.post(f"/tickets/{ticket['id']}/ring")).status_code


async def on_the_phone(web: AsyncClient, url: str, **said: str) -> Heard:
    """What Wren's phone hears."""
    form = {"CallSid": "CAwren", "From": OURS, "To": PHONE, **said}
    answer = await post(web, url, form)
    assert answer.status_code == 200, answer.text
    return Heard(checked(answer.text))


async def test_the_worker_is_rung_first_and_neither_sees_the_others_number(
    night: Night, web: AsyncClient, exchange: Exchange, wren: Member
) -> None:
    """Our number rings both; the caller's number is told only to the carrier, once 1 is pressed;
    whether they talked is kept, once."""
    assert await asks(wren) == 200
    await rung(night)
    (placed,) = exchange.asked
    assert (placed["To"], placed["From"]) == (PHONE, OURS)
    assert CALLER not in str(placed)
    asked = await on_the_phone(web, placed["Url"])
    assert "Press 1 to ring them" in asked.words
    assert not asked.rings
    joined = await on_the_phone(web, asked.action, Digits="1")
    assert joined.rings == CALLER
    dial = joined.root.find("Dial")
    assert dial is not None
    assert (dial.get("callerId"), dial.get("record")) == (OURS, None)
    again = await on_the_phone(web, asked.action, Digits="1")
    assert again.rings == CALLER
    assert await night.world.query("SELECT count(*) FROM number_uses WHERE use = 'call'") == [(1,)]
    for _ in range(2):
        ended = await on_the_phone(web, joined.action, DialCallStatus="completed")
        assert "The call has ended" in ended.words
    assert await night.world.query("SELECT outcome FROM call_backs") == [("talked",)]
    assert await night.world.query("SELECT kind FROM help_actions") == [("called",)]


async def test_a_machine_at_the_workers_phone_rings_nobody(
    night: Night, web: AsyncClient, exchange: Exchange, wren: Member
) -> None:
    """It presses nothing; and who is not at home is no help given."""
    assert await asks(wren) == 200
    await rung(night)
    asked = await on_the_phone(web, exchange.asked[0]["Url"])
    assert asked.ends
    joined = await on_the_phone(web, asked.action, Digits="1")
    ended = await on_the_phone(web, joined.action, DialCallStatus="no-answer")
    assert "did not answer" in ended.words
    assert await night.world.query("SELECT outcome FROM call_backs") == [("no_answer",)]
    assert await night.world.query("SELECT count(*) FROM help_actions") == [(0,)]
    late = await on_the_phone(web, exchange.asked[0]["Url"])
    assert "is over" in late.words


async def test_a_second_press_rings_once(night: Night, exchange: Exchange, wren: Member) -> None:
    """Within a minute it is the same wish; later it is another."""
    assert [await asks(wren) for _ in range(2)] == [200, 200]
    await rung(night)
    assert len(exchange.asked) == 1
    night.world.clock.forward(minutes=2)
    assert await asks(wren) == 200
    await rung(night)
    assert len(exchange.asked) == 2


async def test_nobody_is_rung_who_said_it_is_not_safe(
    night: Night, web: AsyncClient, line: Line, exchange: Exchange
) -> None:
    """0 after a call back shuts the gate, for the console as well; 2 in a later call opens it."""
    wren = await join(night.world.service, "Wren")
    await with_phone(night, wren.id)
    await line.rings()
    await line.presses("2")
    await line.presses("0")
    await wren.claims_first()
    assert await asks(wren) == 409
    await rung(night)
    assert exchange.asked == []
    await wants_to_be_rung(Line(night, web))
    assert await asks(wren) == 200


async def test_the_gate_is_asked_again_when_the_worker_presses_1(
    night: Night, web: AsyncClient, line: Line, exchange: Exchange, wren: Member
) -> None:
    """They rang once more and said that it is not safe, while the worker's phone rang."""
    assert await asks(wren) == 200
    await rung(night)
    asked = await on_the_phone(web, exchange.asked[0]["Url"])
    again = Line(night, web, line.number)
    await again.rings()
    await again.presses("2")
    await again.presses("0")
    refused = await on_the_phone(web, asked.action, Digits="1")
    assert "may not be rung now" in refused.words
    assert not refused.rings
    assert await night.world.query("SELECT outcome FROM call_backs") == [("not-safe",)]


async def test_one_number_is_not_rung_without_end(
    night: Night, exchange: Exchange, wren: Member
) -> None:
    """Six calls an hour to one number, counted in the database, then none."""
    now, service = night.world.clock.now(), night.world.service
    wanted = uses.Wanted(Use.CALL, CALLER)
    prefixes = service.settings.dial_prefixes
    for _ in range(dialling.PER_NUMBER[Use.CALL][0].most):
        async with service.store.begin() as session:
            assert await uses.spend(session, wanted, prefixes, now) is None
    async with service.store.begin() as session:
        assert await uses.spend(session, wanted, prefixes, now) is dialling.Barred.OFTEN
    assert await asks(wren) == 409
    night.world.clock.forward(hours=1)
    assert await asks(wren) == 200
    assert exchange.asked == []


async def test_who_has_no_phone_or_not_the_ticket_rings_nobody(night: Night, line: Line) -> None:
    """A worker without a proved phone hears so; a ticket of somebody else's is not theirs."""
    await wants_to_be_rung(line)
    sol = await join(night.world.service, "Sol")
    assert await asks(sol) == 409
    await sol.claims_first()
    ticket = await sol.first_ticket()
    answer = await sol.post(f"/tickets/{ticket['id']}/ring")
    assert (answer.status_code, answer.json()) == (409, {"error": "cannot_ring"})


async def test_the_button_on_the_console(
    night: Night, web: AsyncClient, line: Line, exchange: Exchange
) -> None:
    """Shown to whoever holds the ticket; a hidden number has none, and is not shown as one."""
    await wants_to_be_rung(line)
    async with at_desk(night.world.service) as wren:
        path = await wren.takes_first()
        page = await wren.opens(path)
        assert "Ring my phone" in page
        assert "rang and wants to be rung" in page
        told = await wren.post(f"{path}/ring")
        assert (told.status_code, "no proved phone" in told.text) == (409, True)
        await with_phone(night, wren.id)
        assert "Your phone rings now" in (await wren.post(f"{path}/ring")).text
        await night.world.service.outbox.drain()
        await rung(night)
        assert [one["To"] for one in exchange.asked] == [PHONE]
        await _has_no_button(night, web, wren)


async def _has_no_button(night: Night, web: AsyncClient, wren: Desk) -> None:
    hidden = Line(night, web, "anonymous")
    await hidden.rings()
    await hidden.hangs_up()
    rows = await night.world.query("SELECT id FROM tickets WHERE state = 'open'")
    path = f"/desk/tickets/{rows[0][0]}"
    await wren.post(f"{path}/claim")
    page = await wren.opens(path)
    assert "Ring my phone" not in page
    assert "withheld" not in page


async def test_a_back_that_was_never_asked_for_is_over(web: AsyncClient) -> None:
    """An address that names no row rings nobody, and its end is nobody's."""
    url = f"{BASE}/hooks/voice/back?o=00000000-0000-0000-0000-000000000000"
    assert "is over" in (await on_the_phone(web, url, Digits="1")).words
    assert "did not answer" in (await on_the_phone(web, f"{url}&d=1")).words


async def test_a_phone_that_a_worker_types_has_the_same_limits(night: Night) -> None:
    """A code goes to no number that costs too much, and to none for ever."""
    now, service = night.world.clock.now(), night.world.service
    ada = await night.worker("Ada")
    for number in ("+447012345678", "+448712345678", "+12025550123"):
        to = Address(ChannelName.VOICE, number)
        async with service.store.begin() as session:
            with pytest.raises(NoSuchRoute):
                await add_phone(session, service.pager, ada.id, to, now)
    to = Address(ChannelName.SMS, PHONE)
    for _ in range(dialling.PER_NUMBER[Use.TEXT][0].most):
        async with service.store.begin() as session:
            await add_phone(session, service.pager, ada.id, to, now)
    async with service.store.begin() as session:
        with pytest.raises(TooManyCodes):
            await add_phone(session, service.pager, ada.id, to, now)
