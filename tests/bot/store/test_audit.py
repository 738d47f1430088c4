"""The audit: append-only, chained, and provable."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import audit
from bot.store.crypto import Key, Vault
from bot.store.session import Store

pytestmark = pytest.mark.edge
NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
WREN = UUID(int=1)


@pytest.fixture
async def store(database_url: str, vault: Vault) -> AsyncIterator[Store]:
    store = Store(database_url, vault, pool_size=8)
    yield store
    await store.close()


async def notes(store: Store, times: int = 3) -> str:
    """So many looks, and the mark after them."""
    for _ in range(times):
        async with store.begin() as session:
            audit.note(session, WREN, "read_conversation", [uuid4(), uuid4()], NOW, "holds")
    async with store.begin() as session:
        return (await audit.verify(session)).head


async def verify(store: Store, head: str = "") -> audit.Verified:
    async with store.begin() as session:
        return await audit.verify(session, head)


class TakenBack(Exception):
    """Ends a transaction without a trace."""


async def by_force(store: Store, statement: str, head: str = "") -> audit.Verified:
    """What the proof says where somebody who owns the database did this: triggers are no lock.
    Taken back afterwards."""
    found: list[audit.Verified] = []
    with suppress(TakenBack):
        async with store.begin() as session:
            await session.db.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_only_grows"))
            await session.db.execute(text(statement))
            found.append(await audit.verify(session, head))
            raise TakenBack
    return found[0]


async def test_nothing_is_changed_or_taken_out(store: Store) -> None:
    """The database itself refuses, whoever of the service asks."""
    await notes(store)
    for refused in ("UPDATE audit SET why = ''", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with store.begin() as session:
                await session.db.execute(text(refused))
    assert (await verify(store)).entries == 6


FORCED = (
    ("UPDATE audit SET why = 'queue' WHERE id = 3", 3),
    ("UPDATE audit SET actor = 'x' WHERE id = 1", 1),
    ("UPDATE audit SET at = at + interval '1 microsecond' WHERE id = 6", 6),
    ("UPDATE audit SET detail = '{\"a\": 1}' WHERE id = 2", 2),
    ("UPDATE audit SET mark_hash = NULL WHERE id = 4", 4),
    ("DELETE FROM audit WHERE id = 3", 4),
    ("DELETE FROM audit WHERE id = 1", 2),
    (
        "INSERT INTO audit (at, actor, action, subject, why, detail, mark_hash)"
        " SELECT at, actor, action, subject, why, detail, mark_hash FROM audit WHERE id = 6",
        7,
    ),
)


async def test_what_was_done_by_force_is_found(store: Store) -> None:
    """A change, a gap and an addition each break the chain where they are."""
    await notes(store)
    for statement, broken_at in FORCED:
        assert (await by_force(store, statement)).broken_at == broken_at, statement
        assert (await verify(store)).broken_at is None


async def test_a_cut_off_end_is_found_by_a_mark_noted_earlier(store: Store) -> None:
    """The rest still fits, but the mark of yesterday's run is gone."""
    head = await notes(store)
    await notes(store, 1)
    assert (await verify(store, head)).knows_head
    found = await by_force(store, "DELETE FROM audit WHERE id > 5", head)
    assert (found.broken_at, found.knows_head) == (None, False)


async def test_without_the_key_nobody_makes_a_mark(store: Store, database_url: str) -> None:
    """Under another key not even the first entry fits."""
    await notes(store)
    stranger = Store(database_url, Vault([Key("other", b"o" * 32)]), pool_size=1)
    assert (await verify(stranger)).broken_at == 1
    await stranger.close()


async def test_many_at_once_make_one_chain(store: Store) -> None:
    """Writers wait for each other, and what is rolled back leaves no trace."""

    async def fails() -> None:
        async with store.begin() as session:
            audit.note(session, WREN, "claim_ticket", [uuid4()], NOW)
            raise RuntimeError

    done = await asyncio.gather(
        *(notes(store, 2) for _ in range(6)), *(fails() for _ in range(3)), return_exceptions=True
    )
    assert sum(isinstance(one, RuntimeError) for one in done) == 3
    found = await verify(store)
    assert (found.entries, found.broken_at) == (24, None)
