"""Waking somebody: once for a danger, again for a worse one, and never with a person's words."""

import asyncio
from uuid import UUID

import pytest

from bot.dialogue.turn import OpenTicket, Priority, TicketReason
from bot.messages import ChannelName, Refused
from bot.rules.closing import Outcome
from bot.store import holding
from bot.store.tickets import open_ticket
from tests.harness import Phone, World

pytestmark = pytest.mark.edge

DANGER = "they are outside my house now with a knife"


@pytest.fixture
def amir(world: World) -> Phone:
    """Somebody who texts."""
    return world.phone("+447700900001")


async def told(world: World, phone: Phone, words: str) -> None:
    await phone.sends(words)
    await world.run_turns()
    await world.run_sends()


async def test_one_danger_wakes_once(world: World, amir: Phone) -> None:
    """Three frightened lines are one page: the phone that rings is already ringing."""
    for _ in range(3):
        await told(world, amir, DANGER)
    assert len(world.pages()) == 1


async def test_two_people_in_danger_are_two_pages(world: World, amir: Phone) -> None:
    """Each names its own reference and neither a number nor a word."""
    await told(world, amir, DANGER)
    await told(world, world.phone("+447700900002"), DANGER)
    first, second = (page.text for page in world.pages())
    assert first != second
    references = [str(ref) for (ref,) in await world.query("SELECT reference FROM tickets")]
    assert all(any(ref in page for page in (first, second)) for ref in references)
    assert not any(told in page for page in (first, second) for told in ("knife", "7700900001"))


async def test_after_somebody_took_it_a_new_danger_wakes_again(world: World, amir: Phone) -> None:
    """A page that was answered is over."""
    await told(world, amir, DANGER)
    await world.query("UPDATE pages SET state = 'acknowledged' RETURNING id")
    await told(world, amir, DANGER)
    assert len(world.pages()) == 2


async def test_after_the_ticket_is_closed_a_new_danger_is_a_new_ticket(
    world: World, amir: Phone
) -> None:
    """Closing ends the page; what comes later is another emergency."""
    await told(world, amir, DANGER)
    ((ticket_id,),) = await world.query("SELECT id FROM tickets")
    async with world.service.store.begin() as session:
        now = world.clock.now()
        await holding.finish(session, UUID(str(ticket_id)), Outcome.HELPED, now)
    await told(world, amir, DANGER)
    assert len(world.pages()) == 2
    assert len(await world.tickets()) == 2


async def test_a_page_that_was_refused_is_no_running_page(world: World, amir: Phone) -> None:
    """The on-call number is dead: it alarms, and the next danger tries again."""
    world.carrier(ChannelName.SMS).next_results = [Refused("unreachable", "30005")]
    await amir.sends(DANGER)
    await world.run_turns()
    ((page,),) = await world.query("SELECT id FROM outbox WHERE purpose = 'page'")
    await world.service.outbox.deliver(UUID(str(page)))
    assert await world.alarms() == ["page_not_sent"]
    assert await world.query("SELECT state FROM pages") == [("unreachable",)]
    await told(world, amir, DANGER)
    assert len(world.pages()) == 1


async def test_a_page_leaves_on_a_queue_of_its_own(world: World, amir: Phone) -> None:
    """However many replies wait, a page does not stand behind them, nor behind a grace."""
    await amir.sends(DANGER)
    await world.run_turns()
    jobs = await world.query(
        "SELECT scheduled_at IS NULL FROM procrastinate_jobs WHERE queue_name = 'pages'"
    )
    assert jobs == [(True,)]


async def test_many_failures_at_once_open_one_ticket(world: World, amir: Phone) -> None:
    """Ten sends fail for good at one moment while the person writes of danger: one ticket."""
    await told(world, amir, "hi")
    ((conversation_id,),) = await world.query("SELECT id FROM conversations")

    async def opens(priority: Priority) -> UUID:
        async with world.service.store.begin() as session:
            wish = OpenTicket(TicketReason.UNDELIVERED, priority)
            now = world.clock.now()
            found, _ = await open_ticket(session, UUID(str(conversation_id)), wish, now)
            return found

    found = await asyncio.gather(*(opens(priority) for priority in list(Priority) * 2))
    assert len(set(found)) == 1
    ((priority, _, _),) = await world.tickets()
    assert priority == "immediate"
