"""First messages that somebody asked for, deletions that are to be decided, and what was decided.

Belongs here: writing and reading these rows. Does not belong here: who may, and what follows
(bot/desk/starting.py, bot/desk/deleting.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Row, Select, insert, select, update

from bot.dialogue.turn import TicketReason
from bot.messages import Address, ChannelName
from bot.rules.working import one_working_day_after
from bot.store.crypto import Spot
from bot.store.people import name_of
from bot.store.session import Session
from bot.store.tables import Staff, Ticket
from bot.store.tables_decided import Deletion, FirstContact


class Standing(StrEnum):
    """Where a wish to write first stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


class Decision(StrEnum):
    """What became of a wish to delete."""

    ERASED = "erased"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class NewContact:
    referral_id: UUID
    staff_id: UUID
    to: Address
    reason: str


@dataclass(frozen=True, slots=True)
class ContactView:
    id: UUID
    referral_id: UUID
    to: Address
    reason: str
    state: str
    author: str
    at: datetime


async def add_contact(session: Session, new: NewContact, now: datetime) -> UUID:
    row_id, seal = uuid4(), session.vault.seal
    await session.db.execute(
        insert(FirstContact).values(
            id=row_id,
            referral_id=new.referral_id,
            asked_by=new.staff_id,
            channel=new.to.channel.value,
            address_sealed=seal(Spot("first_contacts", "address_sealed", row_id), new.to.value),
            reason_sealed=seal(Spot("first_contacts", "reason_sealed", row_id), new.reason),
            state=Standing.WAITING.value,
            at=now,
        )
    )
    return row_id


async def contacts_of(session: Session, referral_id: UUID) -> Sequence[ContactView]:
    """Newest first."""
    return await _contacts(session, FirstContact.referral_id == referral_id)


async def contacts_waiting(session: Session) -> Sequence[ContactView]:
    return await _contacts(session, FirstContact.state == Standing.WAITING.value)


async def lock_contact(session: Session, contact_id: UUID) -> ContactView | None:
    """One that nobody has decided; of two at once, the second finds none."""
    await session.db.execute(
        select(FirstContact.id).where(FirstContact.id == contact_id).with_for_update()
    )
    is_open = (FirstContact.id == contact_id) & (FirstContact.state == Standing.WAITING.value)
    found = await _contacts(session, is_open)
    return found[0] if found else None


async def _contacts(session: Session, wanted: ColumnElement[bool]) -> Sequence[ContactView]:
    found = await session.db.execute(
        select(FirstContact, Staff)
        .join(Staff, Staff.id == FirstContact.asked_by)
        .where(wanted)
        .order_by(FirstContact.at.desc(), FirstContact.id)
    )
    return [_contact(session, row, staff) for row, staff in found]


def _contact(session: Session, row: FirstContact, staff: Staff) -> ContactView:
    open_ = session.vault.open
    number = open_(Spot("first_contacts", "address_sealed", row.id), row.address_sealed)
    return ContactView(
        row.id,
        row.referral_id,
        Address(ChannelName(row.channel), number),
        open_(Spot("first_contacts", "reason_sealed", row.id), row.reason_sealed),
        row.state,
        name_of(session, staff),
        row.at,
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """`conversation_id`: of the first message, where it was approved."""

    state: Standing
    staff_id: UUID
    conversation_id: UUID | None = None


async def decide_contact(
    session: Session, contact_id: UUID, decided: Decided, now: datetime
) -> None:
    await session.db.execute(
        update(FirstContact)
        .where(FirstContact.id == contact_id)
        .values(
            state=decided.state.value,
            decided_by=decided.staff_id,
            decided_at=now,
            conversation_id=decided.conversation_id,
        )
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants what they said deleted, and nobody has decided yet."""

    ticket_id: UUID
    conversation_id: UUID
    reference: str
    asked_at: datetime

    @property
    def due_at(self) -> datetime:
        """Within one working day: what the person was told."""
        return one_working_day_after(self.asked_at)


def _wish(row: Row[*tuple[Any, ...]]) -> Wish:
    return Wish(*row)


async def wishes(session: Session) -> Sequence[Wish]:
    """The one due first first."""
    found = await session.db.execute(_undecided().order_by(Ticket.opened_at, Ticket.id))
    return [_wish(row) for row in found]


async def wish_of(session: Session, ticket_id: UUID) -> Wish | None:
    found = await session.db.execute(_undecided().where(Ticket.id == ticket_id))
    row = found.one_or_none()
    return None if row is None else _wish(row)


def _undecided() -> Select[*tuple[Any, ...]]:
    return select(Ticket.id, Ticket.conversation_id, Ticket.reference, Ticket.opened_at).where(
        Ticket.reasons.contains([TicketReason.DELETE_REQUEST.value]),
        Ticket.conversation_id.is_not(None),
        ~select(Deletion.id).where(Deletion.ticket_id == Ticket.id).exists(),
    )


@dataclass(frozen=True, slots=True)
class NewDeletion:
    wish: Wish
    staff_id: UUID
    decision: Decision
    reason: str


async def add_deletion(session: Session, new: NewDeletion, now: datetime) -> None:
    row_id = uuid4()
    sealed = session.vault.seal(Spot("deletions", "reason_sealed", row_id), new.reason)
    await session.db.execute(
        insert(Deletion).values(
            id=row_id,
            ticket_id=new.wish.ticket_id,
            conversation_id=new.wish.conversation_id,
            staff_id=new.staff_id,
            decision=new.decision.value,
            reason_sealed=sealed,
            at=now,
        )
    )
