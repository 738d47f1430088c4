"""The database as the rest of the service sees it, and the one commit of the product.

Belongs here: connecting, one transaction, what must happen just before its commit. Does not
belong here: any query about people or conversations.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection, OperationalError
from psycopg import InterfaceError as ConnectionUnusable
from psycopg.rows import namedtuple_row
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import OperationalError as SqlOperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from bot.errors import StoreAway
from bot.store import chain
from bot.store.crypto import Vault
from bot.store.statement import Row, Statement

EVENTS_CHANNEL = "handrail_events"
_ANNOUNCE = Statement(
    text("SELECT announce_events(CAST(:threads AS uuid[]), CAST(:kinds AS text[]), :at)")
)
_CONNECT_SECONDS = 3


@dataclass
class Session:
    """One transaction. Leaving `Store.begin` without an exception commits it."""

    db: AsyncSession
    vault: Vault
    noted: list[chain.Entry] = field(default_factory=list)
    """For the audit. Chained at the end, so that its lock never waits for a conversation's."""
    _events: list[tuple[UUID | None, str, datetime]] = field(default_factory=list)
    _after: list[Callable[[], None]] = field(default_factory=list)
    _connection: AsyncConnection | None = None

    def announce(self, conversation_id: UUID | None, kind: str, now: datetime) -> None:
        """Tell open browsers that something changed, once this transaction is committed."""
        self._events.append((conversation_id, kind, now))

    def after_commit(self, action: Callable[[], None]) -> None:
        """A hint to this process, such as starting a send at once. The durable job is elsewhere."""
        self._after.append(action)

    async def run(self, statement: Statement, **values: object) -> list[Row]:
        """A statement of the path of every message, on this transaction's own connection; the
        rows it returns, their columns by name, none where it returns nothing."""
        cursor = (await self.raw()).cursor(row_factory=namedtuple_row)
        await cursor.execute(statement.text, statement.filled(values))
        return [] if cursor.description is None else await cursor.fetchall()

    async def raw(self) -> AsyncConnection:
        """The very psycopg connection of this transaction."""
        if self._connection is None:
            self._connection = await self._connect()
        return self._connection

    @property
    def is_lost(self) -> bool:
        return self._connection is not None and self._connection.closed

    async def _connect(self) -> AsyncConnection:
        pooled = await (await self.db.connection()).get_raw_connection()
        connection = pooled.driver_connection
        if not isinstance(connection, AsyncConnection):
            raise StoreAway("the transaction has no connection")
        return connection

    async def _write_events(self) -> None:
        """`announce_events` (a function of the migrations) draws ids under a lock held until
        commit, so they rise in commit order: a browser that resumes after id 2 can never miss
        an id 1 that was committed later."""
        threads, kinds, moments = zip(*self._events, strict=True)
        await self.run(_ANNOUNCE, threads=list(threads), kinds=list(kinds), at=max(moments))

    async def finish(self) -> None:
        """The one commit."""
        if self.noted:
            await chain.append(self.db, self.vault, self.noted)
        if self._events:
            await self._write_events()
        await self.db.commit()
        for action in self._after:
            # Beside this call: a hint that fails must not make a committed turn look failed.
            asyncio.get_running_loop().call_soon(action)


def _asks_too_much(error: Exception) -> bool:
    """The server is there and will never do this: PostgreSQL's class 54, its limits."""
    cause = getattr(error, "orig", error)
    return isinstance(cause, OperationalError) and (cause.sqlstate or "").startswith("54")


async def _release(db: AsyncSession) -> None:
    """Back to the pool; a connection that was lost is thrown away, whatever it says about it."""
    try:
        await db.close()
    except (DBAPIError, OperationalError):
        await db.invalidate()


class Store:
    """The pool of connections and the vault: made once for each process."""

    def __init__(self, database_url: str, vault: Vault, pool_size: int = 8) -> None:
        self.vault = vault
        self.engine: AsyncEngine = create_async_engine(
            database_url,
            pool_size=pool_size,
            max_overflow=4,
            pool_timeout=_CONNECT_SECONDS,
            pool_pre_ping=False,
            connect_args={"connect_timeout": _CONNECT_SECONDS, "prepare_threshold": 3},
        )

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Session]:
        """A transaction; raises `StoreAway` when the database cannot be reached."""
        db = AsyncSession(self.engine, expire_on_commit=False, autoflush=False)
        session = Session(db, self.vault)
        try:
            yield session
            await session.finish()
        except (SqlOperationalError, InterfaceError, PoolTimeout) as error:
            if _asks_too_much(error):
                raise
            raise StoreAway(type(error).__name__) from error
        except (OperationalError, ConnectionUnusable) as error:
            if _asks_too_much(error):
                raise
            # Found out beside SQLAlchemy, which would go on handing out others as old as this.
            if session.is_lost:
                await self.engine.dispose()
            raise StoreAway(type(error).__name__) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise StoreAway(type(error).__name__) from error
            raise
        finally:
            await asyncio.shield(_release(db))

    async def ping(self) -> bool:
        """Whether a statement gets through now."""
        try:
            async with self.begin() as session:
                await session.db.execute(text("SELECT 1"))
        except StoreAway:
            return False
        return True

    async def close(self) -> None:
        await self.engine.dispose()
