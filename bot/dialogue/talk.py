"""One message in its conversation, and how a turn closes: with a question, an end or a person.

Belongs here: what every move builds on. Does not belong here: which move a message is (moves.py),
the order of the turn (engine.py).
"""

from dataclasses import dataclass

from bot.dialogue import answers, path, patrols
from bot.dialogue.book import Book
from bot.dialogue.nodes import Flow, Step, Topic, Topics
from bot.dialogue.path import TOLD
from bot.dialogue.reaching import about_contact
from bot.dialogue.topics import asks, topic_of, topics_for
from bot.dialogue.turn import (
    Effect,
    FieldValue,
    GiveReference,
    OpenTicket,
    Priority,
    RecordConsent,
    SaveReferral,
    Say,
    State,
    TicketReason,
    Turn,
)
from nlu.reading import EntityName, Intent, Reading, RiskLevel

type Result = tuple[State, tuple[Effect, ...]]

MISSES = 2
"""Messages in a row that are not understood before a person is asked for."""
STAYS_AND_ASKS = "stay-ask"
"""Said between emergency words and a question."""
_REPEATS = frozenset({"got-that", "not-understood", "cant-answer"})
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
        return topics_for(self.state.language, self.turn.reading, self.book)

    @property
    def in_danger(self) -> bool:
        return self.turn.assessment.message_level >= RiskLevel.HIGH

    @property
    def pauses(self) -> bool:
        """Whether this message is so alarming that no question may follow it: danger now, or any
        danger before it is known whom it is about."""
        level = self.turn.assessment.message_level
        return level >= (RiskLevel.IMMEDIATE if self.flow.kind else RiskLevel.HIGH)

    @property
    def asks(self) -> bool:
        """Whether the message looks like a question."""
        return asks(self.turn.text, self.topics)

    def topic(self) -> Topic | None:
        return topic_of(self.turn.text, self.turn.reading, self.topics)

    def topic_by_words(self) -> Topic | None:
        return topic_of(self.turn.text, Reading(), self.topics)

    def answer(self) -> dict[str, FieldValue]:
        if self.step is None or (self.step.expects not in ("choice", "text") and self._sends()):
            return {}
        return answers.answer(self.step, self.turn, self.topics, self.book)

    def _sends(self) -> bool:
        """`send it`, where something else was asked: no name, and no place."""
        return bool(answers.agreed_early(self.flow, self.step, self.turn, self.topics, self.book))

    def is_understood(self) -> bool:
        """Whether the message is plainly the answer to a question that is not an open one."""
        if self.step is None or self.step.expects == "text":
            return False
        return bool(answers.understood(self.step, self.turn, self.topics, self.book))

    def tells_else(self) -> dict[str, FieldValue]:
        """What the message tells under way beside the open question."""
        if self.flow.kind is None:
            return {}
        told = answers.unasked(self.turn, self.step, self.topics)
        heard = answers.overheard(self.flow, self.turn, self.topics)
        if self.step is not None:
            heard.pop(TOLD + self.step.id, None)
        return path.as_fields({**told, **heard}, self.flow)

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
        contact=state.contact,
        parked=state.parked,
    )


def _told(talk: Talk) -> dict[str, FieldValue]:
    turn, topics, flow = talk.turn, talk.topics, talk.flow
    heard = answers.overheard(flow, turn, topics) if flow.kind else {}
    is_question = talk.asks and talk.topic() is not None
    return {
        **answers.unasked(turn, talk.step, topics),
        **answers.several_ages(turn),
        **({} if heard or is_question else about_contact(turn, talk.step, topics)),
        **answers.elsewhere(turn, topics),
        **heard,
        **answers.agreed_early(flow, talk.step, turn, topics, talk.book),
    }


def _nearer(talk: Talk, told: dict[str, FieldValue]) -> Talk:
    """`he lives in Hillfields` after `Coventry`: the part of town takes the place of the town."""
    place = told.get(EntityName.PLACE.value)
    field = talk.flow.unasked.get(EntityName.PLACE)
    if place is None or field is None or talk.state.fields.get(field) not in talk.book.towns:
        return talk
    return talk.moved_to(fields={**talk.state.fields, field: place})


def listened(talk: Talk, only_worrying: bool = False, story: bool = True) -> Talk:
    """What the message tells without being asked, held until it may become fields."""
    told = _told(talk)
    talk = _nearer(talk, told)
    state = talk.state.model_copy(update={"held": path.merged(talk.state.held, told, False)})
    worrying = talk.turn.assessment.message_level > RiskLevel.NONE
    shares = talk.turn.reading.intent is Intent.SHARE_CONCERN
    first = not talk.state.trail and answers.is_reason(talk.turn, talk.topics)
    in_flow = talk.flow.kind is not None and not path.as_fields(told, talk.flow)
    said = answers.word_count(talk.turn.text) >= 3 and not talk.asks
    aside = said and (talk.step is None or not talk.answer())
    free = in_flow and (aside or answers.is_long(talk.turn.text))
    if story and (worrying or (not only_worrying and (shares or first or free))):
        state = answers.with_story(state, talk.turn)
    return Talk(state, talk.turn, talk.book)


def missed(talk: Talk) -> Result:
    misses = talk.state.misses + 1
    if misses >= MISSES:
        ticket = OpenTicket(TicketReason.NOT_UNDERSTOOD, talk.at_least(Priority.CONCERN))
        passed = (*talk.state.passed, talk.step.id) if talk.step else talk.state.passed
        paused = talk.state.model_copy(update={"misses": 0, "step": None, "passed": passed})
        return paused, (ticket, Say("handing-over", keep=True))
    text = "cant-answer" if talk.asks else "not-understood"
    text = text if talk.turn.text.strip() else "no-words"
    agrees = talk.turn.reading.intent is Intent.AFFIRM and talk.step and not talk.step.choices
    return ask(talk.moved_to(misses=misses), *(() if agrees else (Say(text),)))


def ask(talk: Talk, *before: Effect) -> Result:
    """The next open question after `before`; in danger one gentle line instead of it, and the
    flow keeps its place."""
    flow, state = talk.flow, talk.state
    step = path.next_step(flow, state, talk.book)
    if flow.agreement is None and (step is None or (talk.pauses and path.is_enough(flow, state))):
        return ended(talk, before)
    if step is None and not talk.in_danger:
        return ended(talk, before)
    if step is None or talk.pauses:
        return put_aside(state), (*before, Say(flow.stays))
    if talk.in_danger:
        before = (*before, Say(STAYS_AND_ASKS))
    trail = state.trail if state.trail[-1:] == (step.id,) else (*state.trail, step.id)
    waiting = state.model_copy(
        update={
            "step": step.id,
            "paused": None,
            "refused": False,
            "trail": trail if flow.kind else (),
        }
    )
    again = _is_again(talk, step, before)
    return waiting, (*before, path.question(step, flow, state, again))


def put_aside(state: State) -> State:
    """No question waits, but a bare answer to the one that was open still counts."""
    return state.model_copy(update={"step": None, "paused": state.step or state.paused})


def _is_again(talk: Talk, step: Step, before: tuple[Effect, ...]) -> bool:
    """Whether the question comes in other words: nobody is asked the same twice in a row."""
    if talk.flow.kind is None:
        return talk.state.step == step.id or path.OWN_WORDS in talk.state.held
    noted = any(isinstance(effect, Say) and effect.text in _REPEATS for effect in before)
    return step.id in talk.state.passed or (talk.state.step == step.id and noted)


def _put_off(talk: Talk, before: tuple[Effect, ...]) -> Result:
    """Not sent now; what was told stays here as long as the person does, and `send it` sends."""
    step = talk.flow.agreement.step if talk.flow.agreement else None
    fields = {key: value for key, value in talk.state.fields.items() if key != step}
    kept = talk.moved_to(fields=fields, step=step, skipped=talk.state.skipped - {step}, misses=0)
    kept = kept.moved_to(refused=True)
    refused = (RecordConsent("referral", given=False), *withdrawn(talk), Say("not-sent"))
    return kept.state, (*before, *refused)


def ended(talk: Talk, before: tuple[Effect, ...]) -> Result:
    flow, state = talk.flow, talk.state
    if flow.kind is None:
        return state, before
    after = cleared(state)
    if not path.is_agreed(flow, state):
        return _put_off(talk, before)
    missing = any(step.required and step.id in state.skipped for step in flow.steps)
    floor = Priority(flow.ticket)
    fields = path.sendable(flow, state)
    adds = flow.adds if path.is_more_open(flow, state, talk.book) else None
    filed: tuple[Effect, ...] = (
        RecordConsent("referral", given=True),
        SaveReferral(flow.kind, fields, None, "received", flags=("incomplete",) if missing else ()),
        OpenTicket(TicketReason.REFERRAL_FILED, talk.at_least(floor)),
        Say(flow.ends or "noted", patrols.told(talk.book, fields, talk.turn.at), keep=True),
        *((Say(adds, keep=True),) if adds else ()),
        GiveReference(),
    )
    return after.model_copy(update={"filed": state.filed + 1}), (*before, *filed)
