"""Tickets that somebody should be woken for and is not.

Belongs here: finding them. Does not belong here: when a worry is late (bot/rules/deadlines.py).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import any_, exists, literal, or_, select

from bot.dialogue.turn import Priority, TicketReason
from bot.store.session import Session
from bot.store.tables import Ticket
from bot.store.tables_oncall import Page
from nlu.reading import RiskLevel

GRACE = timedelta(seconds=5)
_DANGER = (Priority.IMMEDIATE.value, Priority.HIGH.value)
_REASONS = (TicketReason.RISK.value, TicketReason.BROKEN_TURN.value)


@dataclass(frozen=True, slots=True)
class Lost:
    """Danger whose ticket stands without any page."""

    ticket_id: UUID
    reference: str
    level: RiskLevel


@dataclass(frozen=True, slots=True)
class Worry:
    ticket_id: UUID
    reference: str
    opened_at: datetime


async def danger_without_page(session: Session, now: datetime) -> list[Lost]:
    """Open tickets of danger that no page was ever made for: its turn broke."""
    found = await session.db.execute(
        select(Ticket.id, Ticket.reference, Ticket.priority).where(
            Ticket.state == "open",
            Ticket.priority.in_(_DANGER),
            or_(*(literal(reason) == any_(Ticket.reasons) for reason in _REASONS)),
            Ticket.opened_at <= now - GRACE,
            ~exists().where(Page.ticket_id == Ticket.id),
        )
    )
    return [Lost(row.id, row.reference, RiskLevel(row.priority)) for row in found]


async def worries_without_page(session: Session) -> list[Worry]:
    """Open tickets of concern that nobody has taken and nobody was woken for."""
    found = await session.db.execute(
        select(Ticket.id, Ticket.reference, Ticket.opened_at).where(
            Ticket.state == "open",
            Ticket.priority == Priority.CONCERN.value,
            ~exists().where(Page.ticket_id == Ticket.id),
        )
    )
    return [Worry(row.id, row.reference, row.opened_at) for row in found]
