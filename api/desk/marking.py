"""Words with the worry in them marked: text cut into pieces for a template.

Does not belong here: hearing the worry (nlu), or HTML.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.store.views import Line
from bot.store.waiting import Quote

_AROUND = 80
"""Characters shown before the first and after the last marked piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_marked: bool


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Sequence[Piece]:
    """The whole text, in order; spans may overlap."""
    pieces, at = [], 0
    for start, end in _joined(spans, len(text)):
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:], False))
    return [piece for piece in pieces if piece.text]


def of_line(line: Line) -> Sequence[Piece]:
    signals = line.reading.risk.signals if line.reading else ()
    return marked(line.text, ((signal.start, signal.end) for signal in signals))


def excerpt(quote: Quote) -> Sequence[Piece]:
    """The marked pieces with some words around them; a long message is cut at both ends."""
    spans = _joined(quote.spans, len(quote.text))
    if not spans:
        return marked(_cut(quote.text, 0, 2 * _AROUND), ())
    first = max(0, spans[0][0] - _AROUND)
    last = min(len(quote.text), spans[-1][1] + _AROUND)
    lead = "… " if first else ""
    moved = [(start - first + len(lead), end - first + len(lead)) for start, end in spans]
    return marked(lead + _cut(quote.text, first, last), moved)


def _cut(text: str, first: int, last: int) -> str:
    return text[first:last] + (" …" if last < len(text) else "")


def _joined(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted((max(0, a), min(b, length)) for a, b in spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found
