"""The schema that migrations make, on a real server."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, create_engine, text

from bot.store.migrate import is_current, migrate
from bot.store.schema import METADATA
from tests import database

pytestmark = pytest.mark.edge


def differences(connection: Connection) -> list[object]:
    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and (name or "").startswith(("procrastinate_", "alembic_")))

    context = MigrationContext.configure(
        connection, opts={"include_name": is_ours, "compare_type": True}
    )
    return list(compare_metadata(context, METADATA))


def test_the_migrated_schema_is_the_one_that_the_code_believes_in(database_url: str) -> None:
    """No table, column, index or constraint differs between migrations and tables.py."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert differences(connection) == []
        connection.execute(text("ALTER TABLE tickets DROP COLUMN outcome"))
        assert len(differences(connection)) == 1
    engine.dispose()


async def test_two_processes_that_start_at_once_migrate_one_database(postgres_url: str) -> None:
    """Both come back without error, to one schema; a third finds nothing to do."""
    name = "migrated_twice"
    database.run_alone(postgres_url, f"CREATE DATABASE {name}")
    url = database.with_name(postgres_url, name)
    assert not await is_current(url)
    await asyncio.gather(migrate(url), migrate(url), migrate(url))
    assert await is_current(url)
    await migrate(url)
    database.run_alone(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


def test_the_queue_in_the_database_is_the_one_of_the_library(database_url: str) -> None:
    """A newer procrastinate with another schema is noticed here, before it is deployed."""
    wanted = {
        word.split("(")[0]
        for line in SchemaManager.get_schema().splitlines()
        if line.startswith("CREATE FUNCTION")
        for word in [line.removeprefix("CREATE FUNCTION ").strip()]
    }
    engine = create_engine(database_url)
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT proname FROM pg_proc WHERE proname LIKE 'procrastinate%'")
        )
        assert wanted
        assert wanted <= set(found.scalars())
    engine.dispose()
