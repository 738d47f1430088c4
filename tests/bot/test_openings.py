"""First messages as people write them: whom it is about, what is taken, what is asked next."""

import pytest

from bot.messages import ChannelName
from nlu.reading import RiskLevel
from tests.bot.talking import Conversation, Line, heard


@pytest.mark.parametrize(
    ("text", "intent", "sure", "flow"),
    [
        ("they got my address and said if i dont do it theyll come", "share_concern", 1.0, "self"),
        ("everyones carrying now so i feel like i have to", "share_concern", 1.0, "self"),
        ("my bros mates keep making me do stuff", "refer_friend", 0.92, "self"),
        ("my girlfriend is pregnant and i cant do this road life", "share_concern", 0.4, "self"),
        ("my mate is in trouble and they make him carry", "refer_friend", 0.9, "friend"),
        (
            "TA at a school - a boy carries for his brother",
            "refer_professional",
            1,
            "school",
        ),
        ("pastoral lead, parent asked us to refer her son", "refer_professional", 0.99, "school"),
        ("i want to refer my son he is in a gang", "refer_professional", 0.8, "parent"),
        ("dont tell the feds i need to get away from them", "refer_self", 1.0, "self"),
    ],
)
def test_whom_it_is_about_is_heard(text: str, intent: str, sure: float, flow: str) -> None:
    """The writer in the story, somebody's own child, a worker's pupil; a wish beside a question."""
    talk = Conversation()
    talk.says(Line(text, intent, sure))
    assert talk.state.flow == flow


@pytest.mark.parametrize(
    "text", ["he owes money and they came to my door", "a lad has a knife in my block"]
)
def test_a_story_with_somebody_else_in_it_is_asked_about(text: str) -> None:
    """Nothing is guessed that a question can tell."""
    talk = Conversation()
    talk.says(Line(text, "share_concern", 0.9))
    assert talk.state.flow is None


def test_a_story_told_before_is_not_asked_for_again() -> None:
    """In danger no question came; a nod goes on with the one after whom it is about."""
    talk = Conversation()
    story = "i dont want my mum to know but im scared to go to school"
    talk.says(Line(story, "share_concern", risk="high"))
    assert heard(talk.says(Line("ok")))[-1] == "ask-self-name"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("school secretary at barrs hill, asked to refer a pupil", "school_staff"),
        ("Hello, attendance officer at Foxford. A pupil worries us", "school_staff"),
        ("police officer, want to refer a lad", "police_officer"),
        ("Probation officer looking to refer someone", "justice_worker"),
        ("St Giles caseworker, referring a lad", "caseworker"),
        ("head of year 9, two boys in a group chat", "teacher"),
    ],
)
def test_a_role_that_was_named_is_not_asked_for(text: str, role: str) -> None:
    """However somebody at work opens."""
    talk = Conversation()
    talk.says(Line(text, "refer_professional"))
    talk.says(Line("ok"))
    assert talk.state.fields["role"] == role
    assert talk.state.step != "role"


@pytest.mark.parametrize("text", ["teacher at my school hits me", "police officer stopped me"])
def test_somebody_elses_role_is_not_the_writers(text: str) -> None:
    """They tell of a teacher; they are none."""
    talk = Conversation()
    talk.says(Line(text, "share_concern"))
    assert "role" not in talk.state.held


@pytest.mark.parametrize(
    ("said", "aware", "asked"),
    [
        ("no", "nobody-aware", "ask-school-why"),
        ("nobody yet", "nobody-aware", "ask-school-why"),
        ("just the young person", "young-person-aware", "ask-school-why"),
        ("yes", "both-aware", "ask-school-safe"),
    ],
)
def test_who_is_aware_is_told_in_any_words(said: str, aware: str, asked: str) -> None:
    """A school's `no` is an answer and no skip; why not is asked once."""
    talk = Conversation()
    opening = "i am the dsl at lyng hall, want to refer Zak, 15, hillfields, owes money to a gang"
    for text in (opening, "ok"):
        talk.says(Line(text, "refer_professional" if text == opening else None))
    while talk.state.step != "aware":
        talk.says(Line({"name": "Zak", "age": "15", "area": "hillfields"}[str(talk.state.step)]))
    assert heard(talk.says(Line(said)))[-1] == asked
    assert talk.state.fields["aware"] == aware


@pytest.mark.parametrize(
    ("text", "age", "area"),
    [
        ("dunno maybe 14 ish", 14, None),
        ("idk 15", 15, None),
        ("14 and i live hillfields way", 14, "Hillfields"),
    ],
)
def test_a_doubt_is_no_place(text: str, age: int, area: str | None) -> None:
    """The age is taken; the area is asked for where it was not told."""
    talk = Conversation(ChannelName.SMS)
    talk.says(Line("i need help to get away from some people im running with"))
    talk.says(Line("Jay"))
    talk.says(Line(text))
    assert (talk.state.fields["age"], talk.state.fields.get("area")) == (age, area)


def test_a_school_year_of_long_ago_is_no_age() -> None:
    """`since yr 8` tells when it began."""
    talk = Conversation()
    talk.says(Line("been running for them since yr 8 and i want out", "refer_self"))
    talk.says(Line("Jay"))
    assert "age" not in talk.state.fields


def test_a_few_words_of_worry_are_a_reason() -> None:
    """`dunno just worried` says something; a plain `dont know` skips."""
    worried, skips = Conversation(), Conversation()
    for talk, said, sure in ((worried, "dunno just worried", 0.98), (skips, "dont know", 1.0)):
        talk.says(Line("help me", "refer_self"))
        talk.says(Line(said, "dont_know", sure))
    assert worried.state.fields["reason"] == "dunno just worried"
    assert "reason" not in skips.state.fields
    assert worried.standing.level is RiskLevel.NONE


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("calling from Highfields, Leicester about a pupil", None),
        ("calling from Highfields, Wolverhampton about a pupil", "Highfields School"),
        ("calling from Highfields, Year 9 pupil", "Highfields School"),
        ("calling from Highfields School, Please ring me about a pupil", "Highfields School"),
    ],
)
def test_a_part_of_another_town_is_none_of_our_schools(text: str, school: str | None) -> None:
    """The same name elsewhere: it is asked for instead."""
    talk = Conversation()
    talk.says(Line(text, "refer_professional"))
    assert talk.state.held.get("school") == school


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("evenings after 7 on 07700 900456", "inform"),
        ("safe on this number 07700 900456, only me that sees it", "contact_preference"),
        ("rosa.h@example.org is best", "contact_preference"),
    ],
)
def test_a_number_is_an_answer_to_how_to_reach_somebody(text: str, intent: str) -> None:
    """They are not asked again in the same words; whether to ring or write, a person finds out."""
    talk = Conversation()
    talk.says(Line("my son is 14 and in with a bad crowd, we live in hillfields", "refer_child"))
    talk.says(Line("Sarah"))
    assert heard(talk.says(Line("yes he knows", "affirm")))[-1] == "ask-parent-safe"
    assert heard(talk.says(Line(text, intent))) == ["ask-parent-send"]
    assert talk.state.fields["safe_channel"] == text
