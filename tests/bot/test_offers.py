"""What is offered and never demanded, and what somebody hears who asks what to do."""

import pytest

from bot.dialogue.engine import asked
from bot.dialogue.turn import TicketReason
from tests.bot.talking import Conversation, Line, book, heard

_STORY = "they keep on at me and i want it to stop"
_ANSWERS = {
    "name": "Jay",
    "age": "15",
    "area": "hillfields",
    "safe_channel": "text",
    "code_word": "purple lamp",
}
_ENOUGH = 8
"""Answers: no more questions are asked."""


@pytest.mark.parametrize(
    ("who", "first", "offers"),
    [
        ("self", "i want help to get away from them all", {"ask-self-more", "self-adds"}),
        ("self", "i need help", {"ask-self-more", "self-adds"}),
        ("parent", "my son is in trouble with older boys", {"ask-parent-more", "parent-adds"}),
    ],
)
@pytest.mark.parametrize("seen", ["only-me", "others-see"])
def test_whoever_adds_more_is_offered_all_of_it(
    who: str, first: str, offers: set[str], seen: str
) -> None:
    """One open question stands for what there is no room to ask singly: a trusted adult, times,
    needs, what they like. Where there is no room even for it, it is said at the end."""
    talk = Conversation()
    said = heard(talk.says(Line(first, "refer_self" if who == "self" else "refer_child")))
    answers = {**_ANSWERS, "phone_seen": seen}
    for _ in range(_ENOUGH):
        known = asked(talk.state, book())
        choice = "add-more" if "add-more" in known.choices else next(iter(known.choices), "")
        said += heard(talk.says(Line(answers.get(known.field or "", choice or _STORY))))
    assert talk.state.filed == 1
    assert offers & {*said}


@pytest.mark.parametrize(
    ("flow", "fields"),
    [
        ("self", {"likes", "helps", "safe_time", "trusted_adult", "support_needs"}),
        ("parent", {"likes", "siblings", "own_support", "support_needs"}),
    ],
)
def test_one_question_stands_for_all_that_would_be_too_many(flow: str, fields: set[str]) -> None:
    """On pages each is asked by itself; in a chat they are told in one go."""
    steps = book().flows[flow].steps
    assert {name for step in steps for name in step.sums} == fields


def test_what_should_i_do_in_danger_is_answered_and_no_question_follows() -> None:
    """What to do in the next minutes, a person, and no routine question; calm again, the questions
    go on."""
    talk = Conversation()
    talk.says(Line("i want help to get away from them all", "refer_self"))
    talk.says(Line("they are outside with a knife", risk="immediate"))
    effects = talk.says(Line("what should i do"))
    assert heard(effects) == ["emergency-what-now"]
    assert TicketReason.ASKED_FOR_PERSON in [one.reason for one in talk.tickets()]
    assert heard(talk.says(Line("im safe now at my nans")))[-1].startswith("ask-self")


def test_a_plea_to_call_the_police_is_no_wish_to_be_called() -> None:
    """Nobody is rung because they begged for help."""
    talk = Conversation()
    talk.says(Line("i want help to get away from them all", "refer_self"))
    talk.says(Line("please call the police", risk="high"))
    assert "safe_channel" not in talk.state.fields
    assert "safe_channel" not in talk.state.held
