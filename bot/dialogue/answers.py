"""A message taken as the answer to a question, and everything else that it tells.

Belongs here: which fields a message fills. Does not belong here: what follows from it.
"""

from collections.abc import Mapping

from bot.dialogue.book import Book
from bot.dialogue.nodes import Flow, Step, Topics
from bot.dialogue.path import OWN_WORDS, REASON
from bot.dialogue.topics import says
from bot.dialogue.turn import FieldValue, State, Turn
from nlu.normalise import fold
from nlu.reading import EntityName, Intent, RiskLevel

_SHORT = 8
"""Words: a longer message is a story, not a bare answer."""
_NAME_WORDS = 4
_LONGEST_FIELD = 4000
"""Characters kept in one field; the message itself is kept whole."""
_TALK = frozenset(
    {
        Intent.GREET,
        Intent.GOODBYE,
        Intent.THANK,
        Intent.AFFIRM,
        Intent.DENY,
        Intent.DONT_KNOW,
        Intent.ABUSE,
        Intent.OUT_OF_SCOPE,
    }
)
"""Intents that answer nothing by themselves unless the person writes more than a few words."""


def word_count(text: str) -> int:
    return len(text.split())


def is_long(text: str) -> bool:
    return word_count(text) >= _SHORT


def is_story(turn: Turn) -> bool:
    """Long enough, or worrying enough, to be kept as the person's own words."""
    return is_long(turn.text) or turn.assessment.message_level > RiskLevel.NONE


def answer(step: Step, turn: Turn, topics: Topics, book: Book) -> dict[str, FieldValue]:
    """What the message answers to this very question; empty when it does not."""
    meant = understood(step, turn, topics, book)
    if not meant and step.free and _is_bare(step, turn):
        return _own_words(step, turn.text)
    return meant


def understood(step: Step, turn: Turn, topics: Topics, book: Book) -> dict[str, FieldValue]:
    """The answer without those wordings that are only taken because nothing else fits."""
    if step.expects == "choice":
        choice = chosen(step, turn, topics, book)
        if choice is not None:
            return {step.id: choice}
    elif step.expects == "text":
        if turn.reading.intent not in _TALK or word_count(turn.text) >= 3:
            return _own_words(step, turn.text)
        return {}
    elif step.expects is EntityName.NAME and turn.assessment.message_level >= RiskLevel.HIGH:
        return {}
    elif step.expects in turn.reading.values():
        return {step.id: turn.reading.values()[step.expects]}
    return {}


def _own_words(step: Step, text: str) -> dict[str, FieldValue]:
    kept = text.strip()[:_LONGEST_FIELD]
    return {step.id: kept} if kept else {}


def _is_bare(step: Step, turn: Turn) -> bool:
    """A short answer in the person's own wording, with nothing alarming in it."""
    if turn.assessment.message_level >= RiskLevel.HIGH or unasked(turn, step):
        return False
    if turn.reading.intent not in (None, Intent.INFORM, Intent.CONTACT_PREFERENCE):
        return False
    most = _NAME_WORDS if step.expects is EntityName.NAME else _SHORT
    return word_count(turn.text) <= most and "?" not in turn.text


def chosen(step: Step, turn: Turn, topics: Topics, book: Book) -> str | None:
    """The choice that a message names: tapped, numbered, in its own or other words, or by a
    plain yes or no."""
    said = fold(turn.text)
    for number, choice in enumerate(step.choices, start=1):
        if turn.text.strip() == choice or said in (str(number), fold(choice)):
            return choice
    words = said.split()
    found = {
        choice: length
        for choice in step.choices
        if (length := _longest_wording(choice, words, topics, book))
    }
    best = max(found.values(), default=0)
    named = [choice for choice, length in found.items() if length == best]
    if len(named) == 1:
        return named[0]
    match turn.reading.intent:
        case Intent.AFFIRM:
            return step.affirm
        case Intent.DENY:
            return step.deny
        case _:
            return None


def _longest_wording(choice: str, words: list[str], topics: Topics, book: Book) -> int:
    own = book.words.get(topics.language)
    label = own.text(f"choice-{choice}", {}, marks=False) if own else None
    wordings = (*topics.choices.get(choice, ()), *((fold(label),) if label else ()))
    return max((len(wording.split()) for wording in wordings if says(words, wording)), default=0)


def tapped(flow: Flow, text: str) -> dict[str, FieldValue]:
    """The step that a tapped choice belongs to, even when it was asked earlier."""
    for step in flow.steps:
        if text in step.choices:
            return {step.id: text}
    return {}


def unasked(turn: Turn, step: Step | None) -> dict[str, FieldValue]:
    """Everything else that the message tells, by entity name."""
    return {
        name.value: value
        for name, value in turn.reading.values().items()
        if step is None or step.expects is not name
    }


def with_story(state: State, turn: Turn) -> State:
    """The person's own words added to what they told before, word for word."""
    text = turn.text.strip()
    where, values = ("fields", state.fields) if REASON in state.fields else ("held", state.held)
    key = REASON if where == "fields" else OWN_WORDS
    before = values.get(key)
    joined = f"{before}\n{text}" if before else text
    return state.model_copy(update={where: {**values, key: joined[:_LONGEST_FIELD]}})


def merged(
    old: Mapping[str, FieldValue], new: Mapping[str, FieldValue], correct: bool
) -> dict[str, FieldValue]:
    """`correct`: the person changes what they said, so the new value wins."""
    return {**old, **new} if correct else {**new, **old}
