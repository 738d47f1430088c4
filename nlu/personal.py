"""A message without what tells who wrote it: personal details replaced by invented ones.

Belongs here: what is replaced, and by what. Does not belong here: how entities are found
(`nlu.entities`), who reviews the result. A rule sees a name only where somebody was asked for it,
offered it or gave it before, so a person must read what comes out before it is used.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import re2

from nlu.gazetteer import Gazetteer
from nlu.normalise import fold
from nlu.reading import Entity, EntityName

EMAIL = "someone@example.com"
NUMBER = "07700900123"
"""Of the range that Ofcom keeps for drama."""
POSTCODE = "CV0 0AA"
"""In a sector that is not used."""
DATE = "01/01/2011"
ADDRESS = "12 our road"
HANDLE = "@someone"
LINK = "example.com"
CODE = "00000"

_STREET = r"road|rd|street|st|avenue|ave|close|lane|ln|drive|way|crescent|grove|court|terrace|walk"
_PATTERNS: tuple[tuple[Any, str], ...] = (
    (re2.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), EMAIL),
    (re2.compile(r"(?i)\bhttps?://\S+|\bwww\.\S+"), LINK),
    (re2.compile(r"(?i)\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b"), POSTCODE),
    (re2.compile(rf"(?i)\b\d{{1,4}}[a-z]?,? (?:\w+ ){{1,3}}(?:{_STREET})\b"), ADDRESS),
    (re2.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b"), DATE),
    (re2.compile(r"\+?\(?\d(?:[ ()./-]{0,2}\d){8,14}"), NUMBER),
    (re2.compile(r"@[A-Za-z_][\w.]{2,29}"), HANDLE),
    (re2.compile(r"\b\d{5,}\b"), CODE),
)
_SHORTEST_NAME = 3
"""Letters: a shorter known name would be found inside plain speech."""


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    by: str


def replaced(
    text: str, entities: Sequence[Entity], names: Collection[str], gazetteer: Gazetteer
) -> str:
    """The text with every detail that is found in it replaced; the same detail by the same
    invented one. `names`: what is known of the people in the conversation."""
    kept: list[_Change] = []
    for change in _changes(text, entities, names, gazetteer):
        if all(change.end <= other.start or other.end <= change.start for other in kept):
            kept.append(change)
    for change in sorted(kept, key=lambda change: -change.start):
        text = text[: change.start] + change.by + text[change.end :]
    return text


def _changes(
    text: str, entities: Sequence[Entity], names: Collection[str], gazetteer: Gazetteer
) -> Iterator[_Change]:
    """Those that are surest of their bounds first."""
    for pattern, by in _PATTERNS:
        for match in pattern.finditer(text):
            yield _Change(match.start(), match.end(), by)
    own = [str(entity.value) for entity in entities if entity.name is EntityName.NAME]
    for word in sorted({part for name in (*own, *names) for part in name.split()}):
        if len(word) >= _SHORTEST_NAME and fold(word) not in gazetteer.not_names:
            for match in re2.finditer(rf"(?i)\b{re2.escape(word)}(?:'?s)?\b", text):
                by = _as_written(_pick(word.casefold(), gazetteer.stand_ins), match.group())
                yield _Change(match.start(), match.end(), by)
    for entity in entities:
        if entity.name in (EntityName.PLACE, EntityName.SCHOOL):
            values = tuple(dict.fromkeys(gazetteer.phrases[entity.name].values()))
            others = tuple(value for value in values if value != entity.value)
            by = _pick(str(entity.value), others)
            written = text[entity.start : entity.end]
            yield _Change(entity.start, entity.end, _as_written(by, written))


def _pick(word: str, among: Sequence[str]) -> str:
    """The same for the same word, in every text."""
    digest = hashlib.sha256(word.encode()).digest()
    return among[int.from_bytes(digest[:4], "big") % len(among)]


def _as_written(by: str, written: str) -> str:
    """In small letters where the writer used them."""
    return by.casefold() if written == written.casefold() else by
