"""Answers given on pages of questions: kept under their own name, whatever they say."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.engine import step
from bot.dialogue.filling import ANOTHER, SEND, asked_at, foreseen, in_flow, open_question
from bot.dialogue.lookups import People
from bot.dialogue.turn import Effect, SaveReferral, Say, State, Turn
from bot.messages import ChannelName, InboundKind
from bot.rules import safety
from nlu.entities import find
from nlu.reading import Reading
from tests.bot.talking import NOON, book, gazetteer


def filled(state: State, *given: tuple[str, str]) -> tuple[State, tuple[Effect, ...]]:
    """The state after answers (question and words), and what the last one led to."""
    effects: tuple[Effect, ...] = ()
    for name, words in given:
        entities = find(words, asked_at(name, book()), gazetteer(), NOON.date())
        reading = replace(Reading(), entities=entities)
        assessment = safety.assess(reading, safety.Standing())
        turn = Turn(
            text=words,
            kind=InboundKind.ANSWER,
            media=(),
            channel=ChannelName.WEB,
            at=NOON,
            reading=reading,
            assessment=assessment,
            people=People.TRYING,
            answers=name,
        )
        state, effects = step(state, turn, book())
    return state, effects


def saved(effects: tuple[Effect, ...], state: str) -> list[SaveReferral]:
    return [one for one in effects if isinstance(one, SaveReferral) and one.state == state]


_SPOTS = [
    f"{flow.id}.{name}"
    for flow in book().flows.values()
    for name in (*(one.id for one in flow.steps), SEND, ANOTHER, "gone")
] + ["", "nowhere.reason", "."]
_WORDS = ["stop", "human", "15", "wood end", "send-it", "add-more", "not-now", "", "0", "Kai"]


@settings(
    max_examples=300, deadline=timedelta(seconds=2), suppress_health_check=[HealthCheck.too_slow]
)
@given(
    given=st.lists(
        st.tuples(st.sampled_from(_SPOTS), st.sampled_from(_WORDS) | st.text(max_size=40)),
        min_size=1,
        max_size=8,
    )
)
def test_any_answers_in_any_order_do_no_harm(given: list[tuple[str, str]]) -> None:
    """Never an error, never silence, never an opt-out; the state can be kept and read again."""
    state, effects = filled(State(), *given)
    assert any(isinstance(effect, Say) for effect in effects)
    assert State.model_validate_json(state.model_dump_json()) == state


def test_the_notice_goes_on_record_with_the_first_answer() -> None:
    """The page showed it; the thread and the record say so too."""
    state, _ = filled(State(), ("self.reason", "need help"))
    assert state.notice == book().notice_version


def test_an_age_and_a_place_are_kept_as_understood_and_all_else_as_said() -> None:
    """What matching needs is a number and a known place; a name that is a town stays a name."""
    state, _ = filled(
        State(),
        ("self.name", "Coventry Kid"),
        ("self.age", "15"),
        ("self.area", "wood end"),
        ("self.safe_channel", "text me, not after 5"),
    )
    assert state.fields == {
        "name": "Coventry Kid",
        "age": 15,
        "area": "Wood End",
        "safe_channel": "text",
        "contact_note": "text me, not after 5",
    }


def test_another_form_takes_back_what_the_first_one_began() -> None:
    """Answers about a friend are never sent as one's own."""
    state, effects = filled(
        State(), ("friend.reason", "hes in trouble"), ("self.reason", "it is me really")
    )
    assert state.fields == {"reason": "it is me really"}
    assert [one.fields for one in saved(effects, "withdrawn")] == [{"reason": "hes in trouble"}]


def test_several_go_out_together_each_with_its_own_answers() -> None:
    """What the school said of itself stands in each; what it said of one stands in that one."""
    _, effects = filled(
        State(),
        ("school.role", "Head"),
        ("school.name", "Ada"),
        ("school.another", ""),
        ("school.name", "Ben"),
        ("school.send", ""),
    )
    told = [(one.fields["name"], one.fields["role"]) for one in saved(effects, "received")]
    assert told == [("Ada", "Head"), ("Ben", "Head")]


def test_what_waits_for_its_turn_is_foreseen() -> None:
    """A page that comes before the turn asks the question that the turn will ask."""
    flow = book().flows["self"]
    given = [("self.reason", "need help"), ("self.name", "Kai")]
    seen = foreseen(State(), given, NOON, book())
    after, _ = filled(State(), *given)
    assert open_question(flow, in_flow(seen, flow), book()) == open_question(flow, after, book())
