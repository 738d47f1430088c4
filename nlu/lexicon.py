"""Danger heard in words alone: always runs, needs nothing but the text.

Belongs here: matching a text against the compiled risk book, guards, the level of what was
heard. Does not belong here: reading the book from files (`nlu.lexicon_files`), the phrases
themselves (`content/languages/<lang>/risk.yaml`), what follows from a level (`bot.rules`).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import re2

from nlu.language import ARABIC_SCRIPT, leans_to, may_be
from nlu.normalise import SENTENCE, Spelling, Token, normalise
from nlu.reading import Language, RiskCategory, RiskLevel, Signal

type Span = tuple[int, int]
type Where = Literal["before", "around", "anywhere"]

_PLAIN = 2
"""Entries of more categories than this tell that there is danger, not which."""
_RECENT = 3
"""Places of one part of a scene that are looked back to."""
_BESIDE = 4
"""Words on either side that tell which language the words of a signal are in."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Words that say a risk phrase is not meant: `effect` is the most that is then believed."""

    name: str
    where: Where
    within: int
    effect: RiskLevel
    regex: Any
    unless: Any | None = None
    """A guard word inside such a phrase is no guard ("not joking")."""
    lifted: Any | None = None
    """With such words anywhere in the text the guard is not believed."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Things told in any order: all `parts` (places in the sieve) in at most `within` words."""

    parts: tuple[int, ...]
    within: int


@dataclass(frozen=True, slots=True)
class Entry:
    """`patterns` are places in the sieve: any of them, or any scene, is what the entry hears."""

    id: str
    language: Language
    level: RiskLevel
    categories: frozenset[RiskCategory]
    guards: tuple[Guard, ...]
    patterns: tuple[int, ...]
    scenes: tuple[Scene, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class RiskBook:
    """Every risk phrase of every language, compiled. Immutable; shared by all readers."""

    entries: tuple[Entry, ...]
    owners: tuple[tuple[int, ...], ...]
    """For each pattern of the sieve, the places of its entries in `entries`."""
    sieve: Any
    """`re2.Filter` over all patterns: which of them occur, without trying each."""
    spelling: Spelling
    whole: tuple[Guard, ...]
    """Guards that excuse a whole text: games, films, songs."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A text as words with a space on either side, and where each word begins in its bytes."""

    padded: str
    tokens: tuple[Token, ...]
    begins: tuple[int, ...]

    def word_span(self, span: Span) -> Span:
        """First and last word of a match given in bytes of ` word word `."""
        first = bisect_right(self.begins, span[0] + 1) - 1
        last = bisect_right(self.begins, span[1] - 2) - 1
        return max(first, 0), max(last, first, 0)


@dataclass(slots=True)
class _Hearing:
    """One text while it is heard, with what has been looked up in it so far."""

    line: _Line
    text: str
    sieve: Any
    matched: frozenset[int]
    found: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    guarded: dict[tuple[Language, str], tuple[Span, ...]] = field(default_factory=dict)

    def spans(self, place: int) -> tuple[Span, ...]:
        """Where a pattern of the sieve stands, in words."""
        if place not in self.found:
            self.found[place] = _spans(self.sieve.re(place), self.line)
        return self.found[place]


def hear(text: str, book: RiskBook) -> tuple[Signal, ...]:
    """Every sign of danger in a text, worst first, with offsets into the text as written."""
    hearing = _hearing(text, book)
    signals = [_signal(entry, hearing) for entry in _told(hearing, book)]
    told = _told_apart([signal for signal in signals if signal is not None])
    return tuple(sorted(told, key=lambda signal: (-signal.level.rank, signal.start)))


def is_excused(text: str, book: RiskBook) -> bool:
    """Whether something sounded like danger and a guard excused it, or all of the text is play."""
    hearing = _hearing(text, book)
    for entry in _told(hearing, book):
        for parts in _places(entry, hearing) if entry.level >= RiskLevel.HIGH else ():
            if any(_believed(entry, part, hearing) < RiskLevel.HIGH for part in parts):
                return True
    return any(_guard_places(guard, hearing.line) for guard in book.whole)


def _hearing(text: str, book: RiskBook) -> _Hearing:
    line = _line(normalise(text, book.spelling))
    matched = frozenset(book.sieve.Match(line.padded) or ()) if line.tokens else frozenset()
    return _Hearing(line, text, book.sieve, matched)


def _told(hearing: _Hearing, book: RiskBook) -> Iterator[Entry]:
    """Entries of which any part occurs."""
    owners = {owner for place in hearing.matched for owner in book.owners[place]}
    return (book.entries[owner] for owner in sorted(owners))


def level(signals: Sequence[Signal]) -> RiskLevel:
    """The worst level among the signals."""
    return max((signal.level for signal in signals), default=RiskLevel.NONE)


def _line(tokens: tuple[Token, ...]) -> _Line:
    begins = []
    at = 1
    for token in tokens:
        begins.append(at)
        at += len(token.word.encode()) + 1
    padded = " " + " ".join(token.word for token in tokens) + " "
    return _Line(padded, tokens, tuple(begins))


def _signal(entry: Entry, hearing: _Hearing) -> Signal | None:
    """The strongest reading of an entry in a text: one unguarded place is enough, among words
    that may be in the language of the entry. Of a scene the least believed part counts."""
    best: Signal | None = None
    line = hearing.line
    for parts in _places(entry, hearing):
        believed = min(_believed(entry, part, hearing) for part in parts)
        if believed is RiskLevel.NONE or (best is not None and believed <= best.level):
            continue
        span = min(part[0] for part in parts), max(part[1] for part in parts)
        if not _is_spoken(entry.language, span, line, hearing.text):
            continue
        start, end = line.tokens[span[0]].start, line.tokens[span[1]].end
        best = Signal(believed, entry.categories, "lexicon", entry.id, start, end, entry.language)
        if believed is entry.level:
            break
    return best


def _places(entry: Entry, hearing: _Hearing) -> Iterator[tuple[Span, ...]]:
    """Where an entry is told: the one place of a phrase, the places of the parts of a scene."""
    for place in entry.patterns:
        if place in hearing.matched:
            yield from ((span,) for span in hearing.spans(place))
    for scene in entry.scenes:
        if hearing.matched.issuperset(scene.parts):
            spans = [hearing.spans(part) for part in scene.parts]
            yield from _together(spans, scene.within)


def _together(spans: Sequence[Sequence[Span]], within: int) -> Iterator[tuple[Span, ...]]:
    """One place of each part in few words, none over another: at each place, the last free ones
    of the other parts before it. As many steps as there are places."""
    seen: list[list[Span]] = [[] for _ in spans]
    for span, part in sorted((span, part) for part, own in enumerate(spans) for span in own):
        near = [
            [place for place in before[-_RECENT:] if span[1] - place[0] < within][::-1]
            for other, before in enumerate(seen)
            if other != part
        ]
        chosen = _apart((span,), near)
        if chosen is not None:
            yield chosen
        seen[part].append(span)


def _apart(chosen: tuple[Span, ...], rest: Sequence[Sequence[Span]]) -> tuple[Span, ...] | None:
    """`chosen` and one place of each of the rest, no two over each other."""
    if not rest:
        return chosen
    for place in rest[0]:
        if all(place[1] < other[0] or other[1] < place[0] for other in chosen):
            found = _apart((*chosen, place), rest[1:])
            if found is not None:
                return found
    return None


def _is_spoken(language: Language, span: Span, line: _Line, text: str) -> bool:
    """Whether a span of several words by itself, or with a few on either side, may be in a
    language: one word may be borrowed. Of Arabic letters, as they were written, since folding
    takes away what tells those languages apart."""
    beside = line.tokens[max(span[0] - _BESIDE, 0) : span[1] + _BESIDE + 1]
    if language in ARABIC_SCRIPT:
        return may_be(text[beside[0].start : beside[-1].end], language)
    own = line.tokens[span[0] : span[1] + 1]
    is_phrase = len(own) > 1 and leans_to(_words(own), language)
    return is_phrase or may_be(_words(beside), language)


def _words(tokens: Sequence[Token]) -> str:
    return " ".join(token.word for token in tokens)


def _told_apart(signals: Sequence[Signal]) -> Iterator[Signal]:
    """An entry that stands for many dangers at once is named by one that knows which, where both
    heard the same words; alone it keeps all its names."""
    plain = [signal for signal in signals if len(signal.categories) <= _PLAIN]
    for signal in signals:
        over = [p for p in plain if p.start < signal.end and signal.start < p.end]
        if len(signal.categories) > _PLAIN and over:
            named = frozenset(name for other in over for name in other.categories)
            yield replace(signal, categories=named)
        else:
            yield signal


def _spans(regex: "re2._Regexp[bytes]", line: _Line) -> tuple[Span, ...]:
    return tuple(line.word_span(match.span()) for match in regex.finditer(line.padded.encode()))


def _believed(entry: Entry, span: Span, hearing: _Hearing) -> RiskLevel:
    believed = entry.level
    for guard in entry.guards:
        if guard.effect >= believed:
            continue
        key = (entry.language, guard.name)
        if key not in hearing.guarded:
            hearing.guarded[key] = _guard_places(guard, hearing.line)
        if any(_reaches(guard, place, span, hearing.line) for place in hearing.guarded[key]):
            believed = guard.effect
    return believed


def _guard_places(guard: Guard, line: _Line) -> tuple[Span, ...]:
    if guard.lifted is not None and guard.lifted.search(line.padded.encode()):
        return ()
    exempt = _spans(guard.unless, line) if guard.unless is not None else ()
    return tuple(
        place
        for place in _spans(guard.regex, line)
        if not any(first <= place[1] and place[0] <= last for first, last in exempt)
    )


def _reaches(guard: Guard, place: Span, span: Span, line: _Line) -> bool:
    match guard.where:
        case "anywhere":
            return True
        case "before":
            return place[0] < span[0] and _close(place[1], span[0], guard.within, line)
        case "around":
            if place[0] > span[1]:
                return _close(span[1], place[0], guard.within, line)
            return _close(place[1], span[0], guard.within, line)


def _close(end: int, start: int, within: int, line: _Line) -> bool:
    """Whether the words from `end` to `start` are few and all in one sentence."""
    if start - end > within + 1:
        return False
    return all(token.word != SENTENCE for token in line.tokens[end:start])
