"""The content that is delivered: sound, plain, and true in many wordings."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.dialogue.check import check
from bot.dialogue.check_words import flow_texts, reading_age, variants
from bot.dialogue.topics import said, topic_of
from bot.dialogue.turn import Say
from bot.dialogue.words import render
from bot.messages import ChannelName
from nlu.normalise import fold
from nlu.reading import Language, Reading
from nlu.yaml_files import load_yaml
from tests.bot.talking import book
from tests.conftest import FIGURE

_QUESTIONS = Path(__file__).parent / "transcripts" / "questions" / "en.yaml"


def _questions() -> list[tuple[str, str]]:
    asked = load_yaml(_QUESTIONS, dict[str, list[str]])
    return [(text, answer) for answer, texts in asked.items() for text in texts]


def test_the_content_may_go_out() -> None:
    """`handrail content check` finds nothing."""
    assert check(book(), date(2026, 11, 23)) == ()


@pytest.mark.parametrize("flow", sorted(book().flows))
def test_every_flow_can_be_read_at_nine(
    flow: str, record_property: Callable[[str, object], None]
) -> None:
    """Flesch-Kincaid grade + 5 over the joined texts of the flow."""
    words = book().words[Language.EN]
    texts = [text for name in flow_texts(book().flows[flow]) for text in variants(words, name)]
    age = reading_age(tuple(texts))
    assert age <= 9
    record_property(FIGURE, f"reading age of the flow {flow}: {age:.1f} (aim: at most 9)")


@pytest.mark.parametrize(("text", "answer"), _questions())
def test_a_question_of_truth_gets_its_answer(text: str, answer: str) -> None:
    """Heard by its words alone, with no model at all."""
    topic = topic_of(text, Reading(), book().topics[Language.EN])
    assert topic is not None
    assert topic.says == answer


@pytest.mark.parametrize(
    "story",
    [
        "the police came to my house last week",
        "my mum shouts at me",
        "he got excluded from school",
        "i owe them money",
        "social worker came round once",
        "my teacher is worried about him",
        "they said they will find me",
    ],
)
def test_a_story_is_not_taken_for_a_question(story: str) -> None:
    """Who only tells of police or parents has asked nothing."""
    assert topic_of(story, Reading(), book().topics[Language.EN]) is None


def test_there_are_enough_wordings() -> None:
    """At least 150 ways to ask for the truth."""
    assert len(_questions()) >= 150


@pytest.mark.parametrize("form", ["trying", "nobody"])
def test_emergency_words_are_complete_and_true(form: str) -> None:
    """999, a listening line, staying in the chat, and only what is true of people."""
    ids = [
        name
        for name in book().words[Language.EN].entries
        if name.startswith("emergency-") and name.endswith(f"-{form}")
    ]
    assert len(ids) == 10
    for text_id in ids:
        text, _ = render(Say(text_id), book(), Language.EN, ChannelName.SMS)
        assert "ring 999" in text
        assert any(line in text for line in ("0800 1111", "116 123", "116 000"))
        assert "writing to me" in text
        expected = "We are trying to reach a person" if form == "trying" else "Nobody from the team"
        assert expected in text


def test_every_phrase_of_a_topic_hears_itself() -> None:
    """A phrase written in a way that can never be heard would be a dead line."""
    for topic in book().topics[Language.EN].topics:
        for phrase in topic.phrases:
            plain = " ".join(token.split("/")[0] for token in phrase.split())
            assert said(fold(plain).split(), phrase), phrase
