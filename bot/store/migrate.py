"""Brings a database to today's schema; safe to run from several processes at once.

Does not belong here: the migrations themselves (bot/store/migrations/versions).
"""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from bot.errors import StoreAway

_LOCK = 7_210_120


async def migrate(database_url: str) -> None:
    """Raises `StoreAway` when the database cannot be reached."""
    await asyncio.to_thread(_migrate, database_url)


async def is_current(database_url: str) -> bool:
    return await asyncio.to_thread(_is_current, database_url)


def _migrate(database_url: str) -> None:
    with _connected(database_url) as connection:
        connection.execute(text(f"SELECT pg_advisory_lock({_LOCK})"))
        connection.rollback()
        config = _config(connection)
        # Alembic commits what it did itself; ours is not the product's transaction.
        with connection.begin():
            command.upgrade(config, "head")


def _is_current(database_url: str) -> bool:
    with _connected(database_url) as connection:
        heads = ScriptDirectory.from_config(_config(connection)).get_heads()
        return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _connected(database_url: str) -> Connection:
    try:
        # No pool: closing the connection must end its session, which holds the advisory lock.
        engine = create_engine(
            database_url, poolclass=NullPool, connect_args={"connect_timeout": 5}
        )
        return engine.connect()
    except OperationalError as error:
        raise StoreAway("the database cannot be reached") from error
