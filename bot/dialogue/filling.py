"""An answer given on a page of questions: it names its step, so nothing in it is a command. Pure.

Belongs here: what such an answer does to the state, and which questions the pages have. Does not
belong here: pages (api/questions.py), conversations in free words (taking.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue import answers, contact, path
from bot.dialogue.book import Book
from bot.dialogue.lookups import People
from bot.dialogue.nodes import Flow, Step
from bot.dialogue.taking import take
from bot.dialogue.talk import Result, Talk, cleared, ended, withdrawn
from bot.dialogue.turn import (
    Assessment,
    Effect,
    FieldValue,
    GiveReference,
    RecordConsent,
    ReferralKind,
    SaveReferral,
    Say,
    State,
    Turn,
)
from bot.messages import ChannelName, InboundKind
from nlu.reading import Asked, EntityName, Reading, RiskLevel

SEND = "send"
"""Instead of a step: the answers were looked over and go out."""
ANOTHER = "another"
"""Instead of a step: these answers are kept, and one more person is asked about."""
SAVE = "save"
"""Instead of a step: a code word to come back with, from any phone."""
_DECISIONS = (SEND, ANOTHER, SAVE)
_AS_READ = (EntityName.AGE, EntityName.PLACE, EntityName.SCHOOL, EntityName.TIME)
"""Kept as understood where a few words say nothing more; all else in the person's own words."""
_FEW = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """Which question of which flow was answered."""

    flow: str
    step: str

    def __str__(self) -> str:
        return f"{self.flow}.{self.step}"


def spot_of(name: str) -> Spot:
    flow, _, step = name.partition(".")
    return Spot(flow, step)


def asked_at(name: str, book: Book) -> Asked:
    """What the words of an answer are read against."""
    spot = spot_of(name)
    flow = book.flows.get(spot.flow)
    step = flow.find(spot.step) if flow else None
    return Asked(step.id, step.expects, step.choices) if step else Asked()


def questions(flow: Flow, state: State, book: Book) -> tuple[Step, ...]:
    """The steps of the flow that these answers lead to, without the one that asks to send."""
    known = {**path.as_fields(state.held, flow), **state.fields}
    agrees = flow.agreement.step if flow.agreement else None
    return tuple(
        step
        for step in flow.steps
        if step.id != agrees and not step.sums and path.applies(step, known, book)
    )


def open_question(flow: Flow, state: State, book: Book) -> Step | None:
    """The next one without an answer; None: they may be looked over."""
    known = {**path.as_fields(state.held, flow), **state.fields}
    done = {*known, *state.skipped}
    return next((one for one in questions(flow, state, book) if one.id not in done), None)


def in_flow(state: State, flow: Flow) -> State:
    """The state as the pages of this flow see it; another flow's answers are not theirs."""
    if state.flow in (flow.id, None):
        return state.model_copy(update={"flow": flow.id})
    return cleared(state).model_copy(update={"flow": flow.id})


def foreseen(state: State, given: Iterable[tuple[str, str]], at: datetime, book: Book) -> State:
    """The state once these answers (spot and words) will have had their turn."""
    for name, words in given:
        calm = Assessment(RiskLevel.NONE, RiskLevel.NONE)
        turn = Turn(
            words,
            InboundKind.ANSWER,
            (),
            ChannelName.WEB,
            at,
            Reading(),
            calm,
            People.TRYING,
            None,
            name,
        )
        state, _ = fill(Talk(state, turn, book))
    return state


def fill(talk: Talk) -> Result:
    """The answer kept under its own name; nothing is said but the next question, for the thread."""
    spot = spot_of(talk.turn.answers)
    flow = talk.book.flows.get(spot.flow)
    step = flow.find(spot.step) if flow else None
    if flow is None or flow.kind is None or (step is None and spot.step not in _DECISIONS):
        # A question that is there no longer: heard like any other words.
        return take(talk)
    before: tuple[Effect, ...] = ()
    if talk.state.flow not in (flow.id, None):
        before = withdrawn(talk)
    opened = Talk(path.promoted(in_flow(talk.state, flow), talk.book), talk.turn, talk.book)
    if spot.step == SEND:
        return _sent(opened, before)
    if spot.step == SAVE:
        return _saved(opened, before)
    if spot.step == ANOTHER:
        return _one_more(opened, before)
    return (opened.state, before) if step is None else _kept(opened, step, before)


def _kept(talk: Talk, step: Step, before: tuple[Effect, ...]) -> Result:
    told = _value(talk, step)
    fields = {name: value for name, value in talk.state.fields.items() if name != step.id} | told
    skipped = talk.state.skipped - {step.id} if told else talk.state.skipped | {step.id}
    trail = talk.state.trail if step.id in talk.state.trail else (*talk.state.trail, step.id)
    kept = talk.moved_to(fields=fields, skipped=skipped, trail=trail, misses=0, paused=None)
    return _asking(kept, before)


def _asking(talk: Talk, before: tuple[Effect, ...]) -> Result:
    """In danger no question follows in the thread; the pages show theirs by themselves."""
    if talk.pauses:
        return talk.state.model_copy(update={"step": None}), (*before, Say(talk.flow.stays))
    step = open_question(talk.flow, talk.state, talk.book)
    if step is None and talk.flow.agreement is not None:
        step = talk.flow.find(talk.flow.agreement.step)
    if step is None:
        return talk.state.model_copy(update={"step": None}), (*before, Say("got-that"))
    asked = Say(step.asks, choices=step.choices)
    return talk.state.model_copy(update={"step": step.id}), (*before, asked)


def _value(talk: Talk, step: Step) -> dict[str, FieldValue]:
    text = talk.turn.text.strip()
    if step.choices:
        return {step.id: text} if text in step.choices else {}
    if step.expects is EntityName.SAFE_CHANNEL:
        return _way_in(talk, step, text)
    if step.expects in _AS_READ and answers.word_count(text) <= _FEW:
        read = talk.turn.reading.values().get(EntityName(step.expects))
        if read is not None:
            return {step.id: read}
    return {step.id: text[: answers.LONGEST_FIELD]} if text else {}


def _way_in(talk: Talk, step: Step, text: str) -> dict[str, FieldValue]:
    """How to reach somebody: the way that was named, and the words around it as a note."""
    way = talk.turn.reading.values().get(EntityName.SAFE_CHANNEL)
    if way is None or answers.is_very_long(text):
        return {step.id: text[: answers.LONGEST_FIELD]} if text else {}
    return {step.id: way} | ({path.NOTE: text} if answers.word_count(text) > 1 else {})


def _saved(talk: Talk, before: tuple[Effect, ...]) -> Result:
    """Five words and the code word open it again; without a code word that will do, nothing."""
    code, kind = contact.code_of(talk.turn.text, talk.topics), talk.flow.kind
    if not code or not talk.state.fields or kind is None:
        return talk.state, (*before, Say("not-understood"))
    known = talk.state.contact.model_copy(update={"code_word": code, "proved": True})
    saved = (SaveReferral(kind, talk.state.fields, None, "draft"), GiveReference())
    return talk.moved_to(contact=known).state, (*before, *saved, Say("come-back-with", keep=True))


def _one_more(talk: Talk, before: tuple[Effect, ...]) -> Result:
    """What was said of the one who asks stays; the rest begins anew."""
    flow, state = talk.flow, talk.state
    if not flow.again or not state.fields:
        return state, (*before, Say("got-that"))
    same = {name: value for name, value in state.fields.items() if name in flow.again}
    batch = (*state.batch, state.fields)
    fresh = talk.moved_to(
        batch=batch, fields=same, skipped=state.skipped & {*flow.again}, trail=(), misses=0
    )
    return _asking(fresh, before)


def _sent(talk: Talk, before: tuple[Effect, ...]) -> Result:
    """Once looked over: where the flow asks for an agreement, this very tap gives it."""
    talk = _without_empty(talk)
    flow, state = talk.flow, talk.state
    if not state.fields or flow.kind is None:
        return cleared(state), (*before, Say("got-that"))
    others = tuple(effect for fields in state.batch for effect in _filed(flow.kind, fields, talk))
    agreed = state.fields
    if flow.agreement is not None and not path.is_agreed(flow, state):
        agreed = {**agreed, flow.agreement.step: flow.agreement.sends[0]}
    filed = state.filed + len(state.batch)
    after, effects = ended(talk.moved_to(fields=agreed, filed=filed), before)
    if not others:
        return after, effects
    own = GiveReference(str(agreed.get("name", "")))
    return after, (*others, *(own if isinstance(one, GiveReference) else one for one in effects))


def _without_empty(talk: Talk) -> Talk:
    """One more was begun and nothing said of them: it counts for nothing."""
    state = talk.state
    if not state.batch or set(state.fields) - {*talk.flow.again}:
        return talk
    return talk.moved_to(fields=state.batch[-1], batch=state.batch[:-1])


def _filed(kind: ReferralKind, fields: Mapping[str, FieldValue], talk: Talk) -> tuple[Effect, ...]:
    agreement = talk.flow.agreement
    agreed = {agreement.step: agreement.sends[0]} if agreement else {}
    return (
        RecordConsent("referral", given=True),
        SaveReferral(kind, {**agreed, **fields}, None, "received"),
        GiveReference(str(fields.get("name", ""))),
    )
