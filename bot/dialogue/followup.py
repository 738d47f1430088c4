"""What comes after: reports that go out half-way, being checked on, feedback. Pure.

Belongs here: when each is due, and what is done and said then. Does not belong here: keeping timers
(bot/store/timers.py), whether words may leave (bot/rules/contact.py).
"""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.dialogue import path, patrols
from bot.dialogue.book import Book
from bot.dialogue.talk import Result, Talk, ask
from bot.dialogue.topics import said
from bot.dialogue.turn import (
    Effect,
    Helped,
    KeepFeedback,
    OpenTicket,
    Priority,
    SaveReferral,
    Say,
    SetTimer,
    State,
    TicketReason,
    TimerKind,
)
from bot.dialogue.words import render
from bot.messages import InboundKind
from nlu.normalise import fold
from nlu.reading import EntityName, Intent, RiskLevel

CHECK_IN = "check_in"
"""The field of the question whether to check on somebody."""
WISHED = "check-on-me"
FEEDBACK = "ask-feedback"
CHOICES = tuple(one.value for one in Helped)
_LOCAL = ZoneInfo("Europe/London")
_MOST = 16
"""Words of a wish to be checked on; a longer message is a story."""
_SOON = re.compile(r"\bin (an?|half an|\d{1,2}) (hours?|hrs?|minutes?|mins?)\b")
_LEAST = timedelta(minutes=5)
_PLAIN_TIME = time(16)
"""Where nobody named one: after school, and before evening."""
_TIMES = {
    "morning": time(9),
    "lunchtime": time(12),
    "midday": time(12),
    "afternoon": time(15),
    "after school": time(16),
    "evening": time(18),
    "night": time(20),
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TODAY = ("today", "tonight")
_WORDS = 2000
"""Characters kept of what somebody says about the service."""
_KEEPS_QUIET = (
    Intent.REFER_SELF,
    Intent.REFER_CHILD,
    Intent.REFER_FRIEND,
    Intent.REFER_PROFESSIONAL,
    Intent.REQUEST_SAFE_ROUTE,
)


def timers(before: State, after: State, at: datetime, book: Book) -> tuple[Effect, ...]:
    """The timers that this turn starts."""
    found: list[Effect] = []
    flow = path.flow_of(after, book)
    news = not after.half_sent or path.sendable(flow, after) != path.sendable(flow, before)
    if flow.goes_after is not None and _says_enough(after, book) and news:
        due = at + timedelta(seconds=flow.goes_after)
        found.append(SetTimer(TimerKind.HALF_WAY, due))
    if after.fields.get(CHECK_IN) == WISHED != before.fields.get(CHECK_IN):
        found.append(SetTimer(TimerKind.CHECK_IN, _tomorrow(at)))
    return tuple(found)


def _says_enough(state: State, book: Book) -> bool:
    flow = path.flow_of(state, book)
    told = path.sendable(flow, state)
    first = next((step.id for step in flow.steps if step.required), None)
    return path.is_enough(flow, state) and first in told


def half_way(state: State, at: datetime, book: Book) -> Result:
    """What is told so far is filed; the question that is open stays so."""
    flow = path.flow_of(state, book)
    if flow.goes_after is None or flow.kind is None or not _says_enough(state, book):
        return state, ()
    fields = path.sendable(flow, state)
    sent: tuple[Effect, ...] = (
        SaveReferral(flow.kind, fields, None, "received", more=True),
        OpenTicket(TicketReason.REFERRAL_FILED, Priority(flow.ticket)),
    )
    words = (Say("half-sent", patrols.told(book, fields, at), keep=True),)
    quiet = state.hidden or state.step is None
    return state.model_copy(update={"half_sent": True}), (*sent, *(() if quiet else words))


def check_in(state: State, idle: timedelta, silence: timedelta) -> Result:
    """A person looks, and a line goes that says nothing; amid a talk it may say more."""
    ticket = OpenTicket(TicketReason.CHECK_IN, Priority.CONCERN)
    if state.hidden:
        return state, (ticket,)
    if idle > silence:
        return state, (ticket, Say("opener", keep=True))
    words = () if state.contact.needs_proof else (Say("check-in", keep=True),)
    return state, (ticket, *words)


def made(talk: Talk) -> Result:
    """A tap of feedback, a wish to be checked on or its end, or words of feedback."""
    helped = tapped(talk)
    if helped is not None:
        return keep_tap(talk, helped)
    return set_check(talk) if wishes_check(talk) else keep_words(talk)


def wishes_check(talk: Talk) -> bool:
    if talk.turn.kind is InboundKind.BUTTON:
        return False
    return _says(talk, talk.topics.checks) or _says(talk, talk.topics.unchecks)


def _says(talk: Talk, phrases: tuple[str, ...]) -> bool:
    words = fold(talk.turn.text).split()
    return len(words) <= _MOST and any(said(words, phrase) for phrase in phrases)


def set_check(talk: Talk) -> Result:
    """Once, at the time that was named, or the next afternoon."""
    if _says(talk, talk.topics.unchecks):
        return ask(talk.moved_to(misses=0), SetTimer(TimerKind.CHECK_IN, None), Say("check-in-off"))
    due = check_due(talk)
    local = due.astimezone(_LOCAL)
    when = {"date": f"{local:%d/%m}", "time": f"{local:%H:%M}"}
    effects = (SetTimer(TimerKind.CHECK_IN, due), Say("check-in-set", when, keep=True))
    return ask(talk.moved_to(misses=0), *effects)


def check_due(talk: Talk) -> datetime:
    """The moment that the message names; at least some minutes from now."""
    at, told = talk.turn.at, talk.turn.reading.values()
    soon = _SOON.search(fold(talk.turn.text))
    if soon is not None:
        return at + max(_span(*soon.groups()), _LEAST)
    clock = _clock(str(told.get(EntityName.TIME, "")))
    named = str(told.get(EntityName.DAY, ""))
    local = at.astimezone(_LOCAL)
    if named in _WEEKDAYS:
        days = (_WEEKDAYS.index(named) - local.weekday() - 1) % 7 + 1
    else:
        days = 0 if named in _TODAY or (clock is not None and named == "") else 1
    wanted = clock or (_TIMES["night"] if named == "tonight" else _PLAIN_TIME)
    due = datetime.combine(local.date() + timedelta(days=days), wanted, _LOCAL)
    if due < local + _LEAST:
        due += timedelta(days=1)
    return due.astimezone(at.tzinfo)


def _span(count: str, unit: str) -> timedelta:
    if count == "half an":
        return timedelta(minutes=30)
    number = 1 if count in ("a", "an") else int(count)
    return timedelta(hours=number) if unit.startswith("h") else timedelta(minutes=number)


def _clock(named: str) -> time | None:
    hours, colon, minutes = named.partition(":")
    if colon and hours.isdigit() and minutes.isdigit():
        return time(int(hours) % 24, int(minutes) % 60)
    return _TIMES.get(named)


def _tomorrow(at: datetime) -> datetime:
    local = at.astimezone(_LOCAL)
    day = local.date() + timedelta(days=1)
    return datetime.combine(day, _PLAIN_TIME, _LOCAL).astimezone(at.tzinfo)


def tapped(talk: Talk) -> Helped | None:
    """A tap of feedback, or its words typed where no question is open."""
    text = fold(talk.turn.text)
    for one in Helped:
        if talk.turn.kind is InboundKind.BUTTON and talk.turn.text == one.value:
            return one
        label, _ = render(
            Say(f"choice-{one.value}"), talk.book, talk.state.language, talk.turn.channel
        )
        if talk.state.step is None and text in (fold(label), fold(one.value)):
            return one
    return None


def keep_tap(talk: Talk, helped: Helped) -> Result:
    state = talk.state.model_copy(update={"wants_words": True, "misses": 0})
    return state, (KeepFeedback(helped), Say("feedback-words"))


def are_words(talk: Talk) -> bool:
    """Whether a message says more of a tap: calm words that ask for nothing."""
    turn = talk.turn
    calm = turn.assessment.message_level is RiskLevel.NONE and not turn.media
    asks = talk.asks or talk.topic() is not None or turn.reading.intent in _KEEPS_QUIET
    return talk.state.wants_words and talk.flow.kind is None and calm and not asks


def keep_words(talk: Talk) -> Result:
    """A word of thanks or a skip is no feedback, and ends it as kindly."""
    text = talk.turn.text.strip()
    state = talk.state.model_copy(update={"wants_words": False, "misses": 0})
    empty = talk.turn.reading.intent in (Intent.DONT_KNOW, Intent.DENY, Intent.GOODBYE)
    if empty or talk.turn.reading.intent is Intent.THANK or not text:
        return state, (Say("bye"),)
    return state, (KeepFeedback(words=text[:_WORDS]), Say("feedback-kept"))


def asked(talk: Talk) -> tuple[Effect, ...]:
    """Once, as somebody says goodbye after a referral was sent, and never beside danger."""
    state, level = talk.state, talk.turn.assessment.level
    is_over = state.filed > 0 and state.flow is None and FEEDBACK not in state.told
    if not is_over or level > RiskLevel.CONCERN:
        return ()
    return (Say(FEEDBACK, choices=CHOICES),)
