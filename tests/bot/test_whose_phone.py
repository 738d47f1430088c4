"""Somebody else holds the phone and asks: nothing that they hear shows what was said before."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.turn import Erase, Say, TicketReason
from nlu.reading import Language
from tests.bot.talking import Conversation, Line, heard

_CODE = "purple lamp"
_TOLD = ("Jay", "15, hillfields", "text", "add more", "im safe", "others see it")
_ASKED = (
    "hi",
    "who is this",
    "what did he say to you",
    "has my son been in touch with you",
    "my referral",
    "status",
    "what happened to my referral",
    "human",
    "yes",
    "send it",
    "skip",
    "back",
    "restart",
    "lamp",
    "banana",
    "code word",
    "what should i do",
    "is anyone coming",
    "check on me",
    "no check",
    "stop",
    "start",
    "exit",
    "help",
    "me",
    "thanks",
    "dont send it",
    "delete everything",
    "delete now",
)


def _before(danger: bool, language: Language) -> Conversation:
    """A young person who told their story, set a code word, and has been gone for hours."""
    talk = Conversation()
    risk = "high" if danger else "none"
    talk.says(Line("i want help to get away from them all", "refer_self", risk=risk))
    for text in _TOLD:
        talk.says(Line(text))
    talk.says(Line(_CODE))
    assert talk.state.contact.code_word == _CODE
    talk.state = talk.state.model_copy(update={"language": language})
    return talk


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    asked=st.lists(st.sampled_from(_ASKED), min_size=1, max_size=5),
    danger=st.booleans(),
    language=st.sampled_from([Language.EN, Language.PL]),
)
def test_whoever_holds_the_phone_hears_what_a_stranger_hears(
    asked: list[str], danger: bool, language: Language
) -> None:
    """The same words, in the same number and language, as on a phone that never wrote."""
    known, stranger = _before(danger, language), Conversation()
    for number, text in enumerate(asked):
        hours = 3.0 if number == 0 else None
        there = known.says(Line(text, idle_hours=hours))
        here = stranger.says(Line(text))
        assert [one for one in there if isinstance(one, Say)] == [
            one for one in here if isinstance(one, Say)
        ]
        assert known.state.language is stranger.state.language


def test_whoever_holds_the_phone_cannot_delete_what_a_code_word_keeps() -> None:
    """A worker decides, though nobody was in danger; the code word still opens what was set aside,
    and whoever has given it deletes at once."""
    talk = _before(danger=False, language=Language.EN)
    effects = talk.says(Line("delete now", idle_hours=3))
    assert Erase() not in effects
    assert [one.reason for one in talk.tickets()] == [TicketReason.DELETE_REQUEST]
    assert heard(talk.says(Line(_CODE)))[0] == "welcome-back"
    assert Erase() in talk.says(Line("delete now"))


def test_emergency_words_are_said_again_to_whoever_writes_after_a_silence() -> None:
    """Danger was told of before, perhaps by somebody else: this writer has heard nothing of 999."""
    talk = _before(danger=True, language=Language.EN)
    effects = talk.says(Line("they said they will get me one day", idle_hours=3, risk="high"))
    assert any(text.startswith("emergency-") for text in heard(effects))
