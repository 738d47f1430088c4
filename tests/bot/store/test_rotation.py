"""Everything sealed anew under the newest key, while the service runs."""

from uuid import uuid4

import pytest
from sqlalchemy import LargeBinary, Table, insert, inspect, select
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.crypto import Key, Spot, Vault
from bot.store.people import Role, create_staff
from bot.store.rotation import rotate, sealed_columns
from bot.store.session import Store
from bot.store.tables import Base, Staff
from tests.bot.store.test_people import NOW

OLD, NEW = Key("old", b"o" * 32), Key("new", b"n" * 32)


def all_columns() -> list[tuple[Table, str]]:
    return [(table, name) for table, names in sealed_columns() for name in names]


@pytest.mark.edge
async def test_no_sealed_column_of_the_database_is_missed(database_url: str) -> None:
    """Whatever the real database calls sealed, the rotation walks."""
    engine = create_async_engine(database_url)
    async with engine.connect() as connection:
        real = await connection.run_sync(
            lambda sync: {
                (table, column["name"])
                for table in inspect(sync).get_table_names()
                for column in inspect(sync).get_columns(table)
                if column["name"].endswith("_sealed")
            }
        )
    await engine.dispose()
    assert real
    assert {(table.name, name) for table, name in all_columns()} == real


def test_every_binary_column_is_sealed_or_an_index_or_a_hash() -> None:
    """A new column of sealed words cannot hide from the rotation behind another name."""
    binary = {
        column.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    plain = {name for name in binary if not name.endswith(("_sealed", "_index", "_hash"))}
    of_machines = {"fingerprint", "challenge", "credential_id", "public_key"}
    assert plain == of_machines


def test_every_table_with_words_has_an_id_that_they_are_bound_to() -> None:
    """The rotation walks tables by `id`, and each sealed value is bound to it."""
    assert all("id" in table.primary_key.columns for table, _ in sealed_columns())


async def fill(database_url: str, rows: int) -> None:
    store = Store(database_url, Vault([OLD]), pool_size=1)
    async with store.begin() as session:
        for number in range(rows):
            await create_staff(session, f"name {number}", Role.READER, NOW)
    await store.close()


async def names(store: Store) -> set[str]:
    async with store.begin() as session:
        rows = (await session.db.execute(select(Staff.id, Staff.name_sealed))).all()
    return {store.vault.open(Spot("staff", "name_sealed", key), sealed) for key, sealed in rows}


@pytest.mark.edge
async def test_after_a_rotation_the_newest_key_alone_opens_everything(database_url: str) -> None:
    """More rows than one batch are sealed anew, and a second run finds nothing to do."""
    await fill(database_url, 450)
    both = Store(database_url, Vault([NEW, OLD]), pool_size=2)
    first, second = await rotate(both), await rotate(both)
    await both.close()
    assert (first.sealed, first.damaged, first.left) == (450, 0, 0)
    assert (second.sealed, second.left) == (0, 0)
    alone = Store(database_url, Vault([NEW]), pool_size=1)
    assert await names(alone) == {f"name {number}" for number in range(450)}
    await alone.close()


@pytest.mark.edge
async def test_a_damaged_value_is_counted_left_alone_and_blocks_nothing(database_url: str) -> None:
    """One value that does not open costs the others nothing, and is not overwritten."""
    await fill(database_url, 3)
    both = Store(database_url, Vault([NEW, OLD]), pool_size=2)
    broken = b"old\0" + b"x" * 40
    async with both.begin() as session:
        await session.db.execute(
            insert(Staff).values(
                id=uuid4(), name_sealed=broken, role="reader", active=True, created_at=NOW
            )
        )
    done = await rotate(both)
    assert (done.sealed, done.damaged, done.left) == (3, 1, 1)
    async with both.begin() as session:
        kept = (await session.db.execute(select(Staff.name_sealed))).scalars().all()
    await both.close()
    assert broken in kept


@pytest.mark.edge
async def test_a_row_in_use_is_passed_over_and_waits_for_nobody(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rotation neither waits for the service nor makes it wait; a later run has the row."""
    monkeypatch.setattr("bot.store.rotation._PAUSE_SECONDS", 0.01)
    await fill(database_url, 3)
    both = Store(database_url, Vault([NEW, OLD]), pool_size=3)
    async with both.begin() as session:
        await session.db.execute(select(Staff).limit(1).with_for_update())
        busy = await rotate(both)
    after = await rotate(both)
    await both.close()
    assert (busy.sealed, busy.left) == (2, 1)
    assert (after.sealed, after.left) == (1, 0)
