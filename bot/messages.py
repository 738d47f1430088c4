"""What goes in and out of the service, whatever the channel.

Belongs here: the immutable values that channels make and take. Does not belong here: how a
carrier spells them (bot/channels) or how they are kept (bot/store).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID


class ChannelName(StrEnum):
    SMS = "sms"
    WHATSAPP = "whatsapp"
    VOICE = "voice"
    TELEGRAM = "telegram"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody can be reached. An address is not a person."""

    channel: ChannelName
    value: str
    """E.164 for sms, whatsapp and voice; the chat id for telegram; a random token for web; of a
    drill, its id behind a mark: no carrier is ever given that."""


_DRILL = "drill:"


def drill_address(channel: ChannelName, drill_id: UUID) -> Address:
    return Address(channel, f"{_DRILL}{drill_id}")


def drill_of(address: Address) -> UUID | None:
    """The drill that a made-up writer belongs to; None for everybody real."""
    if not address.value.startswith(_DRILL):
        return None
    return UUID(address.value.removeprefix(_DRILL))


class MediaKind(StrEnum):
    PHOTO = "photo"
    VOICE_NOTE = "voice_note"
    VIDEO = "video"
    FILE = "file"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Media:
    kind: MediaKind
    ref: str
    """The carrier's name for it: an URL (Twilio) or a file id (Telegram); sealed like words."""
    content_type: str = ""
    size: int | None = None
    """Bytes, where the carrier tells."""


class InboundKind(StrEnum):
    MESSAGE = "message"
    EDIT = "edit"
    """The person changed an earlier message; `text` is the new wording."""
    BUTTON = "button"
    """A choice tapped; `text` is the choice's value. Answered without the hold."""
    BLOCKED = "blocked"
    """The person has blocked or left us: no words, but somebody may need to know."""
    ANSWER = "answer"
    """Given on a page of questions: `answers` names the question, and nothing is a command."""
    CALL = "call"
    """The person rang: no words; `provider_id` is the call's."""
    LEFT = "left"
    """The person pressed the exit of our page: no words, and no answer would be seen."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing a person sent. `text` may be empty (a photo, a sticker, an empty SMS)."""

    sender: Address
    provider_id: str
    """Unique on its channel for ever: Twilio's SID, Telegram's update id, the web client id."""
    text: str
    kind: InboundKind = InboundKind.MESSAGE
    media: tuple[Media, ...] = ()
    answers: str = ""
    """Flow and step that an `ANSWER` is for."""
    picked: str = ""
    """The language that the writer picked on our page, as its code; what they want, not a hint."""
    profile_language: str | None = None
    """What the carrier says of the device's language; a hint, not a fact."""
    recipient: str = ""
    """Which number of ours it came to, where the carrier says; the pager's answers come so."""


class DeliveryStatus(StrEnum):
    """How far an outgoing message has come. Callbacks repeat and overtake: never go back."""

    QUEUED = "queued"
    HELD = "held"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


DELIVERY_RANK: dict[DeliveryStatus, int] = {
    DeliveryStatus.HELD: 0,
    DeliveryStatus.QUEUED: 1,
    DeliveryStatus.SENT: 2,
    DeliveryStatus.FAILED: 3,
    DeliveryStatus.DELIVERED: 4,
    DeliveryStatus.READ: 5,
}


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What a carrier says became of an outgoing message."""

    outbox_id: UUID | None
    """The random id that stood in the callback's URL; None when the carrier was asked by SID."""
    provider_id: str
    status: DeliveryStatus
    error_code: str = ""
    parts: int = 1
    """Of how many parts of the message it is one; one part alone says little of the whole."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be tapped; typing `label` or `value` works too."""

    value: str
    label: str


class Purpose(StrEnum):
    REPLY = "reply"
    EMERGENCY = "emergency"
    STAFF = "staff"
    """A worker's own words."""
    PAGE = "page"
    """To a worker's phone: a reference and a level, never a person's words."""
    RING = "ring"
    """Rings a worker who asked to be put through to somebody; no words of anybody."""
    PATROL = "patrol"
    """To those who walk the way home: a place, a time and a worry from closed lists."""


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to hand to a carrier, already in its final words."""

    id: UUID
    to: Address
    text: str
    purpose: Purpose
    choices: tuple[Choice, ...] = ()
    pick: str = ""
    """What stands on the button that opens a list of choices, where the channel has lists."""
    parts_out: tuple[str, ...] = ()
    """The carrier's ids of first parts that it has already: only the rest goes."""
    mark: str = ""
    """Stands before every part of words that may have come before."""
    window_open: bool = True
    """WhatsApp: whether the person wrote within the last 24 hours."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The carrier has it. Parts of a long message are joined by a comma."""

    provider_id: str
    status: DeliveryStatus = DeliveryStatus.SENT


@dataclass(frozen=True, slots=True)
class TryLater:
    """Certainly not sent; may be sent again after `seconds`."""

    seconds: float
    code: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Perhaps sent: the answer was lost. Must be settled before it is sent again."""

    code: str


type RefusalCause = Literal[
    "opted_out", "unreachable", "needs_template", "operator", "invalid", "unsafe"
]


@dataclass(frozen=True, slots=True)
class Refused:
    """Will never be sent as it stands. `operator`: our account or settings are at fault.
    `unsafe`: our own gate kept it back."""

    cause: RefusalCause
    code: str


type SendResult = Accepted | TryLater | Unclear | Refused


@dataclass(frozen=True, slots=True)
class Found:
    """The carrier, asked afterwards, knows the message."""

    report: StatusReport


@dataclass(frozen=True, slots=True)
class Partly:
    """The carrier, asked afterwards, has the first parts and is sure that it never had the rest."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeverArrived:
    """The carrier, asked afterwards, is sure that it never had the message."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """This channel has no way to ask, or the carrier did not answer."""

    code: str


type Settlement = Found | Partly | NeverArrived | CannotTell


@dataclass(frozen=True, slots=True)
class Brought:
    """An attachment, byte for byte as the carrier has it."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Unfetchable:
    """It will never come: too large, gone, or not at an address of the carrier's."""

    code: str


type FetchResult = Brought | TryLater | Unfetchable


@dataclass(frozen=True, slots=True)
class Webhook:
    """One HTTP request from a carrier, as raw as it came."""

    kind: str
    """The last part of the path: message, status, update."""
    query: str
    headers: tuple[tuple[str, str], ...]
    """Names in lower case, in order, repeats kept."""
    body: bytes
    received_at: datetime
