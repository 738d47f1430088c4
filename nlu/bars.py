"""What understanding must reach before it may serve: `bars.yaml` held against a report.

Belongs here: which figure of a report each bar is about. Does not belong here: the numbers (that
file), counting (`nlu.evaluate`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from nlu.evaluate import Figures, Report
from nlu.reading import Language
from nlu.yaml_files import load_yaml

BARS = Path(__file__).with_name("bars.yaml")
ENGLISH = "english_"
OTHER = "other_language_"
WORDS_ALONE = "lexicon_alone_"
HARD_NEGATIVES = "hard_negative_"
_PREFIXES = (ENGLISH, OTHER, WORDS_ALONE, HARD_NEGATIVES)
"""A bar without one of them is about all messages."""


class Bar(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    minimum: float = 0.0
    maximum: float = 1.0


@dataclass(frozen=True, slots=True)
class BelowBar:
    """`figure` as bars.yaml names it; `where`: all, a language, words alone, hard negatives."""

    figure: str
    where: str
    measured: float
    bar: float


def below(found: Report, path: Path = BARS) -> tuple[BelowBar, ...]:
    """Every figure that does not reach its bar; what was not measured cannot fall short.
    Raises `KeyError` for a bar on a figure that does not exist."""
    bars = load_yaml(path, dict[str, Bar])
    return tuple(
        BelowBar(name, where, value, bar.minimum if value < bar.minimum else bar.maximum)
        for name, bar in bars.items()
        for where, value in _measured(name, found)
        if value is not None and not bar.minimum <= value <= bar.maximum
    )


def _measured(name: str, found: Report) -> Iterator[tuple[str, float | None]]:
    """Where a bar applies and what was measured there."""
    kind = next((prefix for prefix in _PREFIXES if name.startswith(prefix)), "")
    for where, figures in _places(kind, found):
        yield where, figures.values()[name.removeprefix(kind)]


def _places(kind: str, found: Report) -> Iterator[tuple[str, Figures]]:
    if kind == "":
        yield "all", found.all
    elif kind == HARD_NEGATIVES:
        yield "hard_negatives", found.hard_negatives
    elif kind == WORDS_ALONE and found.words_alone is not None:
        yield "lexicon_alone", found.words_alone
    for language, figures in found.by_language.items():
        if kind == (ENGLISH if language == Language.EN else OTHER):
            yield language, figures
