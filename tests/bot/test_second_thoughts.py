"""Whom it is about after all, and an agreement taken back: heard late, and in every language."""

import pytest

from bot.dialogue.subject import takes_back
from bot.dialogue.turn import ReferralKind
from bot.messages import InboundKind
from nlu.reading import Language
from tests.bot.talking import Conversation, Line, book, heard

_KINDS = (
    ("its about my son he is 15 and in a gang", "refer_child", ReferralKind.PARENT),
    ("my daughter is 14 and keeps going missing", "refer_child", ReferralKind.PARENT),
    ("no its my son", "change_answer", ReferralKind.PARENT),
    ("its my mate hes 16 and they make him carry", "refer_friend", ReferralKind.FRIEND),
    ("not me, its for my little brother", "refer_friend", ReferralKind.FRIEND),
    ("im a teacher its about one of my pupils", "refer_professional", ReferralKind.SCHOOL),
    (
        "i am a youth worker and this is about a lad of 15",
        "refer_professional",
        ReferralKind.SCHOOL,
    ),
)


@pytest.mark.parametrize("model", [True, False])
@pytest.mark.parametrize(("text", "meaning", "kind"), _KINDS)
def test_who_it_is_about_may_be_said_after_the_first_question(
    text: str, meaning: str, kind: ReferralKind, model: bool
) -> None:
    """`i need help` opens the young person's own questions; the next message may move them, with
    the model and with words alone."""
    talk = Conversation()
    assert "ask-self-reason" in heard(talk.says(Line("i need help")))
    said = heard(talk.says(Line(text, meaning if model else None)))
    assert said[0] == f"{kind}-opens"
    assert talk.state.flow == kind
    assert talk.referrals() == [] or talk.referrals()[-1].kind is kind


def test_a_parent_who_said_it_late_ends_at_a_parents_referral() -> None:
    """What the first message after it told is kept, and only what is missing is asked."""
    talk = Conversation()
    for text in ("i need help", "its about my son he is 15 and in a gang", "Jay", "hillfields"):
        talk.says(Line(text))
    for text in ("he doesnt know", "text is fine", "send it"):
        talk.says(Line(text))
    filed = talk.referrals()[-1]
    assert (filed.kind, filed.state) == (ReferralKind.PARENT, "received")
    told = ("name", "age", "area", "relation", "knows")
    assert [filed.fields[one] for one in told] == ["Jay", 15, "Hillfields", "son", "not-told"]


def test_what_the_writer_told_of_themselves_is_not_made_the_childs() -> None:
    """The writer's name stays the writer's; an age and a place that were asked of the writer go."""
    talk = Conversation()
    for text in ("i need help", "they want him to carry stuff", "Mark", "44, hillfields"):
        talk.says(Line(text))
    assert heard(talk.says(Line("sorry, its about my son"))) == ["parent-opens", "ask-parent-name"]
    assert talk.state.fields == {
        "reason": "they want him to carry stuff",
        "referrer_name": "Mark",
        "relation": "son",
    }


def test_the_same_young_person_keeps_all_facts_when_only_the_writer_changes() -> None:
    """A friend who turns out to be the mother: the young person's facts are still the same."""
    talk = Conversation()
    for text in ("its about my friend, hes 15", "hes selling for older lads", "Jay"):
        talk.says(Line(text))
    assert talk.state.flow == "friend"
    talk.says(Line("im his mum really"))
    assert talk.state.flow == "parent"
    assert {"name": "Jay", "age": 15}.items() <= talk.state.fields.items()


def test_a_changed_mind_may_come_back_to_oneself() -> None:
    """Asked for a child first, then: it is for me."""
    talk = Conversation()
    talk.says(Line("im worried about my son"))
    talk.says(Line("sorry its for me"))
    assert talk.state.flow == "self"
    assert "relation" not in talk.state.fields


@pytest.mark.parametrize(
    "text",
    [
        "my brother makes me carry for him",
        "my mum doesnt know im writing",
        "some boys in my class want to stab me",
        "its not about my brother its about the older lads",
        "my boy got stabbed last week and they want me next",
    ],
)
def test_somebody_in_the_story_is_not_whom_it_is_about(text: str) -> None:
    """A young person tells of a brother, a mother, a friend: the questions stay their own."""
    talk = Conversation()
    talk.says(Line("i need help"))
    talk.says(Line(text))
    assert talk.state.flow == "self"


def test_a_tap_changes_no_kind() -> None:
    """A choice on a button is an answer, whatever words it is made of."""
    talk = Conversation()
    talk.says(Line("i need help"))
    talk.says(Line("my-child", kind=InboundKind.BUTTON))
    assert talk.state.flow == "self"


_TAKEN_BACK = (
    "wait dont send it",
    "actually wait dont send that to them",
    "im not sure any more, please don't send it to the police",
    "i told you too much, dont send any of it",
    "my mum said its ok but i dont want you to send anything",
    "hold on, i take that back",
    "poczekaj, nie wysyłaj tego",
    "boję się, ale proszę nie wysyłajcie im tego",
    "wycofuję zgodę",
    "stai, nu trimite asta",
    "mi-e frică, dar nu o trimiteți",
    "m-am răzgândit",
    "attends, ne l'envoie pas",
    "j'ai peur, mais n'envoyez pas ça",
    "j'ai changé d'avis",
    "espera, não envies isso",
    "tenho medo mas por favor não mandem nada",
    "mudei de ideias",
    "sug, ha dirin taas",
    "waan baqayaa, laakiin ha u dirin",
    "انتظر لا ترسل هذا",
    "أنا خائف، لكن من فضلك لا ترسلوها لهم",
    "غيرت رأيي",
    "رکو یہ مت بھیجو",
    "مجھے ڈر ہے، لیکن پلیز یہ ان کو نہ بھیجیں",
    "ਰੁਕੋ ਇਹ ਨਾ ਭੇਜੋ",
    "ਮੈਨੂੰ ਡਰ ਹੈ, ਪਰ ਕਿਰਪਾ ਕਰਕੇ ਨਾ ਭੇਜੋ",
)


@pytest.mark.parametrize("text", _TAKEN_BACK)
def test_an_agreement_is_taken_back_in_every_language(text: str) -> None:
    """After it was sent a person takes it back, and no agreement stands any more."""
    talk = _sent()
    assert "taken-back" in heard(talk.says(Line(text)))


def _sent() -> Conversation:
    talk = Conversation()
    talk.says(Line("i want out of my gang, they make me carry", "refer_self"))
    for text in ("Jay", "15, hillfields", "text", "send it"):
        talk.says(Line(text))
    assert talk.state.filed == 1
    return talk


@pytest.mark.parametrize(
    "text",
    [
        "he told me dont send it to anyone",
        "they said dont send that",
        "she said nie wysyłaj tego",
        "il a dit ne l'envoie pas",
        "dont send anyone to my house",
        "i dont want to be in this gang",
        "he sends me pics and i dont want it",
        "wait for me",
    ],
)
def test_what_somebody_else_said_takes_nothing_back(text: str) -> None:
    """Words of another, and refusals of something else, leave the agreement as it is."""
    assert not takes_back(text, book().topics[Language.EN], book())


@pytest.mark.parametrize("words", ["send", "just send it"])
@pytest.mark.parametrize("asked", ["ask-self-name", "ask-self-area"])
def test_send_it_is_heard_at_any_question_and_is_no_name_and_no_place(
    words: str, asked: str
) -> None:
    """Asked for the name or for the part of town, somebody has had enough: the agreement is kept,
    and the words stand in no field."""
    talk = Conversation()
    said = heard(talk.says(Line("i need help, older lads want me to hold stuff", "refer_self")))
    if asked not in said:
        said = heard(talk.says(Line("15")))
    assert asked in said
    talk.says(Line(words))
    assert talk.state.fields["consent"] == "send-it"
    assert words not in talk.state.fields.values()
