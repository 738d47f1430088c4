"""Calls back: who asked to be put through to whom, and what came of it.

Does not belong here: whether somebody may be rung (bot/rules/contact.py, bot/store/dialling.py).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from bot.store.session import Session
from bot.store.tables import Ticket
from bot.store.tables_calls import CallBack


@dataclass(frozen=True, slots=True)
class Asked:
    id: UUID
    ticket_id: UUID
    reference: str
    conversation_id: UUID
    staff: UUID
    asked_at: datetime
    pressed_at: datetime | None
    is_over: bool


async def add(
    session: Session, ticket_id: UUID, who: tuple[UUID, UUID], row_id: UUID, now: datetime
) -> None:
    """`who`: the conversation, and the worker whose phone rings by this row of the outbox."""
    conversation_id, staff_id = who
    await session.db.execute(
        insert(CallBack).values(
            id=uuid4(),
            ticket_id=ticket_id,
            conversation_id=conversation_id,
            staff_id=staff_id,
            outbox_id=row_id,
            asked_at=now,
        )
    )


async def under_way(session: Session, ticket_id: UUID, staff_id: UUID, since: datetime) -> bool:
    """Whether this worker asked for the same a moment ago, and it has not ended."""
    found = await session.db.execute(
        select(CallBack.id).where(
            CallBack.ticket_id == ticket_id,
            CallBack.staff_id == staff_id,
            CallBack.asked_at > since,
            CallBack.ended_at.is_(None),
        )
    )
    return found.first() is not None


async def lock(session: Session, row_id: UUID) -> Asked | None:
    """The one whose worker is rung by this row of the outbox."""
    found = await session.db.execute(
        select(CallBack, Ticket.reference)
        .join(Ticket, Ticket.id == CallBack.ticket_id)
        .where(CallBack.outbox_id == row_id)
        .with_for_update(of=CallBack)
        .execution_options(populate_existing=True)
    )
    both = found.one_or_none()
    if both is None:
        return None
    row, reference = both
    return Asked(
        row.id,
        row.ticket_id,
        reference,
        row.conversation_id,
        row.staff_id,
        row.asked_at,
        row.pressed_at,
        row.ended_at is not None,
    )


async def mark_pressed(session: Session, asked: Asked, now: datetime) -> None:
    await session.db.execute(update(CallBack).where(CallBack.id == asked.id).values(pressed_at=now))


async def end(session: Session, asked: Asked, outcome: str, now: datetime) -> bool:
    """False where it had ended before."""
    ended = await session.db.execute(
        update(CallBack)
        .where(CallBack.id == asked.id, CallBack.ended_at.is_(None))
        .values(ended_at=now, outcome=outcome)
        .returning(CallBack.id)
    )
    return ended.first() is not None
