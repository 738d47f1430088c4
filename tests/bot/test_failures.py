"""What breaks ends at a person: failing turns, dead workers, an absent database, deaf Rasa."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import UUID

import pytest

from bot.desk import queue
from bot.dialogue import engine
from bot.dialogue.book import Book
from bot.dialogue.turn import Effect, State, Turn
from bot.errors import StoreAway
from bot.intake import Receipt
from bot.messages import Inbound, Purpose
from bot.store.people import Role, create_staff
from bot.store.session import Session
from nlu.reading import RiskLevel
from tests.harness import World

pytestmark = pytest.mark.edge

POISON = "poison"


class Broken(Exception):
    """A defect in a turn."""


@pytest.fixture
def broken(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which turns on a certain word break."""
    real = engine.step

    def step(state: State, turn: Turn, book: Book) -> tuple[State, tuple[Effect, ...]]:
        if POISON in turn.text:
            raise Broken
        return real(state, turn, book)

    monkeypatch.setattr("bot.intake.step", step)
    return world


async def conversation(world: World) -> UUID:
    ((found,),) = await world.query("SELECT id FROM conversations")
    return UUID(str(found))


async def run_until_it_ends(world: World) -> int:
    """As the worker does: again after each failure. How many runs failed."""
    failures = 0
    while True:
        try:
            await world.service.advance.run(await conversation(world), retried=failures > 0)
        except Broken:
            failures += 1
        else:
            return failures


async def held_by_a_worker(world: World) -> None:
    """Somebody has every conversation now, their console seen this moment."""
    staff = "11111111-1111-4111-8111-111111111111"
    now = world.clock.now().isoformat()
    await world.query(
        "INSERT INTO staff (id, name_sealed, role, active, created_at)"
        f" VALUES ('{staff}', 'x', 'worker', true, '{now}') RETURNING id"
    )
    await world.query(
        f"UPDATE conversations SET holder_id = '{staff}', holder_seen_at = '{now}' RETURNING id"
    )


async def test_a_turn_that_fails_three_times_becomes_a_ticket(broken: World) -> None:
    """A defect in the bot ends at a person, and the writer is told so."""
    amir = broken.phone("+447700900001")
    await amir.sends(f"{POISON} please help")
    assert await run_until_it_ends(broken) == 2
    await broken.run_sends()
    ((_, state, reasons),) = await broken.tickets()
    assert state == "open"
    assert reasons == ["broken_turn"]
    assert len(amir.heard()) == 1
    assert await broken.alarms() == ["broken_turn"]


async def test_what_comes_after_a_poisoned_message_is_handled(broken: World) -> None:
    """One message that breaks does not block those behind it."""
    amir = broken.phone("+447700900001")
    await amir.sends(POISON)
    await amir.sends("hi")
    await run_until_it_ends(broken)
    waiting = await broken.query(
        "SELECT 1 FROM messages WHERE handled_at IS NULL AND direction='in'"
    )
    assert waiting == []


async def test_danger_never_rolls_back_with_a_failing_turn(broken: World) -> None:
    """The turn breaks, yet ticket, page and emergency words left at the first try, once."""
    amir = broken.phone("+447700900001")
    await amir.sends(f"{POISON} they are outside my house now with a knife")
    with pytest.raises(Broken):
        await broken.service.advance.run(await conversation(broken), retried=False)
    await broken.run_sends()
    assert [message.purpose for message in amir.heard()] == [Purpose.EMERGENCY]
    assert len(broken.pages()) == 1
    ((priority, _, _),) = await broken.tickets()
    assert priority == "immediate"
    with pytest.raises(Broken):
        await broken.service.advance.run(await conversation(broken), retried=True)
    await broken.service.advance.run(await conversation(broken), retried=True)
    await broken.run_sends()
    emergencies = [m for m in amir.heard() if m.purpose is Purpose.EMERGENCY]
    assert len(emergencies) == 1
    assert len(broken.pages()) == 1


async def test_a_message_that_kills_its_worker_becomes_a_ticket_at_the_third(world: World) -> None:
    """A job taken up again after its worker died counts against the message it died on."""
    amir = world.phone("+447700900001")
    await amir.sends("hello")
    ((message_id,),) = await world.query("SELECT id FROM messages")
    await world.query(f"UPDATE messages SET attempts = 2 WHERE id = '{message_id}' RETURNING id")
    await world.service.advance.run(await conversation(world), retried=True)
    ((_, _, reasons),) = await world.tickets()
    assert reasons == ["broken_turn"]


async def test_danger_in_a_message_that_killed_its_worker_is_raised_first(world: World) -> None:
    """A second try tells of the danger before anything that might kill the worker again."""
    amir = world.phone("+447700900001")
    await amir.sends("they are outside my house now with a knife")

    async def dies(*_: object) -> None:
        raise SystemExit

    doomed = replace(world.service.advance)
    object.__setattr__(doomed, "effects", world.service.advance.effects)
    turn = type(doomed)._turn
    try:
        type(doomed)._turn = dies  # type: ignore[method-assign,assignment]
        with pytest.raises(SystemExit):
            await doomed.run(await conversation(world), retried=True)
    finally:
        type(doomed)._turn = turn  # type: ignore[method-assign]
    await world.run_sends()
    assert [message.purpose for message in amir.heard()] == [Purpose.EMERGENCY]
    assert len(world.pages()) == 1


async def test_with_the_database_away_a_message_waits_on_disk(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The carrier hears 503 and the message is on disk; when the database is back it is taken
    in once, though the carrier delivers it again."""
    amir = world.phone("+447700900001")
    real = type(world.service.store).begin

    @asynccontextmanager
    async def away(_: object) -> AsyncIterator[Session]:
        raise StoreAway("away")
        yield

    with monkeypatch.context() as patch:
        patch.setattr(type(world.service.store), "begin", away)
        assert await amir.sends("hi", "SM1") is Receipt.SPOOLED
    assert type(world.service.store).begin is real
    kept = world.service.spool.waiting()
    assert len(kept) == 1
    assert b"hi" not in kept[0].read_bytes()
    await world.service.backlog.drain()
    assert world.service.spool.waiting() == []
    assert await amir.sends("hi", "SM1") is Receipt.REPEAT
    await world.settle()
    assert len(amir.heard()) == 1


async def test_without_anybody_to_page_the_writer_is_told_the_truth(world: World) -> None:
    """Nobody can be woken: the emergency words say that nobody has answered, and it alarms."""
    pager = world.service.pager
    nobody = replace(pager, routes=replace(pager.routes, phone=None))
    effects = replace(world.service.advance.effects, pager=nobody)
    world.service = replace(world.service, advance=replace(world.service.advance, effects=effects))
    amir = world.phone("+447700900001")
    await amir.sends("they are outside my house now with a knife")
    await world.run_turns()
    await world.run_sends()
    assert "999" in amir.heard()[0].text
    assert world.pages() == []
    assert await world.alarms() == ["nobody_to_page"]
    ((state,),) = await world.query("SELECT state FROM pages")
    assert state == "unreachable"


async def test_while_a_person_holds_the_conversation_the_bot_is_silent(world: World) -> None:
    """A worker has the chat: the bot says nothing, but danger still pages."""
    amir = world.phone("+447700900001")
    await amir.says("hi")
    await held_by_a_worker(world)
    assert await amir.says("are you there") == ""
    await amir.sends("they are outside my house now with a knife")
    await world.run_turns()
    await world.run_sends()
    assert [m.purpose for m in amir.heard()] == [Purpose.REPLY]
    assert len(world.pages()) == 1


async def test_when_the_holder_has_gone_emergency_words_go_out(world: World) -> None:
    """The worker's console has been away for a minute: silence would be worse."""
    amir = world.phone("+447700900001")
    await amir.says("hi")
    await held_by_a_worker(world)
    world.clock.forward(seconds=61)
    await amir.sends("they are outside my house now with a knife")
    await world.run_turns()
    await world.run_sends()
    assert amir.heard()[-1].purpose is Purpose.EMERGENCY


async def test_a_question_that_still_waits_is_not_asked_once_a_person_takes_over(
    world: World,
) -> None:
    """The bot's held question is dropped at the claim; the greeting with its notice still goes."""
    amir = world.phone("+447700900001")
    await amir.sends("hi can i talk to a human")
    await world.run_turns()
    ((ticket,),) = await world.query("SELECT id FROM tickets")
    async with world.service.store.begin() as session:
        now = world.clock.now()
        staff_id = await create_staff(session, "Jo", Role.WORKER, now)
        await queue.claim(session, queue.Worker(staff_id), UUID(str(ticket)), now)
    await world.run_sends()
    assert "computer programme" in amir.heard()[0].text
    kept = await world.query("SELECT status FROM outbox WHERE purpose = 'reply'")
    assert kept == [("sent",)]
    await amir.sends("ok")
    await world.settle()
    assert len(amir.heard()) == 1


async def test_a_failure_while_draining_leaves_the_message_on_disk_for_the_next_look(
    world: World,
) -> None:
    """An unforeseen failure neither loses the message nor ends the looking."""
    amir = world.phone("+447700900001")
    await world.service.spool.put(Inbound(amir.address, "SM1", "hi"))

    def breaks(_: str) -> RiskLevel:
        raise Broken

    broken = replace(world.service.intake, hear=breaks)
    await replace(world.service.backlog, intake=broken).drain()
    assert len(world.service.spool.waiting()) == 1
    await world.service.backlog.drain()
    assert world.service.spool.waiting() == []
    await world.settle()
    assert len(amir.heard()) == 1
