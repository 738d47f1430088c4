"""Text made comparable: one spelling for the many ways a person may type a word.

Belongs here: folding of case, marks, look-alike letters, hidden characters, emoji, leetspeak,
spaced and stretched letters, with the way back to the text as it was written. Does not belong
here: what any word means, any list of risk words, files, the clock.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, islice, product
from types import MappingProxyType

SENTENCE = "."
"""The word that stands for the end of a sentence or line."""

_LONGEST_RESPELT = 40
_MOST_RESPELLINGS = 48
_ENDS = frozenset(".!?;\n\r\u2026\u0964\u06d4\u061f\u1362\u1367")
_JOINERS = frozenset("'\u2019\u2018\u02bc`\u00b4\u05f3")
_ELIDED = frozenset({"j", "m", "t", "s", "l", "n", "d", "c", "qu"})
"""Words that French runs into the next one with an apostrophe."""
_LEET = {
    "0": "o",
    "1": "il",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "!": "il",
    "|": "li",
    "+": "t",
    "*": "aeiou",
    "#": "aeiou",
    "\u00a3": "l",
    "\u20ac": "e",
}
_LEET_MARKS = frozenset(mark for mark in _LEET if not mark.isdigit())
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0458\u043a\u0442\u043c\u043d\u0432"
    "\u0455\u0501\u04cf\u03b1\u03b5\u03b9\u03bf\u03c1\u03bd\u03ba\u03c4\u03c5\u0131\u0142"
    "\u00f8\u0111\u0261\u0251",
    "aeopcxyijktmhbsdlaeiopvktuilodga",
)
_ARABIC = str.maketrans(
    {
        "\u0623": "\u0627",
        "\u0625": "\u0627",
        "\u0622": "\u0627",
        "\u0671": "\u0627",
        "\u0649": "\u064a",
        "\u06cc": "\u064a",
        "\u06d2": "\u064a",
        "\u06a9": "\u0643",
        "\u06c1": "\u0647",
        "\u06be": "\u0647",
        "\u0629": "\u0647",
        "\u06c3": "\u0647",
        "\u06d5": "\u0647",
        "\u0624": "\u0648",
        "\u0626": "\u064a",
        "\u0640": None,
    }
)
_NUKTA = frozenset("\u0a3c\u0abc\u093c")
_EMOJI = {
    "\U0001f52a": "knife",
    "\U0001f5e1": "knife",
    "\u2694": "knife",
    "\U0001fa93": "machete",
    "\U0001f52b": "gun",
    "\U0001fa78": "blood",
    "\U0001f48a": "pills",
    "\U0001f4a3": "bomb",
    "\U0001f198": "help",
    "\U0001f691": "ambulance",
    "\u26b0": "coffin",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One comparable word; `start` and `end` are offsets into the original text."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """What makes an odd spelling worth respelling: only towards a word that somebody looks for."""

    words: frozenset[str] = frozenset()
    mended: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


PLAIN = Spelling()


def normalise(text: str, spelling: Spelling = PLAIN) -> tuple[Token, ...]:
    """The comparable words of a text in order; sentence ends stand as `SENTENCE`."""
    tokens = [_respelt(token, spelling) for token in _tokens(text)]
    return tuple(_joined(tokens, spelling.words))


def fold(text: str) -> str:
    """The comparable words of a text as one line, sentence ends left out."""
    return " ".join(token.word for token in normalise(text) if token.word != SENTENCE)


def _tokens(text: str) -> Iterator[Token]:
    word: list[str] = []
    start = end = 0
    for at, char in enumerate(text):
        folded = _folded(char)
        if char in _JOINERS and "".join(word) in _ELIDED:
            folded = " "
        if folded == "":
            continue
        if _is_inside(folded, text, at, bool(word)):
            if not word:
                start = at
            word.append(folded)
            end = at + 1
            continue
        if word:
            yield Token("".join(word), start, end)
            word = []
        if char in _EMOJI:
            yield Token(_EMOJI[char], at, at + 1)
        elif folded in _ENDS and not _is_wordlike(text[at + 1 : at + 2]):
            yield Token(SENTENCE, at, at + 1)
    if word:
        yield Token("".join(word), start, end)


def _is_inside(folded: str, text: str, at: int, in_word: bool) -> bool:
    if _is_wordlike(folded):
        return True
    if folded not in _LEET_MARKS:
        return False
    following = _is_wordlike(text[at + 1 : at + 2])
    if folded in "@$":
        return following
    return in_word and following


@lru_cache(maxsize=4096)
def _is_wordlike(chars: str) -> bool:
    return bool(chars) and all(
        char.isalnum() or unicodedata.category(char) in ("Mn", "Mc") for char in chars
    )


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    """One character made comparable; empty when it leaves no trace in a word."""
    if char in _JOINERS or char in _NUKTA:
        return ""
    if char in _EMOJI or char in "\n\r\t":
        return char
    if unicodedata.category(char) in ("Cf", "Cc", "Cs", "Co", "Cn") or char in "\ufe0f\ufe0e":
        return ""
    out = []
    for part in unicodedata.normalize("NFKD", char).casefold():
        mark = unicodedata.category(part) == "Mn"
        if mark and ord(part) < 0x0700:
            continue
        out.append(part)
    return "".join(out).translate(_LOOKALIKES).translate(_ARABIC) if out else ""


def _respelt(token: Token, spelling: Spelling) -> Token:
    word = token.word
    if word in spelling.mended:
        return Token(spelling.mended[word], token.start, token.end)
    if word in spelling.words or word == SENTENCE:
        return token
    return Token(respell(word, spelling), token.start, token.end)


def respell(word: str, spelling: Spelling) -> str:
    """A known word that `word` is an odd spelling of, or `word` with its stretches taken in."""
    if spelling.words and len(word) <= _LONGEST_RESPELT:
        for plain in islice(_unleeted(word), _MOST_RESPELLINGS):
            for candidate in islice(_unstretched(plain), _MOST_RESPELLINGS):
                candidate = spelling.mended.get(candidate, candidate)
                if candidate in spelling.words:
                    return candidate
    if word.isdigit():
        return word
    return "".join(
        char if len(run) > 2 else char * len(run)
        for char, run in ((char, list(same)) for char, same in groupby(word))
    )


def _unleeted(word: str) -> Iterator[str]:
    if word.isalpha() or not any(char.isalpha() for char in word):
        yield word
        return
    for letters in product(*(_LEET.get(char, char) for char in word)):
        yield "".join(letters)


def _unstretched(word: str) -> Iterator[str]:
    """`word`, then its repeated letters as one or two, fewest changes first."""
    yield word
    runs = [(char, len(list(same))) for char, same in groupby(word)]
    if all(length == 1 for _, length in runs):
        return
    ways = [(char, char * 2) if length > 1 else (char,) for char, length in runs]
    for letters in product(*ways):
        yield "".join(letters)


def _joined(tokens: list[Token], words: frozenset[str]) -> Iterator[Token]:
    """Letters that stand alone, put together where they spell known words."""
    at = 0
    while at < len(tokens):
        stop = at
        while stop < len(tokens) and len(tokens[stop].word) == 1 and tokens[stop].word != SENTENCE:
            stop += 1
        run = tokens[at:stop]
        parts = _segmented("".join(token.word for token in run), words) if stop - at >= 3 else None
        if parts is None:
            stop = max(stop, at + 1)
            yield from tokens[at:stop]
        else:
            for begin, finish in parts:
                word = "".join(token.word for token in run[begin:finish])
                yield Token(_spelled(word, words), run[begin].start, run[finish - 1].end)
        at = stop


def _spelled(word: str, words: frozenset[str]) -> str:
    for candidate in islice(_unleeted(word), _MOST_RESPELLINGS):
        if candidate in words:
            return candidate
    return word


def _segmented(letters: str, words: frozenset[str]) -> list[tuple[int, int]] | None:
    """The fewest known words that `letters` spells, as spans; None when it spells none."""
    best: list[tuple[int, int] | None] = [(0, 0)] + [None] * len(letters)
    for stop in range(1, len(letters) + 1):
        for start in range(max(0, stop - 14), stop):
            before = best[start]
            if before is None or _spelled(letters[start:stop], words) not in words:
                continue
            if best[stop] is None or before[0] + 1 < (best[stop] or (0, 0))[0]:
                best[stop] = (before[0] + 1, start)
    spans: list[tuple[int, int]] = []
    stop = len(letters)
    while stop > 0:
        step = best[stop]
        if step is None:
            return None
        spans.append((step[1], stop))
        stop = step[1]
    if all(stop - start < 3 for start, stop in spans):
        return None
    return spans[::-1]
