"""The shapes of the JSON API, as its contract names them.

Belongs here: what goes over the wire, and views of the store made into it. Does not belong here:
reading the store, or deciding who may see it.
"""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from bot.desk.access import Opened
from bot.dialogue.turn import Priority, TicketReason
from bot.messages import ChannelName
from bot.rules.closing import Outcome
from bot.store.views import Line, ReferralView, TicketView
from nlu.reading import RiskCategory, RiskLevel

type TicketState = Literal["open", "claimed", "closed"]

LONGEST_REPLY = 1500
"""Characters; WhatsApp takes 1,600 in one message."""
ReplyText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_REPLY)
]


class Shape(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Refused(BaseModel):
    """A code for programs; never anything of what was sent."""

    error: str


class Listed[Item: BaseModel](BaseModel):
    """One page of a list. `next` is the `cursor` of the page that follows; null on the last."""

    items: list[Item]
    next: str | None


class Search(BaseModel):
    """`address`: E.164 for sms, whatsapp and voice; the chat id for telegram."""

    channel: ChannelName
    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=128)]


class ReplyBody(BaseModel):
    text: ReplyText


class CloseBody(BaseModel):
    outcome: Outcome


class PersonShape(Shape):
    """A member of staff."""

    id: UUID
    name: str


class MessageShape(Shape):
    id: UUID
    direction: Literal["in", "out"]
    author: Literal["person", "bot", "staff"]
    kind: str
    text: str
    media: tuple[str, ...]
    at: datetime
    status: Literal[
        "received", "queued", "held", "sent", "uncertain", "delivered", "read", "failed"
    ]
    """`uncertain`: the carrier's answer was lost, so that the words may not have arrived."""


class EvidenceShape(Shape):
    """The words that gave rise to a worry: `start` and `end` are offsets in the message's text."""

    message_id: UUID
    at: datetime
    level: RiskLevel
    categories: list[RiskCategory]
    source: str
    entry: str
    text: str
    start: int
    end: int


class RiskShape(Shape):
    level: RiskLevel
    categories: list[RiskCategory]
    evidence: list[EvidenceShape]


class TicketShape(Shape):
    id: UUID
    reference: str
    conversation_id: UUID | None
    priority: Priority
    state: TicketState
    reason: TicketReason
    """The one that matters most: `risk` where it is among them, else the first."""
    reasons: list[TicketReason]
    opened_at: datetime
    claimed_at: datetime | None
    claimed_by: PersonShape | None
    closed_at: datetime | None
    outcome: Outcome | None

    @classmethod
    def of(cls, view: TicketView) -> Self:
        reasons = [TicketReason(reason) for reason in view.reasons]
        return cls(
            id=view.id,
            reference=view.reference,
            conversation_id=view.conversation_id,
            priority=Priority(view.priority),
            state=_STATES[view.state],
            reason=TicketReason.RISK if TicketReason.RISK in reasons else reasons[0],
            reasons=reasons,
            opened_at=view.opened_at,
            claimed_at=view.claimed_at,
            claimed_by=PersonShape.model_validate(view.claimed_by) if view.claimed_by else None,
            closed_at=view.closed_at,
            outcome=Outcome(view.outcome) if view.outcome else None,
        )


_STATES: dict[str, TicketState] = {"open": "open", "claimed": "claimed", "closed": "closed"}


class ReferralShape(Shape):
    id: UUID
    conversation_id: UUID
    kind: Literal["self", "parent", "school", "friend", "route"]
    programme: Literal["cirv", "step_together", "human_decides"] | None
    """Null until the referral is filed."""
    state: Literal[
        "draft",
        "received",
        "triaged",
        "accepted",
        "needs_more",
        "redirected",
        "declined",
        "withdrawn",
        "closed",
    ]
    fields: dict[str, str | int | bool]
    reasons: tuple[str, ...]
    """Codes of why this programme."""
    flags: tuple[str, ...]
    created_at: datetime
    filed_at: datetime | None
    updated_at: datetime

    @classmethod
    def of(cls, view: ReferralView) -> Self:
        return cls.model_validate(view)


class ConversationFound(Shape):
    """A conversation without its words."""

    id: UUID
    channel: ChannelName
    language: str
    holder: PersonShape | None
    opened_at: datetime
    last_in_at: datetime


class ConversationShape(ConversationFound):
    address: str | None
    """Null for web chat, where there is nothing to reach somebody by."""
    messages: list[MessageShape]
    risk: RiskShape
    tickets: list[TicketShape]
    referrals: list[ReferralShape]


def conversation(opened: Opened) -> ConversationShape:
    """Everything known of one conversation."""
    thread, lines = opened.thread, opened.lines
    found = ConversationFound.model_validate(thread)
    return ConversationShape(
        **dict(found),
        address=None if found.channel is ChannelName.WEB else thread.address,
        messages=[MessageShape.model_validate(line) for line in lines],
        risk=RiskShape(
            level=RiskLevel(thread.risk_level),
            categories=[RiskCategory(category) for category in thread.risk_categories],
            evidence=[shape for line in lines for shape in evidence(line)],
        ),
        tickets=[TicketShape.of(ticket) for ticket in opened.tickets],
        referrals=[ReferralShape.of(referral) for referral in opened.referrals],
    )


def evidence(line: Line) -> list[EvidenceShape]:
    """What in this message gave rise to a worry, in the person's own words."""
    if line.reading is None:
        return []
    return [
        EvidenceShape(
            message_id=line.id,
            at=line.at,
            level=signal.level,
            categories=sorted(signal.categories),
            source=signal.source,
            entry=signal.entry,
            text=line.text[signal.start : signal.end],
            start=signal.start,
            end=signal.end,
        )
        for signal in line.reading.risk.signals
    ]
