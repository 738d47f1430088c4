"""A message taken in: as an answer, as the beginning of a flow, as a story, or not understood.

Belongs here: the move that is not a command. Does not belong here: commands (moves.py), reading
one answer (answers.py).
"""

from bot.dialogue import answers, path
from bot.dialogue.talk import Result, Talk, ask, listened, missed
from bot.dialogue.turn import FieldValue, Say
from bot.messages import InboundKind
from nlu.reading import EntityName


def take(talk: Talk) -> Result:
    """The message as an answer, a story, or not understood."""
    answer = talk.answer()
    if talk.turn.kind is InboundKind.BUTTON and not answer:
        answer = answers.tapped(talk.flow, talk.turn.text)
    if talk.step is not None and talk.flow.kind is None and answer:
        wanted = talk.step.starts[str(answer[talk.step.id])]
        return _open(listened(talk), wanted)
    if talk.flow.kind is None:
        return _find_flow(listened(talk))
    heard = _answered(talk, answer)
    same = heard.state.fields == talk.state.fields and heard.state.held == talk.state.held
    if same and talk.step is not None and not talk.in_danger and not talk.turn.media:
        return missed(talk)
    return ask(heard.moved_to(misses=0))


def _answered(talk: Talk, answer: dict[str, FieldValue]) -> Talk:
    told = talk.step is not None and talk.step.expects == "text" and bool(answer)
    heard = listened(talk, only_worrying=told, story=path.REASON not in answer)
    fields = {**heard.state.fields, **answer}
    state = heard.state.model_copy(update={"fields": fields})
    return Talk(path.promoted(state, talk.book), talk.turn, talk.book)


def _find_flow(talk: Talk) -> Result:
    """Which flow the words ask for; asked where they do not say."""
    wanted = _wanted(talk)
    if wanted is not None:
        return _open(talk, wanted)
    if talk.state.filed and not talk.in_danger:
        return talk.state, (Say("noted"),)
    told = bool(talk.state.held) or talk.turn.reading.intent is not None
    if talk.step is not None and not told:
        return missed(talk)
    thanks = (Say("heard"),) if path.OWN_WORDS in talk.state.held and not talk.in_danger else ()
    if not talk.turn.text.strip() and not talk.turn.media:
        thanks = (Say("no-words"),)
    return ask(talk, *thanks)


def _wanted(talk: Talk) -> str | None:
    intent, held = talk.turn.reading.intent, talk.state.held
    flows = [flow for flow in talk.book.flows.values() if flow.kind is not None]
    by_intent = next((flow.id for flow in flows if intent in flow.starts_on), None)
    if by_intent is not None:
        return by_intent
    if talk.state.filed:
        return None
    role, relation = held.get(EntityName.ROLE.value), held.get(EntityName.RELATION.value)
    by_role = next((flow.id for flow in flows if role in flow.starts_on_role), None)
    return by_role or next((flow.id for flow in flows if relation in flow.starts_on_relation), None)


def _open(talk: Talk, flow_id: str) -> Result:
    opened = talk.moved_to(flow=flow_id, step=None, trail=(), skipped=frozenset(), misses=0)
    ready = Talk(path.promoted(opened.state, talk.book), talk.turn, talk.book)
    opens = ready.flow.opens
    lead = (Say(opens),) if opens and not talk.in_danger else ()
    return ask(ready, *lead)
