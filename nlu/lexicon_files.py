"""The risk book read from `content/languages/<lang>/risk.yaml`.

Belongs here: the shape of the files, reading and compiling them once at start. Does not belong
here: matching (`nlu.lexicon`), the pattern language (`nlu.patterns`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, Self

import re2
from pydantic import BaseModel, ConfigDict, Field, model_validator

from nlu.lexicon import Entry, Guard, RiskBook, Scene
from nlu.normalise import Spelling
from nlu.patterns import Compiled, Families, PatternError, compile_pattern
from nlu.reading import Language, RiskCategory, RiskLevel
from nlu.yaml_files import BadFile, load_yaml


class GuardFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    where: Literal["before", "around", "anywhere"]
    within: int = 3
    effect: RiskLevel
    reason: str
    patterns: Annotated[list[str], Field(min_length=1)]
    unless: list[str] = []
    lifted: list[str] = []


class EntryFile(BaseModel):
    """One family of phrases or scenes; every `hit` must be heard at this level, no `miss` may.

    A scene is a list of patterns which all have to occur, in any order, in at most `within` words.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    level: RiskLevel
    categories: list[RiskCategory]
    reason: Annotated[str, Field(min_length=8)]
    patterns: list[str] = []
    scenes: list[Annotated[list[str], Field(min_length=2)]] = []
    within: int = 24
    guards: list[str] | None = None
    hit: Annotated[list[str], Field(min_length=1)]
    miss: list[str] = []

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.patterns and not self.scenes:
            raise ValueError(f"{self.id} has neither patterns nor scenes")
        return self


class RiskFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Language
    families: dict[str, list[str]] = {}
    spellings: dict[str, str] = {}
    guards: dict[str, GuardFile] = {}
    default_guards: list[str] = []
    """What guards an entry that names no guards of its own."""
    always_guards: list[str] = []
    """What guards every entry of the language beside its own guards."""
    entries: list[EntryFile] = []


def read_risk_files(content_dir: Path) -> tuple[RiskFile, ...]:
    """Every language's risk file, as written. Raises `BadFile`."""
    return tuple(load_yaml(path, RiskFile) for path in risk_paths(content_dir))


def risk_paths(content_dir: Path) -> Sequence[Path]:
    """A language may spread over `risk*.yaml`."""
    return sorted(content_dir.glob("languages/*/risk*.yaml"))


def load_risk_book(content_dir: Path) -> RiskBook:
    """The compiled book. Raises `BadFile`."""
    return compile_book(read_risk_files(content_dir))


@dataclass(slots=True)
class _Sieve:
    """Patterns gathered for the book, each compiled once however many entries hold it."""

    filter: "re2.Filter" = field(default_factory=re2.Filter)
    owners: list[set[int]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    places: dict[str, int] = field(default_factory=dict)

    def add(self, compiled: Compiled, owner: int) -> int:
        """One pattern of an entry; its place in the filter."""
        self.words |= compiled.words
        if compiled.regex not in self.places:
            self.places[compiled.regex] = self.filter.Add(compiled.regex.encode())
            self.owners.append(set())
        place = self.places[compiled.regex]
        self.owners[place].add(owner)
        return place


def compile_book(files: tuple[RiskFile, ...]) -> RiskBook:
    """Files of one language share families, guards and default guards. Raises `BadFile`."""
    entries: list[Entry] = []
    sieve = _Sieve()
    every: dict[tuple[Language, str], Guard] = {}
    for language in Language:
        own = [file for file in files if file.language is language]
        families = Families({n: members for file in own for n, members in file.families.items()})
        guards = _guards(own, families, sieve.words)
        every |= {(language, name): guard for name, guard in guards.items()}
        defaults = [name for file in own for name in file.default_guards]
        always = [name for file in own for name in file.always_guards]
        for entry in (entry for file in own for entry in file.entries):
            names = [*always, *(defaults if entry.guards is None else entry.guards)]
            believed = _called(names, guards, entry.id)
            entries.append(_entry(entry, language, believed, families, sieve, len(entries)))
    sieve.filter.Compile()
    spellings = {wrong: right for file in files for wrong, right in file.spellings.items()}
    known = frozenset(sieve.words | set(spellings.values()))
    return RiskBook(
        tuple(entries),
        tuple(tuple(sorted(owners)) for owners in sieve.owners),
        sieve.filter,
        Spelling(known, MappingProxyType(spellings)),
        tuple(guard for guard in every.values() if _is_whole(guard)),
    )


def _is_whole(guard: Guard) -> bool:
    return guard.where == "anywhere" and guard.effect is RiskLevel.NONE


def _entry(
    file: EntryFile,
    language: Language,
    guards: tuple[Guard, ...],
    families: Families,
    sieve: _Sieve,
    owner: int,
) -> Entry:
    def add(pattern: str) -> int:
        return sieve.add(_compiled(pattern, families, file.id), owner)

    return Entry(
        file.id,
        language,
        file.level,
        frozenset(file.categories),
        guards,
        tuple(add(pattern) for pattern in file.patterns),
        tuple(Scene(tuple(add(part) for part in scene), file.within) for scene in file.scenes),
    )


def _compiled(pattern: str, families: Families, whose: str) -> Compiled:
    try:
        return compile_pattern(pattern, families)
    except PatternError as error:
        raise BadFile(f"{whose}: {error}") from error


def _called(names: Sequence[str], guards: Mapping[str, Guard], whose: str) -> tuple[Guard, ...]:
    unknown = [name for name in names if name not in guards]
    if unknown:
        raise BadFile(f"{whose}: no guard is called {', '.join(unknown)}")
    return tuple(guards[name] for name in names)


def _guards(files: list[RiskFile], families: Families, words: set[str]) -> dict[str, Guard]:
    return {
        name: Guard(
            name=name,
            where=guard.where,
            within=guard.within,
            effect=guard.effect,
            regex=_any_of(guard.patterns, families, words, name),
            unless=_any_of(guard.unless, families, words, name) if guard.unless else None,
            lifted=_any_of(guard.lifted, families, words, name) if guard.lifted else None,
        )
        for file in files
        for name, guard in file.guards.items()
    }


def _any_of(
    patterns: list[str], families: Families, words: set[str], whose: str
) -> "re2._Regexp[bytes]":
    """One pattern for all, its words added to those that odd spellings lead to."""
    compiled = [_compiled(pattern, families, whose) for pattern in patterns]
    words.update(word for own in compiled for word in own.words)
    return re2.compile("|".join(f"(?:{own.regex})" for own in compiled).encode())
