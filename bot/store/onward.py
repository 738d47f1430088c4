"""Referrals that a programme's own system is told of, and the lawful basis that staff wrote down.

Belongs here: writing and reading these rows. Does not belong here: HTTP (bot/channels/signed.py),
what follows (bot/desk/onward.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from bot.store.crypto import Spot
from bot.store.jobs import defer, onward_job
from bot.store.people import name_of
from bot.store.session import Session
from bot.store.tables import Staff
from bot.store.tables_desk import Share
from bot.store.tables_onward import LawfulBasis, Onward, OnwardAnswer


class Journey(StrEnum):
    """How far a referral has come on its way to a programme's own system."""

    WAITING = "waiting"
    TAKEN = "taken"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One that is to be sent; `tries` counts this one."""

    id: UUID
    share_id: UUID
    conversation_id: UUID
    programme: str
    body: str
    tries: int


@dataclass(frozen=True, slots=True)
class NewParcel:
    share_id: UUID
    conversation_id: UUID
    programme: str
    body: str


async def add(session: Session, new: NewParcel, now: datetime) -> UUID:
    """With its job, which begins once this is committed."""
    parcel_id = uuid4()
    sealed = session.vault.seal(Spot("onward", "body_sealed", parcel_id), new.body)
    await session.db.execute(
        insert(Onward).values(
            id=parcel_id,
            share_id=new.share_id,
            conversation_id=new.conversation_id,
            programme=new.programme,
            body_sealed=sealed,
            state=Journey.WAITING.value,
            at=now,
        )
    )
    defer(session, onward_job(parcel_id))
    return parcel_id


async def begin_try(session: Session, parcel_id: UUID) -> Parcel | None:
    """None where nothing is to be sent any more."""
    found = await session.db.execute(
        update(Onward)
        .where(Onward.id == parcel_id, Onward.state == Journey.WAITING.value)
        .values(tries=Onward.tries + 1)
        .returning(Onward)
    )
    row = found.scalar_one_or_none()
    if row is None:
        return None
    body = session.vault.open(Spot("onward", "body_sealed", row.id), row.body_sealed)
    return Parcel(row.id, row.share_id, row.conversation_id, row.programme, body, row.tries)


async def settle(session: Session, parcel_id: UUID, end: Journey, code: str, now: datetime) -> bool:
    """`WAITING`: it failed for now. What was sent is forgotten once it is taken or stopped: the
    referral itself has it. False where it was settled before."""
    values: dict[str, object] = {"state": end.value, "code": code}
    if end in (Journey.TAKEN, Journey.STOPPED):
        values["body_sealed"] = session.vault.seal(Spot("onward", "body_sealed", parcel_id), "")
    if end is Journey.TAKEN:
        values["taken_at"] = now
    done = await session.db.execute(
        update(Onward)
        .where(Onward.id == parcel_id, Onward.state == Journey.WAITING.value)
        .values(**values)
        .returning(Onward.id)
    )
    return done.first() is not None


async def forget(session: Session, conversation_id: UUID) -> None:
    """What never got there goes with the referral, and is sent no more."""
    found = await session.db.execute(
        select(Onward.id, Onward.state).where(Onward.conversation_id == conversation_id)
    )
    for row_id, state in found.all():
        empty = session.vault.seal(Spot("onward", "body_sealed", row_id), "")
        end = Journey.STOPPED.value if state == Journey.WAITING.value else state
        await session.db.execute(
            update(Onward).where(Onward.id == row_id).values(body_sealed=empty, state=end)
        )


async def journeys(session: Session, referral_id: UUID) -> Mapping[UUID, str]:
    """How far each share of a referral has come; those without a system of their own are not
    there."""
    found = await session.db.execute(
        select(Onward.share_id, Onward.state)
        .join(Share, Share.id == Onward.share_id)
        .where(Share.referral_id == referral_id)
    )
    return {row.share_id: row.state for row in found}


async def is_first(session: Session, programme: str, request_id: str, now: datetime) -> bool:
    """Whether a programme's request was never seen before; it counts as seen from now on."""
    index = session.vault.index(f"onward:{programme}", request_id)
    added = await session.db.execute(
        insert(OnwardAnswer)
        .values(id=uuid4(), programme=programme, request_index=index, at=now)
        .on_conflict_do_nothing(index_elements=["request_index"])
        .returning(OnwardAnswer.id)
    )
    return added.first() is not None


@dataclass(frozen=True, slots=True)
class BasisView:
    author: str
    basis: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewBasis:
    referral_id: UUID
    staff_id: UUID
    basis: str
    reason: str


async def add_basis(session: Session, new: NewBasis, now: datetime) -> None:
    row_id = uuid4()
    sealed = session.vault.seal(Spot("lawful_bases", "reason_sealed", row_id), new.reason)
    await session.db.execute(
        insert(LawfulBasis).values(
            id=row_id,
            referral_id=new.referral_id,
            staff_id=new.staff_id,
            basis=new.basis,
            reason_sealed=sealed,
            at=now,
        )
    )


async def bases(session: Session, referral_id: UUID) -> Sequence[BasisView]:
    """Newest first."""
    found = await session.db.execute(
        select(LawfulBasis, Staff)
        .join(Staff, Staff.id == LawfulBasis.staff_id)
        .where(LawfulBasis.referral_id == referral_id)
        .order_by(LawfulBasis.at.desc(), LawfulBasis.id)
    )
    return [
        BasisView(
            name_of(session, staff),
            row.basis,
            session.vault.open(Spot("lawful_bases", "reason_sealed", row.id), row.reason_sealed),
            row.at,
        )
        for row, staff in found
    ]
