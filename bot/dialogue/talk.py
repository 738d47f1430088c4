"""One message in its conversation, and how a turn closes: with a question, an end or a person.

Belongs here: what every move builds on. Does not belong here: which move a message is (moves.py),
the order of the turn (engine.py).
"""

from dataclasses import dataclass

from bot.dialogue import answers, path
from bot.dialogue.book import Book
from bot.dialogue.nodes import Flow, Step, Topic, Topics
from bot.dialogue.topics import topic_of, topics_in
from bot.dialogue.turn import (
    Effect,
    FieldValue,
    OpenTicket,
    Priority,
    RecordConsent,
    SaveReferral,
    Say,
    State,
    TicketReason,
    Turn,
)
from nlu.reading import Intent, RiskLevel

type Result = tuple[State, tuple[Effect, ...]]

MISSES = 2
"""Messages in a row that are not understood before a person is asked for."""
_ORDER = (Priority.ROUTINE, Priority.CONCERN, Priority.HIGH, Priority.IMMEDIATE)


@dataclass(frozen=True, slots=True)
class Talk:
    """One message in its conversation."""

    state: State
    turn: Turn
    book: Book

    @property
    def flow(self) -> Flow:
        return path.flow_of(self.state, self.book)

    @property
    def step(self) -> Step | None:
        return self.flow.find(self.state.step)

    @property
    def topics(self) -> Topics:
        return topics_in(self.state.language, self.book)

    @property
    def in_danger(self) -> bool:
        return self.turn.assessment.message_level >= RiskLevel.HIGH

    def topic(self) -> Topic | None:
        return topic_of(self.turn.text, self.turn.reading, self.topics)

    def answer(self) -> dict[str, FieldValue]:
        if self.step is None:
            return {}
        return answers.answer(self.step, self.turn, self.topics, self.book)

    def is_understood(self) -> bool:
        """Whether the message is plainly the answer to a question that is not an open one."""
        if self.step is None or self.step.expects == "text":
            return False
        return bool(answers.understood(self.step, self.turn, self.topics, self.book))

    def at_least(self, floor: Priority) -> Priority:
        """The priority that the conversation's risk gives, or `floor` where that is higher."""
        return max(floor, Priority(named(self.turn.assessment.level)), key=_ORDER.index)

    def moved_to(self, **changes: object) -> "Talk":
        return Talk(self.state.model_copy(update=changes), self.turn, self.book)


def named(level: RiskLevel) -> str:
    return Priority.ROUTINE if level is RiskLevel.NONE else level.value


def withdrawn(talk: Talk) -> tuple[Effect, ...]:
    kind = talk.flow.kind
    if kind is None or not talk.state.fields:
        return ()
    return (SaveReferral(kind, talk.state.fields, None, "withdrawn"),)


def cleared(state: State) -> State:
    return State(
        greeted=state.greeted,
        notice=state.notice,
        language=state.language,
        language_chosen=state.language_chosen,
        filed=state.filed,
        told=state.told,
    )


def listened(talk: Talk, only_worrying: bool = False, story: bool = True) -> Talk:
    """What the message tells without being asked, held until it may become fields."""
    told = {
        **answers.unasked(talk.turn, talk.step),
        **answers.several_ages(talk.turn),
        **answers.about_contact(talk.turn, talk.step, talk.topics),
        **(answers.overheard(talk.flow, talk.turn, talk.topics) if talk.flow.kind else {}),
    }
    state = talk.state.model_copy(update={"held": answers.merged(talk.state.held, told, False)})
    worrying = talk.turn.assessment.message_level > RiskLevel.NONE
    shares = talk.turn.reading.intent is Intent.SHARE_CONCERN
    first = talk.flow.kind is None and answers.is_story(talk.turn)
    in_flow = talk.flow.kind is not None and not path.as_fields(told, talk.flow)
    pause = talk.step is None and answers.word_count(talk.turn.text) >= 3
    free = in_flow and (pause or answers.is_long(talk.turn.text))
    if story and (worrying or (not only_worrying and (shares or first or free))):
        state = answers.with_story(state, talk.turn)
    return Talk(state, talk.turn, talk.book)


def missed(talk: Talk) -> Result:
    misses = talk.state.misses + 1
    if misses >= MISSES:
        ticket = OpenTicket(TicketReason.NOT_UNDERSTOOD, talk.at_least(Priority.CONCERN))
        paused = talk.state.model_copy(update={"misses": 0, "step": None})
        return paused, (ticket, Say("handing-over", keep=True))
    text = "not-understood" if talk.turn.text.strip() else "no-words"
    return ask(talk.moved_to(misses=misses), Say(text))


def ask(talk: Talk, *before: Effect) -> Result:
    """The next open question after `before`; in danger one gentle line instead of it, and the
    flow keeps its place."""
    if talk.in_danger:
        paused = talk.state.step or talk.state.paused
        aside = talk.state.model_copy(update={"step": None, "paused": paused})
        return aside, (*before, Say(talk.flow.stays))
    flow, state = talk.flow, talk.state
    step = path.next_step(flow, state, talk.book)
    if step is None:
        return ended(talk, before)
    trail = state.trail if state.trail[-1:] == (step.id,) else (*state.trail, step.id)
    waiting = state.model_copy(
        update={"step": step.id, "paused": None, "trail": trail if flow.kind else ()}
    )
    again = talk.state.step == step.id
    return waiting, (*before, path.question(step, flow, state, again))


def ended(talk: Talk, before: tuple[Effect, ...]) -> Result:
    flow, state = talk.flow, talk.state
    if flow.kind is None:
        return state, before
    after = cleared(state)
    if not path.is_agreed(flow, state):
        refused = (RecordConsent("referral", given=False), *withdrawn(talk), Say("not-sent"))
        return after, (*before, *refused)
    missing = any(step.required and step.id in state.skipped for step in flow.steps)
    floor = Priority(flow.ticket)
    filed: tuple[Effect, ...] = (
        RecordConsent("referral", given=True),
        SaveReferral(
            flow.kind, state.fields, None, "received", flags=("incomplete",) if missing else ()
        ),
        OpenTicket(TicketReason.REFERRAL_FILED, talk.at_least(floor)),
        Say(flow.ends or "noted", keep=True),
    )
    return after.model_copy(update={"filed": state.filed + 1}), (*before, *filed)
