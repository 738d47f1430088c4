"""What changed, for browsers that wait: reading the events table and hearing of new rows.

Does not belong here: writing events (bot/store/session.py), or who is told (api/stream.py).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from psycopg import AsyncConnection, OperationalError
from sqlalchemy import func, select

from bot.errors import StoreAway
from bot.store.session import EVENTS_CHANNEL, Session, Store
from bot.store.tables import Event

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Change:
    id: int
    conversation_id: UUID | None


async def newest(session: Session, conversation_id: UUID | None = None) -> int:
    """The id of the last event, of one conversation or of all; 0 when there is none."""
    query = select(func.max(Event.id))
    if conversation_id is not None:
        query = query.where(Event.conversation_id == conversation_id)
    return (await session.db.execute(query)).scalar_one() or 0


async def after(session: Session, last: int) -> list[Change]:
    """Events after an id, in commit order, at most 500 at once."""
    found = await session.db.execute(
        select(Event.id, Event.conversation_id)
        .where(Event.id > last)
        .order_by(Event.id)
        .limit(_AT_ONCE)
    )
    return [Change(row.id, row.conversation_id) for row in found]


async def woken(store: Store, longest_seconds: float) -> AsyncIterator[None]:
    """Yields at once, at every notification, and at least every `longest_seconds`.

    Raises `StoreAway` when the connection is lost."""
    url = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        async with await AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute(f"LISTEN {EVENTS_CHANNEL}")
            yield
            while True:
                async for _ in connection.notifies(timeout=longest_seconds, stop_after=1):
                    pass
                yield
    except OperationalError as error:
        raise StoreAway(type(error).__name__) from error
