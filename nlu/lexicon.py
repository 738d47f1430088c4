"""Danger heard in words alone: always runs, needs nothing but the text.

Belongs here: matching a text against the compiled risk book, guards, the level of what was
heard. Does not belong here: reading the book from files (`nlu.lexicon_files`), the phrases
themselves (`content/languages/<lang>/risk.yaml`), what follows from a level (`bot.rules`).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from nlu.language import ARABIC_SCRIPT, leans_to, may_be
from nlu.normalise import SENTENCE, Spelling, Token, normalise
from nlu.reading import Language, RiskCategory, RiskLevel, Signal

type Span = tuple[int, int]
type Where = Literal["before", "around", "anywhere"]

_PLAIN = 2
"""Entries of more categories than this tell that there is danger, not which."""
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
class Entry:
    id: str
    language: Language
    level: RiskLevel
    categories: frozenset[RiskCategory]
    guards: tuple[Guard, ...]
    regexes: tuple[Any, ...]


@dataclass(frozen=True, slots=True, repr=False)
class RiskBook:
    """Every risk phrase of every language, compiled. Immutable; shared by all readers."""

    entries: tuple[Entry, ...]
    owners: tuple[int, ...]
    """For each pattern of the sieve, the place of its entry in `entries`."""
    sieve: Any
    """`re2.Filter` over all patterns: which of them occur, without trying each."""
    spelling: Spelling


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


def hear(text: str, book: RiskBook) -> tuple[Signal, ...]:
    """Every sign of danger in a text, worst first, with offsets into the text as written."""
    line = _line(normalise(text, book.spelling))
    if not line.tokens:
        return ()
    found: dict[int, Signal] = {}
    for index in book.sieve.Match(line.padded) or ():
        owner = book.owners[index]
        if owner in found:
            continue
        signal = _signal(book.entries[owner], line, text)
        if signal is not None:
            found[owner] = signal
    told = _told_apart(tuple(found.values()))
    return tuple(sorted(told, key=lambda signal: (-signal.level.rank, signal.start)))


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


def _signal(entry: Entry, line: _Line, text: str) -> Signal | None:
    """The strongest reading of an entry in a text: one unguarded place is enough, among words
    that may be in the language of the entry."""
    best: Signal | None = None
    guarded: dict[str, tuple[Span, ...]] = {}
    for span in _spans(entry.regexes, line):
        believed = _believed(entry, span, line, guarded)
        if believed is RiskLevel.NONE or (best is not None and believed <= best.level):
            continue
        if not _is_spoken(entry.language, span, line, text):
            continue
        start, end = line.tokens[span[0]].start, line.tokens[span[1]].end
        best = Signal(believed, entry.categories, "lexicon", entry.id, start, end, entry.language)
    return best


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


def _spans(regexes: Sequence[Any], line: _Line) -> Iterator[Span]:
    encoded = line.padded.encode()
    for regex in regexes:
        for match in regex.finditer(encoded):
            yield line.word_span(match.span())


def _believed(
    entry: Entry,
    span: Span,
    line: _Line,
    guarded: dict[str, tuple[Span, ...]],
) -> RiskLevel:
    believed = entry.level
    for guard in entry.guards:
        if guard.effect >= believed:
            continue
        if guard.name not in guarded:
            guarded[guard.name] = _guard_places(guard, line)
        if any(_reaches(guard, place, span, line) for place in guarded[guard.name]):
            believed = guard.effect
    return believed


def _guard_places(guard: Guard, line: _Line) -> tuple[Span, ...]:
    if guard.lifted is not None and guard.lifted.search(line.padded.encode()):
        return ()
    exempt = tuple(_spans((guard.unless,), line)) if guard.unless is not None else ()
    return tuple(
        place
        for place in _spans((guard.regex,), line)
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
