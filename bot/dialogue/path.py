"""The way through a flow: which step is open, and how it is asked.

Belongs here: pure questions about a state and a flow. Does not belong here: understanding a
message, or what it leads to.
"""

from collections.abc import Iterator, Mapping, Sequence

from bot.dialogue.book import Book
from bot.dialogue.nodes import Flow, Step
from bot.dialogue.turn import AddToReferral, FieldValue, ReferralKind, Say, State
from nlu.reading import Asked, EntityName

OWN_WORDS = "text"
"""Key of `State.held` for what the person wrote at length."""
REASON = "reason"
TOLD = "field:"
"""Begins a key of `State.held` that is the name of a field."""
AGES = "ages"
"""Field for several ages, where more than one young person is meant."""
AREA = "area"
TIES = "ties"
NAME = "name"
TOLD_LATER = "told_later"
"""Field for what somebody wrote after their referral was sent, in their own words."""
LONGEST_LATER = 8000
_IMPERSONAL = ("place", "school", "day", "time", "worry")
KIN = "kin"
"""Key of `State.held` for a place where the writer's people are, and not the writer."""
NOTE = "contact_note"
"""Field for what a person says about reaching them that no other field can hold."""


def flow_of(state: State, book: Book) -> Flow:
    """The flow under way; the start flow where none is."""
    return book.flows.get(state.flow or "", book.start)


def flow_of_kind(kind: ReferralKind, book: Book) -> Flow:
    return next(flow for flow in book.flows.values() if flow.kind is kind)


def asked(state: State, book: Book) -> Asked:
    """What a bare `yeah`, `15` or `hillfields` is read against."""
    step = flow_of(state, book).find(state.step or state.paused)
    if step is None:
        return Asked()
    expects = "yes_no" if step.affirm or step.deny else step.expects
    return Asked(step.id, expects, step.choices)


def as_fields(held: Mapping[str, FieldValue], flow: Flow) -> dict[str, FieldValue]:
    """What was told unasked, under the names that this flow gives it."""
    fields = {
        field: held[entity.value] for entity, field in flow.unasked.items() if entity.value in held
    }
    named = {key.removeprefix(TOLD): held[key] for key in held if key.startswith(TOLD)}
    if flow.kind is not ReferralKind.SELF:
        named.pop(TIES, None)
    else:
        named.pop(NAME, None)
        if KIN in held and held[KIN] == held.get(EntityName.PLACE.value):
            fields.pop(AREA, None)
    fields |= {
        name: held for name, held in named.items() if name in (AGES, NOTE) or flow.find(name)
    }
    if flow.reached and NOTE in fields:
        fields.setdefault(EntityName.SAFE_CHANNEL.value, fields[NOTE])
    if OWN_WORDS in held and flow.kind is not None:
        fields[REASON] = held[OWN_WORDS]
    return fields


def promoted(state: State, book: Book) -> State:
    """What was held, made fields: only once the notice is known to have been shown."""
    flow = flow_of(state, book)
    if state.notice is None or flow.kind is None or not state.held:
        return state
    return state.model_copy(
        update={"fields": {**as_fields(state.held, flow), **state.fields}, "held": {}}
    )


def next_step(flow: Flow, state: State, book: Book) -> Step | None:
    """The first step that is still open; one passed over comes after the others, and before it is
    asked whether to send."""
    if flow.kind is None:
        return flow.steps[0]
    full = len(set(state.trail)) >= flow.most
    waiting: list[Step] = []
    for step in _open_steps(flow, state, book):
        agrees = flow.agreement is not None and flow.agreement.step == step.id
        if agrees and waiting:
            break
        if not full or step.required or agrees or step.id in state.trail:
            waiting.append(step)
    return min(waiting, key=lambda step: state.passed.count(step.id), default=None)


def is_more_open(flow: Flow, state: State, book: Book) -> bool:
    """Whether one question that stands for several was never asked."""
    return any(step.sums for step in _open_steps(flow, state, book))


def _open_steps(flow: Flow, state: State, book: Book) -> Iterator[Step]:
    """The steps without an answer, in order; what one question sums up is not asked singly."""
    known = {**as_fields(state.held, flow), **state.fields}
    done = {*known, *state.skipped}
    summed = {name for step in flow.steps for name in step.sums}
    for step in flow.steps:
        settled = step.id in done or (step.sums and done.issuperset(step.sums))
        if not settled and step.id not in summed and applies(step, known, book):
            yield step


def applies(step: Step, known: Mapping[str, FieldValue], book: Book) -> bool:
    if step.elsewhere is not None and known.get(step.elsewhere, "") in {*book.places, ""}:
        return False
    return all(known.get(field) in values for field, values in step.when.items())


def partner(step: Step, flow: Flow, state: State) -> Step | None:
    """The step asked in the same breath, where it is still open as well."""
    other = flow.find(step.joins)
    known = {**as_fields(state.held, flow), **state.fields}
    if other is None or other.id in known or other.id in state.skipped:
        return None
    return other


def question(step: Step, flow: Flow, state: State, again: bool) -> Say:
    both = partner(step, flow, state) is not None
    text = step.asks_both if both and step.asks_both else step.asks
    if again and step.asks_again:
        text = step.asks_again
    return Say(text, choices=step.choices)


def is_enough(flow: Flow, state: State) -> bool:
    """Whether everything is told that must be."""
    known = {*as_fields(state.held, flow), *state.fields, *state.skipped}
    return flow.kind is not None and all(step.id in known for step in flow.steps if step.required)


def sendable(flow: Flow, state: State) -> dict[str, FieldValue]:
    """The fields that may be sent: of what was told before the notice only places and times."""
    told = as_fields(state.held, flow)
    return {key: told[key] for key in _IMPERSONAL if key in told} | state.fields


def added(flow: Flow, sent: Mapping[str, FieldValue], more: AddToReferral) -> dict[str, FieldValue]:
    """The fields of a referral that was sent, with what was told since in its own place."""
    told = as_fields(more.told, flow)
    before = str(sent.get(TOLD_LATER, ""))
    words = f"{before}\n{more.words}" if before else more.words
    return {**told, **sent, TOLD_LATER: words[-LONGEST_LATER:]}


def is_agreed(flow: Flow, state: State) -> bool:
    """Whether what was said may be sent."""
    if flow.agreement is None:
        return True
    return state.fields.get(flow.agreement.step) in flow.agreement.sends


def tapped(flow: Flow, text: str, asked: Sequence[str]) -> dict[str, FieldValue]:
    """The step among those asked earlier that a tapped choice belongs to; never the agreement,
    which only its own open question gets."""
    agreement = flow.agreement.step if flow.agreement else None
    for step in flow.steps:
        if text in step.choices and step.id in asked and step.id != agreement:
            return {step.id: text}
    return {}


def merged(
    old: Mapping[str, FieldValue], new: Mapping[str, FieldValue], correct: bool
) -> dict[str, FieldValue]:
    """`correct`: the person changes what they said, so the new value wins."""
    return {**old, **new} if correct else {**new, **old}
