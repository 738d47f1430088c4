"""Tickets as figures need them: times and codes, nobody's words.

Does not belong here: counting (bot/rules/figures.py).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.rules.figures import Wait
from bot.store.session import Session
from bot.store.tables import Conversation, Message, Ticket


async def waits(session: Session, since: datetime, until: datetime) -> Sequence[Wait]:
    """Every ticket opened in that time."""
    first = (
        select(func.min(Message.at))
        .where(
            Message.conversation_id == Ticket.conversation_id,
            Message.author == "staff",
            Message.at >= Ticket.opened_at,
        )
        .correlate(Ticket)
        .scalar_subquery()
    )
    found = await session.db.execute(
        select(
            Ticket.priority,
            Conversation.channel,
            Conversation.language,
            Ticket.opened_at,
            Ticket.claimed_at,
            first.label("answered_at"),
            Ticket.outcome,
        )
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .where(Ticket.opened_at >= since, Ticket.opened_at < until)
    )
    return [Wait(*row) for row in found]
