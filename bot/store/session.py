"""The database as the rest of the service sees it, and the one commit of the product.

Belongs here: connecting, one transaction, what must happen just before its commit. Does not
belong here: any query about people or conversations.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from psycopg import AsyncConnection, OperationalError
from psycopg import Error as DriverError
from psycopg import InterfaceError as ConnectionUnusable
from psycopg.pq import PipelineStatus, TransactionStatus
from psycopg.rows import namedtuple_row
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import OperationalError as SqlOperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection as PooledConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from bot.errors import StoreAway
from bot.store import chain
from bot.store.crypto import Vault
from bot.store.statement import Filled, Row, Statement

EVENTS_CHANNEL = "handrail_events"
_ANNOUNCE = Statement(
    text("SELECT announce_events(CAST(:threads AS uuid[]), CAST(:kinds AS text[]), :at)")
)
_PING = Statement(text("SELECT 1"))
_CONNECT_SECONDS = 3


class Runs(Protocol):
    """What runs a statement: a transaction, or the store, each statement by itself."""

    vault: Vault

    async def run(self, statement: Statement, **values: object) -> list[Row]: ...


@dataclass
class Session:
    """One transaction. Leaving `Store.begin` without an exception commits it."""

    raw: AsyncConnection
    """Its very connection, for jobs deferred inside it."""
    vault: Vault
    _pooled: PooledConnection
    _db: AsyncSession | None = None
    noted: list[chain.Entry] = field(default_factory=list)
    """For the audit. Chained at the end, so that its lock never waits for a conversation's."""
    _events: list[tuple[UUID | None, str, datetime]] = field(default_factory=list)
    _last: list[Filled] = field(default_factory=list)
    _after: list[Callable[[], None]] = field(default_factory=list)

    @property
    def db(self) -> AsyncSession:
        """SQLAlchemy's session on the same connection: for all that is off the path of every
        message."""
        if self._db is None:
            self._db = AsyncSession(self._pooled, expire_on_commit=False, autoflush=False)
        return self._db

    def announce(self, conversation_id: UUID | None, kind: str, now: datetime) -> None:
        """Tell open browsers that something changed, once this transaction is committed."""
        self._events.append((conversation_id, kind, now))

    def with_commit(self, statement: Filled) -> None:
        """A statement whose answer nobody needs: it travels with the commit, and fails with it."""
        self._last.append(statement)

    def after_commit(self, action: Callable[[], None]) -> None:
        """A hint to this process, such as starting a send at once. The durable job is elsewhere."""
        self._after.append(action)

    async def run(self, statement: Statement, **values: object) -> list[Row]:
        """A statement of the path of every message; the rows it returns, their columns by name,
        none where it returns nothing."""
        (rows,) = await self.run_all(statement.filled(**values))
        return rows

    async def run_all(self, *statements: Filled) -> list[list[Row]]:
        """Statements that need nothing of one another, in one round trip."""
        return await _run_all(self.raw, statements)

    async def roll_back(self) -> None:
        """As if nothing had been written; what is written afterwards is kept."""
        self._events.clear()
        self._last.clear()
        await self.raw.rollback()

    def _event(self) -> Filled:
        """`announce_events` (a function of the migrations) draws ids under a lock held until
        commit, so they rise in commit order: a browser that resumes after id 2 can never miss
        an id 1 that was committed later."""
        threads, kinds, moments = zip(*self._events, strict=True)
        return _ANNOUNCE.filled(threads=list(threads), kinds=list(kinds), at=max(moments))

    async def finish(self) -> None:
        """The one commit."""
        if self.noted:
            await chain.append(self.db, self.vault, self.noted)
        async with self.raw.pipeline():
            for last in [*self._last, *([self._event()] if self._events else ())]:
                await self.raw.execute(last.text, last.values)
            await self.raw.commit()
        for action in self._after:
            # Beside this call: a hint that fails must not make a committed turn look failed.
            asyncio.get_running_loop().call_soon(action)

    async def release(self, *, is_orphan: bool) -> None:
        """Back to the pool as new; one that was lost, or stopped half way, or whose pool has been
        given up meanwhile, is thrown away."""
        with suppress(DBAPIError, DriverError):
            if self._db is not None:
                await self._db.close()
            await self.raw.rollback()
        if is_orphan or not _is_as_new(self.raw):
            await self.raw.close()
            await self._pooled.invalidate()
        await self._pooled.close()


def _is_as_new(connection: AsyncConnection) -> bool:
    """A cancellation may leave a transaction or a pipeline open."""
    return (
        not connection.closed
        and connection.info.transaction_status == TransactionStatus.IDLE
        and connection.pgconn.pipeline_status == PipelineStatus.OFF
    )


async def _run_all(connection: AsyncConnection, statements: Sequence[Filled]) -> list[list[Row]]:
    """The BEGIN of a transaction travels with its first statement."""
    cursors = [connection.cursor(row_factory=namedtuple_row) for _ in statements]
    begun = connection.autocommit or connection.info.transaction_status != TransactionStatus.IDLE
    if len(cursors) == 1 and begun:
        await cursors[0].execute(statements[0].text, statements[0].values)
    else:
        async with connection.pipeline():
            for cursor, statement in zip(cursors, statements, strict=True):
                await cursor.execute(statement.text, statement.values)
    return [[] if each.description is None else await each.fetchall() for each in cursors]


def _asks_too_much(error: Exception) -> bool:
    """The server is there and will never do this: PostgreSQL's class 54, its limits."""
    cause = getattr(error, "orig", error)
    return isinstance(cause, OperationalError) and (cause.sqlstate or "").startswith("54")


class Store:
    """The pool of connections and the vault: made once for each process."""

    def __init__(self, database_url: str, vault: Vault, pool_size: int = 12) -> None:
        self.vault = vault
        self._generation = 0
        self.engine: AsyncEngine = create_async_engine(
            database_url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=_CONNECT_SECONDS,
            pool_pre_ping=False,
            connect_args={"connect_timeout": _CONNECT_SECONDS, "prepare_threshold": 3},
        )

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Session]:
        """A transaction; raises `StoreAway` when the database cannot be reached."""
        async with self._connected() as session:
            yield session
            await session.finish()

    async def run(self, statement: Statement, **values: object) -> list[Row]:
        """One statement as a transaction of its own, in one round trip; raises `StoreAway`."""
        async with self._connected() as session:
            await session.raw.set_autocommit(True)
            try:
                return await session.run(statement, **values)
            finally:
                if not session.raw.closed:
                    await session.raw.set_autocommit(False)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Session]:
        lost = False
        generation = self._generation
        try:
            pooled = await self.engine.connect()
            connection = (await pooled.get_raw_connection()).driver_connection
            if not isinstance(connection, AsyncConnection):
                raise TypeError("the driver is not psycopg's own")
            session = Session(connection, self.vault, pooled)
            try:
                yield session
            finally:
                lost = connection.closed
                is_orphan = generation != self._generation
                await asyncio.shield(session.release(is_orphan=is_orphan))
        except (SqlOperationalError, InterfaceError, PoolTimeout) as error:
            if _asks_too_much(error):
                raise
            raise StoreAway(type(error).__name__) from error
        except (OperationalError, ConnectionUnusable) as error:
            if _asks_too_much(error):
                raise
            # Found out beside SQLAlchemy, which would go on handing out others as old as this.
            if lost:
                # Twice: one taken while the pool is being given up belongs to neither.
                self._generation += 1
                await self.engine.dispose()
                self._generation += 1
            raise StoreAway(type(error).__name__) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise StoreAway(type(error).__name__) from error
            raise

    async def ping(self) -> bool:
        """Whether a statement gets through now."""
        try:
            await self.run(_PING)
        except StoreAway:
            return False
        return True

    async def close(self) -> None:
        await self.engine.dispose()
