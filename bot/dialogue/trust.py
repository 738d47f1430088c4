"""How far the reader's intent is believed, given the question that was asked.

Belongs here: doubt about a guess of the model. Does not belong here: what an intent leads to
(moves.py), whether a message answers the question (answers.py).
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.dialogue import answers
from bot.dialogue.nodes import Step
from bot.dialogue.talk import Talk
from bot.dialogue.topics import QUESTIONS, says
from nlu.normalise import fold
from nlu.reading import EntityName, Intent, RiskLevel

CERTAIN = 1.0
"""Confidence of a whole-message command: no guess of a model."""
_BARS: Mapping[Intent, float] = MappingProxyType(
    {
        Intent.STOP: 0.8,
        Intent.DELETE_DATA: 0.6,
        Intent.RESTART: 0.6,
        Intent.CHANGE_ANSWER: 0.6,
        Intent.CHANGE_LANGUAGE: 0.6,
        Intent.COMPLAINT: 0.8,
        Intent.GREET: 0.6,
        Intent.AFFIRM: 0.8,
        Intent.DENY: 0.8,
        Intent.DONT_KNOW: 0.6,
        **dict.fromkeys(QUESTIONS, 0.5),
    }
)
"""What follows from these is costly where the guess is wrong, so the guess must be good."""
_COMMANDS = frozenset(
    {
        Intent.STOP,
        Intent.DELETE_DATA,
        Intent.RESTART,
        Intent.CHANGE_LANGUAGE,
        Intent.COMPLAINT,
        Intent.ASK_HUMAN,
    }
)
_SHORT = 2
"""Words: a model hears a name of one or two words as anything at all."""
_NAMED = 4
_SURE_OF_SHORT = 0.9
_FEW = 4
"""Words of a bare answer: `15, wood end`."""


def heeded(talk: Talk) -> Talk:
    """The same message with its intent taken back where it is not to be believed."""
    reading = talk.turn.reading
    believed = _believed(talk)
    if believed is reading.intent:
        return talk
    turn = replace(talk.turn, reading=replace(reading, intent=believed))
    return Talk(talk.state, turn, talk.book)


def resumed(talk: Talk) -> Talk:
    """After danger had put the questions aside: a bare answer to the one that was open is taken,
    and anything else is heard as what it says."""
    step = talk.flow.find(talk.state.paused)
    if talk.step is not None or step is None:
        return talk
    asked = talk.moved_to(step=step.id)
    return asked if _answers_barely(asked, step) else _without_bare_name(talk)


def _without_bare_name(talk: Talk) -> Talk:
    """`hiding upstairs` was read against the question for a name, and is none."""
    reading = talk.turn.reading
    told = tuple(
        one for one in reading.entities if one.name is not EntityName.NAME or one.start > 0
    )
    turn = replace(talk.turn, reading=replace(reading, entities=told))
    return Talk(talk.state, turn, talk.book)


def _answers_barely(talk: Talk, step: Step) -> bool:
    """Few calm words that tell the fact by themselves, whatever the intent is thought to be."""
    turn = talk.turn
    calm = turn.assessment.message_level is RiskLevel.NONE and "?" not in turn.text
    few = answers.word_count(turn.text) <= _FEW
    name = str(turn.reading.values().get(EntityName.NAME, ""))
    is_fact = step.expects is not EntityName.NAME or answers.word_count(name) == 1
    return calm and few and is_fact and _tells_by_itself(talk, step)


def _believed(talk: Talk) -> Intent | None:
    reading, step = talk.turn.reading, talk.step
    intent = reading.intent
    if intent is None:
        return None
    tells = step is not None and _tells_by_itself(talk, step)
    if intent is Intent.ASK_HUMAN and _is_answer(talk, tells):
        return Intent.INFORM
    if reading.confidence >= CERTAIN:
        return intent
    if intent in _COMMANDS and tells:
        return Intent.INFORM
    if reading.confidence < _BARS.get(intent, 0.0):
        return None
    if intent is Intent.STOP and not _is_about_messages(talk):
        return None
    if _is_beside_the_point(talk, intent):
        return None
    if intent in (Intent.AFFIRM, Intent.DENY) and answers.word_count(talk.turn.text) < _SHORT:
        return None
    return None if _is_doubtful_and_short(talk) else intent


def _is_answer(talk: Talk, tells: bool) -> bool:
    """`call me after 5`, `can you not ring me`, a name: how or whom to call, and no wish for a
    person now."""
    reading, step, words = talk.turn.reading, talk.step, fold(talk.turn.text).split()
    is_name = EntityName.NAME in reading.values() and len(words) <= _NAMED
    if step is None or step.expects is not EntityName.SAFE_CHANNEL:
        return reading.confidence < CERTAIN and is_name
    return tells or (reading.confidence < CERTAIN and bool({*words} & {*talk.topics.refusals}))


def _is_beside_the_point(talk: Talk, intent: Intent) -> bool:
    """A question that asks nothing, a complaint about something else, an answer taken for small
    talk; only where the words to tell it by are of the writer's language."""
    reading = talk.turn.reading
    if reading.language_sure and reading.language is not talk.topics.language:
        return False
    if intent in QUESTIONS:
        return not talk.asks and talk.topic_by_words() is None
    if intent is Intent.COMPLAINT:
        return not {*fold(talk.turn.text).split()} & {*talk.topics.complains}
    return intent is Intent.OUT_OF_SCOPE and talk.flow.kind is not None and not talk.asks


def _tells_by_itself(talk: Talk, step: Step) -> bool:
    """Whether the words answer the question, whatever the intent is thought to be."""
    turn = replace(talk.turn, reading=replace(talk.turn.reading, intent=None))
    if step.expects == "text":
        return False
    return bool(answers.understood(step, turn, talk.topics, talk.book))


def _is_about_messages(talk: Talk) -> bool:
    """`stop hitting me` is a cry for help and no wish for silence."""
    words = fold(talk.turn.text).split()
    return any(says(words, phrase) for phrase in talk.topics.stops)


def _is_doubtful_and_short(talk: Talk) -> bool:
    """One or two words, asked for a fact, nothing alarming, and no very sure guess."""
    step, turn = talk.step, talk.turn
    return (
        step is not None
        and isinstance(step.expects, EntityName)
        and turn.assessment.message_level is RiskLevel.NONE
        and answers.word_count(turn.text) <= _SHORT
        and turn.reading.confidence < _SURE_OF_SHORT
        and turn.reading.intent not in (Intent.INFORM, Intent.ASK_HUMAN)
    )
