"""Tickets that somebody took from a phone and has not joined: theirs in the queue, while the bot
still speaks.

Belongs here: finding them and taking them back. Does not belong here: taking and joining
(bot/store/holding.py), how long they are waited for (bot/rules/ladder.py).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update

from bot.store.session import Session
from bot.store.tables import Conversation, Ticket


def _is_promised() -> ColumnElement[bool]:
    nobody_there = (
        select(Conversation.id)
        .where(Conversation.id == Ticket.conversation_id, Conversation.holder_id.is_(None))
        .correlate(Ticket)
        .exists()
    )
    return and_(Ticket.state == "claimed", nobody_there)


async def is_promised(session: Session, ticket_id: UUID, staff_id: UUID) -> bool:
    """Whether it waits for this very worker to join."""
    found = await session.db.execute(
        select(Ticket.id).where(
            Ticket.id == ticket_id, Ticket.claimed_by == staff_id, _is_promised()
        )
    )
    return found.first() is not None


async def unjoined(session: Session, since: datetime) -> list[tuple[UUID, datetime]]:
    """Those taken before then, with when."""
    found = await session.db.execute(
        select(Ticket.id, Ticket.claimed_at).where(_is_promised(), Ticket.claimed_at < since)
    )
    return [(ticket_id, at) for ticket_id, at in found.all() if at is not None]


async def take_back(session: Session, ticket_id: UUID) -> bool:
    """Into the queue again; False where nobody has promised anything, or they have joined."""
    taken = await session.db.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id, _is_promised())
        .values(state="open", claimed_by=None, claimed_at=None, is_watched=False)
        .returning(Ticket.id)
    )
    return taken.first() is not None
