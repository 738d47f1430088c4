"""Rendering: the right words, for the right channel, and never an id."""

import re
import unicodedata

import pytest

from bot.content_files import read_content
from bot.dialogue.book import load_book
from bot.dialogue.turn import Say
from bot.dialogue.words import render
from bot.messages import ChannelName, Choice
from nlu.reading import Language
from tests.bot.talking import CONTENT, book


def test_choices_are_tapped_where_they_can_be() -> None:
    """Web shows chips whose values are the ids."""
    say = Say("ask-self-send", choices=("send-it", "not-now"))
    _, choices = render(say, book(), Language.EN, ChannelName.WEB)
    assert choices == (Choice("send-it", "Send it"), Choice("not-now", "Not now"))


@pytest.mark.parametrize("channel", [ChannelName.SMS, ChannelName.VOICE])
def test_choices_are_named_in_the_text_where_nothing_can_be_tapped(channel: ChannelName) -> None:
    """A plain phone hears what it can say."""
    say = Say("ask-self-send", choices=("send-it", "not-now"))
    text, choices = render(say, book(), Language.EN, channel)
    assert text.endswith("You can say: Send it, Not now.")
    assert choices == ()


def test_no_invisible_marks_on_sms() -> None:
    """They would make every text message cost double."""
    say = Say("worker-joined", {"name": "Sam", "minutes": 45})
    assert render(say, book(), Language.EN, ChannelName.SMS)[0].startswith("Sam is here now")
    assert "\u2068Sam\u2069" in render(say, book(), Language.EN, ChannelName.WEB)[0]


def test_a_language_without_the_text_falls_back_to_english() -> None:
    """Some words are better than none."""
    files = {**read_content(CONTENT), "languages/pl/talk.ftl": "bye = Do zobaczenia.\n"}
    both = load_book(files)
    assert render(Say("bye"), both, Language.PL, ChannelName.WEB)[0] == "Do zobaczenia."
    english = render(Say("stay"), both, Language.EN, ChannelName.WEB)
    assert render(Say("stay"), both, Language.PL, ChannelName.WEB) == english


def test_an_unknown_text_is_never_shown_as_an_id() -> None:
    """The person reads that something broke and a person will look."""
    holding = render(Say("holding"), book(), Language.EN, ChannelName.WEB)
    assert render(Say("no-such-text"), book(), Language.EN, ChannelName.WEB) == holding


@pytest.mark.parametrize(
    ("role", "first"), [("leads_a_programme", "Partly"), ("partner", "Partly"), ("none", "No")]
)
def test_the_answer_about_police_follows_the_deployment(role: str, first: str) -> None:
    """True words come from a setting; the first of them is yes, no or partly."""
    files = dict(read_content(CONTENT))
    files["deployment.yaml"] = f"police_role: {role}\n"
    text, _ = render(Say("truth-police"), load_book(files), Language.EN, ChannelName.SMS)
    assert text.startswith(first)


@pytest.mark.parametrize("language", [Language.UR, Language.AR])
@pytest.mark.parametrize("channel", [ChannelName.SMS, ChannelName.WEB])
def test_a_number_is_read_the_right_way_round_from_right_to_left(
    language: Language, channel: ChannelName
) -> None:
    """Beside Arabic letters `116 123` with a plain space is shown as `123 116`: whoever rings that
    reaches nobody. The space in it is one that takes part in a number."""
    spoken = book().words[language]
    numbers = 0
    for text_id in spoken.entries:
        text, _ = render(Say(text_id), book(), language, channel)
        assert not re.search(r"\d \d{3}", text), text_id
        numbers += len(re.findall("\\d\u00a0\\d{3}", text))
    assert numbers > 30
    assert unicodedata.bidirectional("\u00a0") == "CS"
    english, _ = render(Say("emergency-general-trying"), book(), Language.EN, channel)
    assert "0800 1111" in english
