"""A question answered truthfully in the same turn, at any point; the flow goes on after it. Pure.

Belongs here: what follows from a question, and the answer that may stand beside it. Does not belong
here: finding what is asked (topics.py), the answers (content).
"""

import re
from dataclasses import replace

from bot.dialogue import answers
from bot.dialogue.nodes import Step
from bot.dialogue.taking import begin, requested, take
from bot.dialogue.talk import Result, Talk, ask, listened, put_aside
from bot.dialogue.turn import Effect, FieldValue, OpenTicket, Priority, Say, TicketReason
from nlu.reading import EntityName

_IN_QUESTIONS = (EntityName.NAME, EntityName.ROLE, EntityName.SAFE_CHANNEL)
_CLAUSES = re.compile(r"[.,!?;]| but | and ", re.IGNORECASE)


def tell(talk: Talk) -> Result:
    """A true answer now; the flow goes on with its question."""
    topic = talk.topic()
    if topic is None:
        return take(talk)
    effects: tuple[Effect, ...] = (Say(topic.says, keep=True),)
    unknown = any(talk.book.facts[fact] == "unknown" for fact in topic.needs)
    if topic.hands_over or unknown:
        priority = talk.at_least(Priority.CONCERN)
        effects = (OpenTicket(TicketReason.ASKED_FOR_PERSON, priority), *effects)
    heard = listened(talk, only_worrying=True).moved_to(misses=0)
    beside = _answered_beside(talk)
    if beside:
        heard = heard.moved_to(fields={**heard.state.fields, **beside})
    if topic.stays and talk.step is None:
        return put_aside(heard.state), effects
    wanted = None if talk.flow.kind or talk.pauses else requested(heard)
    if wanted is not None:
        return begin(heard, wanted, *effects)
    if talk.flow.kind is None and not heard.state.greeted and not talk.in_danger:
        # The first answer is long enough with the notice and the truth; the question can wait.
        return heard.state, effects
    return ask(heard, *effects)


def _answered_beside(talk: Talk) -> dict[str, FieldValue]:
    """The answer to the open question in a message that also asks; no word of a question is
    ever a name, a role or a way to be reached."""
    step = talk.step
    if talk.flow.kind is None or step is None or step.expects in _IN_QUESTIONS:
        return {}
    if step.expects == "choice":
        return _chosen_first(talk, step)
    answer = talk.answer() if talk.is_understood() else {}
    is_whole = str(answer.get(step.id, "")).strip("?!. ") == talk.turn.text.strip("?!. ")
    return {} if is_whole else answer


def _chosen_first(talk: Talk, step: Step) -> dict[str, FieldValue]:
    """`yes but are you police`: the answer stands before the question."""
    first, *rest = _CLAUSES.split(talk.turn.text, maxsplit=1)
    turn = replace(talk.turn, text=first, reading=replace(talk.turn.reading, intent=None))
    choice = answers.chosen(step, turn, talk.topics, talk.book) if rest else None
    return {step.id: choice} if choice else {}
