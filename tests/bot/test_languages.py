"""Other languages: offered once whole, marked as drafts, right in every detail that is checked."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from bot.content_files import read_content
from bot.dialogue.book import Book, conversational, fingerprint, load_book, public
from bot.dialogue.check import check
from bot.dialogue.check_words import BUTTON
from bot.dialogue.engine import step
from bot.dialogue.turn import Say, State, Turn
from bot.dialogue.words import render
from bot.messages import ChannelName
from nlu.reading import Language
from tests.bot.any_turn import turns
from tests.bot.talking import CONTENT, Conversation, Line, book, heard

_DAY = date(2026, 11, 23)
_OTHERS = sorted(set(book().words) - {Language.EN})


def _files() -> dict[str, str]:
    return dict(read_content(CONTENT))


def _with(name: str, old: str, new: str) -> Book:
    files = _files()
    assert old in files[name], old
    return load_book({**files, name: files[name].replace(old, new, 1)})


def _found(changed: Book) -> list[str]:
    return [finding.what for finding in check(changed, _DAY)]


@pytest.mark.parametrize("language", _OTHERS)
def test_a_language_with_words_is_offered_as_a_draft(language: Language) -> None:
    """Whole, and read by no human yet."""
    assert language in book().offered
    assert language in book().drafts


@pytest.mark.parametrize("language", _OTHERS)
def test_nothing_is_left_in_english(language: Language) -> None:
    """Every text of a conversation is another text in another language, names aside."""
    english, own = book().words[Language.EN], book().words[language]
    for text_id in conversational(book(), Language.EN):
        same = own.text(text_id, {}, marks=False) == english.text(text_id, {}, marks=False)
        assert not same, text_id


@pytest.mark.parametrize("language", _OTHERS)
def test_every_choice_can_be_typed_as_it_is_shown(language: Language) -> None:
    """A button's words, typed on a phone without buttons, mean the same choice."""
    for flow in book().flows.values():
        for one in flow.steps:
            for choice in one.choices:
                label, _ = render(Say(f"choice-{choice}"), book(), language, ChannelName.SMS)
                assert len(label) <= BUTTON
                state = State(flow=flow.id, step=one.id, greeted=True, notice="v")
                talk = Conversation(state=state.model_copy(update={"language": language}))
                talk.says(Line(label, language=Language.EN))
                assert talk.state.step != one.id or not flow.kind, (language, label)


def test_a_language_that_lacks_a_text_is_not_offered() -> None:
    """Nobody is spoken to in English halfway; the check says what is missing."""
    lame = _with("languages/pl/talk.ftl", "stay = ", "stayed = ")
    assert Language.PL not in lame.offered
    assert {"text stay is missing", "stayed is no text of English"} <= {*_found(lame)}


def test_a_deployment_can_switch_drafts_off() -> None:
    """Then the writer hears that a person helps with the language."""
    strict = _with("deployment.yaml", "programme_check_days", "drafts: false\nprogramme_check_days")
    assert strict.offered == {Language.EN}


def test_a_draft_says_once_that_a_computer_translated_it() -> None:
    """With the first words in that language, and never again."""
    talk = Conversation()
    first = talk.says(Line("polski", "change_language"))
    assert heard(first)[:2] == ["hello", "translated"]
    assert "translated" not in heard(talk.says(Line("ja")))


def test_a_text_that_a_human_read_is_no_draft_until_it_changes() -> None:
    """The mark holds the text as it was read: another wording must be read again."""
    words = book().words[Language.PL]
    marks = [
        f"  {text_id}: {{by: Ala, on: 2026-12-01, of: '{fingerprint(words, text_id)}'}}"
        for text_id in (*conversational(book(), Language.PL), *public(book(), Language.PL))
    ]
    review = "\n".join(["language: pl", "texts:", *marks])
    files = {**_files(), "languages/pl/review.yaml": review}
    assert Language.PL not in load_book(files).drafts
    assert check(load_book(files), _DAY) == ()
    talk = files["languages/pl/talk.ftl"]
    files["languages/pl/talk.ftl"] = talk.replace("stay = ", "stay = No. ", 1)
    assert Language.PL in load_book(files).drafts
    assert "stay changed since Ala read it" in _found(load_book(files))


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("languages/pl/review.yaml", "  stay: draft\n", "", "stay is not marked"),
        ("languages/pl/emergency.ftl", "pod 999. Z", "pod 112. Z", "other numbers"),
        ("languages/ur/emergency.ftl", "999 پر", "۹۹۸ پر", "other numbers"),
        ("languages/pl/talk.ftl", "{ $name } jest", "Ala jest", "other placeholders"),
        ("languages/pl/talk.ftl", "choice-me = Ja", "choice-me = " + "Ja" * 11, "than a button"),
        ("languages/pl/talk.ftl", "Napisz: osoba, a", "A", "hello names no way to a person"),
    ],
)
def test_a_mistake_in_a_translation_is_found(name: str, old: str, new: str, what: str) -> None:
    """Numbers, placeholders, marks, buttons, and the way to a person."""
    assert any(what in found for found in _found(_with(name, old, new)))


@pytest.mark.parametrize("language", _OTHERS)
def test_emergency_words_keep_their_numbers(language: Language) -> None:
    """999 and the listening lines, in figures that a phone can dial."""
    for text_id in conversational(book(), Language.EN):
        if text_id.startswith("emergency-"):
            text, _ = render(Say(text_id), book(), language, ChannelName.SMS)
            assert "999" in text
            assert text.replace("\u00a0", " ").isprintable()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(turn=turns)
def test_the_engine_never_fails_in_another_language(turn: Turn) -> None:
    """Any message, in a conversation that is held in Urdu: every answer has words there."""
    state = State(flow="self", step="name", greeted=True, notice="v", language=Language.UR)
    after, effects = step(state, turn, book())
    known = book().words[after.language].entries
    assert all(effect.text in known for effect in effects if isinstance(effect, Say))


@pytest.mark.parametrize(
    ("language", "comma"), [(Language.UR, "،"), (Language.AR, "،"), (Language.PL, ",")]
)
def test_choices_in_a_text_are_told_apart_as_the_language_does(
    language: Language, comma: str
) -> None:
    """Beside Arabic letters a Latin comma stands on the wrong side."""
    offered = Say("ask-who", choices=("me", "my-child", "a-friend"))
    text, _ = render(offered, book(), language, ChannelName.SMS)
    assert text.count(f"{comma} ") >= 2
