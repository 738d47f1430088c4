"""The rules of worry, over every reading there can be: danger always leaves with its three."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.lookups import People
from bot.dialogue.turn import (
    Assessment,
    Effect,
    OpenTicket,
    Priority,
    SaveReferral,
    Say,
    SetOptOut,
    StartPage,
    TicketReason,
)
from bot.dialogue.turn import ReferralKind as Kind
from bot.rules import safety
from bot.rules.safety import PRIORITY_RANK, Hold, Standing
from nlu.reading import Intent, Reading, Risk, RiskCategory, RiskLevel

NOW = datetime(2026, 3, 10, 19, 30, tzinfo=UTC)
LEVELS = st.sampled_from(RiskLevel)
CATEGORIES = st.frozensets(st.sampled_from(RiskCategory))
RISKS = st.builds(Risk, level=LEVELS, categories=CATEGORIES)
READINGS = st.builds(
    Reading,
    risk=RISKS,
    intent=st.none() | st.sampled_from(Intent),
    rasa_answered=st.booleans(),
)
STANDINGS = st.builds(Standing, level=LEVELS, categories=CATEGORIES)
EFFECTS = st.lists(
    st.one_of(
        st.builds(Say, st.sampled_from(["ask-age", "emergency-weapon-trying", "greeting"])),
        st.builds(OpenTicket, st.sampled_from(TicketReason), st.sampled_from(Priority)),
        st.builds(StartPage, LEVELS),
        st.builds(SetOptOut, st.booleans()),
        st.just(SaveReferral(Kind.SELF, {}, None, "draft")),
    ),
    max_size=5,
).map(tuple)


def guarded(
    reading: Reading, before: Standing, effects: tuple[Effect, ...], people: People = People.TRYING
) -> tuple[Assessment, tuple[Effect, ...]]:
    assessment = safety.assess(reading, before)
    return assessment, safety.guard(effects, assessment, reading, people)


def urgent(effects: tuple[Effect, ...]) -> list[Say]:
    return [effect for effect in effects if isinstance(effect, Say) and effect.urgent]


@given(READINGS, STANDINGS, EFFECTS, st.sampled_from(People))
def test_danger_always_leaves_with_words_ticket_and_page(
    reading: Reading, before: Standing, effects: tuple[Effect, ...], people: People
) -> None:
    """Whatever the content wished for: ticket and page at once, and words at each immediate
    message and at each rise."""
    assessment, done = guarded(reading, before, effects, people)
    if reading.risk.level < RiskLevel.HIGH:
        return
    worst = safety.priority_of(assessment.level)
    assert OpenTicket(TicketReason.RISK, worst) in done
    assert StartPage(assessment.level) in done
    if reading.risk.level is RiskLevel.IMMEDIATE or reading.risk.level > before.level:
        (words,) = urgent(done)
        assert words.text.startswith("emergency-")
        assert words.text.endswith(people.value)


@given(READINGS, STANDINGS, EFFECTS)
def test_the_guard_takes_nothing_away(
    reading: Reading, before: Standing, effects: tuple[Effect, ...]
) -> None:
    """What the conversation wished for still happens, in its order, after what safety demands."""
    _, done = guarded(reading, before, effects)
    assert all(effect in done for effect in effects)


@given(st.lists(READINGS, min_size=1, max_size=6), STANDINGS)
def test_the_floor_never_falls(readings: list[Reading], before: Standing) -> None:
    """Whatever somebody writes next, the level and what it is about only grow."""
    standing = before
    for reading in readings:
        assessment = safety.assess(reading, standing)
        assert assessment.level >= standing.level
        assert assessment.level >= reading.risk.level
        assert assessment.categories >= standing.categories
        standing = Standing(assessment.level, assessment.categories)


@given(READINGS, STANDINGS)
def test_any_sign_of_risk_reaches_a_person(reading: Reading, before: Standing) -> None:
    """From concern upwards there is a ticket, at least as urgent as the message."""
    _, done = guarded(reading, before, ())
    if reading.risk.level is RiskLevel.NONE:
        return
    ranks = [PRIORITY_RANK[each.priority] for each in done if isinstance(each, OpenTicket)]
    assert max(ranks) >= PRIORITY_RANK[safety.priority_of(reading.risk.level)]


@given(READINGS, STANDINGS, st.sampled_from(People), st.none() | st.integers(0, 600))
def test_while_held_danger_pages_and_talks_over_nobody(
    reading: Reading, before: Standing, people: People, silent: int | None
) -> None:
    """Ticket and page as ever; words only where the holder's console has been away a minute."""
    assessment = safety.assess(reading, before)
    seen_at = None if silent is None else NOW - timedelta(seconds=silent)
    done = safety.guard_while_held(assessment, reading, people, Hold(True, seen_at), NOW)
    if reading.risk.level >= RiskLevel.HIGH:
        assert StartPage(assessment.level) in done
        assert any(isinstance(effect, OpenTicket) for effect in done)
        assert bool(urgent(done)) is (silent is None or silent > 60)
    else:
        assert not urgent(done)


@pytest.mark.parametrize("level", [RiskLevel.HIGH, RiskLevel.IMMEDIATE])
def test_the_words_are_about_what_this_message_says(level: RiskLevel) -> None:
    """Earlier thoughts of self-harm do not choose the words for a knife at the door."""
    before = Standing(RiskLevel.CONCERN, frozenset({RiskCategory.SELF_HARM}))
    reading = Reading(risk=Risk(level, frozenset({RiskCategory.WEAPON})))
    _, done = guarded(reading, before, ())
    (words,) = urgent(done)
    assert words.text == "emergency-weapon-trying"


def test_of_several_dangers_the_words_are_for_what_kills_soonest() -> None:
    """A weapon and thoughts of suicide in one message: the words for the latter."""
    both = frozenset({RiskCategory.WEAPON, RiskCategory.SELF_HARM})
    reading = Reading(risk=Risk(RiskLevel.IMMEDIATE, both))
    _, done = guarded(reading, Standing(), ())
    assert urgent(done)[0].text == "emergency-self-harm-trying"


def test_a_high_level_told_of_is_not_told_again() -> None:
    """The second message of the same worry pages, but does not repeat the same words."""
    weapon = frozenset({RiskCategory.WEAPON})
    reading = Reading(risk=Risk(RiskLevel.HIGH, weapon))
    _, done = guarded(reading, Standing(RiskLevel.HIGH, weapon), ())
    assert not urgent(done)
    assert StartPage(RiskLevel.HIGH) in done
