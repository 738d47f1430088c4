"""WhatsApp's window: free words may go only 24 hours after the person's last message, and what
waits behind a template goes when they write.

Does not belong here: what is sent in place of the words (bot/channels), or when (bot/outbox.py).
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select, update

from bot.messages import DeliveryStatus
from bot.store.outgoing import RowStatus
from bot.store.session import Session
from bot.store.statement import Statement, constant
from bot.store.tables import Conversation, OutboxRow

LENGTH = timedelta(hours=24)


_RELEASE = Statement(
    update(OutboxRow)
    .where(
        OutboxRow.conversation_id == bindparam("thread_id"),
        OutboxRow.status == constant(RowStatus.WAITING_WINDOW.value),
    )
    .values(status=constant(DeliveryStatus.QUEUED.value), due_at=bindparam("now"))
    .returning(OutboxRow.id)
)


async def release(session: Session, conversation_id: UUID, now: datetime) -> list[UUID]:
    """The person wrote, so the window is open: what waited behind the template may go."""
    released = await session.run(_RELEASE, thread_id=conversation_id, now=now)
    return [row.id for row in released]


async def is_open(session: Session, conversation_id: UUID, now: datetime) -> bool:
    """Whether the person wrote within the last 24 hours. The conversation stays locked, so that
    a message accepted at this very moment comes before or after, never between."""
    last = await session.db.execute(
        select(Conversation.last_in_at)
        .where(Conversation.id == conversation_id)
        .with_for_update(read=True)
    )
    return now - last.scalar_one() < LENGTH


async def shut(session: Session, conversation_id: UUID, now: datetime) -> None:
    """The carrier says that the person's last message is longer ago than we thought."""
    await session.db.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(last_in_at=now - LENGTH)
    )


async def template_is_out(session: Session, conversation_id: UUID) -> bool:
    """Whether a row of the conversation waits behind a template already."""
    found = await session.db.execute(
        select(OutboxRow.id)
        .where(
            OutboxRow.conversation_id == conversation_id,
            OutboxRow.status == RowStatus.WAITING_WINDOW.value,
        )
        .limit(1)
    )
    return found.first() is not None
