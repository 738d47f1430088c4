"""Whole messages that are commands, and messages that only look like one."""

from pathlib import Path

import pytest

from nlu.keyword_files import load_keyword_book
from nlu.keywords import is_start_word, keyword_intent
from nlu.reading import Asked, Intent, Language

BOOK = load_keyword_book(Path(__file__).parents[2] / "content")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("STOP", Intent.STOP),
        ("Unsubscribe!", Intent.STOP),
        ("unsubcribe", Intent.STOP),
        ("human pls", Intent.ASK_HUMAN),
        ("skip", Intent.DONT_KNOW),
        ("back", Intent.CHANGE_ANSWER),
        ("start again", Intent.RESTART),
        ("nahhh", Intent.DENY),
        ("yeah bro", Intent.AFFIRM),
        ("heyyy", Intent.GREET),
        ("thx", Intent.THANK),
        ("\U0001f44d", Intent.AFFIRM),
    ],
)
def test_a_command_is_known_however_it_is_typed(text: str, intent: Intent) -> None:
    """Case, marks, stretches, a polite word and one slip do not hide a command."""
    assert keyword_intent(text, Language.EN, None, BOOK) is intent


@pytest.mark.parametrize(
    "text", ["stop hitting me", "how do i exit my gang", "they cancel me at school", "", "no one"]
)
def test_speech_is_no_keyword(text: str) -> None:
    """A keyword inside a sentence is speech."""
    assert keyword_intent(text, Language.EN, None, BOOK) is None


def test_a_letter_answers_only_a_yes_or_no_question() -> None:
    """'y' is yes after such a question and nothing otherwise."""
    assert keyword_intent("y", Language.EN, Asked(expects="yes_no"), BOOK) is Intent.AFFIRM
    assert keyword_intent("y", Language.EN, None, BOOK) is None


def test_a_word_to_start_stands_alone() -> None:
    """Only by itself does it open the line again."""
    assert is_start_word("Start", BOOK)
    assert not is_start_word("how do i start", BOOK)
