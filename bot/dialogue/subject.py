"""Second thoughts: whom it is about after all, and an agreement taken back.

Belongs here: hearing both in a message, and which facts still fit when the kind of a referral
changes. Does not belong here: the phrases (content/languages/<lang>/second_thoughts.yaml), what is
said or sent then (moves.py).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from bot.dialogue import answers, path
from bot.dialogue.book import Book
from bot.dialogue.nodes import Flow, SecondThoughts, Topics
from bot.dialogue.talk import Talk
from bot.dialogue.topics import said, says
from bot.dialogue.turn import FieldValue, ReferralKind
from bot.messages import InboundKind
from nlu.normalise import fold
from nlu.reading import EntityName, Intent

_PARTS = re.compile(r"[.,!?;\n\u060c\u061b\u061f\u06d4\u0964]+")
_LONGEST = 25
"""Words of a message in which an agreement may be taken back."""
_SURE = 0.8
"""Confidence from which a model's guess of whom it is about changes the kind."""
_OPENINGS = (path.REASON, EntityName.NAME.value, EntityName.AGE.value)
"""Questions at the beginning, where a bare `my son` still tells whom it is about."""
_OF_WRITER = (path.REASON, EntityName.SAFE_CHANNEL.value, EntityName.SAFE_TIME.value, path.NOTE)
"""Fields that mean the same whoever it is about."""
_NEAR = 3
"""Words before the one that says who somebody is."""
_REFERRER = "referrer_name"
_CORRECTS = (Intent.CHANGE_ANSWER, Intent.DENY)
"""Said of the kind itself, and done once it has changed."""


def takes_back(text: str, topics: Topics, book: Book) -> bool:
    """Whether the person no longer agrees to be referred, in any language; never where they tell
    that somebody else said so."""
    if len(text.split()) > _LONGEST:
        return False
    return any(
        _takes_back(words, topics, one) for one in book.thoughts for words in _parts(text, one)
    )


def _takes_back(words: Sequence[str], topics: Topics, thoughts: SecondThoughts) -> bool:
    own = tuple(takewhile(lambda word: word not in thoughts.reports, words))
    more = topics.withdraws if topics.language is thoughts.language else ()
    return any(_is_said(own, phrase, thoughts) for phrase in (*thoughts.withdraws, *more))


def _is_said(words: Sequence[str], phrase: str, thoughts: SecondThoughts) -> bool:
    """With words of `leads` around it, except those that the phrase itself is made of."""
    return said(words, phrase, thoughts.leads - {*re.split("[=/ ]", phrase)})


def _parts(text: str, thoughts: SecondThoughts) -> Iterator[Sequence[str]]:
    """The words of each part of a message that stands for itself."""
    for part in _PARTS.split(text):
        for is_break, words in groupby(fold(part).split(), lambda one: one in thoughts.breaks):
            if not is_break:
                yield tuple(words)


def about(talk: Talk) -> str | None:
    """The flow that the message names in so many words: `its about my son`."""
    words = fold(talk.turn.text).split()
    found = [
        (len(phrase.split()), flow)
        for thoughts in talk.book.thoughts
        for flow, phrases in thoughts.about.items()
        for phrase in phrases
        if flow in talk.book.flows and _is_about(words, phrase, thoughts)
    ]
    return max(found)[1] if found else None


def _is_about(words: Sequence[str], phrase: str, thoughts: SecondThoughts) -> bool:
    if phrase.startswith("="):
        return _is_said(words, phrase, thoughts)
    first = phrase.split()[0].split("/")
    return any(
        says(words[at:], phrase, thoughts.refusals)
        for at, word in enumerate(words)
        if word in first and thoughts.refusals.isdisjoint(words[max(at - 1, 0) : at])
    )


def turned(talk: Talk) -> Talk:
    """The same message in the flow that it belongs to, where it says that it is about somebody
    else than was thought; what was told goes along where it still fits."""
    wanted = _other(talk)
    if wanted is None:
        return talk
    flow = talk.book.flows[wanted]
    held = {key: kept for key, kept in talk.state.held.items() if key != EntityName.RELATION.value}
    reading = talk.turn.reading
    if reading.intent in _CORRECTS:
        turn = replace(talk.turn, reading=replace(reading, intent=None))
        talk = Talk(talk.state, turn, talk.book)
    return talk.moved_to(
        flow=wanted,
        step=None,
        paused=None,
        misses=0,
        trail=(),
        passed=(),
        skipped=frozenset(),
        held=held,
        fields=_fitting(talk, flow),
    )


def _other(talk: Talk) -> str | None:
    typed = talk.turn.kind is InboundKind.MESSAGE and bool(talk.turn.text.strip())
    if talk.flow.kind is None or not typed:
        return None
    step = talk.flow.find(talk.state.step or talk.state.paused)
    opening = step is None or step.id in _OPENINGS
    asked_openly = step is not None and step.expects == "text" and not opening
    wanted = None if asked_openly else about(talk)
    if wanted is None and opening and talk.flow.kind is ReferralKind.SELF:
        wanted = _of_somebody_else(talk)
    return None if wanted == talk.flow.id else wanted


def _of_somebody_else(talk: Talk) -> str | None:
    """At the beginning `my son he is 15` is enough, unless the writer is in the story as well."""
    reading = talk.turn.reading
    if {*fold(talk.turn.text).split()} & {*talk.topics.oneself} or _says_not(talk):
        return None
    told = reading.values()
    for flow in talk.book.flows.values():
        if flow.kind in (None, ReferralKind.SELF, ReferralKind.ROUTE):
            continue
        by_words = (
            told.get(EntityName.RELATION) in flow.starts_on_relation
            or told.get(EntityName.ROLE) in flow.starts_on_role
        )
        if by_words or (reading.intent in flow.starts_on and reading.confidence >= _SURE):
            return flow.id
    return None


def _says_not(talk: Talk) -> bool:
    """`its not my brother`."""
    named = answers.words_of(talk.turn, EntityName.RELATION)
    refusals = frozenset[str]().union(*(one.refusals for one in talk.book.thoughts))
    return any(refusals.intersection(before[-_NEAR:]) for before, _ in named)


def _fitting(talk: Talk, flow: Flow) -> dict[str, FieldValue]:
    """What was told, as far as the other flow has room for it. Where it was about the writer and
    no longer is, or the other way round, what a question got is not the other's."""
    old, fields = talk.flow, dict(talk.state.fields)
    if ReferralKind.SELF in (old.kind, flow.kind):
        fields = _without_answers(talk, fields)
        fields = _renamed(fields, flow)
    fields.pop(EntityName.RELATION.value, None)
    agreement = old.agreement.step if old.agreement else None
    return {
        key: value
        for key, value in fields.items()
        if key != agreement and _has_room(flow, key, value)
    }


def _without_answers(talk: Talk, fields: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    steps = [talk.flow.find(name) for name in talk.state.trail]
    joined = {step.joins for step in steps if step is not None}
    got = ({*talk.state.trail} | joined) - {*_OF_WRITER, EntityName.NAME.value}
    return {key: value for key, value in fields.items() if key not in got}


def _renamed(fields: Mapping[str, FieldValue], flow: Flow) -> dict[str, FieldValue]:
    """The writer's name stays the writer's; the other's is not known."""
    writer = EntityName.NAME.value if flow.kind is not ReferralKind.SELF else _REFERRER
    named = (
        {flow.unasked[EntityName.NAME]: fields[writer]}
        if (writer in fields and EntityName.NAME in flow.unasked)
        else {}
    )
    rest = {key: value for key, value in fields.items() if key not in (path.NAME, _REFERRER)}
    return rest | named


def _has_room(flow: Flow, key: str, value: FieldValue) -> bool:
    step = flow.find(key)
    if step is not None:
        return not step.choices or str(value) in step.choices
    return key in (path.AGES, path.NOTE) or key in flow.unasked.values()
