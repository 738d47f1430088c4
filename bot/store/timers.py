"""What is due later in a conversation, kept until then.

Does not belong here: what it leads to (bot/dialogue/followup.py), looking for it (bot/timers.py).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.dialogue.turn import SetTimer, TimerKind
from bot.store.session import Session
from bot.store.tables import Conversation
from bot.store.tables_followup import Timer

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Due:
    conversation_id: UUID
    kind: TimerKind
    at: datetime
    last_in_at: datetime


async def put(session: Session, conversation_id: UUID, wish: SetTimer) -> None:
    """A half-way report keeps its earlier time: whoever goes on writing does not put it off."""
    if wish.at is None:
        await _take(session, conversation_id, wish.kind)
        return
    new = insert(Timer).values(
        conversation_id=conversation_id, kind=wish.kind.value, due_at=wish.at
    )
    keeps = wish.kind is TimerKind.HALF_WAY
    at = func.least(Timer.due_at, wish.at) if keeps else wish.at
    keys = ["conversation_id", "kind"]
    await session.db.execute(new.on_conflict_do_update(index_elements=keys, set_={"due_at": at}))


async def clear(session: Session, conversation_id: UUID) -> None:
    await session.db.execute(delete(Timer).where(Timer.conversation_id == conversation_id))


async def due(session: Session, now: datetime) -> list[tuple[UUID, TimerKind]]:
    found = await session.db.execute(
        select(Timer.conversation_id, Timer.kind)
        .where(Timer.due_at <= now)
        .order_by(Timer.due_at)
        .limit(_AT_ONCE)
    )
    return [(row.conversation_id, TimerKind(row.kind)) for row in found]


async def take(
    session: Session, conversation_id: UUID, kind: TimerKind, now: datetime
) -> Due | None:
    """One that is still due, taken away; None where another process was first. The conversation is
    locked before it, as a turn does, so that the two never deadlock."""
    locked = await session.db.execute(
        select(Conversation.last_in_at).where(Conversation.id == conversation_id).with_for_update()
    )
    last_in_at = locked.scalar_one()
    found = await session.db.execute(
        delete(Timer)
        .where(
            Timer.conversation_id == conversation_id,
            Timer.kind == kind.value,
            Timer.due_at <= now,
        )
        .returning(Timer.due_at)
    )
    at = found.scalar_one_or_none()
    return None if at is None else Due(conversation_id, kind, at, last_in_at)


async def _take(session: Session, conversation_id: UUID, kind: TimerKind) -> None:
    await session.db.execute(
        delete(Timer).where(Timer.conversation_id == conversation_id, Timer.kind == kind.value)
    )
