"""The same pipeline on public question sets: what came out, held against its bars.

Belongs here: which folders are sets, the bars, shares with their intervals. Does not belong here:
the pipeline and the counting (`rasa_project/benchmark.py`), starting it (`bot.commands`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from nlu.evaluate import Share

BARS: Mapping[str, float] = MappingProxyType(
    {"b77": 0.93, "clinc": 0.96, "b77_10": 0.83, "clinc_10": 0.91}
)
"""In-scope accuracy by folder: BANKING77 and CLINC150, whole and with ten examples an intent."""

type Count = Annotated[int, Field(ge=0)]


class Outcome(BaseModel):
    """One line that the measuring process prints."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    examples: Count
    intents: Count
    n: Count
    right: Count
    right_and_sure: Count
    outside: Count
    outside_refused: Count
    training_seconds: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """`in_scope`: the likeliest intent is right. `acted_on`: and it was sure enough to act on.
    `refused`: of questions that belong to no intent, those that were not acted on."""

    name: str
    examples: int
    intents: int
    in_scope: Share
    acted_on: Share
    refused: Share
    bar: float | None
    training_seconds: float
    seconds: float

    @property
    def is_below(self) -> bool:
        value = self.in_scope.value
        return self.bar is not None and (value is None or value < self.bar)


def sets(folder: Path) -> tuple[Path, ...]:
    """The folders below that hold a training and a test file; small ones first."""
    found = [path.parent for path in folder.resolve().glob("*/train.json")]
    with_test = [path for path in found if (path / "test.json").exists()]
    return tuple(sorted(with_test, key=lambda path: (path / "train.json").stat().st_size))


def measured(line: str) -> Measured:
    """One printed line. Raises `pydantic.ValidationError` where it is none."""
    found = Outcome.model_validate_json(line)
    return Measured(
        found.name,
        found.examples,
        found.intents,
        Share(found.right, found.n),
        Share(found.right_and_sure, found.n),
        Share(found.outside_refused, found.outside),
        BARS.get(found.name),
        found.training_seconds,
        found.seconds,
    )
