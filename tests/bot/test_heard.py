"""What is heard in every language: the truth asked for, the exit word, delete, withdraw, a wish for
another language."""

from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.hearing import heard_in
from bot.dialogue.nodes import Heard
from bot.dialogue.topics import topics_in
from bot.dialogue.turn import Erase, Hide, RecordConsent, Say, State
from bot.dialogue.words import render
from bot.errors import BadContent
from bot.messages import ChannelName
from nlu.normalise import fold
from nlu.reading import Language
from nlu.yaml_files import load_yaml
from tests.bot.talking import Conversation, Line, book, heard

_FOLDER = Path(__file__).resolve().parents[1] / "transcripts" / "questions"
_OTHERS = sorted(set(book().words) - {Language.EN})
_LEAST_PHRASINGS = 150


def _questions(language: Language) -> list[tuple[str, str]]:
    asked = load_yaml(_FOLDER / f"{language}.yaml", dict[str, list[str]])
    return [(text, answer) for answer, texts in asked.items() for text in texts]


def _every() -> list[Any]:
    return [
        pytest.param(language, text, answer, id=f"{language.value}: {text}")
        for language in _OTHERS
        for text, answer in _questions(language)
    ]


def _under_way(language: Language) -> Conversation:
    """Somebody who is asked for a name, in their own language."""
    said = {"reason": "they want me to carry things"}
    state = State(flow="self", step="name", greeted=True, notice="v", language=language)
    state = state.model_copy(update={"fields": said, "trail": ("name",)})
    return Conversation(state=state.model_copy(update={"told": frozenset({"translated"})}))


@pytest.mark.parametrize(("language", "text", "answer"), _every())
def test_the_truth_is_told_in_every_language(language: Language, text: str, answer: str) -> None:
    """In the same turn, as the first words somebody writes and in the middle of a flow, after
    which the same question waits."""
    first = Conversation().says(Line(text, language=language))
    assert answer in heard(first)
    talk = _under_way(language)
    assert heard(talk.says(Line(text, language=language))) == [answer, "ask-self-name"]


_FIRST_WORDS = {
    Language.AR: ("نعم", "لا", "جزئيا"),
    Language.FR: ("oui", "non", "en partie"),
    Language.PA: ("ਹਾਂ", "ਨਹੀਂ", "ਕੁਝ"),
    Language.PL: ("tak", "nie", "czesciowo"),
    Language.PT: ("sim", "nao", "em parte"),
    Language.RO: ("da", "nu", "partial"),
    Language.SO: ("haa", "maya", "qayb"),
    Language.UR: ("جی ہاں", "نہیں", "کچھ"),
}
_YES_NO = ("police", "social", "parents", "school", "cost", "bot", "privacy", "anonymous", "refuse")


@pytest.mark.parametrize("language", _OTHERS)
def test_a_yes_no_question_is_answered_first_in_every_language(language: Language) -> None:
    """Yes, no or partly, before anything else."""
    firsts = tuple(map(fold, _FIRST_WORDS[language]))
    for name in _YES_NO:
        told, _ = render(Say(f"truth-{name}"), book(), language, ChannelName.SMS)
        assert fold(told).startswith(firsts), (language, name, told)


def test_there_are_enough_phrasings() -> None:
    """At least 150 in English, and every topic that the bot knows in every language."""
    assert len(_questions(Language.EN)) >= _LEAST_PHRASINGS
    asked = {answer for _, answer in _questions(Language.EN)}
    for language in _OTHERS:
        known = {answer for _, answer in _questions(language)}
        assert known >= asked - {"truth-enforcement", "truth-eligibility"}, language


@pytest.mark.parametrize(
    ("language", "word"),
    [
        *((Language.EN, word) for word in ("exit", "EXIT", " Exit. ")),
        (Language.PL, "wyjście"),
        (Language.PL, "Wyjscie"),
        (Language.RO, "ieșire"),
        (Language.RO, "iesire"),
        (Language.FR, "sortie"),
        (Language.PT, "sair"),
        (Language.SO, "bax"),
        (Language.AR, "خروج"),
        (Language.UR, "ایگزٹ"),
        (Language.PA, "ਬਾਹਰ"),
        *((language, "exit") for language in _OTHERS),
    ],
)
def test_the_exit_word_is_heard_in_every_language(language: Language, word: str) -> None:
    """One bland line, nobody writes any more, and the next writer is a newcomer."""
    talk = _under_way(language)
    effects = talk.says(Line(word, language=language))
    assert heard(effects) == ["hidden"]
    assert Hide() in effects
    assert heard(talk.says(Line("hi")))[0] == "hello"
    assert not talk.state.fields


@pytest.mark.parametrize("word", ["sair", "bax", "sortie"])
def test_another_languages_exit_word_may_be_a_name(word: str) -> None:
    """In an English conversation somebody may be called Sair."""
    talk = _under_way(Language.EN)
    assert heard(talk.says(Line(word))) == ["ask-self-age-area"]


_DELETE = [
    (Language.EN, "please delete everything i said", "yes delete it"),
    (Language.EN, "can you delete this chat", "delete now"),
    (Language.PL, "proszę usuńcie wszystko", "usuń teraz"),
    (Language.PL, "chcę usunąć moje wiadomości", "tak, usuń wszystko"),
    (Language.RO, "vreau să ștergeți tot", "șterge acum"),
    (Language.FR, "tu peux effacer tous mes messages", "effacer maintenant"),
    (Language.PT, "podes apagar as minhas mensagens", "apagar agora"),
    (Language.SO, "fadlan wax walba tirtir", "hadda tirtir"),
    (Language.AR, "أريد حذف كل شيء", "احذف الآن"),
    (Language.UR, "میرے سب پیغام مٹا دیں", "ابھی مٹا دیں"),
    (Language.PA, "ਮੇਰੇ ਸਾਰੇ ਮੈਸੇਜ ਮਿਟਾ ਦਿਓ", "ਹੁਣੇ ਮਿਟਾਓ"),
]


@pytest.mark.parametrize(("language", "wish", "yes"), _DELETE)
def test_delete_is_heard_in_every_language(language: Language, wish: str, yes: str) -> None:
    """It is explained first; the words that confirm it erase at once; the explanation names words
    that do."""
    talk = _under_way(language)
    assert heard(talk.says(Line(wish, language=language)))[0] == "delete-explained"
    assert Erase() in talk.says(Line(yes, language=language))
    explained = book().words[language].text("delete-explained", {}, marks=False)
    assert any(word in fold(explained or "") for word in topics_in(language, book()).erases)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.EN, "i dont want to be referred anymore"),
        (Language.PL, "wycofuję moją zgodę"),
        (Language.PL, "czekaj, nie wysyłaj tego"),
        (Language.RO, "îmi retrag acordul"),
        (Language.RO, "stai, nu trimite"),
        (Language.FR, "je retire mon accord"),
        (Language.FR, "attends, ne l'envoie pas"),
        (Language.PT, "retiro o meu consentimento"),
        (Language.PT, "espera, não envies"),
        (Language.SO, "sug, ha dirin"),
        (Language.AR, "أسحب موافقتي"),
        (Language.AR, "انتظر، لا ترسل"),
        (Language.UR, "رکیں، نہ بھیجیں"),
        (Language.PA, "ਰੁਕੋ, ਨਾ ਭੇਜੋ"),
    ],
)
def test_agreement_is_taken_back_in_every_language(language: Language, text: str) -> None:
    """What is not sent is dropped, and a person takes back what was."""
    effects = _under_way(language).says(Line(text, language=language))
    assert heard(effects)[0] == "taken-back"
    assert RecordConsent("referral", given=False) in effects


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (Language.PL, "po angielsku proszę", Language.EN),
        (Language.RO, "în engleză", Language.EN),
        (Language.FR, "en anglais", Language.EN),
        (Language.PT, "em inglês", Language.EN),
        (Language.SO, "ingiriisi", Language.EN),
        (Language.AR, "بالإنجليزية", Language.EN),
        (Language.UR, "انگریزی میں", Language.EN),
        (Language.PA, "ਅੰਗਰੇਜ਼ੀ ਵਿੱਚ", Language.EN),
        (Language.EN, "اردو", Language.UR),
        (Language.EN, "ਪੰਜਾਬੀ", Language.PA),
        (Language.EN, "العربية", Language.AR),
        (Language.EN, "polski", Language.PL),
        (Language.AR, "soomaali", Language.SO),
    ],
)
def test_the_language_is_changed_at_any_time_in_that_language(
    language: Language, text: str, wanted: Language
) -> None:
    """The chosen one sticks, whatever language a later message seems to be in."""
    talk = _under_way(language)
    assert "language-set" in heard(talk.says(Line(text, language=language)))
    assert talk.state.language is wanted
    talk.says(Line("Kuba", language=Language.FR))
    assert talk.state.language is wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [(Language.EN, "another language"), (Language.PL, "zmień język"), (Language.AR, "لغة أخرى")],
)
def test_a_wish_for_another_language_is_asked_which(language: Language, text: str) -> None:
    """It is not said that a language is not known which nobody has named."""
    talk = _under_way(language)
    assert heard(talk.says(Line(text, language=language))) == ["which-language"]
    assert not talk.tickets()
    assert "language-set" in heard(talk.says(Line("romanian")))


def test_a_phrase_that_can_never_be_found_is_refused() -> None:
    """One of several words for the same place in a phrase is a single word, and every topic is one
    of English."""
    english = book().topics[Language.EN]
    with pytest.raises(BadContent, match="must be one word"):
        heard_in(english, [Heard(language=Language.FR, deletes=("j'ai/tout effacer",))])
    with pytest.raises(BadContent, match="no topic of English"):
        heard_in(english, [Heard(language=Language.FR, topics={"taxes": ("impots",)})])
