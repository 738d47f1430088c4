"""The risk book read from `content/languages/<lang>/risk.yaml`.

Belongs here: the shape of the files, reading and compiling them once at start. Does not belong
here: matching (`nlu.lexicon`), the pattern language (`nlu.patterns`).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

import re2
from pydantic import BaseModel, ConfigDict, Field

from nlu.lexicon import Entry, Guard, RiskBook
from nlu.normalise import Spelling
from nlu.patterns import Compiled, PatternError, compile_pattern
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
    """One family of phrases; every `hit` must be heard at this level, every `miss` must not."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    level: RiskLevel
    categories: list[RiskCategory]
    reason: Annotated[str, Field(min_length=8)]
    patterns: Annotated[list[str], Field(min_length=1)]
    guards: list[str] | None = None
    hit: Annotated[list[str], Field(min_length=1)]
    miss: list[str] = []


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


def compile_book(files: tuple[RiskFile, ...]) -> RiskBook:
    """Files of one language share families, guards and default guards. Raises `BadFile`."""
    entries: list[Entry] = []
    owners: list[int] = []
    words: set[str] = set()
    sieve = re2.Filter()
    for language in Language:
        own = [file for file in files if file.language is language]
        families = {name: members for file in own for name, members in file.families.items()}
        guards = _guards(own, families, words)
        defaults = [name for file in own for name in file.default_guards]
        always = [name for file in own for name in file.always_guards]
        for entry in (entry for file in own for entry in file.entries):
            places = [
                _add(_compiled(pattern, families, entry.id), sieve, words)
                for pattern in entry.patterns
            ]
            owners.extend([len(entries)] * len(places))
            names = [*always, *(defaults if entry.guards is None else entry.guards)]
            entries.append(
                Entry(
                    entry.id,
                    language,
                    entry.level,
                    frozenset(entry.categories),
                    _called(names, guards, entry.id),
                    tuple(sieve.re(place) for place in places),
                )
            )
    sieve.Compile()
    spellings = {wrong: right for file in files for wrong, right in file.spellings.items()}
    known = frozenset(words | set(spellings.values()))
    return RiskBook(
        tuple(entries), tuple(owners), sieve, Spelling(known, MappingProxyType(spellings))
    )


def _compiled(pattern: str, families: Mapping[str, list[str]], whose: str) -> Compiled:
    try:
        return compile_pattern(pattern, families)
    except PatternError as error:
        raise BadFile(f"{whose}: {error}") from error


def _called(names: Sequence[str], guards: Mapping[str, Guard], whose: str) -> tuple[Guard, ...]:
    unknown = [name for name in names if name not in guards]
    if unknown:
        raise BadFile(f"{whose}: no guard is called {', '.join(unknown)}")
    return tuple(guards[name] for name in names)


def _add(compiled: Compiled, sieve: "re2.Filter", words: set[str]) -> int:
    """One pattern put into the sieve, which compiles it once for all; its place there."""
    words |= compiled.words
    place: int = sieve.Add(compiled.regex.encode())
    return place


def _guards(
    files: list[RiskFile], families: Mapping[str, list[str]], words: set[str]
) -> dict[str, Guard]:
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
    patterns: list[str], families: Mapping[str, list[str]], words: set[str], whose: str
) -> "re2._Regexp[bytes]":
    """One pattern for all, its words added to those that odd spellings lead to."""
    compiled = [_compiled(pattern, families, whose) for pattern in patterns]
    words.update(word for own in compiled for word in own.words)
    return re2.compile("|".join(f"(?:{own.regex})" for own in compiled).encode())
