"""How worried we are, and what must follow whatever the content forgot. Pure.

Belongs here: the floor of risk and the guard over effects. Does not belong here: hearing danger
in words (nlu), or what the emergency words are (content).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import assert_never

from bot.dialogue.lookups import People
from bot.dialogue.turn import (
    Assessment,
    Effect,
    OpenTicket,
    Priority,
    SaveReferral,
    Say,
    StartPage,
    TicketReason,
)
from nlu.reading import Reading, Risk, RiskCategory, RiskLevel, Signal

CONSOLE_AWAY = timedelta(seconds=60)
"""After this long without a sign of the worker who holds a conversation, emergency words go out."""

PRIORITY_RANK = {
    Priority.ROUTINE: 0,
    Priority.CONCERN: 1,
    Priority.HIGH: 2,
    Priority.IMMEDIATE: 3,
}
"""What the queue sorts by: the higher the sooner."""

# What kills soonest is first: the order wherever nothing else decides.
_WORDS_FOR = (
    RiskCategory.SELF_HARM,
    RiskCategory.INJURY,
    RiskCategory.MISSING_OR_HELD,
    RiskCategory.THREAT_FROM_OTHERS,
    RiskCategory.WEAPON,
    RiskCategory.HARM_TO_OTHERS,
    RiskCategory.SEXUAL_EXPLOITATION,
    RiskCategory.HOME_UNSAFE,
    RiskCategory.CRIMINAL_EXPLOITATION,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What was known of a conversation before this message."""

    level: RiskLevel = RiskLevel.NONE
    categories: frozenset[RiskCategory] = frozenset()


def assess(reading: Reading, before: Standing, anew: bool = False) -> Assessment:
    """The level never falls here: only a named person lowers it. `anew`: the writer may be
    somebody else than before, so danger that was told of already is told of again."""
    level = max(before.level, reading.risk.level)
    categories = before.categories | reading.risk.categories
    worse = reading.risk.level > before.level
    wider = (
        reading.risk.level >= RiskLevel.HIGH and not reading.risk.categories <= before.categories
    )
    why = (reading.risk.why,) if reading.risk.why else ()
    return Assessment(
        level=level,
        message_level=reading.risk.level,
        categories=categories,
        raised=worse or wider or (anew and reading.risk.level >= RiskLevel.HIGH),
        why=why,
    )


def priority_of(level: RiskLevel) -> Priority:
    match level:
        case RiskLevel.IMMEDIATE:
            return Priority.IMMEDIATE
        case RiskLevel.HIGH:
            return Priority.HIGH
        case RiskLevel.CONCERN:
            return Priority.CONCERN
        case RiskLevel.NONE:
            return Priority.ROUTINE
        case _:
            assert_never(level)


def words_kind(risk: Risk) -> RiskCategory | None:
    """What the emergency words are about; None is the words that fit any danger.

    Only signals at the level of the message count, and phrases before the model. A life at risk
    by one's own hand decides, then a wound that a signal is wholly about. Else each signal has
    one vote, shared among its categories; of equals the one told at most length, since it saw
    who does what to whom.
    """
    named = _naming(risk)
    told = {category for signal in named for category in signal.categories}
    if not told:
        return None if risk.signals else _first(risk.categories)
    if RiskCategory.SELF_HARM in told:
        return RiskCategory.SELF_HARM
    if any(signal.categories == {RiskCategory.INJURY} for signal in named):
        return RiskCategory.INJURY
    best = max(_weight(category, named) for category in told)
    return _first({category for category in told if _weight(category, named) == best})


def _naming(risk: Risk) -> tuple[Signal, ...]:
    """The signals that may choose words. Where the model alone is as worried as the message and
    phrases told of another danger, only what both name is left, if anything."""
    top = tuple(signal for signal in risk.signals if signal.level is risk.level)
    phrases = tuple(signal for signal in top if signal.source == "lexicon")
    grave = (each for each in risk.signals if each.level >= RiskLevel.HIGH)
    below = {name for each in grave if each.source == "lexicon" for name in each.categories}
    if phrases or not below:
        return phrases or top
    return tuple(replace(signal, categories=signal.categories & below) for signal in top)


def _weight(category: RiskCategory, signals: Collection[Signal]) -> tuple[Fraction, int]:
    """Votes for a category, then the characters of its longest signal."""
    about = [signal for signal in signals if category in signal.categories]
    votes = sum((Fraction(1, len(signal.categories)) for signal in about), Fraction())
    return votes, max(signal.end - signal.start for signal in about)


def _first(categories: Collection[RiskCategory]) -> RiskCategory | None:
    return next((category for category in _WORDS_FOR if category in categories), None)


def emergency_words(kind: RiskCategory | None, people: People) -> Say:
    """The words for a kind of danger, true about the team."""
    name = kind.value.replace("_", "-") if kind else "general"
    return Say(f"emergency-{name}-{people.value}", urgent=True)


def danger_effects(
    assessment: Assessment, reading: Reading, people: People, words: bool
) -> tuple[Effect, ...]:
    """What one message read as high or immediate always leads to. The words are about what this
    message says; what was heard before counts only where it names nothing."""
    level = assessment.level
    effects: tuple[Effect, ...] = (
        OpenTicket(TicketReason.RISK, priority_of(level)),
        StartPage(level),
    )
    if words:
        risk = reading.risk
        kind = words_kind(risk) if risk.categories else _first(assessment.categories)
        return (emergency_words(kind, people), *effects)
    return effects


def guard(
    effects: tuple[Effect, ...], assessment: Assessment, reading: Reading, people: People
) -> tuple[Effect, ...]:
    """The engine's wishes, with what safety demands put first.

    High or immediate: emergency words, ticket and page (the words again at each immediate
    message and at each rise; a high level already told of is not told again). Concern: a ticket.
    With Rasa away a message that no keyword explains, and that answers no question, goes to a
    person as well.
    """
    level = assessment.message_level
    if level >= RiskLevel.HIGH:
        words = assessment.raised or level is RiskLevel.IMMEDIATE
        danger = danger_effects(assessment, reading, people, words)
        return danger + tuple(effect for effect in effects if effect not in danger)
    if level is RiskLevel.CONCERN:
        return (OpenTicket(TicketReason.RISK, priority_of(assessment.level)), *effects)
    took_an_answer = any(isinstance(effect, SaveReferral) for effect in effects)
    if not reading.rasa_answered and reading.intent is None and not took_an_answer:
        return (*effects, OpenTicket(TicketReason.NOT_UNDERSTOOD, Priority.CONCERN))
    return effects


@dataclass(frozen=True, slots=True)
class Hold:
    """Whether a person has the conversation, and since when their console is silent."""

    is_held: bool
    seen_at: datetime | None

    def lets_speak(self, now: datetime) -> bool:
        """Whether emergency words may go out: nobody is there to be talked over."""
        if not self.is_held or self.seen_at is None:
            return True
        return now - self.seen_at > CONSOLE_AWAY


def guard_while_held(
    assessment: Assessment, reading: Reading, people: People, hold: Hold, now: datetime
) -> tuple[Effect, ...]:
    """A person has the conversation: raise risk, ticket and page, but do not talk over them,
    unless their console has been away for `CONSOLE_AWAY`."""
    if assessment.message_level < RiskLevel.CONCERN:
        return ()
    if assessment.message_level is RiskLevel.CONCERN:
        return (OpenTicket(TicketReason.RISK, priority_of(assessment.level)),)
    return danger_effects(assessment, reading, people, words=hold.lets_speak(now))
