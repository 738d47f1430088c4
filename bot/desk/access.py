"""The only way to a person's data: each function checks the right, fetches, and notes the look.

Belongs here: every read of what somebody told us, for the console and for programs alike. Does
not belong here: the table of rights (bot/rules/rights.py), the queries (bot/store), changes
(bot/desk/queue.py). What somebody may not see is not there: `NotFound`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.dialogue.turn import Helped, Programme
from bot.errors import NotFound
from bot.messages import Address
from bot.rules.fields import is_hidden, seen_by
from bot.rules.figures import Wait
from bot.rules.rights import Right, may
from bot.store import (
    added,
    audit,
    feedback,
    figures,
    holding,
    learning,
    onward,
    patrols,
    shares,
    views,
    waiting,
)
from bot.store.added import NoteView, RiskStep
from bot.store.feedback import Opinion
from bot.store.learning import Sample
from bot.store.onward import BasisView
from bot.store.patrols import Total
from bot.store.people import StaffMember
from bot.store.session import Session
from bot.store.shares import ConsentView, EditView, NoticeView, ShareView
from bot.store.views import (
    Line,
    ReferralFilter,
    ReferralPlace,
    ReferralView,
    ThreadView,
    TicketFilter,
    TicketPlace,
    TicketView,
)
from bot.store.waiting import Hint

_OF_ONE_THREAD = 500
_WALKS = Programme.STEP_TOGETHER.value
_NOBODY = ""
"""No programme: nothing is ever sent to it."""
_LOOKED_FOR = timedelta(minutes=15)
_QUOTED_FOR = timedelta(hours=12)
"""A queue that refreshes itself notes each person once in so long for each reader."""


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks, when, and by what right or for what reason (a code)."""

    by: StaffMember
    at: datetime
    why: str = ""
    is_refresh: bool = False
    """An open page brings itself up to date: noted again only after `_LOOKED_FOR`."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One conversation with all that belongs to it."""

    thread: ThreadView
    lines: Sequence[Line]
    tickets: Sequence[TicketView]
    referrals: Sequence[ReferralView]


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list."""

    after: ReferralPlace | None
    limit: int


@dataclass(frozen=True, slots=True)
class Found:
    items: Sequence[ReferralView]
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """Beside a referral."""

    consents: Sequence[ConsentView]
    sent: Sequence[ShareView]
    edits: Sequence[EditView]
    journeys: Mapping[UUID, str]
    """By share: how far it has come on its way to a programme's own system, where it has one."""
    bases: Sequence[BasisView] = ()
    notices: Sequence[NoticeView] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What staff and programmes added to a conversation."""

    notes: Sequence[NoteView]
    risk: Sequence[RiskStep]
    shares: Sequence[ShareView]


async def access_tickets(
    session: Session, look: Look, wanted: TicketFilter, after: TicketPlace | None, limit: int
) -> list[TicketView]:
    """Tickets tell nothing about a person, so looking at them is not noted."""
    _need(look, Right.SEE_QUEUE)
    return await views.tickets(session, wanted, after, limit)


async def access_hints(
    session: Session, look: Look, conversation_ids: Collection[UUID]
) -> Mapping[UUID, Hint]:
    """What the queue shows of each person before anybody takes them on."""
    _need(look, Right.SEE_QUEUE)
    seen = (look.by.id, "see_in_queue")
    since = look.at - _QUOTED_FOR
    known = await audit.noted_since(session, seen, conversation_ids, since)
    fresh = [one for one in conversation_ids if one not in known]
    audit.note(session, look.by.id, "see_in_queue", fresh, look.at, look.why)
    return await waiting.hints(session, conversation_ids)


async def access_ticket(session: Session, look: Look, ticket_id: UUID) -> tuple[TicketView, Opened]:
    _need(look, Right.SEE_PEOPLE)
    found = await views.tickets(session, TicketFilter(ticket_id=ticket_id), None, 1)
    if not found or found[0].conversation_id is None:
        raise NotFound(str(ticket_id))
    return found[0], await access_thread(session, look, found[0].conversation_id)


async def access_thread(session: Session, look: Look, conversation_id: UUID) -> Opened:
    """Seen by its holder, it counts as a sign that the holder is there."""
    _need(look, Right.SEE_PEOPLE)
    threads = await views.threads_by_id(session, [conversation_id])
    if not threads:
        raise NotFound(str(conversation_id))
    thread = threads[0]
    only = TicketFilter(conversation_id=conversation_id)
    of_thread = ReferralFilter(conversation_id=conversation_id)
    opened = Opened(
        thread,
        await views.lines(session, conversation_id),
        await views.tickets(session, only, None, _OF_ONE_THREAD),
        _by_field(look, await views.referrals(session, of_thread, None, _OF_ONE_THREAD)),
    )
    is_holder = thread.holder is not None and thread.holder.id == look.by.id
    if is_holder:
        await holding.seen(session, look.by.id, look.at)
    why = look.why or ("holds" if is_holder else look.by.role.value)
    seen = [referral.id for referral in opened.referrals]
    await _note_reading(session, look, ("read_conversation", why), [conversation_id])
    await _note_reading(session, look, ("read_referral", why), seen)
    return opened


async def _note_reading(
    session: Session, look: Look, action: tuple[str, str], subjects: Sequence[UUID]
) -> None:
    name, why = action
    if look.is_refresh:
        since = look.at - _LOOKED_FOR
        known = await audit.noted_since(session, (look.by.id, name), subjects, since)
        subjects = [subject for subject in subjects if subject not in known]
    audit.note(session, look.by.id, name, subjects, look.at, why)


async def access_beside(session: Session, look: Look, conversation_id: UUID) -> Beside:
    """To be asked for with the thread, which is noted."""
    _need(look, Right.SEE_PEOPLE)
    return Beside(
        await added.notes(session, conversation_id),
        await added.risk_history(session, conversation_id),
        await shares.of_thread(session, conversation_id),
    )


async def access_address(session: Session, look: Look, address: Address) -> list[ThreadView]:
    """The conversations of an address."""
    _need(look, Right.SEE_PEOPLE)
    found = await views.conversation_at(session, address)
    threads = await views.threads_by_id(session, [found] if found else [])
    ids = [thread.id for thread in threads]
    audit.note(session, look.by.id, "find_conversation", ids, look.at, look.why or "search")
    return threads


async def access_referrals(
    session: Session, look: Look, wanted: ReferralFilter, page: Page
) -> Found:
    """Newest first; of a programme's member only what was sent to that programme."""
    narrowed = _narrowed(look, wanted)
    found = await views.referrals(session, narrowed, page.after, page.limit + 1)
    shown = found[: page.limit]
    seen = [referral.id for referral in shown]
    audit.note(session, look.by.id, "read_referral", seen, look.at, look.why or "list")
    return Found(_by_field(look, shown), goes_on=len(found) > page.limit)


async def access_referral(session: Session, look: Look, referral_id: UUID) -> ReferralView:
    wanted = _narrowed(look, ReferralFilter(referral_id=referral_id))
    found = await views.referrals(session, wanted, None, 1)
    if not found:
        raise NotFound(str(referral_id))
    why = look.why or look.by.role.value
    audit.note(session, look.by.id, "read_referral", [referral_id], look.at, why)
    return _by_field(look, found)[0]


async def access_ledger(session: Session, look: Look, referral: ReferralView) -> Ledger:
    """What was agreed, sent and changed. A programme's member sees what was sent to their own
    programme and nothing of the rest. To be asked for with the referral, which is noted."""
    of_thread = await shares.of_thread(session, referral.conversation_id)
    sent = [share for share in of_thread if share.referral_id == referral.id]
    journeys = await onward.journeys(session, referral.id)
    if not may(look.by.role, Right.SEE_PEOPLE):
        own = [share for share in sent if share.recipient == look.by.programme]
        return Ledger((), own, (), journeys)
    return Ledger(
        await shares.consents(session, referral.conversation_id),
        sent,
        _edits_by_field(look, referral, await shares.edits(session, referral.id)),
        journeys,
        await onward.bases(session, referral.id),
        await shares.notices(session, referral.conversation_id),
    )


async def access_late(session: Session, look: Look) -> Sequence[ShareView]:
    """What was sent and not answered in time, the longest wait first."""
    waiting_for = await shares.unanswered(session)
    late = [share for share in waiting_for if share.answer_due_at < look.at]
    if may(look.by.role, Right.SEE_PEOPLE):
        return late
    return [share for share in late if share.recipient == look.by.programme]


async def access_walk(session: Session, look: Look, since: datetime) -> Sequence[Total]:
    """Reports of the walk home, which name nobody: for those who talk to people, and for the
    programme whose walk it is. Counts are raw: bot/rules/walk_map.py hides what is small."""
    _need(look, Right.SEE_REFERRALS)
    if not may(look.by.role, Right.SEE_PEOPLE) and look.by.programme != _WALKS:
        raise NotFound(Right.SEE_PEOPLE.value)
    return await patrols.totals(session, since)


async def access_samples(session: Session, look: Look, most: int) -> Sequence[Sample]:
    """Messages read as harmless that nobody has judged yet."""
    _need(look, Right.SUPERVISE)
    found = await learning.samples(session, None, most)
    ids = [sample.message_id for sample in found]
    audit.note(session, look.by.id, "read_sample", ids, look.at, look.why)
    return found


async def access_waits(session: Session, look: Look, since: datetime) -> Sequence[Wait]:
    """Times and codes of every ticket: for figures."""
    _need(look, Right.SUPERVISE)
    return await figures.waits(session, since, look.at)


async def access_feedback(
    session: Session, look: Look, since: datetime, most: int
) -> tuple[Mapping[Helped, int], Sequence[Opinion]]:
    """What people tapped, and what they wrote about the service, without whose it is."""
    _need(look, Right.SUPERVISE)
    audit.note(session, look.by.id, "read_feedback", [look.by.id], look.at, look.why)
    counts = await feedback.counts(session, since, look.at)
    return counts, await feedback.opinions(session, since, most)


def _by_field(look: Look, found: Sequence[ReferralView]) -> list[ReferralView]:
    """Without the fields that are kept from whoever looks."""
    role = look.by.role
    return [replace(one, fields=seen_by(one.fields, one.kind, role)) for one in found]


def _edits_by_field(
    look: Look, referral: ReferralView, edits: Sequence[EditView]
) -> list[EditView]:
    role = look.by.role
    return [one for one in edits if not is_hidden(one.field, referral.kind, role)]


def _narrowed(look: Look, wanted: ReferralFilter) -> ReferralFilter:
    if may(look.by.role, Right.SEE_PEOPLE):
        return wanted
    _need(look, Right.SEE_REFERRALS)
    return wanted.only_sent_to(look.by.programme or _NOBODY)


def _need(look: Look, right: Right) -> None:
    if not may(look.by.role, right):
        raise NotFound(right.value)
