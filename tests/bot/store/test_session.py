"""One transaction: what is told of a lost database, of a failed commit, and of a cancellation."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.bootstrap import Service
from bot.errors import StoreAway
from bot.intake import Receipt
from bot.messages import Address, ChannelName, Inbound
from bot.store import tickets
from bot.store.jobs import advance_job, defer
from bot.store.session import Session
from tests.harness import World

pytestmark = pytest.mark.edge

NOW = datetime(2026, 3, 10, 19, 30, tzinfo=UTC)
AMIR = Address(ChannelName.SMS, "+447700900001")
CUT = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


type Step = Callable[[Service, Session], Awaitable[None]]


async def within(service: Service, *steps: Step) -> None:
    """One transaction of these steps."""
    async with service.store.begin() as session:
        for step in steps:
            await step(service, session)


async def says_something(_: Service, session: Session) -> None:
    await session.db.execute(text("SELECT 1"))


async def cuts_all_others(service: Service, _: Session) -> None:
    async with service.store.begin() as other:
        await other.db.execute(CUT)


async def defers_a_job(_: Service, session: Session) -> None:
    defer(session, advance_job(uuid4(), danger=False))


async def alarms(_: Service, session: Session) -> None:
    await tickets.raise_alarm(session, "test", "", NOW)


async def beats(_: Service, session: Session) -> None:
    row = "INSERT INTO heartbeats (part, at, detail) VALUES ('x', now(), '{}')"
    await session.db.execute(text(row))


async def breaks(_: Service, __: Session) -> None:
    raise ArithmeticError


async def breaks_afterwards(_: Service, session: Session) -> None:
    def hint() -> None:
        raise ArithmeticError

    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    session.after_commit(hint)


async def test_a_connection_cut_before_a_statement_is_a_database_away(service: Service) -> None:
    """The next transaction works: nothing has to be started again."""
    with pytest.raises(StoreAway):
        await within(service, says_something, cuts_all_others, says_something)
    assert await service.store.ping()


async def test_a_connection_cut_before_a_job_is_deferred_is_a_database_away(
    service: Service,
) -> None:
    """Jobs go over the same connection by another library, which says it in other words."""
    with pytest.raises(StoreAway):
        await within(service, says_something, cuts_all_others, defers_a_job)
    assert await service.store.ping()


async def test_a_connection_cut_before_the_commit_is_a_database_away(service: Service) -> None:
    """Whatever became of it, the caller is not told that it was kept."""
    with pytest.raises(StoreAway):
        await within(service, alarms, cuts_all_others)
    async with service.store.begin() as session:
        kept = await session.db.execute(text("SELECT count(*) FROM alarms"))
        assert kept.scalar_one() == 0


async def test_a_commit_whose_answer_was_lost_is_not_acknowledged(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was kept, yet nobody knows: the message goes to the disk as well, the carrier is asked
    to repeat it, and it is still handled once."""
    real = Session.finish

    async def lost(self: Session) -> None:
        await real(self)
        raise StoreAway("the answer was lost")

    amir = world.phone(AMIR.value)
    with monkeypatch.context() as patch:
        patch.setattr(Session, "finish", lost)
        assert await amir.sends("hi", "SM1") is Receipt.SPOOLED
    await world.service.backlog.drain()
    assert world.service.spool.waiting() == []
    assert await amir.sends("hi", "SM1") is Receipt.REPEAT
    await world.settle()
    assert len(amir.heard()) == 1
    assert await world.alarms() == []


async def test_a_defect_is_no_absent_database(service: Service) -> None:
    """A statement that breaks a rule is a defect and is told as one."""
    with pytest.raises(IntegrityError):
        await within(service, beats, beats)


async def test_what_is_to_follow_a_commit_follows_only_a_commit(service: Service) -> None:
    """A hint of a transaction that was rolled back never runs; one that fails breaks nothing."""
    ran: list[str] = []

    def hints(what: str) -> Step:
        async def hint(_: Service, session: Session) -> None:
            session.after_commit(lambda: ran.append(what))

        return hint

    with pytest.raises(ArithmeticError):
        await within(service, hints("rolled back"), breaks)
    await within(service, breaks_afterwards, hints("committed"))
    await asyncio.sleep(0)
    assert ran == ["committed"]


async def test_too_many_at_once_is_told_as_away(service: Service) -> None:
    """No connection is free in time: the message goes to the disk instead of being lost."""
    free = asyncio.Event()

    async def keeps_one() -> None:
        async with service.store.begin() as session:
            await session.db.execute(text("SELECT 1"))
            await free.wait()

    keepers = [asyncio.create_task(keeps_one()) for _ in range(12)]
    await asyncio.sleep(1)
    try:
        assert await service.intake.accept(Inbound(AMIR, "SM1", "hi")) is Receipt.SPOOLED
    finally:
        free.set()
        await asyncio.gather(*keepers)


async def test_a_turn_cut_short_anywhere_is_whole_or_has_not_been(world: World) -> None:
    """Cancelled at forty moments: in the end each message was handled once and answered once."""
    dice = random.Random(4)
    phones = [world.phone(f"+4477009001{n:02}") for n in range(40)]
    for phone in phones:
        accepting = asyncio.create_task(phone.sends("hi", f"SM{phone.address.value}"))
        await asyncio.sleep(dice.uniform(0, 0.012))
        accepting.cancel()
        await asyncio.gather(accepting, return_exceptions=True)
        await phone.sends("hi", f"SM{phone.address.value}")
        turns = asyncio.create_task(world.run_turns())
        await asyncio.sleep(dice.uniform(0, 0.03))
        turns.cancel()
        await asyncio.gather(turns, return_exceptions=True)
    await world.settle()
    assert [len(phone.heard()) for phone in phones] == [1] * len(phones)
    handled = "SELECT count(*) FROM messages WHERE direction = 'in' AND handled_at IS NOT NULL"
    assert await world.query(handled) == [(len(phones),)]
