"""Referrals in the hands of staff: corrected, sent to a programme, answered, closed.

Belongs here: what goes with each (history, the ledger of what was shared, the clock, the audit).
Does not belong here: reading them (bot/desk/access.py), which programme fits
(bot/rules/matching.py).
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.desk.access import Look
from bot.errors import NotFound, Refuse
from bot.rules.onward import Answer, Standing, needs_reason
from bot.rules.reasons import says_why
from bot.rules.rights import Right, Role, may
from bot.rules.working import one_working_day_after
from bot.store import audit, onward, referrals, shares
from bot.store.referrals import Kept
from bot.store.session import Session
from bot.store.shares import Answered, Grounds, NewShare


class Basis(StrEnum):
    """On what ground something is told to somebody else."""

    CONSENT = "consent"
    SAFEGUARDING = "safeguarding"
    """Somebody could come to harm: told without consent, by name."""


class End(StrEnum):
    """How it leaves the list."""

    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class NoConsent(Refuse):
    """The person has not agreed to this, or has taken it back."""


class NotSent(Refuse):
    """Nothing of this referral was sent to whoever answers."""


class Unknown(Refuse):
    """No such field or recipient."""


class NoGrounds(Refuse):
    """Why, or why the person was not told, was left out."""


@dataclass(frozen=True, slots=True)
class Sending:
    referral_id: UUID
    recipient: str
    basis: Basis
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that was kept: the referral as it was, and the share that it answers."""

    kept: Kept
    share_id: UUID
    is_new: bool
    """Not the same, for the same reason, as it had answered before."""


class Lawful(StrEnum):
    """The lawful bases of the UK GDPR, article 6 (1), that a service like this can have."""

    PUBLIC_TASK = "public_task"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    LEGITIMATE_INTERESTS = "legitimate_interests"
    CONSENT = "consent"


def check_grounds(grounds: Grounds) -> None:
    """Raises `NoGrounds`."""
    if not says_why(grounds.why) or not (grounds.is_told or says_why(grounds.why_not)):
        raise NoGrounds("why")


async def edit(session: Session, look: Look, referral_id: UUID, change: tuple[str, str]) -> None:
    """`change`: a field and what it should say. Raises `Unknown` for a field that is not there."""
    _need(look, Right.TALK)
    kept = await _locked(session, referral_id)
    field, after = change
    if field not in kept.fields:
        raise Unknown(field)
    before = kept.fields[field]
    value = _like(before, after)
    if value == before:
        return
    fields = {**kept.fields, field: value}
    await referrals.put_fields(session, referral_id, fields, look.at)
    told = (field, str(before), str(value))
    await shares.add_edit(session, referral_id, look.by.id, told, look.at)
    audit.note(session, look.by.id, "edit_referral", [referral_id], look.at, field)
    session.announce(kept.conversation_id, "referral", look.at)


def _like(before: object, after: str) -> str | int | bool:
    """A number stays a number where what was written is one."""
    return int(after) if isinstance(before, int) and after.isdigit() else after


async def record_basis(
    session: Session, look: Look, referral_id: UUID, told: tuple[Lawful, str]
) -> None:
    """On what lawful basis the referral is handled: written down by staff, apart from what the
    person agreed to and from the notice they were shown. Raises `NoGrounds`."""
    _need(look, Right.TALK)
    kept, (basis, reason) = await _locked(session, referral_id), told
    if not says_why(reason):
        raise NoGrounds("reason")
    await onward.add_basis(
        session, onward.NewBasis(referral_id, look.by.id, basis.value, reason), look.at
    )
    audit.note(session, look.by.id, "record_basis", [referral_id], look.at, basis.value)
    session.announce(kept.conversation_id, "referral", look.at)


async def send(session: Session, look: Look, wanted: Sending) -> UUID:
    """To a programme, which has one working day to answer; the id of the share. Raises `NoConsent`,
    `NoGrounds`."""
    _need(look, Right.TALK)
    check_grounds(wanted.grounds)
    kept = await _locked(session, wanted.referral_id)
    if wanted.basis is Basis.CONSENT and not await _agreed(session, kept):
        raise NoConsent(str(wanted.referral_id))
    share = NewShare(
        kept.conversation_id,
        wanted.referral_id,
        look.by.id,
        wanted.recipient,
        "referral",
        wanted.basis.value,
        one_working_day_after(look.at),
        wanted.grounds,
    )
    share_id = await shares.add(session, share, look.at)
    await _set(session, look, wanted.referral_id, ("programme", kept.programme, wanted.recipient))
    await _set(session, look, wanted.referral_id, ("state", kept.state, "triaged"))
    why = f"{wanted.recipient} {wanted.basis.value}"
    audit.note(session, look.by.id, "send_referral", [wanted.referral_id], look.at, why)
    session.announce(kept.conversation_id, "referral", look.at)
    return share_id


async def answer(session: Session, look: Look, referral_id: UUID, given: Answered) -> Taken:
    """Of the programme itself, or by a worker who was told on the phone. A referral that was
    ended stays so: the answer stands in the ledger alone. Raises `NotSent`, `NoGrounds`."""
    own = look.by.role is Role.PROGRAMME and look.by.programme == given.recipient
    if not own:
        _need(look, Right.TALK)
    if needs_reason(Answer(given.told)) and not says_why(given.reason):
        raise NoGrounds("reason")
    kept = await _locked(session, referral_id)
    share_id = await shares.newest(session, referral_id, given.recipient)
    if share_id is None:
        raise NotSent(str(referral_id))
    before = (await shares.origin(session, share_id)).answered
    await shares.answer(session, share_id, given, look.at)
    if kept.state not in [*End]:
        await _set(session, look, referral_id, ("state", kept.state, given.told))
    audit.note(session, look.by.id, "answer_referral", [referral_id], look.at, given.told)
    session.announce(kept.conversation_id, "referral", look.at)
    return Taken(kept, share_id, before != (given.told, given.reason))


async def standing(session: Session, share_id: UUID) -> Standing:
    """Whether what was shared may still go its way, and its answer be heard."""
    found = await shares.origin(session, share_id)
    said = await shares.consents(session, found.conversation_id)
    return Standing(
        is_ended=found.referral_state in [*End],
        is_taken_back=bool(said) and not said[0].given,
        on_consent=found.basis == Basis.CONSENT,
        is_told=found.is_told is not False,
    )


async def end(session: Session, look: Look, referral_id: UUID, how: End) -> None:
    _need(look, Right.TALK)
    kept = await _locked(session, referral_id)
    await _set(session, look, referral_id, ("state", kept.state, how.value))
    audit.note(session, look.by.id, "end_referral", [referral_id], look.at, how.value)
    session.announce(kept.conversation_id, "referral", look.at)


async def _agreed(session: Session, kept: Kept) -> bool:
    """The last word counts, on the referral or on sharing."""
    found = await shares.consents(session, kept.conversation_id)
    return bool(found) and found[0].given


async def _set(
    session: Session, look: Look, referral_id: UUID, change: tuple[str, str | None, str]
) -> None:
    column, before, after = change
    if before == after:
        return
    await referrals.put_column(session, referral_id, (column, after), look.at)
    told = (column, before or "", after)
    await shares.add_edit(session, referral_id, look.by.id, told, look.at)


async def _locked(session: Session, referral_id: UUID) -> Kept:
    kept = await referrals.lock(session, referral_id)
    if kept is None:
        raise NotFound(str(referral_id))
    return kept


def _need(look: Look, right: Right) -> None:
    if not may(look.by.role, right):
        raise NotFound(right.value)
