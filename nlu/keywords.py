"""Commands: whole messages that mean one thing in every conversation.

Belongs here: looking a whole message up, exactly or with one slip of the finger. Does not belong
here: commands inside longer sentences (a message is speech before it is a keyword), the words
themselves (`content/languages/<lang>/keywords.yaml`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nlu.normalise import fold
from nlu.reading import Asked, Intent, Language

_LONG_ENOUGH_FOR_A_SLIP = 6


@dataclass(frozen=True, slots=True)
class KeywordBook:
    """Folded phrases to intents for each language, and what may stand around a phrase."""

    intents: Mapping[Language, Mapping[str, Intent]]
    answers: Mapping[Language, Mapping[str, Intent]]
    """Phrases that mean something only after a yes-or-no question ("y", "correct")."""
    fillers: frozenset[str]
    starts: frozenset[str]
    """Words that open the line again after an opt-out."""


def keyword_intent(
    text: str, language: Language, asked: Asked | None, book: KeywordBook
) -> Intent | None:
    """What a message means when all of it is a command; the language at hand is tried first."""
    wholes = tuple(_wholes(text, book.fillers))
    if asked is not None and asked.expects == "yes_no":
        for whole in wholes:
            answer = _looked_up(whole, language, book.answers)
            if answer is not None:
                return answer
    for whole in wholes:
        intent = _looked_up(whole, language, book.intents)
        if intent is not None:
            return intent
    return _slip_of(wholes[-1], language, book.intents) if wholes else None


def is_start_word(text: str, book: KeywordBook) -> bool:
    """Whether the message opens the line again after an opt-out."""
    return fold(text) in book.starts


def _wholes(text: str, fillers: frozenset[str]) -> Iterator[str]:
    """The message as it may stand in the book: as written, folded, without polite trailers."""
    raw = text.strip().casefold()
    if raw:
        yield raw
    words = fold(text).split()
    if words:
        yield " ".join(words)
    core = _without_fillers(words, fillers)
    if core and core != words:
        yield " ".join(core)


def _without_fillers(words: list[str], fillers: frozenset[str]) -> list[str]:
    while len(words) > 1 and words[-1] in fillers:
        words = words[:-1]
    while len(words) > 1 and words[0] in fillers:
        words = words[1:]
    return words


def _looked_up(
    whole: str, language: Language, phrases: Mapping[Language, Mapping[str, Intent]]
) -> Intent | None:
    """Own language, then English, then whatever the other languages agree on."""
    for first in (language, Language.EN):
        intent = phrases.get(first, {}).get(whole)
        if intent is not None:
            return intent
    others = {own[whole] for own in phrases.values() if whole in own}
    return others.pop() if len(others) == 1 else None


def _slip_of(
    whole: str, language: Language, phrases: Mapping[Language, Mapping[str, Intent]]
) -> Intent | None:
    if len(whole) < _LONG_ENOUGH_FOR_A_SLIP or len(whole) > 40:
        return None
    near = {
        intent
        for own in (language, Language.EN)
        for phrase, intent in phrases.get(own, {}).items()
        if len(phrase) >= _LONG_ENOUGH_FOR_A_SLIP and is_one_slip(whole, phrase)
    }
    return near.pop() if len(near) == 1 else None


def is_one_slip(one: str, two: str) -> bool:
    """Whether one letter was dropped, added, changed, or two neighbours swapped."""
    if abs(len(one) - len(two)) > 1:
        return False
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    rest, other = one[start:], two[start:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or swapped
