"""What changed, for browsers that wait: reading the events table and hearing of new rows; and who
types, which is told and kept nowhere.

Does not belong here: writing events (bot/store/session.py), or who is told (api/stream.py).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from psycopg import AsyncConnection, Notify, OperationalError
from sqlalchemy import bindparam, func, select

from bot.errors import StoreAway
from bot.store.session import EVENTS_CHANNEL, Session, Store
from bot.store.statement import Statement
from bot.store.tables import Event

_AT_ONCE = 500
_TYPING = "handrail_typing"
_TELL = Statement(select(func.pg_notify(_TYPING, bindparam("told"))))


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody writes now. `is_staff` False: the person whose conversation it is."""

    conversation_id: UUID
    is_staff: bool


async def say_typing(store: Store, typing: Typing) -> None:
    """To every open page that it concerns. Raises `StoreAway`."""
    await store.run(_TELL, told=f"{typing.conversation_id} {int(typing.is_staff)}")


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


async def woken(store: Store, longest_seconds: float) -> AsyncIterator[Typing | None]:
    """Yields at once, at every notification, and at least every `longest_seconds`: who types, or
    None where something may have changed.

    Raises `StoreAway` when the connection is lost."""
    url = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        async with await AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute(f"LISTEN {EVENTS_CHANNEL}")
            await connection.execute(f"LISTEN {_TYPING}")
            yield None
            while True:
                # Several may come at once, of either kind.
                heard = connection.notifies(timeout=longest_seconds, stop_after=1)
                told = [_typing(one) async for one in heard]
                for typing in told:
                    if typing is not None:
                        yield typing
                if not told or None in told:
                    yield None
    except OperationalError as error:
        raise StoreAway(type(error).__name__) from error


def _typing(heard: Notify) -> Typing | None:
    if heard.channel != _TYPING:
        return None
    conversation_id, is_staff = heard.payload.split()
    return Typing(UUID(conversation_id), is_staff == "1")
