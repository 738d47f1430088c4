"""Conversations offered at the end of a shift: their rows.

Belongs here: offering, finding, taking, ending as writes. Does not belong here: who may, and what
goes with it (bot/desk/shifts.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, and_, insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from bot.store.crypto import Spot
from bot.store.people import name_of
from bot.store.session import Session
from bot.store.tables import Staff, Ticket
from bot.store.tables_desk import Note
from bot.store.tables_shift import ShiftOffer


@dataclass(frozen=True, slots=True)
class NewOffer:
    ticket_id: UUID
    giver: UUID
    to: UUID
    note_id: UUID
    due_at: datetime


@dataclass(frozen=True, slots=True)
class OfferView:
    """`other`: the name of whoever gives it, or of whoever should take it."""

    id: UUID
    ticket_id: UUID
    reference: str
    priority: str
    giver: UUID
    to: UUID
    other: str
    word: str
    at: datetime
    due_at: datetime


async def add(session: Session, new: NewOffer, now: datetime) -> UUID:
    """In the place of any that waits for this ticket."""
    await end(session, new.ticket_id, now)
    row_id = uuid4()
    await session.db.execute(
        insert(ShiftOffer).values(
            id=row_id,
            ticket_id=new.ticket_id,
            from_id=new.giver,
            to_id=new.to,
            note_id=new.note_id,
            at=now,
            due_at=new.due_at,
        )
    )
    return row_id


async def end(session: Session, ticket_id: UUID, now: datetime) -> None:
    await session.db.execute(
        update(ShiftOffer).where(ShiftOffer.ticket_id == ticket_id, _is_open()).values(ended_at=now)
    )


async def to_take(session: Session, staff_id: UUID) -> Sequence[OfferView]:
    """What waits for this person, the worst first."""
    query = _query(ShiftOffer.from_id).where(ShiftOffer.to_id == staff_id)
    return [_view(session, *row) for row in await session.db.execute(query)]


async def given(session: Session, staff_id: UUID) -> Sequence[OfferView]:
    """What this person has offered and nobody has taken yet."""
    query = _query(ShiftOffer.to_id).where(ShiftOffer.from_id == staff_id)
    return [_view(session, *row) for row in await session.db.execute(query)]


async def of(session: Session, offer_id: UUID) -> OfferView | None:
    """None for one that waits no longer. To be asked for with its conversation locked, so that
    it cannot change any more."""
    query = _query(ShiftOffer.from_id).where(ShiftOffer.id == offer_id)
    row = (await session.db.execute(query)).one_or_none()
    return None if row is None else _view(session, *row)


async def take(session: Session, offer_id: UUID, now: datetime) -> None:
    await session.db.execute(
        update(ShiftOffer).where(ShiftOffer.id == offer_id).values(taken_at=now)
    )


async def overdue(session: Session, now: datetime) -> Sequence[UUID]:
    """Offers that nobody has taken in time: the giver has the ticket still, or was gone first
    and nobody has it."""
    is_nobodys = and_(_is_open(), Ticket.state == "open")
    query = select(ShiftOffer.id).join(Ticket, Ticket.id == ShiftOffer.ticket_id)
    late = query.where(or_(_waits(), is_nobodys), ShiftOffer.due_at <= now)
    found = await session.db.execute(late)
    return found.scalars().all()


async def mark_told(session: Session, offer_ids: Sequence[UUID], now: datetime) -> Sequence[UUID]:
    """Those that nobody was told of before; of any number at once each is told of by one."""
    found = await session.db.execute(
        update(ShiftOffer)
        .where(ShiftOffer.id.in_(offer_ids), ShiftOffer.told_at.is_(None))
        .values(told_at=now)
        .returning(ShiftOffer.id)
    )
    return found.scalars().all()


def _query(other: InstrumentedAttribute[UUID]) -> Select[ShiftOffer, Ticket, Note, Staff]:
    return (
        select(ShiftOffer, Ticket, Note, Staff)
        .join(Ticket, Ticket.id == ShiftOffer.ticket_id)
        .join(Note, Note.id == ShiftOffer.note_id)
        .join(Staff, Staff.id == other)
        .where(_waits())
        .order_by(Ticket.priority_rank.desc(), ShiftOffer.at, ShiftOffer.id)
    )


def _is_open() -> ColumnElement[bool]:
    return and_(ShiftOffer.taken_at.is_(None), ShiftOffer.ended_at.is_(None))


def _waits() -> ColumnElement[bool]:
    """Its giver has the ticket still: what went back to the queue, or was closed, is no offer."""
    return and_(_is_open(), Ticket.state == "claimed", Ticket.claimed_by == ShiftOffer.from_id)


def _view(session: Session, row: ShiftOffer, ticket: Ticket, note: Note, other: Staff) -> OfferView:
    word = session.vault.open(Spot("notes", "text_sealed", note.id), note.text_sealed)
    return OfferView(
        row.id,
        row.ticket_id,
        ticket.reference,
        ticket.priority,
        row.from_id,
        row.to_id,
        name_of(session, other),
        word,
        row.at,
        row.due_at,
    )
