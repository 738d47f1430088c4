"""The real worker on the real database: dead workers, stops in the middle, a database that goes."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from bot import intake, worker
from bot.bootstrap import Content, assemble
from bot.clock import SystemClock
from bot.dialogue import engine
from bot.errors import StoreAway
from bot.messages import ChannelName
from bot.settings import Settings
from bot.store.jobs import advance_job, deliver_job
from tests import database
from tests.fakes import FrozenClock, fake_channels
from tests.harness import Phone, World

pytestmark = pytest.mark.edge

DANGER = "they are outside my house now with a knife"
HEARTBEAT = timedelta(seconds=10)
STUCK = timedelta(minutes=2)


class _WallClock(FrozenClock):
    """The machine's own time, where a story about real jobs cannot stand still."""

    def now(self) -> datetime:
        return SystemClock().now()


@pytest.fixture
async def live(settings: Settings, content: Content) -> AsyncIterator[World]:
    """A service on the machine's own clock, as a worker needs it."""
    clock = _WallClock()
    whole = assemble(settings, content, fake_channels(), clock)
    world = World(whole, clock)
    world.service = whole
    yield world
    await whole.outbox.drain()
    await whole.store.close()


@asynccontextmanager
async def at_work(world: World) -> AsyncIterator[asyncio.Event]:
    """A worker runs meanwhile, and is stopped as SIGTERM stops it."""
    stop = asyncio.Event()
    running = asyncio.create_task(worker.run(world.service, stop))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(5):
            await running


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while True:
            with suppress(StoreAway):
                if await holds():
                    return
            await asyncio.sleep(0.05)


async def jobs(world: World, columns: str) -> list[tuple[object, ...]]:
    return await world.query(f"SELECT {columns} FROM procrastinate_jobs ORDER BY id")


async def test_the_worker_handles_an_accepted_message(live: World) -> None:
    """From the durable record to the reply at the carrier, and no job is left behind."""
    amir = live.phone("+447700900001")
    await amir.sends("hi")
    async with at_work(live):
        await until(lambda: _heard(amir, 1))
        await until(lambda: _no_jobs(live))
    assert len(amir.heard()) == 1


async def _heard(phone: Phone, count: int) -> bool:
    return len(phone.heard()) >= count


async def _no_jobs(world: World) -> bool:
    return await jobs(world, "1") == []


async def test_a_worker_is_told_to_stop_and_does_within_five_seconds(live: World) -> None:
    """Replies that wait for quiet are left to their jobs; the stop waits for none of them."""
    amir = live.phone("+447700900001")
    async with at_work(live) as stop:
        await amir.sends("hi")
        await until(lambda: _has_reply(live))
        began = time.monotonic()
        stop.set()
    assert time.monotonic() - began < 3.5
    assert await live.rows() == [("held",)]
    assert await jobs(live, "task_name, status") == [("deliver", "todo")]


async def _has_reply(world: World) -> bool:
    return await world.rows() != []


async def test_a_stop_waits_for_no_carrier_that_hangs(live: World) -> None:
    """The send under way is cut off, and whoever finds the row asks the carrier first."""
    amir = live.phone("+447700900001")

    async def hangs() -> None:
        await asyncio.sleep(60)

    live.carrier(ChannelName.SMS).before_answer = hangs
    await amir.sends("hi")
    async with at_work(live) as stop:
        await until(lambda: _is_sending(live))
        began = time.monotonic()
        stop.set()
    assert time.monotonic() - began < 5
    assert await live.rows() == [("sending",)]


async def _is_sending(world: World) -> bool:
    return await world.rows() == [("sending",)]


async def test_a_job_of_a_dead_worker_is_put_back_and_counts(live: World) -> None:
    """Its heart stopped: the job waits again, and its message has one failure more."""
    amir = live.phone("+447700900001")
    await amir.sends("hi")
    await live.query("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
    await live.query(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '11 s' RETURNING id"
    )
    await live.query(
        "UPDATE procrastinate_jobs SET status = 'doing',"
        " worker_id = (SELECT max(id) FROM procrastinate_workers) RETURNING id"
    )
    async with at_work(live):
        await until(lambda: _heard(amir, 1))
    assert await live.query("SELECT attempts FROM messages WHERE direction = 'in'") == [(1,)]


async def test_a_living_workers_job_is_left_alone_until_its_end_is_lost(world: World) -> None:
    """A heart that beats keeps its job; after minutes its end counts as lost, else the
    conversation would wait for ever."""
    await world.phone("+447700900001").sends("hi")
    await world.query("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
    await world.query(
        "UPDATE procrastinate_jobs SET status = 'doing',"
        " worker_id = (SELECT max(id) FROM procrastinate_workers) RETURNING id"
    )
    assert await reaped(world) == 0
    await world.query(
        "UPDATE procrastinate_events SET at = at - interval '3 min' WHERE type = 'started'"
        " RETURNING id"
    )
    assert await reaped(world) == 1
    assert await jobs(world, "status, attempts") == [("todo", 1)]


async def test_two_reapers_put_a_job_back_once(world: World) -> None:
    """Every worker process reaps: the attempt is counted once, and no live job is taken."""
    await world.phone("+447700900001").sends("hi")
    await world.query("UPDATE procrastinate_jobs SET status = 'doing' RETURNING id")
    assert sum(await asyncio.gather(*(reaped(world) for _ in range(4)))) == 1
    assert await jobs(world, "status, attempts") == [("todo", 1)]


async def reaped(world: World) -> int:
    async with world.service.store.begin() as session:
        return len(await world.service.jobs.reap(session, HEARTBEAT, STUCK))


async def test_a_failing_conversation_holds_up_nobody_else(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one turn is tried again and again, three times in all, the next person is answered,
    and what its own writer adds waits its turn."""
    taken: list[str] = []

    def step(state: object, turn: object, book: object) -> object:
        taken.append(turn.text)  # type: ignore[attr-defined]
        if "poison" in turn.text:  # type: ignore[attr-defined]
            raise ArithmeticError
        return engine.step(state, turn, book)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "step", step)
    amir, zofia = live.phone("+447700900001"), live.phone("+447700900002")
    await amir.sends("poison")
    async with at_work(live):
        await until(lambda: _was_retried(live))
        await amir.sends("hello?")
        await zofia.sends("hi")
        await until(lambda: _heard(zofia, 1), 4)
        await until(lambda: _heard(amir, 1))
        await _taken_in(live)
    ((_, _, reasons),) = await live.tickets()
    assert reasons == ["broken_turn"]
    assert [words for words in taken if words != "hi"] == ["poison"] * 3 + ["hello?"]


async def _was_retried(world: World) -> bool:
    return any(attempts for (attempts,) in await jobs(world, "attempts"))


async def test_no_scheduled_job_ever_holds_a_conversation(world: World) -> None:
    """A job that is due later and has a lock would block every message until then; one of a
    higher priority would overtake what the same person wrote before."""
    amir = world.phone("+447700900001")
    await amir.says(DANGER)
    await amir.sends("hello")
    await world.run_turns()
    locked = await world.query(
        "SELECT 1 FROM procrastinate_jobs WHERE lock IS NOT NULL"
        " AND (scheduled_at IS NOT NULL OR priority <> 0)"
    )
    assert locked == []
    timer = deliver_job(UUID(int=1), is_page=False, not_before=world.clock.now())
    assert timer.lock is None
    turn = advance_job(UUID(int=1), danger=True)
    assert (turn.not_before, turn.urgent) == (None, False)


async def test_danger_takes_what_waits_before_it_along(world: World) -> None:
    """A message of danger cannot overtake its own conversation, so that hurries as a whole."""
    amir = world.phone("+447700900001")
    await amir.sends("hi")
    await world.phone("+447700900002").sends("hi")
    await amir.sends(DANGER)
    assert [queue for (queue,) in await jobs(world, "queue_name")] == ["fast", "turns", "fast"]


async def test_a_worker_outlives_cut_connections(live: World, database_url: str) -> None:
    """Every connection is cut while messages come: all are answered, once each."""
    phones = [live.phone(f"+4477009000{n:02}") for n in range(10, 16)]
    async with at_work(live):
        for phone in phones:
            await phone.sends("hi")
            await asyncio.sleep(0.1)
            await asyncio.to_thread(cut, database_url)
        await until(lambda: _all_heard(phones), 45)
        await asyncio.sleep(1)
    await _taken_in(live)
    assert [len(phone.heard()) for phone in phones] == [1] * len(phones)


async def _taken_in(world: World) -> None:
    await until(lambda: _nothing_waits(world))


async def _nothing_waits(world: World) -> bool:
    return not await world.query(
        "SELECT 1 FROM messages WHERE direction='in' AND handled_at IS NULL"
    )


async def _all_heard(phones: list[Phone]) -> bool:
    """What was put on disk is taken in on the way, as the web service does."""
    await phones[0].world.service.backlog.drain()
    return all(phone.heard() for phone in phones)


def cut(database_url: str) -> None:
    name = database_url.rsplit("/", 1)[1]
    database.run_alone(
        database_url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{name}' AND backend_type = 'client backend'",
    )


async def test_a_worker_waits_for_a_database_that_is_away(live: World, database_url: str) -> None:
    """It is away when the worker starts and comes back: nobody has to start anything again."""
    amir = live.phone("+447700900001")
    await amir.sends("hi")
    name = database_url.rsplit("/", 1)[1]
    await live.service.store.close()
    allow = f"ALTER DATABASE {name} ALLOW_CONNECTIONS"
    await asyncio.to_thread(database.run_alone, database_url, f"{allow} false")
    try:
        async with at_work(live):
            await asyncio.sleep(1)
            await asyncio.to_thread(database.run_alone, database_url, f"{allow} true")
            await until(lambda: _heard(amir, 1), 30)
    finally:
        await asyncio.to_thread(database.run_alone, database_url, f"{allow} true")


async def test_a_worker_that_cannot_reach_the_database_still_stops(
    live: World, database_url: str
) -> None:
    """SIGTERM while it waits for the database: gone within five seconds."""
    name = database_url.rsplit("/", 1)[1]
    allow = f"ALTER DATABASE {name} ALLOW_CONNECTIONS"
    await asyncio.to_thread(database.run_alone, database_url, f"{allow} false")
    try:
        async with at_work(live) as stop:
            await asyncio.sleep(0.5)
            began = time.monotonic()
            stop.set()
        assert time.monotonic() - began < 4
    finally:
        await asyncio.to_thread(database.run_alone, database_url, f"{allow} true")
