"""Outgoing rows that lie about: not sent when they should have been, or without their answer.

Belongs here: finding them. Does not belong here: sending and settling (bot/store/sending.py).
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select

from bot.messages import Purpose
from bot.store.outgoing import READY, RowStatus
from bot.store.session import Session
from bot.store.tables import OutboxRow

_URGENT = (Purpose.EMERGENCY.value, Purpose.PAGE.value)


async def overdue(session: Session, now: datetime, grace: timedelta) -> list[UUID]:
    """Ready rows that should have left by now: the safety net under the jobs."""
    found = await session.db.execute(
        select(OutboxRow.id)
        .where(
            or_(
                and_(OutboxRow.status.in_(READY), OutboxRow.due_at < now - grace),
                and_(OutboxRow.status == RowStatus.WAITING_TIME.value, OutboxRow.due_at <= now),
            )
        )
        .order_by(OutboxRow.purpose.not_in(_URGENT), OutboxRow.seq)
        .limit(200)
    )
    return list(found.scalars())


async def stuck(session: Session, now: datetime, grace: timedelta) -> list[UUID]:
    """Rows whose sender died, or lost the answer: to be settled before they go again."""
    found = await session.db.execute(
        select(OutboxRow.id)
        .where(
            or_(
                and_(
                    OutboxRow.status == RowStatus.SENDING.value,
                    OutboxRow.claimed_at < now - grace,
                ),
                and_(OutboxRow.status == RowStatus.UNCLEAR.value, OutboxRow.due_at <= now),
            )
        )
        .order_by(OutboxRow.seq)
        .limit(200)
    )
    return list(found.scalars())
