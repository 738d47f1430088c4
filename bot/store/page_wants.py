"""Tickets that somebody should be woken for and is not.

Belongs here: finding them. Does not belong here: when a worry is late (bot/rules/deadlines.py).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, any_, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.dialogue.turn import Priority, TicketReason
from bot.rules.ladder import PageState
from bot.store.session import Session
from bot.store.tables import Ticket
from bot.store.tables_oncall import Page
from nlu.reading import RiskLevel

GRACE = timedelta(seconds=5)
_DANGER = (Priority.IMMEDIATE.value, Priority.HIGH.value)
_REASONS = (TicketReason.RISK.value, TicketReason.BROKEN_TURN.value)


@dataclass(frozen=True, slots=True)
class Lost:
    """Danger whose ticket stands without any page, or was taken and given up again. `left_by`:
    who gave it up, and is woken for it last."""

    ticket_id: UUID
    reference: str
    level: RiskLevel
    left_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A page that somebody took, while its ticket still stands open."""

    ticket_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Worry:
    ticket_id: UUID
    reference: str
    opened_at: datetime


async def danger_without_page(session: Session, now: datetime) -> list[Lost]:
    """Open tickets of danger that no page was ever made for, because its turn broke, or whose
    page's taker has handed them back. One that a supervisor stopped stays stopped."""
    never = and_(
        or_(*(literal(reason) == any_(Ticket.reasons) for reason in _REASONS)),
        _last_page(Page.state).is_(None),
    )
    found = await session.db.execute(
        select(Ticket.id, Ticket.reference, Ticket.priority, _last_page(Page.by_id).label("by"))
        .where(
            Ticket.state == "open",
            Ticket.priority.in_(_DANGER),
            Ticket.opened_at <= now - GRACE,
            or_(never, and_(_is_given_up(), _last_page(Page.ended_at) <= now)),
        )
        .order_by(Ticket.priority_rank.desc(), Ticket.opened_at)
    )
    return [Lost(row.id, row.reference, RiskLevel(row.priority), row.by) for row in found]


async def worries_without_page(session: Session) -> list[Worry]:
    """Open tickets of concern that nobody holds and nobody was woken for since."""
    found = await session.db.execute(
        select(Ticket.id, Ticket.reference, Ticket.opened_at).where(
            Ticket.state == "open",
            Ticket.priority == Priority.CONCERN.value,
            or_(_last_page(Page.state).is_(None), _is_given_up()),
        )
    )
    return [Worry(row.id, row.reference, row.opened_at) for row in found]


async def taken_and_left(session: Session, since: datetime) -> list[Taken]:
    """Open tickets whose last page somebody took before then, with a phone that is nobody's or
    without the right to sit down at it: taken, and nobody's all the same."""
    taken_at = _last_page(Page.acknowledged_at)
    found = await session.db.execute(
        select(Ticket.id, taken_at.label("at")).where(
            Ticket.state == "open",
            _last_page(Page.state) == PageState.ACKNOWLEDGED.value,
            taken_at < since,
        )
    )
    return [Taken(row.id, row.at) for row in found]


def _is_given_up() -> ColumnElement[bool]:
    """The last page ended while its ticket stayed open, and was no drill."""
    return and_(
        _last_page(Page.state) == PageState.ENDED.value, _last_page(Page.is_test).is_(False)
    )


def _last_page[Value](column: InstrumentedAttribute[Value]) -> ScalarSelect[Value]:
    return (
        select(column)
        .where(Page.ticket_id == Ticket.id)
        .order_by(Page.started_at.desc(), Page.id)
        .limit(1)
        .correlate(Ticket)
        .scalar_subquery()
    )
