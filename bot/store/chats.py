"""A worker's chat with a person: when its first words were, whether its end was told.

Does not belong here: what is said about it (bot/desk/manners.py), who holds what (holding.py).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, String, cast, func, select

from bot.store import audit
from bot.store.session import Session
from bot.store.statement import Row as Columns
from bot.store.tables import AuditEntry, Conversation, Message, Ticket

_WARNED = "chat_end_told"


@dataclass(frozen=True, slots=True)
class Chat:
    """`first_words_at`: of whoever holds the ticket now, since they took it."""

    ticket_id: UUID
    conversation_id: UUID
    staff_id: UUID
    first_words_at: datetime | None
    last_in_at: datetime


def _first_words() -> ScalarSelect[datetime]:
    return (
        select(func.min(Message.at))
        .where(
            Message.conversation_id == Ticket.conversation_id,
            Message.staff_id == Ticket.claimed_by,
            Message.at >= Ticket.claimed_at,
        )
        .correlate(Ticket)
        .scalar_subquery()
    )


def _chat(row: Columns) -> Chat:
    return Chat(*row)


async def of_ticket(session: Session, ticket_id: UUID) -> Chat | None:
    """None where nobody holds the ticket, or it belongs to no conversation."""
    found = await session.db.execute(
        select(
            Ticket.id, Conversation.id, Ticket.claimed_by, _first_words(), Conversation.last_in_at
        )
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .where(Ticket.id == ticket_id, Ticket.claimed_by.is_not(None))
    )
    row = found.one_or_none()
    return None if row is None else _chat(row)


async def last_in(session: Session, conversation_id: UUID) -> str:
    """The provider's id of the last message that came; empty before any."""
    found = await session.db.execute(
        select(Message.provider_id)
        .where(Message.conversation_id == conversation_id, Message.direction == "in")
        .order_by(Message.seq.desc())
        .limit(1)
    )
    return found.scalar_one_or_none() or ""


async def ending(session: Session, begun: datetime, since: datetime) -> list[Chat]:
    """Chats whose first words were before `begun`, in which the person wrote after `since`, and
    whose end nobody was told of."""
    told = (
        select(AuditEntry.id)
        .where(
            AuditEntry.subject == cast(Ticket.id, String),
            AuditEntry.action == _WARNED,
            AuditEntry.at >= Ticket.claimed_at,
        )
        .exists()
    )
    first = _first_words()
    found = await session.db.execute(
        select(Ticket.id, Conversation.id, Ticket.claimed_by, first, Conversation.last_in_at)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .where(
            Ticket.state == "claimed",
            Conversation.holder_id == Ticket.claimed_by,
            Conversation.last_in_at > since,
            first <= begun,
            ~told,
        )
        .with_for_update(of=Ticket, skip_locked=True)
    )
    return [_chat(row) for row in found.all()]


async def note_warned(session: Session, chat: Chat, now: datetime) -> None:
    audit.note(session, chat.staff_id, _WARNED, [chat.ticket_id], now)
