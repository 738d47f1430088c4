"""What left the service about somebody, what came back, and what staff changed in a referral.

Belongs here: writing and reading these rows. Does not belong here: who may, or on what ground
(bot/desk/referring.py).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from bot.store.crypto import Spot
from bot.store.people import name_of
from bot.store.session import Session
from bot.store.tables import Consent, NoticeShown, Referral, Staff
from bot.store.tables_desk import ReferralEdit, Share


@dataclass(frozen=True, slots=True)
class NewShare:
    conversation_id: UUID
    referral_id: UUID | None
    staff_id: UUID
    recipient: str
    kind: str
    basis: str
    answer_due_at: datetime
    grounds: "Grounds"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why something was shared, and whether the person was told; where not, why not."""

    why: str
    is_told: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """`told`: the programme's answer; `reason`: in its own words, may be empty."""

    recipient: str
    told: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShareView:
    id: UUID
    conversation_id: UUID
    referral_id: UUID | None
    author: str
    recipient: str
    kind: str
    basis: str
    at: datetime
    answer_due_at: datetime
    answered_at: datetime | None
    answer: str | None
    why: str = ""
    is_told: bool | None = None
    """None of what was shared before this was asked."""
    why_not_told: str = ""
    answer_reason: str = ""


@dataclass(frozen=True, slots=True)
class EditView:
    author: str
    field: str
    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentView:
    kind: str
    given: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class NoticeView:
    version: str
    at: datetime


async def add(session: Session, share: NewShare, now: datetime) -> UUID:
    share_id, grounds = uuid4(), share.grounds
    why_not = _seal(session, share_id, "why_not_told_sealed", grounds.why_not)
    await session.db.execute(
        insert(Share).values(
            id=share_id,
            conversation_id=share.conversation_id,
            referral_id=share.referral_id,
            staff_id=share.staff_id,
            recipient=share.recipient,
            kind=share.kind,
            basis=share.basis,
            at=now,
            answer_due_at=share.answer_due_at,
            why_sealed=_seal(session, share_id, "why_sealed", grounds.why),
            told=grounds.is_told,
            why_not_told_sealed=why_not if grounds.why_not else None,
        )
    )
    return share_id


def _seal(session: Session, share_id: UUID, column: str, words: str) -> bytes:
    return session.vault.seal(Spot("shares", column, share_id), words)


def _open(session: Session, share_id: UUID, column: str, sealed: bytes | None) -> str:
    return session.vault.open(Spot("shares", column, share_id), sealed) if sealed else ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a share of a referral came from."""

    conversation_id: UUID
    referral_state: str
    basis: str
    is_told: bool | None
    answered: tuple[str, str]
    """What was answered so far, and why; empty before."""


async def origin(session: Session, share_id: UUID) -> Origin:
    found = await session.db.execute(
        select(Share, Referral.state)
        .join(Referral, Referral.id == Share.referral_id)
        .where(Share.id == share_id)
    )
    share, state = found.one()
    reason = _open(session, share_id, "answer_reason_sealed", share.answer_reason_sealed)
    answered = (share.answer or "", reason)
    return Origin(share.conversation_id, state, share.basis, share.told, answered)


async def newest(session: Session, referral_id: UUID, recipient: str) -> UUID | None:
    """The last thing sent to this recipient about this referral."""
    found = await session.db.execute(
        select(Share.id)
        .where(Share.referral_id == referral_id, Share.recipient == recipient)
        .order_by(Share.at.desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


async def answer(session: Session, share_id: UUID, given: Answered, now: datetime) -> None:
    reason = _seal(session, share_id, "answer_reason_sealed", given.reason)
    await session.db.execute(
        update(Share)
        .where(Share.id == share_id)
        .values(
            answered_at=now,
            answer=given.told,
            answer_reason_sealed=reason if given.reason else None,
        )
    )


async def newly_late(session: Session, now: datetime) -> Sequence[tuple[UUID, UUID]]:
    """Shares whose answer did not come in time and whom nobody was told of yet, with their
    conversations; they count as told of from now on."""
    found = await session.db.execute(
        update(Share)
        .where(Share.answered_at.is_(None), Share.answer_due_at < now, Share.late_told_at.is_(None))
        .values(late_told_at=now)
        .returning(Share.id, Share.conversation_id)
    )
    return [(row.id, row.conversation_id) for row in found]


async def of_thread(session: Session, conversation_id: UUID) -> Sequence[ShareView]:
    """Newest first."""
    return await _load(session, Share.conversation_id == conversation_id)


async def unanswered(session: Session) -> Sequence[ShareView]:
    """Whose answer is still to come, the one due first first."""
    found = await _load(session, Share.answered_at.is_(None))
    return sorted(found, key=lambda share: share.answer_due_at)


async def _load(session: Session, wanted: object) -> Sequence[ShareView]:
    found = await session.db.execute(
        select(Share, Staff)
        .join(Staff, Staff.id == Share.staff_id)
        .where(wanted)  # type: ignore[arg-type]
        .order_by(Share.at.desc(), Share.id)
    )
    return [
        ShareView(
            share.id,
            share.conversation_id,
            share.referral_id,
            name_of(session, staff),
            share.recipient,
            share.kind,
            share.basis,
            share.at,
            share.answer_due_at,
            share.answered_at,
            share.answer,
            _open(session, share.id, "why_sealed", share.why_sealed),
            share.told,
            _open(session, share.id, "why_not_told_sealed", share.why_not_told_sealed),
            _open(session, share.id, "answer_reason_sealed", share.answer_reason_sealed),
        )
        for share, staff in found
    ]


async def add_edit(
    session: Session, referral_id: UUID, staff_id: UUID, change: tuple[str, str, str], now: datetime
) -> None:
    """`change`: field, before, after."""
    edit_id, (field, before, after) = uuid4(), change
    told = json.dumps({"field": field, "before": before, "after": after})
    sealed = session.vault.seal(Spot("referral_edits", "change_sealed", edit_id), told)
    await session.db.execute(
        insert(ReferralEdit).values(
            id=edit_id, referral_id=referral_id, staff_id=staff_id, change_sealed=sealed, at=now
        )
    )


async def edits(session: Session, referral_id: UUID) -> Sequence[EditView]:
    """Newest first."""
    found = await session.db.execute(
        select(ReferralEdit, Staff)
        .join(Staff, Staff.id == ReferralEdit.staff_id)
        .where(ReferralEdit.referral_id == referral_id)
        .order_by(ReferralEdit.at.desc(), ReferralEdit.id)
    )
    return [_edit(session, edit, staff) for edit, staff in found]


def _edit(session: Session, edit: ReferralEdit, staff: Staff) -> EditView:
    spot = Spot("referral_edits", "change_sealed", edit.id)
    told = json.loads(session.vault.open(spot, edit.change_sealed))
    return EditView(name_of(session, staff), told["field"], told["before"], told["after"], edit.at)


async def notices(session: Session, conversation_id: UUID) -> Sequence[NoticeView]:
    """Which privacy notices the person was shown, newest first."""
    found = await session.db.execute(
        select(NoticeShown.version, NoticeShown.at)
        .where(NoticeShown.conversation_id == conversation_id)
        .order_by(NoticeShown.at.desc(), NoticeShown.id)
    )
    return [NoticeView(row.version, row.at) for row in found]


async def consents(session: Session, conversation_id: UUID) -> Sequence[ConsentView]:
    """What the person agreed to or took back, newest first."""
    found = await session.db.execute(
        select(Consent.kind, Consent.given, Consent.at)
        .where(Consent.conversation_id == conversation_id)
        .order_by(Consent.at.desc(), Consent.id)
    )
    return [ConsentView(row.kind, row.given, row.at) for row in found]
