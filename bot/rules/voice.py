"""A call as it goes: what is said next, who is rung next, and when it is given up. Pure.

Belongs here: the stages of a call and what leads from one to the next. Does not belong here:
TwiML (bot/channels/twiml.py), rows (bot/store/calls.py), words (content/languages/*/voice.ftl).

    MENU ─1, or nothing twice─▶ RINGING ⇄ OFFER ─180 s─▶ PROMISED
      ├─ 2 ─▶ PROMISED (a call back)    ├─ a worker pressed 1 ─▶ TALKED
      ├─ 3 ─▶ OVER (a text)             └─ 2, 3: as in MENU
      ├─ 4 ─▶ LANGUAGES ─▶ MENU
      └─ 9 ─▶ RINGING, and somebody is paged at once
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal, assert_never
from uuid import UUID

from bot.dialogue.turn import OpenTicket, Priority, TicketReason
from nlu.reading import Language, RiskLevel

LONGEST_WAIT: Final = timedelta(seconds=180)
OFFER_EVERY: Final = timedelta(seconds=45)
RING: Final = timedelta(seconds=20)
"""Shorter than most voicemails take to pick up."""
SHORTEST_RING: Final = timedelta(seconds=8)
WHISPER: Final = timedelta(seconds=14)
"""What the question to a worker takes when nobody answers it (bot/channels/twiml.py)."""
PAUSE: Final = timedelta(seconds=8)
"""While everybody who could be rung speaks with somebody else."""
_SAID: Final = 2
"""How often the menu is said to somebody who presses nothing."""
PERSON, CALL_BACK, TEXT, LANGUAGES, IN_DANGER, UNSAFE = "1", "2", "3", "4", "9", "0"
_LANGUAGE_KEYS: Final = "12345678"
"""9 means danger wherever one presses it."""


class Stage(StrEnum):
    MENU = "menu"
    LANGUAGES = "languages"
    RINGING = "ringing"
    OFFER = "offer"
    PROMISED = "promised"
    """A ticket says that they want to be rung, or nobody was free; it is asked whether it is safe
    to ring."""
    TALKED = "talked"
    """A worker took it; when they hang up the caller hears a last word."""
    OVER = "over"
    """A last word, then the line is put down."""
    ENDED = "ended"


LIVE: Final = tuple(stage for stage in Stage if stage is not Stage.ENDED)


@dataclass(frozen=True, slots=True)
class Caller:
    """What can be done for this number; with a hidden one neither."""

    is_shown: bool
    may_ring: bool
    may_text: bool


@dataclass(frozen=True, slots=True)
class Ringing:
    """Who is rung now, and for how long; nobody while all are engaged."""

    person: UUID | None
    seconds: int


@dataclass(frozen=True, slots=True)
class Call:
    """All that a call remembers from one webhook to the next."""

    caller: Caller
    stage: Stage = Stage.MENU
    language: Language = Language.EN
    says: tuple[str, ...] = ("voice-danger", "voice-hello")
    """Text ids said before what the stage itself says."""
    silences: int = 0
    is_danger: bool = False
    ladder: tuple[UUID, ...] = ()
    """Who is rung, in order: copied when the waiting begins."""
    rung: int = 0
    waiting_since: datetime | None = None
    offered_at: datetime | None = None
    ringing: Ringing | None = None

    @property
    def waits(self) -> bool:
        return self.stage in (Stage.RINGING, Stage.OFFER)


@dataclass(frozen=True, slots=True)
class Floor:
    """The desk at this moment."""

    now: datetime
    ladder: tuple[UUID, ...]
    """Who would be rung if a call began to wait now."""
    engaged: frozenset[UUID]
    """Who speaks with somebody, or is being rung for somebody else."""
    languages: Mapping[Language, tuple[str, ...]]
    """Those that the keys 1 and up choose, in order, with what is said once one is chosen."""


@dataclass(frozen=True, slots=True)
class Wake:
    """A page for the call's ticket."""

    level: RiskLevel


@dataclass(frozen=True, slots=True)
class Do:
    """A thing to be done in the same transaction: a text to the caller, or a mark of whether it is
    safe to ring them."""

    what: Literal["text", "safe", "unsafe"]


type Wish = OpenTicket | Wake | Do
type Moved = tuple[Call, tuple[Wish, ...]]


def moved(call: Call, key: str, floor: Floor) -> Moved:
    """What follows once the caller has heard what was said: with a key, or with none."""
    if key == IN_DANGER and not call.is_danger and call.stage is not Stage.TALKED:
        return _endangered(call, floor)
    match call.stage:
        case Stage.MENU:
            return _from_menu(call, key, floor)
        case Stage.LANGUAGES:
            return _chosen(call, key, floor), ()
        case Stage.RINGING:
            return _next(replace(call, says=()), floor)
        case Stage.OFFER:
            on = replace(call, says=_why_no_text(call, key))
            return _choice(call, key) or _next(on, floor)
        case Stage.PROMISED:
            return _promised(call, key)
        case Stage.TALKED | Stage.OVER:
            return replace(call, stage=Stage.OVER, says=("voice-bye",)), ()
        case Stage.ENDED:
            return call, ()
        case _:
            assert_never(call.stage)


def _from_menu(call: Call, key: str, floor: Floor) -> Moved:
    if key == PERSON:
        return _waits(replace(call, says=()), floor)
    if key == LANGUAGES and floor.languages:
        return replace(call, stage=Stage.LANGUAGES, says=(), silences=0), ()
    chosen = _choice(call, key)
    if chosen is not None:
        return chosen
    call = replace(call, says=_why_no_text(call, key))
    if call.silences + 1 >= _SAID:
        return _waits(call, floor)
    return replace(call, silences=call.silences + 1), ()


def _choice(call: Call, key: str) -> Moved | None:
    """A call back or a text; None where neither was pressed, or a text has no way."""
    if key == CALL_BACK:
        safe = (Do("safe"),) if call.caller.may_ring else ()
        return _promise(call, ()), (*_wanted(call, TicketReason.CALL_BACK), *safe)
    if key == TEXT and call.caller.may_text:
        return replace(call, stage=Stage.OVER, says=("voice-text-sent", "voice-bye")), (Do("text"),)
    return None


def _why_no_text(call: Call, key: str) -> tuple[str, ...]:
    if key != TEXT or call.caller.may_text:
        return ()
    return ("voice-no-text",) if call.caller.is_shown else ("voice-hidden",)


def _wanted(call: Call, reason: TicketReason) -> tuple[Wish, ...]:
    """A ticket and a page, the more pressing ones where danger was told."""
    if call.is_danger:
        return OpenTicket(reason, Priority.IMMEDIATE), Wake(RiskLevel.IMMEDIATE)
    return OpenTicket(reason, Priority.HIGH), Wake(RiskLevel.HIGH)


def _promise(call: Call, says: tuple[str, ...]) -> Call:
    """What is truthfully promised depends on the number."""
    last = "voice-call-back"
    if not call.caller.is_shown:
        last = "voice-hidden"
    elif not call.caller.may_ring:
        last = "voice-no-call-back"
    return replace(call, stage=Stage.PROMISED, says=(*says, last), ringing=None)


def _promised(call: Call, key: str) -> Moved:
    if key == UNSAFE and call.caller.may_ring:
        said = ("voice-not-safe", "voice-bye")
        return replace(call, stage=Stage.OVER, says=said), (Do("unsafe"),)
    return replace(call, stage=Stage.OVER, says=("voice-bye",)), ()


def _chosen(call: Call, key: str, floor: Floor) -> Call:
    back = replace(call, stage=Stage.MENU, says=(), silences=0)
    keyed = dict(language_keys(floor.languages))
    if key not in keyed:
        return back
    return replace(back, language=keyed[key], says=floor.languages[keyed[key]])


def language_keys(languages: Iterable[Language]) -> tuple[tuple[str, Language], ...]:
    """The keys that are read out, each with its language."""
    return tuple(zip(_LANGUAGE_KEYS, languages, strict=False))


def _endangered(call: Call, floor: Floor) -> Moved:
    """Danger was pressed: somebody is woken before anything else, and rung as well."""
    call = replace(call, is_danger=True)
    woken = _wanted(call, TicketReason.RISK)
    after, wishes = _waits(replace(call, says=()), floor)
    return replace(after, says=("voice-danger-told", *after.says)), (*woken, *wishes)


def _waits(call: Call, floor: Floor) -> Moved:
    """The waiting begins, or goes on where it had begun."""
    if call.waiting_since is not None:
        return _next(call, floor)
    call = replace(
        call,
        says=(*call.says, "voice-ringing"),
        ladder=floor.ladder,
        waiting_since=floor.now,
        offered_at=floor.now,
    )
    return _next(call, floor)


def _next(call: Call, floor: Floor) -> Moved:
    """Somebody is rung, or the caller is offered something else, or it is given up."""
    since, offered = call.waiting_since or floor.now, call.offered_at or floor.now
    left = LONGEST_WAIT - (floor.now - since)
    if not call.ladder or left < SHORTEST_RING + WHISPER:
        says = (*(one for one in call.says if one != "voice-ringing"), "voice-nobody")
        return _promise(call, says), _wanted(call, TicketReason.NOBODY_FREE)
    until_offer = min(left, OFFER_EVERY - (floor.now - offered))
    if until_offer < SHORTEST_RING + WHISPER:
        return replace(call, stage=Stage.OFFER, offered_at=floor.now, ringing=None), ()
    person, rung = _whom(call, floor.engaged)
    seconds = min(RING, until_offer - WHISPER) if person else PAUSE
    ringing = Ringing(person, int(seconds.total_seconds()))
    return replace(call, stage=Stage.RINGING, rung=rung, ringing=ringing), ()


def _whom(call: Call, engaged: frozenset[UUID]) -> tuple[UUID | None, int]:
    """The next on the ladder who is free, from the bottom again after the top; how many were
    passed so far."""
    for n in range(len(call.ladder)):
        person = call.ladder[(call.rung + n) % len(call.ladder)]
        if person not in engaged:
            return person, call.rung + n + 1
    return None, call.rung


def takes(call: Call, person: UUID) -> bool:
    """Whether a worker who presses 1 now is put through: the caller is there and nobody else
    was quicker."""
    is_theirs = call.ringing is not None and call.ringing.person == person
    return call.stage is Stage.RINGING and is_theirs


def taken(call: Call) -> Call:
    return replace(call, stage=Stage.TALKED, says=())


def hung_up(call: Call) -> Moved:
    """The line is dead. Whoever had neither a person nor a promise becomes a ticket."""
    ended = replace(call, stage=Stage.ENDED, says=(), ringing=None)
    match call.stage:
        case Stage.MENU | Stage.LANGUAGES:
            if call.is_danger:
                return ended, _wanted(call, TicketReason.MISSED_CALL)
            level = Priority.CONCERN if call.caller.is_shown else Priority.ROUTINE
            return ended, (OpenTicket(TicketReason.MISSED_CALL, level),)
        case Stage.RINGING | Stage.OFFER:
            return ended, _wanted(call, TicketReason.MISSED_CALL)
        case Stage.PROMISED | Stage.TALKED | Stage.OVER | Stage.ENDED:
            return ended, ()
        case _:
            assert_never(call.stage)


def not_joined(call: Call) -> tuple[Wish, ...]:
    """A worker took it, and the two were never put through."""
    return _wanted(call, TicketReason.MISSED_CALL)


SILENT_FOR: Final = timedelta(minutes=4)
"""A call that waits asks something of us far more often: longer, and its webhooks have stopped."""
TALKS_FOR: Final = timedelta(hours=2)
"""The longest that two are left connected."""


def is_lost(stage: Stage, seen_at: datetime, now: datetime) -> bool:
    longest = TALKS_FOR + SILENT_FOR if stage is Stage.TALKED else SILENT_FOR
    return stage is not Stage.ENDED and now - seen_at > longest
