"""A text is made to fit: cheap where typography allows, whole where a name does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.segments import SMS_LIMIT, fit_sms, is_gsm, plain, split
from bot.messages import Choice


def test_typography_becomes_plain() -> None:
    """Curly quotes, long dashes and an ellipsis cost an alphabet, so they go."""
    assert plain("“It’s OK” – really… yes") == '"It\'s OK" - really... yes'


@pytest.mark.parametrize("name", ["Łukasz", "Șerban", "Zoë", "José", "नेहा", "Ňina"])
def test_a_name_is_never_spelt_otherwise(name: str) -> None:
    """Accents of a name stay, whether or not the seven-bit alphabet has them."""
    assert name in plain(f"Thanks {name}")


def test_a_text_that_cannot_be_plain_is_left_as_it_is() -> None:
    """Once a letter needs the wide alphabet, nothing is gained by plainer quotes."""
    assert plain("Łukasz said “yes”") == "Łukasz said “yes”"


def test_isolating_marks_go() -> None:
    """Marks that some phones show as boxes are taken out, in either alphabet."""
    assert plain("Hi \u2068Łukasz\u2069, ring \u2066999\u2069") == "Hi Łukasz, ring 999"


def test_letters_in_two_pieces_become_one() -> None:
    """An e with a loose accent is the é that the seven-bit alphabet has."""
    assert is_gsm(plain("cafe\u0301"))


def test_choices_stand_on_lines_of_their_own() -> None:
    """Without buttons each choice is a line that can be typed back."""
    parts = fit_sms("Who is this about?", (Choice("self", "Me"), Choice("child", "My child")))
    assert parts == ("Who is this about?\nMe\nMy child",)


def test_a_short_text_is_one_part() -> None:
    """At the limit exactly nothing is cut."""
    assert len(fit_sms("a" * SMS_LIMIT)) == 1


def test_a_long_text_is_cut_at_sentence_ends() -> None:
    """Each part ends with a whole sentence where there is one."""
    sentence = "You can stop whenever you like and nobody will be cross. "
    parts = fit_sms(sentence * 12)
    assert len(parts) > 1
    assert all(part.endswith("cross.") for part in parts)


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    """No word is torn where there is a space to cut at."""
    words = ["safeguarding"] * 60
    parts = split(" ".join(words), 100)
    assert [word for part in parts for word in part.split()] == words


@given(st.text(max_size=900), st.integers(min_value=10, max_value=SMS_LIMIT))
def test_no_character_that_shows_is_lost(text: str, limit: int) -> None:
    """Whatever the text and the limit, only white space at cuts goes and no part is too long."""
    parts = split(text, limit)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(len(part) <= limit for part in parts)
