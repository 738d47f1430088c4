"""Command words read from `content/languages/<lang>/keywords.yaml`.

Belongs here: the shape of the files and reading them once at start. Does not belong here: looking
a message up (`nlu.keywords`).
"""

from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from nlu.keywords import KeywordBook
from nlu.normalise import fold
from nlu.reading import Intent, Language
from nlu.yaml_files import load_yaml


class KeywordFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Language
    intents: dict[Intent, list[str]]
    answers: dict[Intent, list[str]] = {}
    fillers: list[str] = []
    starts: list[str] = []


def read_keyword_files(content_dir: Path) -> tuple[KeywordFile, ...]:
    paths = sorted(content_dir.glob("languages/*/keywords.yaml"))
    return tuple(load_yaml(path, KeywordFile) for path in paths)


def load_keyword_book(content_dir: Path) -> KeywordBook:
    """The commands of every language. Raises `BadFile`."""
    files = read_keyword_files(content_dir)
    return KeywordBook(
        intents=MappingProxyType({file.language: _by_phrase(file.intents) for file in files}),
        answers=MappingProxyType({file.language: _by_phrase(file.answers) for file in files}),
        fillers=frozenset(fold(word) for file in files for word in file.fillers),
        starts=frozenset(fold(word) for file in files for word in file.starts),
    )


def _by_phrase(phrases: dict[Intent, list[str]]) -> MappingProxyType[str, Intent]:
    return MappingProxyType(
        {
            spelt: intent
            for intent, members in phrases.items()
            for phrase in members
            for spelt in (fold(phrase), phrase.casefold())
            if spelt
        }
    )
