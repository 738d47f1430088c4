"""Events for open browsers: numbered as they are committed, so that none is passed over."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text

from bot.bootstrap import Service
from bot.store import events
from bot.store.session import EVENTS_CHANNEL, Session
from tests.harness import World

pytestmark = pytest.mark.edge

NOW = datetime(2026, 3, 10, 19, 30, tzinfo=UTC)
DRAW = text("SELECT announce_events(ARRAY[CAST(:thread AS uuid)], ARRAY['message'], :at)")
WAITING = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


async def commits(service: Service, thread: UUID) -> None:
    async with service.store.begin() as session:
        session.announce(thread, "message", NOW)


async def draws(session: Session, thread: UUID) -> None:
    """An id is drawn, and its transaction goes on."""
    await session.db.execute(DRAW, {"thread": thread, "at": NOW})


async def test_ids_rise_in_the_order_of_commits(world: World) -> None:
    """A browser that has seen event 2 never misses an event 1 that was committed later: whoever
    draws second waits until the first is committed."""
    first, second = UUID(int=1), UUID(int=2)
    store = world.service.store
    async with store.begin() as slow:
        await draws(slow, first)
        quick = asyncio.create_task(commits(world.service, second))
        async with asyncio.timeout(10):
            while not await world.query(WAITING):
                assert not quick.done()
                await asyncio.sleep(0.01)
        async with store.begin() as browser:
            assert await events.after(browser, 0) == []
    await asyncio.wait_for(quick, 10)
    async with store.begin() as browser:
        seen = [change.conversation_id for change in await events.after(browser, 0)]
    assert seen == [first, second]


async def test_a_notification_carries_no_more_than_an_id(world: World) -> None:
    """Whoever listens on the database hears a number, and nothing of anybody."""
    async with world.service.store.begin() as listening:
        await listening.raw.commit()
        await listening.raw.set_autocommit(True)
        await listening.raw.execute(f"LISTEN {EVENTS_CHANNEL}")
        await commits(world.service, UUID(int=1))
        (told,) = [one async for one in listening.raw.notifies(timeout=10, stop_after=1)]
        await listening.raw.set_autocommit(False)
    ((newest,),) = await world.query("SELECT max(id) FROM events")
    assert told.payload == str(newest)
