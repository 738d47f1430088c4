"""Referrals of one person, joined and parted again, and when staff want to look at one again.

Belongs here: writing and reading these rows. Does not belong here: who may (bot/desk/beside.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, insert, or_, select, update

from bot.store.crypto import Spot
from bot.store.people import name_of
from bot.store.session import Session
from bot.store.tables import Staff
from bot.store.tables_beside import FollowUp, SamePerson


@dataclass(frozen=True, slots=True)
class LinkView:
    """`referral_id`: the other one."""

    id: UUID
    referral_id: UUID
    author: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowUpView:
    id: UUID
    referral_id: UUID
    author: str
    due_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class NewLink:
    one_id: UUID
    other_id: UUID
    staff_id: UUID
    reason: str


async def add_link(session: Session, new: NewLink, now: datetime) -> None:
    row_id = uuid4()
    sealed = session.vault.seal(Spot("same_person", "reason_sealed", row_id), new.reason)
    await session.db.execute(
        insert(SamePerson).values(
            id=row_id,
            one_id=new.one_id,
            other_id=new.other_id,
            staff_id=new.staff_id,
            reason_sealed=sealed,
            at=now,
        )
    )


async def links(session: Session, referral_id: UUID) -> Sequence[LinkView]:
    """That stand, oldest first."""
    found = await session.db.execute(
        select(SamePerson, Staff)
        .join(Staff, Staff.id == SamePerson.staff_id)
        .where(_touches(referral_id), SamePerson.undone_at.is_(None))
        .order_by(SamePerson.at, SamePerson.id)
    )
    return [
        LinkView(
            row.id,
            row.other_id if row.one_id == referral_id else row.one_id,
            name_of(session, staff),
            session.vault.open(Spot("same_person", "reason_sealed", row.id), row.reason_sealed),
            row.at,
        )
        for row, staff in found
    ]


def _touches(referral_id: UUID) -> ColumnElement[bool]:
    return or_(SamePerson.one_id == referral_id, SamePerson.other_id == referral_id)


async def undo_link(
    session: Session, referral_id: UUID, link_id: UUID, staff_id: UUID, now: datetime
) -> bool:
    """False where this referral has no such link that stands."""
    done = await session.db.execute(
        update(SamePerson)
        .where(SamePerson.id == link_id, _touches(referral_id), SamePerson.undone_at.is_(None))
        .values(undone_at=now, undone_by=staff_id)
        .returning(SamePerson.id)
    )
    return done.first() is not None


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    referral_id: UUID
    staff_id: UUID
    due_at: datetime
    note: str


async def add_follow_up(session: Session, new: NewFollowUp, now: datetime) -> None:
    row_id = uuid4()
    sealed = session.vault.seal(Spot("follow_ups", "note_sealed", row_id), new.note)
    await session.db.execute(
        insert(FollowUp).values(
            id=row_id,
            referral_id=new.referral_id,
            staff_id=new.staff_id,
            due_at=new.due_at,
            note_sealed=sealed,
            at=now,
        )
    )


async def follow_ups(session: Session, referral_id: UUID | None = None) -> Sequence[FollowUpView]:
    """Not done yet, of one referral or of all, the one due first first."""
    query = (
        select(FollowUp, Staff)
        .join(Staff, Staff.id == FollowUp.staff_id)
        .where(FollowUp.done_at.is_(None))
        .order_by(FollowUp.due_at, FollowUp.id)
    )
    if referral_id is not None:
        query = query.where(FollowUp.referral_id == referral_id)
    return [
        FollowUpView(
            row.id,
            row.referral_id,
            name_of(session, staff),
            row.due_at,
            session.vault.open(Spot("follow_ups", "note_sealed", row.id), row.note_sealed),
        )
        for row, staff in await session.db.execute(query)
    ]


async def finish(session: Session, follow_up_id: UUID, staff_id: UUID, now: datetime) -> bool:
    done = await session.db.execute(
        update(FollowUp)
        .where(FollowUp.id == follow_up_id, FollowUp.done_at.is_(None))
        .values(done_at=now, done_by=staff_id)
        .returning(FollowUp.id)
    )
    return done.first() is not None
