"""The engine's vocabulary: what it is given, what it remembers, what it wishes for.

Belongs here: immutable values only. Does not belong here: any decision, any I/O, any clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from bot.dialogue.lookups import Before, People, Queue
from bot.messages import ChannelName, InboundKind, MediaKind
from nlu.reading import Language, Reading, RiskCategory, RiskLevel

type FieldValue = str | int | bool
type TextArgs = Mapping[str, str | int]


class ReferralKind(StrEnum):
    SELF = "self"
    PARENT = "parent"
    SCHOOL = "school"
    FRIEND = "friend"
    ROUTE = "route"


class Programme(StrEnum):
    CIRV = "cirv"
    STEP_TOGETHER = "step_together"
    HUMAN_DECIDES = "human_decides"


class Contact(BaseModel):
    """What somebody said about reaching them, kept beyond one referral and beyond silence."""

    model_config = ConfigDict(frozen=True)

    own_phone: bool | None = None
    """Nobody else sees the phone; None where it is not known."""
    code_word: str = ""
    """Folded. Nothing of before is said until the writer has given it."""
    channels: frozenset[ChannelName] | None = None
    """The ways that are safe; None: not said, or any."""
    safe_time: str = ""
    """As it was said."""
    proved: bool = True
    """Whoever writes now is whoever said this; false after silence and after the exit word."""
    sat_at: datetime | None = None
    """Since when the present writer writes, without a long silence."""
    heard_at: datetime | None = None
    """When the last message came that this state knows of."""

    @property
    def needs_proof(self) -> bool:
        """Whether the writer may be somebody from whom things must be kept."""
        return not self.proved and (bool(self.code_word) or self.own_phone is False)


class Parked(BaseModel):
    """A conversation set aside until its writer has given the code word."""

    model_config = ConfigDict(frozen=True)

    flow: str | None = None
    fields: dict[str, FieldValue] = {}
    skipped: frozenset[str] = frozenset()
    held: dict[str, FieldValue] = {}
    filed: int = 0
    notice: str | None = None
    guesses: int = 0


class State(BaseModel):
    """All that a conversation remembers between turns; dumped and read again at every turn."""

    model_config = ConfigDict(frozen=True)

    flow: str | None = None
    """Id of a file in content/flows; None before we know what is wanted."""
    step: str | None = None
    """Id of the step that waits for an answer."""
    paused: str | None = None
    """The step that was open when danger put the questions aside: a bare answer still counts."""
    fields: dict[str, FieldValue] = {}
    skipped: frozenset[str] = frozenset()
    passed: tuple[str, ...] = ()
    """Steps that were answered with something else: asked once more, after what is still open."""
    refused: bool = False
    """Sending was refused: a plain yes agrees to nothing until it has been asked again."""
    trail: tuple[str, ...] = ()
    """Steps asked so far, in order: what `back` walks along."""
    greeted: bool = False
    notice: str | None = None
    """Version of the privacy notice that was shown."""
    misses: int = 0
    """Messages in a row that were not understood; two and a person is asked for."""
    language: Language = Language.EN
    language_chosen: bool = False
    picked: str = ""
    """The language picked on our page that was heeded last: asking for another in words holds."""
    batch: tuple[dict[str, FieldValue], ...] = ()
    """Answers about others that go out together with these (bot/dialogue/filling.py)."""
    filed: int = 0
    """Referrals sent in this conversation."""
    held: dict[str, FieldValue] = {}
    """Told before the notice was shown or before we know what is wanted, by entity name, and the
    person's own words as `text`: becomes fields once the person goes on after the notice."""
    told: frozenset[str] = frozenset()
    """Text ids that are said only once."""
    half_sent: bool = False
    """What is told so far went out already; more of it may still come."""
    wants_words: bool = False
    """Feedback was tapped: the next words may say more of it."""
    hidden: bool = False
    """The writer said the exit word: the next message may be anybody's."""
    contact: Contact = Contact()
    parked: Parked | None = None
    at_reference: UUID | None = None
    """The reference that was given last: its code word may follow."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """How worried we are after this message, and why. A floor: only a named person lowers it."""

    level: RiskLevel
    """The conversation's level, this message included."""
    message_level: RiskLevel
    """What this one message alone gave rise to."""
    categories: frozenset[RiskCategory] = frozenset()
    raised: bool = False
    """This message lifted the level, or added a category at high or above."""
    why: tuple[str, ...] = ()
    """Codes for staff and tests, never words of the person."""


class Progress(StrEnum):
    """All that a reference tells."""

    RECEIVED = "received"
    LOOKED_AT = "looked-at"
    IN_TOUCH = "in-touch"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Reference:
    """What five words led to; without `progress` they are unknown, for whatever cause."""

    receipt_id: UUID | None = None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation that its writer's code word has opened from elsewhere."""

    conversation_id: UUID
    aside: Parked
    contact: Contact


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, read and assessed, at one moment."""

    text: str
    kind: InboundKind
    media: tuple[MediaKind, ...]
    channel: ChannelName
    at: datetime
    reading: Reading
    assessment: Assessment
    people: People
    """What the emergency words may truthfully say of the team."""
    idle_seconds: float | None = None
    """Silence before this message; None for the first."""
    answers: str = ""
    """Flow and step that an `ANSWER` names."""
    picked: str = ""
    """The language that the writer picked on our page, as its code."""
    reference: Reference | None = None
    """What the reference in it leads to; None where it holds none."""
    opened: Opened | None = None
    """It is the code word that belongs to the reference given before."""
    before: Before = field(default_factory=Before)
    """Looked up where somebody wants things deleted."""
    queue: Queue | None = None
    """Looked up where somebody asks for a person."""


@dataclass(frozen=True, slots=True)
class Say:
    """Words wished for: an id in content/languages, never the words themselves."""

    text: str
    args: TextArgs = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    """Choice ids; their words are `choice-<id>`, their value the id."""
    keep: bool = False
    """Still said when a newer reply replaces this one within the hold (greeting, notice, truth)."""
    urgent: bool = False
    """Emergency words: no hold, no replacing, sent before anything else."""


class TicketReason(StrEnum):
    RISK = "risk"
    ASKED_FOR_PERSON = "asked_for_person"
    NOT_UNDERSTOOD = "not_understood"
    COMPLAINT = "complaint"
    OPT_OUT_WITH_RISK = "opt_out_with_risk"
    DELETE_REQUEST = "delete_request"
    REFERRAL_FILED = "referral_filed"
    TOLD_MORE = "told_more"
    """Something was added to a referral after it was sent."""
    MEDIA_TO_LOOK_AT = "media_to_look_at"
    MEDIA_LOST = "media_lost"
    """Something that was sent could not be fetched: a person asks what it was."""
    UNDELIVERED = "undelivered"
    UNCERTAIN_DELIVERY = "uncertain_delivery"
    BROKEN_TURN = "broken_turn"
    LEFT = "left"
    CAME_BACK = "came_back"
    """Somebody goes on from another phone or page, and has proved it."""
    MISSED_CALL = "missed_call"
    CALL_BACK = "call_back"
    """Somebody who rang wants to be rung."""
    NOBODY_FREE = "nobody_free"
    """Somebody who rang waited, and nobody took the call."""
    ANSWERED = "answered"
    """A programme asks for more, passes somebody on or does not take them: a person goes on."""
    ANSWER_LATE = "answer_late"
    """A programme, or the front door, has not answered in time."""
    ONWARD_FAILED = "onward_failed"
    """A programme's own system took no referral: it is sent another way."""
    CHECK_IN = "check_in"
    """Somebody asked to be checked on, and it is time."""
    CONTACT_STARTED = "contact_started"
    """We wrote first to somebody whom a referral names: a person is there for the answer."""
    CONTACT_WAITS = "contact_waits"
    """A first message waits for a supervisor."""
    UNSAFE_CONTACT = "unsafe_contact"
    """Words that may not go the way they were meant to: a person finds a safe one."""


class Priority(StrEnum):
    IMMEDIATE = "immediate"
    HIGH = "high"
    CONCERN = "concern"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A person must look. One open ticket a conversation: a second wish raises its priority."""

    reason: TicketReason
    priority: Priority


@dataclass(frozen=True, slots=True)
class StartPage:
    """Wake somebody. Joined to the conversation's open ticket."""

    level: RiskLevel


@dataclass(frozen=True, slots=True)
class SaveReferral:
    """Keep the fields so far as a draft, or file it (`state` received) with its programme."""

    kind: ReferralKind
    fields: Mapping[str, FieldValue]
    programme: Programme | None
    state: Literal["draft", "received", "withdrawn"]
    reasons: tuple[str, ...] = ()
    """Codes of why this programme; for staff."""
    flags: tuple[str, ...] = ()
    """For staff: `turning_18`, `under_14`, `out_of_area`."""
    more: bool = False
    """Filed as far as it was told: what is told from now on belongs to the same referral."""


@dataclass(frozen=True, slots=True)
class AddToReferral:
    """Told after sending: goes with what was sent last, beside what it already says."""

    words: str
    told: Mapping[str, FieldValue]
    """By entity name: fills only what is still empty."""


@dataclass(frozen=True, slots=True)
class RecordNotice:
    version: str


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """What the person agreed to, or took back."""

    kind: Literal["referral", "sharing"]
    given: bool


@dataclass(frozen=True, slots=True)
class SetOptOut:
    """The person's own wish not to be written to (or to be written to again)."""

    out: bool


@dataclass(frozen=True, slots=True)
class Hide:
    """The exit word: nobody writes until the next message, which is a newcomer's."""


@dataclass(frozen=True, slots=True)
class GiveReference:
    """Five words for the referral just kept."""

    name: str = ""
    """Whom it is about, where several go out together."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Overwrite every word of this conversation; ids stay."""


class TimerKind(StrEnum):
    """What is done some time after a message, if it still fits then."""

    HALF_WAY = "half_way"
    """A report that says enough goes out though its writer has fallen silent."""
    CHECK_IN = "check_in"
    """Somebody is checked on because they asked for it."""


@dataclass(frozen=True, slots=True)
class SetTimer:
    """One of each kind a conversation. A half-way report keeps the earlier time, a check-in takes
    the newer; without a time it is taken away."""

    kind: TimerKind
    at: datetime | None


class Helped(StrEnum):
    """The one tap of feedback; the ids of its choices."""

    YES = "helped"
    SOME = "helped-a-bit"
    NO = "not-helped"


@dataclass(frozen=True, slots=True)
class KeepFeedback:
    """A tap, or words that came after one."""

    helped: Helped | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Continues:
    """The writer has proved that they are the writer of an earlier conversation."""

    conversation_id: UUID


type Effect = (
    Say
    | OpenTicket
    | StartPage
    | SaveReferral
    | AddToReferral
    | RecordNotice
    | RecordConsent
    | SetOptOut
    | Hide
    | GiveReference
    | Continues
    | Erase
    | SetTimer
    | KeepFeedback
)
