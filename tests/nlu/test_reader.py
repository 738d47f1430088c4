"""How words, Rasa and the question that was asked become one reading."""

import pytest

from nlu.rasa import RasaAnswer, RasaRisk
from nlu.reader import Heard, combine
from nlu.reading import (
    Asked,
    Entity,
    EntityName,
    Intent,
    RiskCategory,
    RiskLevel,
    Signal,
)


def signal(level: RiskLevel) -> Signal:
    return Signal(level, frozenset({RiskCategory.WEAPON}), "lexicon", "en.knife", 0, 5)


def answer(intent: Intent | None, level: RiskLevel = RiskLevel.NONE) -> RasaAnswer:
    found = frozenset({RiskCategory.SELF_HARM}) if level else frozenset[RiskCategory]()
    return RasaAnswer(intent, 0.6, RasaRisk(level, found, 0.5, "v1", ((0, 4),)))


@pytest.mark.parametrize("words", list(RiskLevel))
@pytest.mark.parametrize("model", list(RiskLevel))
def test_the_higher_level_wins(words: RiskLevel, model: RiskLevel) -> None:
    """A level is not talked down by the other side's silence."""
    signals = (signal(words),) if words is not RiskLevel.NONE else ()
    reading = combine(Heard(signals), answer(None, model), "some text", None)
    assert reading.risk.level is max(words, model)


@pytest.mark.parametrize(
    ("words", "believed"),
    [
        (RiskLevel.CONCERN, RiskLevel.CONCERN),
        (RiskLevel.HIGH, RiskLevel.CONCERN),
        (RiskLevel.IMMEDIATE, RiskLevel.HIGH),
    ],
)
def test_a_word_that_the_model_is_sure_is_harmless_counts_one_level_less(
    words: RiskLevel, believed: RiskLevel
) -> None:
    """A person still looks, at once where it sounded like now; words and doubt are on record."""
    sure = RasaAnswer(None, 0.6, RasaRisk(RiskLevel.NONE, frozenset(), 0.0, "v1", (), True))
    reading = combine(Heard((signal(words),)), sure, "blade runner is on", None)
    assert reading.risk.level is believed
    assert reading.risk.why.endswith("lexicon:en.knife")
    assert [one.entry for one in reading.risk.signals] == ["en.knife"]


def test_without_rasa_words_alone_are_believed() -> None:
    """Rasa away: the lexicon's danger stands, and the reading says who answered."""
    reading = combine(Heard((signal(RiskLevel.IMMEDIATE),)), None, "knife", None)
    assert reading.risk.level is RiskLevel.IMMEDIATE
    assert reading.risk.why == "lexicon:en.knife"
    assert not reading.rasa_answered


def test_a_command_is_not_danger_because_the_model_says_so() -> None:
    """A whole-message command with no risky word is not raised by the model; the guard is named."""
    heard = Heard(keyword=Intent.STOP)
    reading = combine(heard, answer(Intent.ABUSE, RiskLevel.HIGH), "stop", None)
    assert (reading.intent, reading.risk.level) == (Intent.STOP, RiskLevel.NONE)
    assert reading.risk.why == "command_not_danger"


def test_a_bare_answer_is_read_in_the_light_of_the_question() -> None:
    """`15` after `how old are you?` is a fact, whatever Rasa takes it for."""
    heard = Heard(entities=(Entity(EntityName.AGE, 15, 0, 2),))
    asked = Asked("age", EntityName.AGE)
    assert combine(heard, answer(Intent.OUT_OF_SCOPE), "15", asked).intent is Intent.INFORM
    assert combine(heard, answer(Intent.OUT_OF_SCOPE), "15", None).intent is Intent.OUT_OF_SCOPE


def test_a_question_back_is_not_taken_for_an_answer() -> None:
    """`who will you tell` stays a question, though a name was asked for."""
    asked = Asked("name", "text")
    reading = combine(Heard(), answer(Intent.ASK_PRIVACY), "who will you tell", asked)
    assert reading.intent is Intent.ASK_PRIVACY
