"""The one gate: whether a message may go to this person, on this channel, now. Pure.

Belongs here: the decision, from what the person said about reaching them. Does not belong here:
learning what they said (bot/dialogue/contact.py), doing what was decided (bot/outbox.py).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, assert_never

from bot.dialogue.engine import SILENCE_SECONDS
from bot.dialogue.turn import Contact
from bot.messages import ChannelName, Purpose
from bot.rules import hours

SILENCE = timedelta(seconds=SILENCE_SECONDS)
"""After so long without a word of the person's a message to them opens a contact."""
JUST_NOW = timedelta(minutes=2)
"""So long after somebody's own message an emergency line may answer it, whatever holds."""
EMERGENCY_LINE = "emergency-short"
OPENER = "opener"

type Unsafe = Literal["never_wrote", "channel", "others_see", "somebody_else", "times", "late"]


@dataclass(frozen=True, slots=True)
class Leaving:
    """A message that is about to leave, and what is known of whom it goes to."""

    purpose: Purpose
    channel: ChannelName
    created_at: datetime
    now: datetime
    last_in_at: datetime | None
    """The person's own last message; None where they never wrote."""
    opted_out_at: datetime | None
    hidden: bool
    contact: Contact

    @property
    def is_silent(self) -> bool:
        return self.last_in_at is None or self.now - self.last_in_at > SILENCE

    @property
    def is_unread(self) -> bool:
        """A message came after a long silence that no turn has looked at yet."""
        heard = self.contact.heard_at
        return self.last_in_at is not None and (heard is None or self.last_in_at - heard > SILENCE)

    @property
    def is_overtaken(self) -> bool:
        """It was said before a message that no turn has looked at yet."""
        last = self.last_in_at
        return self.is_unread and last is not None and self.created_at < last

    @property
    def may_be_another(self) -> bool:
        """Whether from this writer things must be kept."""
        guarded = bool(self.contact.code_word) or self.contact.own_phone is False
        return self.contact.needs_proof or (guarded and self.is_unread)


@dataclass(frozen=True, slots=True)
class Goes:
    """As it stands."""


@dataclass(frozen=True, slots=True)
class GoesAs:
    """One other text in its place."""

    text_id: str


@dataclass(frozen=True, slots=True)
class Opens:
    """A line that says nothing; the words wait for the person's next message."""

    text_id: str


@dataclass(frozen=True, slots=True)
class Waits:
    """For the person's next message, or their code word; nothing goes."""


@dataclass(frozen=True, slots=True)
class Later:
    """For a time that the person called safe."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Never:
    """The person does not wish to be written to."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """The bot's words of before a silence: whoever writes now has been answered since."""


@dataclass(frozen=True, slots=True)
class NeedsPerson:
    """Not safe this way: a task, with a code of why."""

    why: Unsafe


type Verdict = Goes | GoesAs | Opens | Waits | Later | Never | Dropped | NeedsPerson


def decide(leaving: Leaving) -> Verdict:
    """Pages and patrol reports go to those who work; a web page is guarded by its own session."""
    match leaving.purpose:
        case Purpose.PAGE | Purpose.PATROL | Purpose.RING:
            return Goes()
        case Purpose.EMERGENCY:
            return _emergency(leaving)
        case Purpose.REPLY | Purpose.STAFF:
            return _words(leaving)
        case _:
            assert_never(leaving.purpose)


def may_be_rung(leaving: Leaving) -> Verdict:
    """Before a person's phone rings: whoever picks up may be anybody, however lately they wrote.
    Times that are no plain hours have been read by the worker who asks."""
    contact = leaving.contact
    if leaving.opted_out_at is not None:
        return Never()
    if leaving.last_in_at is None:
        return NeedsPerson("never_wrote")
    if contact.channels is not None and ChannelName.VOICE not in contact.channels:
        return NeedsPerson("channel")
    if leaving.hidden or contact.own_phone is False:
        return NeedsPerson("others_see")
    allowed = hours.span(contact.safe_time)
    if allowed is None or hours.is_within(allowed, leaving.now):
        return Goes()
    return Later(hours.opens_at(allowed, leaving.now))


def _emergency(leaving: Leaving) -> Verdict:
    """An answer to somebody's own words of danger. Where nothing else may go one short line
    does, as long as whoever wrote holds the phone."""
    last, contact = leaving.last_in_at, leaving.contact
    just_now = last is not None and leaving.now - last <= JUST_NOW
    careful = leaving.opted_out_at is not None or leaving.hidden or leaving.may_be_another
    if just_now:
        return GoesAs(EMERGENCY_LINE) if careful else Goes()
    if careful or contact.own_phone is False:
        return NeedsPerson("late")
    return _opening(leaving) if leaving.is_silent else Goes()


def _words(leaving: Leaving) -> Verdict:
    if leaving.opted_out_at is not None and leaving.created_at != leaving.opted_out_at:
        return Never()
    if leaving.is_silent:
        return _opening(leaving)
    return _reply(leaving) if leaving.purpose is Purpose.REPLY else _staff(leaving)


def _is_of_before(leaving: Leaving) -> bool:
    """Said to somebody who wrote before a silence."""
    sat_at = leaving.contact.sat_at
    return sat_at is None or leaving.created_at < sat_at


def _reply(leaving: Leaving) -> Verdict:
    """The bot answers whoever writes; the engine sees to it that a newcomer learns nothing."""
    if leaving.is_overtaken:
        return Waits()
    return Dropped() if _is_of_before(leaving) and not leaving.is_unread else Goes()


def _staff(leaving: Leaving) -> Verdict:
    if not leaving.may_be_another:
        return Goes()
    if leaving.is_unread or leaving.contact.code_word:
        return Waits()
    return NeedsPerson("somebody_else") if _is_of_before(leaving) else Goes()


def _opening(leaving: Leaving) -> Verdict:
    """Nobody has written for long: whoever reads it may be anybody."""
    contact = leaving.contact
    if leaving.channel is ChannelName.WEB:
        return Goes()
    if leaving.last_in_at is None:
        return NeedsPerson("never_wrote")
    if contact.channels is not None and leaving.channel not in contact.channels:
        return NeedsPerson("channel")
    if contact.own_phone is False and not contact.code_word:
        return NeedsPerson("others_see")
    return _in_time(leaving) if contact.safe_time else Opens(OPENER)


def _in_time(leaving: Leaving) -> Verdict:
    """Times that are no plain hours: a worker who writes has read them, a machine has not."""
    allowed = hours.span(leaving.contact.safe_time)
    if allowed is None:
        is_staff = leaving.purpose is Purpose.STAFF
        return Opens(OPENER) if is_staff else NeedsPerson("times")
    if hours.is_within(allowed, leaving.now):
        return Opens(OPENER)
    return Later(hours.opens_at(allowed, leaving.now))
