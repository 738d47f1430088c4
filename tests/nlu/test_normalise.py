"""Odd spellings made comparable, and the way back to the text as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalise import Spelling, fold, normalise

KNOWN = Spelling(frozenset({"knife", "stab", "kill", "help", "my", "self", "myself"}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("KN1FE", ["knife"]),
        ("st@b", ["stab"]),
        ("k!ll", ["kill"]),
        ("heeeelp", ["help"]),
        ("k i l l", ["kill"]),
        ("k i l l m y s e l f", ["kill", "myself"]),
        ("\U0001f52a", ["knife"]),
        ("h\u0435lp", ["help"]),
        ("h\u200bel\u202ep", ["help"]),
        ("ｈｅｌｐ", ["help"]),
        ("can't", ["cant"]),
        ("j'ai", ["j", "ai"]),
        ("nóż", ["noz"]),
        ("999", ["999"]),
    ],
)
def test_one_spelling_for_many(text: str, words: list[str]) -> None:
    """Leetspeak, stretches, spaced letters, emoji and look-alikes lead to the plain word."""
    assert [token.word for token in normalise(text, KNOWN)] == words


@given(st.text(max_size=200))
def test_offsets_lie_in_order_inside_the_text(text: str) -> None:
    """Whatever was typed, every word knows where it came from."""
    before = 0
    for token in normalise(text, KNOWN):
        assert before <= token.start < token.end <= len(text)
        before = token.end


@given(
    st.text(st.characters(categories=["Lu", "Ll", "Zs", "Po"], max_codepoint=0x7F), max_size=100)
)
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is comparable stays as it is."""
    assert fold(fold(text)) == fold(text)
