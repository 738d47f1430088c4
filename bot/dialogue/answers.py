"""A message taken as the answer to a question, and everything else that it tells.

Belongs here: which fields a message fills. Does not belong here: what follows from it.
"""

import re
from collections.abc import Iterator

from bot.dialogue.book import Book
from bot.dialogue.contact import CODE_WORD, code_of
from bot.dialogue.nodes import Flow, Step, Topics
from bot.dialogue.path import AGES, AREA, KIN, NAME, OWN_WORDS, REASON, TIES, TOLD
from bot.dialogue.reaching import LONGEST_NOTE, gives_number
from bot.dialogue.topics import asks, said, says
from bot.dialogue.turn import FieldValue, State, Turn
from bot.messages import InboundKind
from nlu.normalise import fold
from nlu.reading import EntityName, EntityValue, Intent, RiskLevel

_SHORT = 8
"""Words: a longer message is a story, not a bare answer."""
_NAME_WORDS = 3
_OTHER_WORDS = 3
_REASON_WORDS = 3
"""Words with something in them."""
_NAMES_WORDS = 6
_PLACE_WORDS = 3
_LEAD = 3
_CLOSE = 2
"""Characters between who somebody is and their name."""
_NEAR = 6
_SEND_WORDS = 6
_SENTENCE_END = re.compile(r"[.!?;\n]")
LONGEST_FIELD = 4000
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


def is_very_long(text: str) -> bool:
    """Longer than anybody's answer to one question."""
    return len(text) > LONGEST_NOTE


def is_story(turn: Turn) -> bool:
    """Long enough, or worrying enough, to be kept as the person's own words."""
    return is_long(turn.text) or turn.assessment.message_level > RiskLevel.NONE


def is_reason(turn: Turn, topics: Topics) -> bool:
    """Whether a first message says why: a story, and from somebody at work more than the wish to
    refer."""
    if turn.reading.intent is Intent.REQUEST_SAFE_ROUTE:
        return is_story(turn)
    told = [word for word in map(fold, _left_over(turn)) if word and word not in topics.requests]
    says_why = len(told) >= _REASON_WORDS or turn.assessment.message_level > RiskLevel.NONE
    at_work = turn.reading.intent is Intent.REFER_PROFESSIONAL
    return says_why or (is_story(turn) and not at_work)


def answer(step: Step, turn: Turn, topics: Topics, book: Book) -> dict[str, FieldValue]:
    """What the message answers to this very question; empty when it does not."""
    if gives_number(turn, step):
        return _own_words(step, turn.text)
    meant = understood(step, turn, topics, book)
    if not meant and step.expects == "choice":
        return _in_other_words(step, turn, topics)
    if not meant and step.free and _is_bare(step, turn, topics):
        is_name = step.expects is EntityName.NAME
        return {} if is_name and not _may_be_name(turn, topics) else _own_words(step, turn.text)
    return meant


def _in_other_words(step: Step, turn: Turn, topics: Topics) -> dict[str, FieldValue]:
    """What stands on no list of choices: the choice for all else, where there is one."""
    if step.otherwise is None:
        return {}
    calm = turn.assessment.message_level < RiskLevel.HIGH and turn.reading.intent not in _TALK
    brief = word_count(turn.text) < _OTHER_WORDS or is_very_long(turn.text)
    if not calm or brief or asks(turn.text, topics) or unasked(turn, step, topics):
        return {}
    return {step.id: step.otherwise}


def _may_be_name(turn: Turn, topics: Topics) -> bool:
    """No cry for help, no figure, and no word that is in no name."""
    if turn.assessment.message_level >= RiskLevel.HIGH:
        return False
    found = turn.reading.values().get(EntityName.NAME, "")
    said = str(found) or turn.text
    return not {*fold(said).split()} & {*topics.not_names} and not any(map(str.isdigit, said))


def understood(step: Step, turn: Turn, topics: Topics, book: Book) -> dict[str, FieldValue]:
    """The answer without those wordings that are only taken because nothing else fits."""
    if step.expects == "choice":
        choice = chosen(step, turn, topics, book)
        if choice is not None:
            return {step.id: choice}
    elif step.expects == "text":
        if step.id == REASON and not _left_over(turn):
            return {}
        if step.id == CODE_WORD:
            code = code_of(turn.text, topics)
            return {step.id: code} if code and turn.reading.intent not in _TALK else {}
        if turn.reading.intent not in _TALK or word_count(turn.text) >= 3:
            return _own_words(step, turn.text)
        return {}
    elif _is_not_meant(step, turn, topics):
        return {}
    elif step.expects in turn.reading.values():
        value = turn.reading.values()[step.expects]
        several = step.expects is EntityName.NAME and _names_several(turn, topics)
        return _own_words(step, turn.text) if several else {step.id: value}
    return {}


def _is_not_meant(step: Step, turn: Turn, topics: Topics) -> bool:
    """A word that is in no name, or the place where somebody's family is."""
    if step.expects is EntityName.NAME:
        return not _may_be_name(turn, topics)
    return step.id == AREA and bool(elsewhere(turn, topics))


def _names_several(turn: Turn, topics: Topics) -> bool:
    words = fold(turn.text).split()
    joined = {*words[1:-1]} & {*topics.joiners}
    return bool(joined) and len(words) <= _NAMES_WORDS and not {*words} & {*topics.not_names}


def words_of(turn: Turn, reading: EntityName) -> list[tuple[list[str], EntityValue]]:
    """Each fact of that name, with the words before it in its own sentence."""
    found = []
    for entity in turn.reading.entities:
        if entity.name is reading:
            before = _SENTENCE_END.split(turn.text[: entity.start])[-1]
            found.append((fold(before).split(), entity.value))
    return found


def lives_at(turn: Turn, topics: Topics) -> EntityValue | None:
    """The place that a message says somebody lives at, where it names several."""
    return next(
        (
            value
            for before, value in words_of(turn, EntityName.PLACE)
            if {*before[-_LEAD:]} & {*topics.lives}
        ),
        None,
    )


def elsewhere(turn: Turn, topics: Topics) -> dict[str, FieldValue]:
    """A place that is where one's family or friends are: a tie, and not where one lives."""
    for before, value in words_of(turn, EntityName.PLACE):
        near = before[-_NEAR:]
        kin = [at for at, word in enumerate(near) if word in topics.kin]
        own = kin and {*near[: kin[-1]]} & {*topics.lives} and {*near} & {*topics.first_person}
        if kin and not own and not {*near[kin[-1] :]} & {*topics.first_person}:
            return {KIN: value, TOLD + TIES: turn.text.strip()[:LONGEST_FIELD]}
    return {}


def several_ages(turn: Turn) -> dict[str, FieldValue]:
    """More than one age in a short message: kept as said, for a person to tell apart."""
    ages = {entity.value for entity in turn.reading.entities if entity.name is EntityName.AGE}
    return {TOLD + AGES: turn.text.strip()} if len(ages) > 1 and not is_long(turn.text) else {}


def _own_words(step: Step, text: str) -> dict[str, FieldValue]:
    kept = text.strip()[:LONGEST_FIELD]
    return {step.id: kept} if kept else {}


def _is_bare(step: Step, turn: Turn, topics: Topics) -> bool:
    """A short answer in the person's own wording, with nothing alarming in it."""
    if turn.assessment.message_level >= RiskLevel.HIGH or unasked(turn, step, topics):
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
        case Intent.DONT_KNOW:
            return None
        case _:
            return _by_first_word(step, words, topics)


def _by_first_word(step: Step, words: list[str], topics: Topics) -> str | None:
    """`yes but ask me first`: the answer stands at the beginning."""
    if words[:1] and words[0] in topics.agrees:
        return step.affirm
    return step.deny if words[:1] and words[0] in topics.declines else None


def _longest_wording(choice: str, words: list[str], topics: Topics, book: Book) -> int:
    wordings = (*topics.choices.get(choice, ()), *_labels(choice, book))
    around, never = frozenset(topics.around), frozenset(topics.refusals)
    return max((_length(one) for one in wordings if said(words, one, around, never)), default=0)


def _labels(choice: str, book: Book) -> Iterator[str]:
    """What stands on the button, in every language that has words for it."""
    for words in book.words.values():
        label = fold(words.text(f"choice-{choice}", {}, marks=False) or choice)
        yield label if " " in label else f"={label}"


def _length(wording: str) -> int:
    return len(wording.split())


def _overheard(step: Step, turn: Turn, topics: Topics) -> dict[str, FieldValue]:
    """A choice told so plainly that the question need not be asked; never against a refusal
    between its words."""
    words = fold(turn.text).split()
    found = [
        (len(phrase.split()), choice)
        for choice in step.choices
        for phrase in topics.overheard.get(choice, ())
        if _is_heard(words, phrase, topics)
    ]
    return {TOLD + step.id: max(found)[1]} if found else {}


def _is_heard(words: list[str], phrase: str, topics: Topics) -> bool:
    if phrase.startswith("="):
        return said(words, phrase)
    return says(words, phrase, frozenset(topics.refusals))


def overheard(flow: Flow, turn: Turn, topics: Topics) -> dict[str, FieldValue]:
    """Every choice of the flow that a message tells before it is asked."""
    return {
        key: value for step in flow.steps for key, value in _overheard(step, turn, topics).items()
    }


def agreed_early(
    flow: Flow, step: Step | None, turn: Turn, topics: Topics, book: Book
) -> dict[str, FieldValue]:
    """`just send it`, said before it is asked; a plain yes answers only what was asked."""
    agreement = flow.agreement
    last = flow.find(agreement.step) if agreement else None
    words = fold(turn.text).split()
    if last is None or last is step or agreement is None or len(words) > _SEND_WORDS:
        return {}
    sends = agreement.sends[0]
    if (
        turn.kind is InboundKind.BUTTON
        or {*words} & {*topics.refusals}
        or not _longest_wording(sends, words, topics, book)
    ):
        return {}
    return {TOLD + last.id: sends}


def is_worded(choice: str, turn: Turn, topics: Topics, book: Book) -> bool:
    """Whether a choice was written in words of its own: no tap, no number, no plain yes."""
    words = fold(turn.text).split()
    typed = turn.kind is not InboundKind.BUTTON
    return typed and _longest_wording(choice, words, topics, book) > 0


def _left_over(turn: Turn) -> list[str]:
    """The words of a message that are part of no fact found in it."""
    left = list(turn.text)
    for entity in turn.reading.entities:
        left[entity.start : entity.end] = " " * (entity.end - entity.start)
    return [word for word in "".join(left).replace(",", " ").split() if word.isalpha()]


def beside(step: Step, turn: Turn, topics: Topics) -> dict[str, FieldValue]:
    """What is left of a short message beside the facts found in it: a place that no list knows."""
    if not step.free or is_long(turn.text):
        return {}
    kept = [word for word in _left_over(turn) if fold(word) not in topics.around]
    if not 0 < len(kept) <= _PLACE_WORDS or {*map(fold, kept)} & {*topics.not_names}:
        return {}
    return {step.id: " ".join(kept)}


def unasked(turn: Turn, step: Step | None, topics: Topics) -> dict[str, FieldValue]:
    """Everything else that the message tells, by entity name."""
    told: dict[str, FieldValue] = {
        name.value: value
        for name, value in turn.reading.values().items()
        if step is None or step.expects is not name
    }
    if EntityName.NAME.value in told and _names_another(turn):
        told[TOLD + NAME] = told.pop(EntityName.NAME.value)
    age, place = _said_age(turn), lives_at(turn, topics)
    told |= {EntityName.AGE.value: age} if age and EntityName.AGE.value in told else {}
    return told | (
        {EntityName.PLACE.value: place} if place and EntityName.PLACE.value in told else {}
    )


def _names_another(turn: Turn) -> bool:
    """`my son jay`: the name stands at once after who somebody is."""
    ends = {one.end for one in turn.reading.entities if one.name is EntityName.RELATION}
    names = [one.start for one in turn.reading.entities if one.name is EntityName.NAME]
    return any(0 < start - end <= _CLOSE for start in names[:1] for end in ends)


def _said_age(turn: Turn) -> EntityValue | None:
    """The age that stands in the message as a number, before one that a school year tells."""
    ages = (entity for entity in turn.reading.entities if entity.name is EntityName.AGE)
    said = (age for age in ages if str(age.value) in turn.text[age.start : age.end])
    return next((age.value for age in said), None)


def with_story(state: State, turn: Turn) -> State:
    """The person's own words added to what they told before, word for word."""
    text = turn.text.strip()
    where, values = ("fields", state.fields) if REASON in state.fields else ("held", state.held)
    key = REASON if where == "fields" else OWN_WORDS
    before = values.get(key)
    if before and str(before).endswith(text):
        return state
    joined = f"{before}\n{text}" if before else text
    return state.model_copy(update={where: {**values, key: joined[:LONGEST_FIELD]}})
