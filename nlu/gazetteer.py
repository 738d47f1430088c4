"""The places, schools and words from which entities are read.

Belongs here: the compiled gazetteer and reading it from `content/gazetteer/*.yaml`. Does not
belong here: how a text is searched (`nlu.entities`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from nlu.normalise import fold
from nlu.reading import EntityName
from nlu.yaml_files import load_yaml

type Phrase = tuple[str, ...]


class Slip(NamedTuple):
    """A spelling that is known with one letter wrong."""

    name: EntityName
    spelt: str
    value: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Folded phrases, as tuples of words, to normalised values. Immutable."""

    phrases: Mapping[EntityName, Mapping[Phrase, str]]
    when_asked: Mapping[EntityName, Mapping[Phrase, str]]
    """The same and more: what means one of these only as the answer to its question."""
    longest: Mapping[EntityName, Mapping[str, int]]
    """How many words the longest phrase has that begins with a word, asked or not."""
    slips: Mapping[str, tuple[Slip, ...]]
    """Spellings long enough to be known with one letter wrong: under each of what is left of
    them when one letter is taken away, for two that differ by one slip share one of those."""
    numbers: Mapping[str, int]
    months: Mapping[str, int]
    age_before: frozenset[Phrase]
    age_not_before: frozenset[str]
    birthday_soon: frozenset[str]
    age_after: frozenset[str]
    age_not_after: frozenset[str]
    age_past_after: frozenset[str]
    turning: frozenset[Phrase]
    name_leads: frozenset[Phrase]
    name_leads_brief: frozenset[Phrase]
    """Leads that are believed in a short answer alone; the others are among them."""
    name_leads_unasked: frozenset[Phrase]
    name_stops: frozenset[str]
    not_names: frozenset[str]
    no_name_words: frozenset[str]
    name_fillers: frozenset[str]
    school_words: frozenset[str]
    stand_ins: tuple[str, ...]
    """Invented names, put in the place of real ones."""


class _NamedFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    entity: EntityName
    values: dict[str, list[str]]
    slips: list[str] = []


class _WordsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    relation: dict[str, list[str]]
    role: dict[str, list[str]]
    safe_channel: dict[str, list[str]]
    day: dict[str, list[str]]
    time: dict[str, list[str]]
    numbers: dict[int, list[str]]
    age_before: list[str]
    age_after: list[str]
    age_not_after: list[str]
    age_past_after: list[str]
    turning: list[str]
    name_leads: list[str]
    name_leads_brief: list[str]
    name_leads_unasked: list[str]
    name_stops: list[str]
    not_names: list[str]
    school_words: list[str]
    stand_in_names: list[str]
    asked_relation: dict[str, list[str]]
    asked_safe_channel: dict[str, list[str]]
    asked_time: dict[str, list[str]]
    months: dict[int, list[str]]
    no_name_words: list[str]
    name_fillers: list[str]
    age_not_before: list[str]
    birthday_soon: list[str]


def load_gazetteer(content_dir: Path) -> Gazetteer:
    """Places, schools and words. Raises `BadFile`."""
    folder = content_dir / "gazetteer"
    words = load_yaml(folder / "words.yaml", _WordsFile)
    named = [
        load_yaml(path, _NamedFile)
        for path in sorted(folder.glob("*.yaml"))
        if path.name != "words.yaml"
    ]
    return _compiled(words, named, _phrases_of(words, named))


def _compiled(
    words: _WordsFile,
    named: Sequence[_NamedFile],
    phrases: Mapping[EntityName, Mapping[Phrase, str]],
) -> Gazetteer:
    asked = _asked_phrases(words)
    when_asked = {name: {**asked.get(name, {}), **own} for name, own in phrases.items()}
    return Gazetteer(
        phrases=MappingProxyType(phrases),
        when_asked=MappingProxyType(when_asked),
        longest=MappingProxyType({name: _longest(own) for name, own in when_asked.items()}),
        slips=_slips(named, phrases),
        numbers=MappingProxyType(
            {fold(word): value for value, own in words.numbers.items() for word in own}
        ),
        months=MappingProxyType(
            {fold(word): value for value, own in words.months.items() for word in own}
        ),
        age_not_before=_folded(words.age_not_before),
        birthday_soon=_folded(words.birthday_soon),
        no_name_words=_folded(words.no_name_words),
        name_fillers=_folded(words.name_fillers),
        age_before=_phrases(words.age_before),
        age_after=_folded(words.age_after),
        age_not_after=_folded(words.age_not_after),
        age_past_after=_folded(words.age_past_after),
        turning=_phrases(words.turning),
        name_leads=_phrases(words.name_leads),
        name_leads_brief=_phrases([*words.name_leads, *words.name_leads_brief]),
        name_leads_unasked=_phrases(words.name_leads_unasked),
        name_stops=_folded(words.name_stops),
        not_names=_folded(words.not_names),
        school_words=_folded(words.school_words),
        stand_ins=tuple(words.stand_in_names),
    )


def _phrases_of(
    words: _WordsFile, named: Sequence[_NamedFile]
) -> Mapping[EntityName, Mapping[Phrase, str]]:
    return {file.entity: _by_phrase(file.values) for file in named} | {
        EntityName.RELATION: _by_phrase(words.relation),
        EntityName.ROLE: _by_phrase(words.role),
        EntityName.SAFE_CHANNEL: _by_phrase(words.safe_channel),
        EntityName.DAY: _by_phrase(words.day),
        EntityName.TIME: _by_phrase(words.time),
    }


def _asked_phrases(words: _WordsFile) -> Mapping[EntityName, Mapping[Phrase, str]]:
    return {
        EntityName.RELATION: _by_phrase(words.asked_relation),
        EntityName.SAFE_CHANNEL: _by_phrase(words.asked_safe_channel),
        EntityName.TIME: _by_phrase(words.asked_time),
    }


def shortened(word: str) -> Iterator[str]:
    """The word, and what is left of it when one letter is taken away."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _slips(
    files: Iterable[_NamedFile], phrases: Mapping[EntityName, Mapping[Phrase, str]]
) -> Mapping[str, tuple[Slip, ...]]:
    found: dict[str, dict[Slip, None]] = {}
    for file in files:
        for spelt in map(fold, file.slips):
            slip = Slip(file.entity, spelt, phrases[file.entity][tuple(spelt.split())])
            for left in shortened(spelt):
                found.setdefault(left, {})[slip] = None
    return MappingProxyType({left: tuple(own) for left, own in found.items()})


def _longest(phrases: Mapping[Phrase, str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for phrase in phrases:
        found[phrase[0]] = max(found.get(phrase[0], 0), len(phrase))
    return MappingProxyType(found)


def _by_phrase(values: Mapping[str, list[str]]) -> Mapping[Phrase, str]:
    return MappingProxyType(
        {tuple(fold(own).split()): value for value, members in values.items() for own in members}
    )


def _phrases(members: list[str]) -> frozenset[Phrase]:
    return frozenset(tuple(fold(member).split()) for member in members)


def _folded(members: list[str]) -> frozenset[str]:
    return frozenset(fold(member) for member in members)
