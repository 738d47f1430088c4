"""The small language in which risk phrases are written, made into linear-time patterns.

Belongs here: reading one pattern and compiling it. Does not belong here: what a pattern stands
for, files, guards.

A pattern is words with a space between. `a|b` is either; `{name}` is a list of alternatives kept
under that name; `_` inside an alternative stands for a space; `*` at either end of a word stands
for any letters; a part ending in `?` may be missing; `~` is a gap of up to three words and `~5` of
up to five, between parts or inside an alternative (`cant_~2_leave`). A gap never runs over the end
of a sentence. `^` first holds the pattern to the beginning of a sentence, `$` as the last part or
one of its alternatives to the end.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from nlu.normalise import fold

_DEEPEST = 6
_GAP = re.compile(r"~(\d*)")
_BETWEEN_WORDS = re.compile(r"[_ ](?![a-z_]*\})")
_FAMILY = re.compile(r"\{([a-z_]+)\}")
_COMPARABLE = re.compile(r"(?:([a-z])(?!\1\1))+")
"""A word that folding would leave as it is, which spares folding most of the words of a book."""
_BEGINNING = r"(?:^| \.)"
_END = r"(?: \. | $)"


class PatternError(ValueError):
    """A pattern that cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A regular expression over ` word word word `, and the whole words it looks for."""

    regex: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Families:
    """Lists of alternatives by name. Each is spelt out once, however many patterns name it."""

    members: Mapping[str, Sequence[str]]
    spelt: dict[str, Compiled] = field(default_factory=dict)


def compile_pattern(pattern: str, families: Families) -> Compiled:
    """The pattern as a regular expression for text padded with one space on either side."""
    words: set[str] = set()
    written = pattern.split()
    first = written[:1] == ["^"]
    parts = [_part(part, families, words, pattern) for part in written[int(first) : -1]]
    parts.append(_last(written[-1] if written else "", families, words, pattern))
    if not words or all(part.endswith("?") or _GAP.fullmatch(part) for part in written):
        raise PatternError(f"pattern asks for nothing: {pattern!r}")
    return Compiled((_BEGINNING if first else "") + "".join(parts), frozenset(words))


def _last(part: str, families: Families, words: set[str], pattern: str) -> str:
    """The last part, which may also be the end of the sentence."""
    members = part.split("|")
    if "$" not in members:
        return (_part(part, families, words, pattern) if part else "") + " "
    others = [member for member in members if member != "$"]
    if not others:
        return _END
    return f"(?:{_either(others, families, words, pattern, 0)} |{_END})"


def _part(part: str, families: Families, words: set[str], pattern: str) -> str:
    if _GAP.fullmatch(part):
        return _gap(part)
    optional = part.endswith("?")
    alternatives = part.removesuffix("?").split("|")
    return _either(alternatives, families, words, pattern, 0) + ("?" if optional else "")


def _gap(part: str) -> str:
    return f"(?: [^ .]+){{0,{int(part[1:] or 3)}}}"


def _either(
    members: Sequence[str], families: Families, words: set[str], pattern: str, depth: int
) -> str:
    if depth > _DEEPEST:
        raise PatternError(f"families nest too deep in {pattern!r}")
    spelt = {_phrase(member, families, words, pattern, depth) for member in members}
    return f"(?:{'|'.join(sorted(spelt))})"


def _phrase(member: str, families: Families, words: set[str], pattern: str, depth: int) -> str:
    spelt = ""
    for raw in _BETWEEN_WORDS.split(member):
        family = _FAMILY.fullmatch(raw)
        if family is not None:
            spelt += _family(family.group(1), families, words, pattern, depth)
        elif _GAP.fullmatch(raw):
            spelt += _gap(raw)
        else:
            spelt += _word(raw, words, pattern)
    return spelt


def _family(name: str, families: Families, words: set[str], pattern: str, depth: int) -> str:
    if name not in families.members:
        raise PatternError(f"no family {name!r} in {pattern!r}")
    if name not in families.spelt:
        own: set[str] = set()
        regex = _either(families.members[name], families, own, pattern, depth + 1)
        families.spelt[name] = Compiled(regex, frozenset(own))
    words |= families.spelt[name].words
    return families.spelt[name].regex


def _word(raw: str, words: set[str], pattern: str) -> str:
    word, regex = _spelling(raw)
    if not word or " " in word:
        raise PatternError(f"cannot read {raw!r} in {pattern!r}")
    words.add(word)
    return regex


@lru_cache(maxsize=1 << 15)
def _spelling(raw: str) -> tuple[str, str]:
    """A word as it is compared, and its expression: a family stands in many patterns."""
    before = "[^ .]*" if raw.startswith("*") else ""
    after = "[^ .]*" if raw.endswith("*") else ""
    bare = raw.strip("*")
    word = bare if _COMPARABLE.fullmatch(bare) else fold(bare)
    return word, f" {before}{re.escape(word)}{after}"
