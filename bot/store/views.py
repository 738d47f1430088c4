"""What staff and the web chat read: conversations with their messages, tickets, referrals.

Belongs here: read queries and the values they give. Does not belong here: any write, who may
read (api), or the shape on the wire (api/v1/shapes.py).
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select

from bot.messages import Address, Choice, DeliveryStatus
from bot.store.arrivals import address_index
from bot.store.crypto import Spot
from bot.store.indexes import name_index
from bot.store.outgoing import UNCERTAIN, RowStatus, load_parts
from bot.store.people import PROGRAM
from bot.store.session import Session
from bot.store.tables import Conversation, Message, OutboxRow, Referral, Staff, Ticket
from bot.store.tables_desk import Share
from nlu.reading import Reading

_READING = TypeAdapter(Reading)
_AS_SHOWN = {
    RowStatus.SENDING.value: DeliveryStatus.QUEUED.value,
    RowStatus.UNCLEAR.value: DeliveryStatus.QUEUED.value,
    RowStatus.WAITING_WINDOW.value: DeliveryStatus.HELD.value,
    RowStatus.WAITING_TIME.value: DeliveryStatus.HELD.value,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a thread. `status`: `received`, `uncertain`, or a `DeliveryStatus`."""

    id: UUID
    direction: str
    author: str
    kind: str
    text: str
    at: datetime
    status: str
    choices: tuple[Choice, ...] = ()
    reading: Reading | None = None
    purpose: str = ""
    """Of what was sent: a `Purpose`."""
    by: str = ""
    """First name of the worker who wrote it."""
    media: tuple[str, ...] = ()
    """Kinds of what was attached."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ThreadView:
    id: UUID
    channel: str
    address: str
    language: str
    risk_level: str
    risk_categories: tuple[str, ...]
    holder: Person | None
    opened_at: datetime
    last_in_at: datetime


@dataclass(frozen=True, slots=True)
class TicketView:
    id: UUID
    reference: str
    conversation_id: UUID | None
    priority: str
    priority_rank: int
    state: str
    reasons: tuple[str, ...]
    opened_at: datetime
    claimed_at: datetime | None
    claimed_by: Person | None
    closed_at: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class ReferralView:
    id: UUID
    conversation_id: UUID
    kind: str
    programme: str | None
    state: str
    fields: Mapping[str, str | int | bool]
    reasons: tuple[str, ...]
    flags: tuple[str, ...]
    created_at: datetime
    filed_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class TicketPlace:
    """Where a list of tickets goes on: they are in order of priority, then of age."""

    rank: int
    opened_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class ReferralPlace:
    """Where a list of referrals goes on: they are newest first."""

    created_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class TicketFilter:
    state: str | None = None
    priority: str | None = None
    conversation_id: UUID | None = None
    ticket_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReferralFilter:
    conversation_id: UUID | None = None
    referral_id: UUID | None = None
    state: str | None = None
    programme: str | None = None
    name: str | None = None
    """The whole name as it was told, in any case: found by its blind index."""
    sent_to: str | None = None
    since: datetime | None = None
    """Made then or later."""

    def only_sent_to(self, programme: str) -> "ReferralFilter":
        return replace(self, sent_to=programme)


async def conversation_at(session: Session, address: Address) -> UUID | None:
    """The conversation of an address, if there is one."""
    found = await session.db.execute(
        select(Conversation.id).where(
            Conversation.channel == address.channel.value,
            Conversation.address_index == address_index(session, address),
        )
    )
    return found.scalar_one_or_none()


async def company_of(session: Session, conversation_id: UUID) -> tuple[str, str]:
    """The language of a conversation, and the first name of the worker who has it."""
    found = await session.db.execute(
        select(Conversation.language, Conversation.holder_id).where(
            Conversation.id == conversation_id
        )
    )
    row = found.one()
    people = await _people(session, [row.holder_id])
    return row.language, _first_name(people.get(row.holder_id)) if row.holder_id else ""


def _first_name(person: Person | None) -> str:
    """All that somebody who writes to us is told of a worker's name."""
    is_named = person is not None and person.name.strip() not in ("", PROGRAM)
    return person.name.split()[0] if person and is_named else ""


async def threads_by_id(session: Session, ids: Collection[UUID]) -> list[ThreadView]:
    """The conversations, the one last written to first."""
    found = await session.db.execute(
        select(Conversation)
        .where(Conversation.id.in_(ids))
        .order_by(Conversation.last_in_at.desc(), Conversation.id)
    )
    rows = found.scalars().all()
    people = await _people(session, [row.holder_id for row in rows])
    return [_thread(session, row, people) for row in rows]


def _thread(session: Session, row: Conversation, people: Mapping[UUID, Person]) -> ThreadView:
    spot = Spot("conversations", "address_sealed", row.id)
    return ThreadView(
        id=row.id,
        channel=row.channel,
        address=session.vault.open(spot, row.address_sealed),
        language=row.language,
        risk_level=row.risk_level,
        risk_categories=tuple(row.risk_categories),
        holder=people.get(row.holder_id) if row.holder_id else None,
        opened_at=row.opened_at,
        last_in_at=row.last_in_at,
    )


def _as_shown() -> ColumnElement[str]:
    """A row's status in the words of the contract. `uncertain`: the carrier's answer was lost and
    it can't be asked, so that the words may not have arrived."""
    lost = and_(OutboxRow.status == DeliveryStatus.SENT.value, OutboxRow.error_code == UNCERTAIN)
    return case(
        (lost, UNCERTAIN),
        *((OutboxRow.status == own, shown) for own, shown in _AS_SHOWN.items()),
        else_=OutboxRow.status,
    )


async def lines(session: Session, conversation_id: UUID) -> list[Line]:
    """The thread in order, without replies that a later one took the place of."""
    found = await session.db.execute(
        select(
            Message,
            OutboxRow.id,
            _as_shown(),
            OutboxRow.body_sealed,
            OutboxRow.purpose,
        )
        .outerjoin(OutboxRow, OutboxRow.id == Message.outbox_id)
        .where(
            Message.conversation_id == conversation_id,
            or_(OutboxRow.status.is_(None), OutboxRow.status != RowStatus.REPLACED.value),
        )
        .order_by(Message.seq)
    )
    rows = found.all()
    people = await _people(session, [row[0].staff_id for row in rows])
    return [_line(session, row, people) for row in rows]


def _line(
    session: Session, row: Row[Message, UUID, str, bytes, str], people: Mapping[UUID, Person]
) -> Line:
    message, outbox_id, status, body, purpose = row
    open_ = session.vault.open
    choices: tuple[Choice, ...] = ()
    if outbox_id is not None:
        parts = load_parts(open_(Spot("outbox", "body_sealed", outbox_id), body))
        choices = parts[-1].choices if parts else ()
    reading = None
    if message.reading_sealed is not None:
        spot = Spot("messages", "reading_sealed", message.id)
        reading = _READING.validate_json(open_(spot, message.reading_sealed))
    media: Sequence[Sequence[str]] = ()
    if message.media_sealed is not None:
        media = json.loads(
            open_(Spot("messages", "media_sealed", message.id), message.media_sealed)
        )
    return Line(
        id=message.id,
        direction=message.direction,
        author=message.author,
        kind=message.kind,
        text=open_(Spot("messages", "text_sealed", message.id), message.text_sealed),
        at=message.at,
        status="received" if message.direction == "in" else status,
        choices=choices,
        purpose=purpose or "",
        by=_first_name(people.get(message.staff_id)) if message.staff_id else "",
        reading=reading,
        media=tuple(entry[0] for entry in media),
    )


async def tickets(
    session: Session, wanted: TicketFilter, after: TicketPlace | None, limit: int
) -> list[TicketView]:
    """Tickets by priority, then age."""
    query = select(Ticket).order_by(Ticket.priority_rank.desc(), Ticket.opened_at, Ticket.id)
    if wanted.state is not None:
        query = query.where(Ticket.state == wanted.state)
    if wanted.priority is not None:
        query = query.where(Ticket.priority == wanted.priority)
    if wanted.conversation_id is not None:
        query = query.where(Ticket.conversation_id == wanted.conversation_id)
    if wanted.ticket_id is not None:
        query = query.where(Ticket.id == wanted.ticket_id)
    if after is not None:
        older = or_(
            Ticket.opened_at > after.opened_at,
            and_(Ticket.opened_at == after.opened_at, Ticket.id > after.id),
        )
        same_rank = and_(Ticket.priority_rank == after.rank, older)
        query = query.where(or_(Ticket.priority_rank < after.rank, same_rank))
    rows = (await session.db.execute(query.limit(limit))).scalars().all()
    people = await _people(session, [row.claimed_by for row in rows])
    return [_ticket(row, people) for row in rows]


async def count_open_tickets(session: Session) -> Mapping[tuple[str, str], int]:
    """How many, by priority and state."""
    found = await session.db.execute(
        select(Ticket.priority, Ticket.state, func.count())
        .where(Ticket.state != "closed")
        .group_by(Ticket.priority, Ticket.state)
    )
    return {(priority, state): count for priority, state, count in found}


def _ticket(row: Ticket, people: Mapping[UUID, Person]) -> TicketView:
    return TicketView(
        id=row.id,
        reference=row.reference,
        conversation_id=row.conversation_id,
        priority=row.priority,
        priority_rank=row.priority_rank,
        state=row.state,
        reasons=tuple(row.reasons),
        opened_at=row.opened_at,
        claimed_at=row.claimed_at,
        claimed_by=people.get(row.claimed_by) if row.claimed_by else None,
        closed_at=row.closed_at,
        outcome=row.outcome,
    )


async def referrals(
    session: Session, wanted: ReferralFilter, after: ReferralPlace | None, limit: int
) -> list[ReferralView]:
    """Referrals, the newest first."""
    query = select(Referral).order_by(Referral.created_at.desc(), Referral.id)
    if wanted.conversation_id is not None:
        query = query.where(Referral.conversation_id == wanted.conversation_id)
    if wanted.referral_id is not None:
        query = query.where(Referral.id == wanted.referral_id)
    if wanted.state is not None:
        query = query.where(Referral.state == wanted.state)
    if wanted.programme is not None:
        query = query.where(Referral.programme == wanted.programme)
    if wanted.since is not None:
        query = query.where(Referral.created_at >= wanted.since)
    if wanted.sent_to is not None:
        sent = select(Share.referral_id).where(Share.recipient == wanted.sent_to)
        query = query.where(Referral.id.in_(sent))
    if wanted.name is not None:
        query = query.where(Referral.name_index == name_index(session, wanted.name))
    if after is not None:
        same_time = and_(Referral.created_at == after.created_at, Referral.id > after.id)
        query = query.where(or_(Referral.created_at < after.created_at, same_time))
    found = await session.db.execute(query.limit(limit))
    return [_referral(session, row) for row in found.scalars()]


def _referral(session: Session, row: Referral) -> ReferralView:
    spot = Spot("referrals", "fields_sealed", row.id)
    return ReferralView(
        id=row.id,
        conversation_id=row.conversation_id,
        kind=row.kind,
        programme=row.programme,
        state=row.state,
        fields=json.loads(session.vault.open(spot, row.fields_sealed)),
        reasons=tuple(row.reasons),
        flags=tuple(row.flags),
        created_at=row.created_at,
        filed_at=row.filed_at,
        updated_at=row.updated_at,
    )


async def _people(session: Session, ids: Collection[UUID | None]) -> Mapping[UUID, Person]:
    wanted = {staff_id for staff_id in ids if staff_id is not None}
    if not wanted:
        return {}
    found = await session.db.execute(
        select(Staff.id, Staff.name_sealed).where(Staff.id.in_(wanted))
    )
    open_ = session.vault.open
    return {
        row.id: Person(row.id, open_(Spot("staff", "name_sealed", row.id), row.name_sealed))
        for row in found
    }
