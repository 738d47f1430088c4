"""The small language in which risk phrases are written, made into linear-time patterns.

Belongs here: reading one pattern and compiling it. Does not belong here: what a pattern stands
for, files, guards.

A pattern is words with a space between. `a|b` is either; `{name}` is a list of alternatives kept
under that name; `_` inside an alternative stands for a space; a word ending in `*` is a stem; a
part ending in `?` may be missing; `~` is a gap of up to three words and `~5` of up to five. A gap
never runs over the end of a sentence.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlu.normalise import fold

type Families = Mapping[str, Sequence[str]]

_DEEPEST = 6
_GAP = re.compile(r"~(\d*)")
_FAMILY = re.compile(r"\{([a-z_]+)\}")


class PatternError(ValueError):
    """A pattern that cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A regular expression over ` word word word `, and the whole words it looks for."""

    regex: str
    words: frozenset[str]


def compile_pattern(pattern: str, families: Families) -> Compiled:
    """The pattern as a regular expression for text padded with one space on either side."""
    words: set[str] = set()
    parts = [_part(part, families, words, pattern) for part in pattern.split()]
    if not words or not any(part and not part.endswith("?") for part in parts):
        raise PatternError(f"pattern asks for nothing: {pattern!r}")
    return Compiled("".join(parts) + " ", frozenset(words))


def _part(part: str, families: Families, words: set[str], pattern: str) -> str:
    gap = _GAP.fullmatch(part)
    if gap:
        return f"(?: [^ .]+){{0,{int(gap.group(1) or 3)}}}"
    optional = part.endswith("?")
    alternatives = sorted(set(_alternatives(part.rstrip("?"), families, pattern, 0)))
    spelt = "|".join(_phrase(alternative, words, pattern) for alternative in alternatives)
    return f"(?:{spelt})" + ("?" if optional else "")


def _alternatives(part: str, families: Families, pattern: str, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise PatternError(f"families nest too deep in {pattern!r}")
    for alternative in part.split("|"):
        family = _FAMILY.fullmatch(alternative)
        if family is None:
            yield alternative
            continue
        if family.group(1) not in families:
            raise PatternError(f"no family {family.group(1)!r} in {pattern!r}")
        for member in families[family.group(1)]:
            yield from _alternatives(member.replace(" ", "_"), families, pattern, depth + 1)


def _phrase(alternative: str, words: set[str], pattern: str) -> str:
    spelt = ""
    for raw in alternative.split("_"):
        stem = raw.endswith("*")
        word = fold(raw.rstrip("*"))
        if not word or " " in word:
            raise PatternError(f"cannot read {raw!r} in {pattern!r}")
        words.add(word)
        spelt += " " + re.escape(word) + ("[^ .]*" if stem else "")
    return spelt
