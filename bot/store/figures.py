"""Tickets as figures need them: times and codes, and how people describe themselves.

Does not belong here: counting (bot/rules/figures.py).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select

from bot.rules.figures import Wait
from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.tables import Conversation, Message, Ticket
from bot.store.tables_followup import SelfDescribed


async def waits(session: Session, since: datetime, until: datetime) -> Sequence[Wait]:
    """Every ticket opened in that time."""
    found = await session.db.execute(
        select(
            Ticket.priority,
            Conversation.channel,
            Conversation.language,
            Ticket.opened_at,
            Ticket.claimed_at,
            _first_words().label("answered_at"),
            Ticket.outcome,
            Conversation.id.label("who"),
            SelfDescribed.id.label("described_id"),
            SelfDescribed.group_sealed,
        )
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .outerjoin(SelfDescribed, SelfDescribed.conversation_id == Ticket.conversation_id)
        .where(Ticket.opened_at >= since, Ticket.opened_at < until)
    )
    return [
        Wait(
            row.priority,
            row.channel,
            row.language,
            row.opened_at,
            row.claimed_at,
            row.answered_at,
            row.outcome,
            _opened(session, row.described_id, row.group_sealed),
            row.who,
        )
        for row in found
    ]


def _first_words() -> ScalarSelect[datetime]:
    """When a person first wrote after a ticket was opened."""
    return (
        select(func.min(Message.at))
        .where(
            Message.conversation_id == Ticket.conversation_id,
            Message.author == "staff",
            Message.at >= Ticket.opened_at,
        )
        .correlate(Ticket)
        .scalar_subquery()
    )


def _opened(session: Session, row_id: UUID | None, sealed: bytes | None) -> str:
    if row_id is None or sealed is None:
        return ""
    return session.vault.open(Spot("self_described", "group_sealed", row_id), sealed)
