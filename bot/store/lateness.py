"""What an auditor reads: steps taken, texts not sent, messages without a turn.

Does not belong here: what counts as late (bot/rules/ladder.py, bot/desk/auditor.py).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from bot.messages import DeliveryStatus, Purpose
from bot.store.outgoing import RowStatus
from bot.store.session import Session
from bot.store.tables import Message, OutboxRow
from bot.store.tables_oncall import PageStep

_NOT_SENT = (DeliveryStatus.QUEUED.value, RowStatus.SENDING.value)


async def last_steps(session: Session) -> dict[UUID, tuple[int, datetime]]:
    """Number and time of the last step of each page."""
    found = await session.db.execute(
        select(PageStep.page_id, PageStep.n, PageStep.at)
        .ext(distinct_on(PageStep.page_id))
        .order_by(PageStep.page_id, PageStep.n.desc())
    )
    return {row.page_id: (row.n, row.at) for row in found}


async def pages_not_sent(session: Session, before: datetime) -> list[UUID]:
    """Texts to staff that have been waiting since before this."""
    found = await session.db.execute(
        select(OutboxRow.id).where(
            OutboxRow.purpose == Purpose.PAGE.value,
            OutboxRow.status.in_(_NOT_SENT),
            OutboxRow.created_at < before,
        )
    )
    return list(found.scalars())


async def turns_not_taken(session: Session, before: datetime) -> int:
    """Messages that nobody and nothing has looked at since before this."""
    found = await session.db.execute(
        select(func.count())
        .select_from(Message)
        .where(Message.direction == "in", Message.handled_at.is_(None), Message.at < before)
    )
    return found.scalar_one()
