"""One page for the safeguarding front door: what is known, what was said, what was done, what is
not known.

Belongs here: choosing and ordering what stands on it, as values; noting who got it. Does not
belong here: words, paper or screens (api/desk), reading the thread (bot/desk/access.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.desk import access
from bot.desk.access import Beside, Look, Opened
from bot.desk.referring import Basis, check_grounds
from bot.rules.working import one_working_day_after
from bot.store import audit, shares
from bot.store.added import RiskStep
from bot.store.session import Session
from bot.store.shares import Grounds, NewShare, ShareView
from bot.store.views import Line, TicketView
from nlu.reading import RiskLevel

ASKED_FIRST = ("name", "age", "area", "school", "place", "relation", "safe_channel", "safe_time")
"""What the front door asks for first, by field; what is missing is said to be unknown."""
_LEFT_OUT = frozenset({"consent", "code_word"})
_MOST_WORDS = 12
HANDOVER = "handover"
FRONT_DOORS = ("mash", "emergency_duty")
"""Ids of content/programmes that a handover is given to."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they were written."""

    at: datetime
    text: str
    level: RiskLevel


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, as a code; `who` of the staff, or empty."""

    at: datetime
    what: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    reference: str
    made_at: datetime
    made_by: str
    channel: str
    level: str
    categories: Sequence[str]
    facts: Sequence[tuple[str, str]]
    said: Sequence[Said]
    risk: Sequence[RiskStep]
    deeds: Sequence[Deed]
    unknown: Sequence[str]
    given: Sequence[ShareView]


async def access_handover(session: Session, look: Look, ticket_id: UUID) -> Handover:
    """The page as it is now, noted as a look for a handover. Raises `NotFound`."""
    seen = Look(look.by, look.at, HANDOVER)
    ticket, opened = await access.access_ticket(session, seen, ticket_id)
    return make(ticket, opened, await access.access_beside(session, seen, opened.thread.id), seen)


def make(ticket: TicketView, opened: Opened, beside: Beside, look: Look) -> Handover:
    """Everything from the thread; nothing is concluded."""
    facts = _facts(opened)
    known = {name for name, _ in facts}
    return Handover(
        reference=ticket.reference,
        made_at=look.at,
        made_by=look.by.name,
        channel=opened.thread.channel,
        level=opened.thread.risk_level,
        categories=opened.thread.risk_categories,
        facts=facts,
        said=_said(opened.lines),
        risk=beside.risk,
        deeds=_deeds(opened, beside),
        unknown=[name for name in ASKED_FIRST if name not in known],
        given=[share for share in beside.shares if share.kind == HANDOVER],
    )


def _facts(opened: Opened) -> Sequence[tuple[str, str]]:
    """Of every referral in the thread; a later one overrides an earlier."""
    told: dict[str, str] = {}
    for referral in reversed(opened.referrals):
        told |= {name: str(value) for name, value in referral.fields.items() if value != ""}
    first = [name for name in ASKED_FIRST if name in told]
    rest = [name for name in told if name not in ASKED_FIRST and name not in _LEFT_OUT]
    return [(name, told[name]) for name in (*first, *rest)]


def _said(lines: Sequence[Line]) -> Sequence[Said]:
    """What was read as worrying, in order of time; of many the worst and then the newest."""
    heard = [
        Said(line.at, line.text, line.reading.risk.level)
        for line in lines
        if line.reading is not None and line.reading.risk.level > RiskLevel.NONE and line.text
    ]
    worst = sorted(heard, key=lambda one: (one.level.rank, one.at), reverse=True)[:_MOST_WORDS]
    return sorted(worst, key=lambda one: one.at)


def _deeds(opened: Opened, beside: Beside) -> Sequence[Deed]:
    deeds = []
    for ticket in opened.tickets:
        deeds.append(Deed(ticket.opened_at, "asked_for_person"))
        if ticket.claimed_at is not None and ticket.claimed_by is not None:
            deeds.append(Deed(ticket.claimed_at, "taken", ticket.claimed_by.name))
        if ticket.closed_at is not None:
            deeds.append(Deed(ticket.closed_at, "closed"))
    answers = [line for line in opened.lines if line.author == "staff"]
    if answers:
        deeds += [Deed(answers[0].at, "first_answer"), Deed(answers[-1].at, "last_answer")]
    deeds += [Deed(share.at, f"sent_{share.kind}", share.author) for share in beside.shares]
    return sorted(deeds, key=lambda deed: deed.at)


@dataclass(frozen=True, slots=True)
class Giving:
    """Who got the page, on what ground, and whether the person knows."""

    recipient: str
    basis: Basis
    grounds: Grounds


async def give(session: Session, look: Look, opened: Opened, giving: Giving) -> None:
    """Notes who got the page; an acknowledgement is due within one working day. Raises
    `NoGrounds`."""
    recipient, basis = giving.recipient, giving.basis
    check_grounds(giving.grounds)
    share = NewShare(
        opened.thread.id,
        None,
        look.by.id,
        recipient,
        HANDOVER,
        basis.value,
        one_working_day_after(look.at),
        giving.grounds,
    )
    await shares.add(session, share, look.at)
    why = f"{recipient} {basis.value}"
    audit.note(session, look.by.id, "give_handover", [opened.thread.id], look.at, why)
    session.announce(opened.thread.id, "ticket", look.at)
