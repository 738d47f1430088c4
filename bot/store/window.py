"""Words that wait until the person writes: behind a line that says nothing, or for a code word.
WhatsApp's own window is one such case: free words may go only 24 hours after their last message.

Does not belong here: when words wait (bot/rules/contact.py), what goes in their place (content).
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, select, update

from bot.messages import DeliveryStatus, Purpose
from bot.store.outgoing import WAITING, RowStatus
from bot.store.session import Session
from bot.store.tables import Conversation, OutboxRow

LENGTH = timedelta(hours=24)


async def release(session: Session, conversation_id: UUID, now: datetime) -> list[UUID]:
    """The person wrote, and is who they were: a worker's words that waited may go. The bot's own
    are dropped: they answer what was said before a silence, and the turn says something newer."""
    is_staff = OutboxRow.purpose == Purpose.STAFF.value
    queued, dropped = DeliveryStatus.QUEUED.value, RowStatus.REPLACED.value
    released = await session.db.execute(
        update(OutboxRow)
        .where(OutboxRow.conversation_id == conversation_id, OutboxRow.status.in_(WAITING))
        .values(status=case((is_staff, queued), else_=dropped), due_at=now)
        .returning(OutboxRow.id, is_staff)
    )
    return [row_id for row_id, goes in released.all() if goes]


async def wrote_within(
    session: Session, conversation_id: UUID, span: timedelta, now: datetime
) -> bool:
    """Whether the person wrote so lately. The conversation stays locked, so that a message
    accepted at this very moment comes before or after, never between."""
    last = await session.db.execute(
        select(Conversation.last_in_at)
        .where(Conversation.id == conversation_id)
        .with_for_update(read=True)
    )
    return now - last.scalar_one() <= span


async def shut(session: Session, conversation_id: UUID, now: datetime) -> None:
    """The carrier says that the person's last message is longer ago than we thought."""
    await session.db.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(last_in_at=now - LENGTH)
    )


async def mark_opener(session: Session, row_id: UUID, claimed_at: datetime | None) -> None:
    """What goes now is a line in place of the words, so that an answer frees them."""
    await session.db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.claimed_at == claimed_at)
        .values(opener=True)
    )


async def opener_is_out(session: Session, conversation_id: UUID) -> bool:
    """Whether a row of the conversation waits behind an opener already."""
    found = await session.db.execute(
        select(OutboxRow.id)
        .where(
            OutboxRow.conversation_id == conversation_id,
            OutboxRow.status == RowStatus.WAITING_WINDOW.value,
            OutboxRow.opener,
        )
        .limit(1)
    )
    return found.first() is not None
