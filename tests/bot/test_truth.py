"""True answers: in the same turn, at any point of any flow, whatever the deployment has set."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest

from bot.dialogue.book import Book
from bot.dialogue.nodes import Deployment
from bot.dialogue.path import flow_of
from bot.dialogue.turn import OpenTicket, Say, State, TicketReason
from bot.dialogue.words import render
from bot.messages import ChannelName
from nlu.reading import Language
from nlu.yaml_files import load_yaml
from tests.bot.talking import Conversation, Line, book, heard

_QUESTIONS = Path(__file__).resolve().parents[1] / "transcripts" / "questions" / "en.yaml"
_YES_NO = (
    *("truth-police", "truth-social", "truth-parents", "truth-school", "truth-cost", "truth-free"),
    *("truth-human", "truth-bot", "truth-must", "truth-any-age", "truth-without-parents"),
    *("truth-real", "truth-scam", "truth-agency"),
)
_STEPS = [
    (flow.id, step.id)
    for flow in book().flows.values()
    for step in flow.steps
    if not any(step.id in one.sums for one in flow.steps)
]
"""But for those that only pages ask by themselves."""
type PoliceRole = Literal["leads_a_programme", "partner", "none"]
_KNOWN = Deployment(
    controllers=("The Example Trust",),
    recipients=("the Example Team",),
    police_role="partner",
    enforcement_link=True,
    retention_days=90,
    answer_hours=24,
)
_UNKNOWN = Deployment()


def _questions() -> dict[str, list[str]]:
    return load_yaml(_QUESTIONS, dict[str, list[str]])


_EACH = [(texts[0], answer) for answer, texts in _questions().items()]


@pytest.mark.parametrize(("flow", "step"), _STEPS)
def test_the_truth_is_told_at_every_question_of_every_flow(flow: str, step: str) -> None:
    """Each kind of question is answered at once, and the same step still waits afterwards."""
    for text, answer in _EACH:
        before = _before(flow, step)
        talk = Conversation(
            state=State(flow=flow, step=step, greeted=True, notice="v", fields=before)
        )
        effects = talk.says(Line(text))
        assert heard(effects)[0] == answer, (text, heard(effects))
        assert talk.state.step == step, text
        assert any(name in heard(effects) for name in _texts(flow, step)), text


def _before(flow: str, step: str) -> dict[str, Any]:
    """Every earlier answer, as it must be for this step to be open."""
    asked = flow_of(State(flow=flow), book()).steps
    fields: dict[str, Any] = {}
    for one in asked:
        if one.id == step:
            for field, values in one.when.items():
                fields[field] = values[0]
            if one.elsewhere:
                fields[one.elsewhere] = "Nowhere"
            return fields
        fields[one.id] = one.choices[0] if one.choices else "said"
    return fields


def _texts(flow: str, step: str) -> tuple[str, ...]:
    found = flow_of(State(flow=flow), book()).find(step)
    return found.texts if found else ()


@pytest.mark.parametrize("deployment", [_KNOWN, _UNKNOWN], ids=["set", "not set"])
@pytest.mark.parametrize("answer", sorted({answer for _, answer in _EACH}))
def test_an_answer_is_whole_whatever_is_set(answer: str, deployment: Deployment) -> None:
    """No placeholder, no word for what is missing, and what is set stands in it."""
    told = _told(answer, replace(book(), deployment=deployment))
    assert "{" not in told
    assert "unknown" not in told
    assert told.strip()


@pytest.mark.parametrize(
    ("answer", "known", "unknown"),
    [
        ("truth-privacy", "The Example Trust must look after it", "A person will tell you"),
        ("truth-identity", "The Example Trust must look after", "don't have the name"),
        ("truth-recipients", "It can be given to the Example Team", "A person will tell you"),
        ("truth-retention", "up to 90 days", "I don't know for how long"),
        ("truth-enforcement", "Yes, it can happen", "I don't know for sure"),
        ("truth-next", "up to 24 hours", "I can't say how long"),
        ("truth-police", "they are a partner", "I don't know all that the police do"),
    ],
)
def test_what_the_deployment_says_decides_the_answer(answer: str, known: str, unknown: str) -> None:
    """Set, it is told; not set, it is said that it is not known here."""
    assert known in _told(answer, replace(book(), deployment=_KNOWN))
    assert unknown in _told(answer, replace(book(), deployment=_UNKNOWN))


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("leads_a_programme", "Partly."),
        ("partner", "Partly."),
        ("none", "No."),
        (None, "Partly."),
    ],
)
def test_the_police_answer_follows_their_part(role: PoliceRole | None, first: str) -> None:
    """`are you police` is never answered with a plain no while they are part of it."""
    own = Deployment(police_role=role)
    assert _told("truth-police", replace(book(), deployment=own)).startswith(first)


@pytest.mark.parametrize("answer", _YES_NO)
@pytest.mark.parametrize("deployment", [_KNOWN, _UNKNOWN], ids=["set", "not set"])
def test_a_yes_no_question_begins_with_the_answer(answer: str, deployment: Deployment) -> None:
    """Yes, no or partly, before anything else."""
    told = _told(answer, replace(book(), deployment=deployment))
    assert told.split()[0].strip(".,") in ("Yes", "No", "Partly")


def test_what_is_not_known_brings_a_person() -> None:
    """Where a setting is missing the answer says that a person will tell, so one is asked."""
    assert not book().deployment.recipients
    talk = Conversation()
    talk.says(Line("who will see this"))
    assert [ticket.reason for ticket in talk.tickets()] == [TicketReason.ASKED_FOR_PERSON]


def test_an_answer_is_not_lost_to_the_question_beside_it() -> None:
    """`15 but will you tell my mum`: the age is kept and the truth told."""
    talk = Conversation()
    talk.says(Line("i want help to get away from them all", "refer_self"))
    talk.says(Line("Jay"))
    effects = talk.says(Line("15 but will you tell my mum"))
    assert heard(effects) == ["truth-parents", "ask-self-area"]


def test_danger_beside_a_question_is_still_danger() -> None:
    """The truth is told, after emergency words, with a ticket and a page."""
    effects = Conversation().says(
        Line("are you police he has a knife outside", risk="immediate", categories=("weapon",))
    )
    texts = heard(effects)
    assert texts[0].startswith("emergency-weapon")
    assert "truth-police" in texts
    assert any(isinstance(one, OpenTicket) for one in effects)


def _told(answer: str, own: Book) -> str:
    text, _ = render(Say(answer), own, Language.EN, ChannelName.SMS)
    return text
