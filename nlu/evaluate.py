"""How well messages are understood: the figures of the label contract over a labelled file.

Belongs here: counting, intervals, confusions, misses. Does not belong here: how a message is
understood (`nlu.reader`), what must be reached (`nlu.bars`), printing (`bot.commands`).
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from nlu.reading import Asked, Intent, Language, Reading, RiskCategory, RiskLevel

_HARD_NEGATIVE = "hard negative"
_Z = 1.96


class Reads(Protocol):
    async def read(self, text: str, asked: Asked | None = None) -> Reading: ...


class Line(BaseModel):
    """One labelled message."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    text: str
    lang: Language
    intent: Intent
    risk_level: RiskLevel
    risk_categories: frozenset[RiskCategory] = frozenset()
    note: str = ""

    @property
    def is_hard_negative(self) -> bool:
        """Sounds like danger and is none: marked so in its note."""
        note = self.note.casefold().replace("_", " ").replace("-", " ")
        return self.risk_level is RiskLevel.NONE and note.startswith(_HARD_NEGATIVE)


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `n`, with the Wilson 95% interval; no value where there is nothing to count."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        if not self.n:
            return 0.0, 1.0
        share, z2 = self.hits / self.n, _Z * _Z
        middle = (share + z2 / (2 * self.n)) / (1 + z2 / self.n)
        half = _Z * sqrt(share * (1 - share) / self.n + z2 / (4 * self.n**2)) / (1 + z2 / self.n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def as_json(self) -> dict[str, Any]:
        return {"value": self.value, "n": self.n, "interval": list(self.interval)}


@dataclass(frozen=True, slots=True)
class Judged:
    line: Line
    reading: Reading


@dataclass(frozen=True, slots=True)
class Figures:
    n: int
    immediate_answered_high: Share
    immediate_answered_immediate: Share
    high_or_above: Share
    concern_or_above: Share
    false_alarms: Share
    intent_accuracy: Share
    intent_macro_f1: float
    language_accuracy: Share

    def as_json(self) -> dict[str, Any]:
        return {
            "n": self.n,
            **{name: share.as_json() for name, share in self.shares().items()},
            "intent_macro_f1": self.intent_macro_f1,
        }

    def values(self) -> dict[str, float | None]:
        """Every figure by name; None where there was nothing to count."""
        found = {name: share.value for name, share in self.shares().items()}
        return found | {"intent_macro_f1": self.intent_macro_f1 if self.n else None}

    def shares(self) -> dict[str, Share]:
        return {
            "immediate_answered_high": self.immediate_answered_high,
            "immediate_answered_immediate": self.immediate_answered_immediate,
            "high_or_above": self.high_or_above,
            "concern_or_above": self.concern_or_above,
            "false_alarms": self.false_alarms,
            "intent_accuracy": self.intent_accuracy,
            "language_accuracy": self.language_accuracy,
        }


@dataclass(frozen=True, slots=True)
class Miss:
    """A message labelled immediate or high that was answered below high."""

    id: str
    level: RiskLevel
    answered: RiskLevel
    why: str


@dataclass(frozen=True, slots=True)
class Confusion:
    intent: Intent
    answered: Intent | None
    times: int


@dataclass(frozen=True, slots=True)
class Report:
    all: Figures
    by_language: Mapping[str, Figures]
    by_category: Mapping[str, Figures]
    hard_negatives: Figures
    """Over the lines that are marked as such; their false alarms are what counts."""
    words_alone: Figures | None
    """The same lines read with Rasa away; None where they were not read so."""
    confusions: tuple[Confusion, ...]
    misses: tuple[Miss, ...]
    rasa_answered: Share

    def as_json(self) -> dict[str, Any]:
        """The report as plain values; `en` is under `languages` like every other."""
        return {
            "all": self.all.as_json(),
            "languages": {name: f.as_json() for name, f in self.by_language.items()},
            "categories": {name: f.as_json() for name, f in self.by_category.items()},
            "hard_negatives": self.hard_negatives.as_json(),
            "lexicon_alone": self.words_alone.as_json() if self.words_alone else None,
            "confusions": [asdict(confusion) for confusion in self.confusions],
            "misses": [asdict(miss) for miss in self.misses],
            "rasa_answered": self.rasa_answered.as_json(),
        }


def read_lines(path: Path) -> tuple[Line, ...]:
    """A labelled file, or every one in a folder. Raises `pydantic.ValidationError` on a line
    that is not one."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return tuple(Line.model_validate_json(line) for line in lines if line.strip())


async def judge(reader: Reads, lines: Sequence[Line]) -> tuple[Judged, ...]:
    """Each message read once, one after the other."""
    return tuple([Judged(line, await reader.read(line.text)) for line in lines])


def report(judged: Sequence[Judged], by_words: Sequence[Judged] | None = None) -> Report:
    """The figures over what was read, and over what words alone made of the same lines."""
    by_language = {
        str(name): figures([j for j in judged if j.line.lang is name])
        for name in Language
        if any(j.line.lang is name for j in judged)
    }
    by_category = {
        str(name): figures([j for j in judged if name in j.line.risk_categories])
        for name in RiskCategory
        if any(name in j.line.risk_categories for j in judged)
    }
    return Report(
        figures(judged),
        by_language,
        by_category,
        figures([j for j in judged if j.line.is_hard_negative]),
        figures(by_words) if by_words is not None else None,
        _confusions(judged),
        _misses(judged),
        Share(sum(j.reading.rasa_answered for j in judged), len(judged)),
    )


def figures(judged: Sequence[Judged]) -> Figures:
    """Recall at each level, false alarms, intents and languages."""
    return Figures(
        n=len(judged),
        immediate_answered_high=_recall(judged, RiskLevel.IMMEDIATE, RiskLevel.HIGH),
        immediate_answered_immediate=_recall(judged, RiskLevel.IMMEDIATE, RiskLevel.IMMEDIATE),
        high_or_above=_recall(judged, RiskLevel.HIGH, RiskLevel.HIGH),
        concern_or_above=_recall(judged, RiskLevel.CONCERN, RiskLevel.CONCERN),
        false_alarms=_share(
            [j for j in judged if j.line.risk_level is RiskLevel.NONE],
            lambda j: j.reading.risk.level >= RiskLevel.HIGH,
        ),
        intent_accuracy=_share(judged, lambda j: j.reading.intent is j.line.intent),
        intent_macro_f1=_macro_f1(judged),
        language_accuracy=_share(judged, lambda j: j.reading.language is j.line.lang),
    )


def prediction(judged: Judged) -> str:
    """One line of a predictions file; offsets stay out, values stay in."""
    reading = judged.reading
    return json.dumps(
        {
            "id": judged.line.id,
            "lang": reading.language,
            "intent": reading.intent,
            "confidence": round(reading.confidence, 4),
            "risk_level": reading.risk.level,
            "risk_categories": sorted(reading.risk.categories),
            "entities": dict(reading.values()),
        },
        ensure_ascii=False,
    )


def write_predictions(judged: Sequence[Judged], path: Path) -> None:
    path.write_text("".join(prediction(one) + "\n" for one in judged), "utf-8")


def _share(judged: Sequence[Judged], holds: Callable[[Judged], bool]) -> Share:
    return Share(sum(holds(one) for one in judged), len(judged))


def _recall(judged: Sequence[Judged], labelled: RiskLevel, answered: RiskLevel) -> Share:
    return _share(
        [one for one in judged if one.line.risk_level >= labelled],
        lambda one: one.reading.risk.level >= answered,
    )


def _macro_f1(judged: Sequence[Judged]) -> float:
    """The mean over the intents that occur as labels."""
    true = Counter(one.line.intent for one in judged)
    said = Counter(one.reading.intent for one in judged)
    both = Counter(j.line.intent for j in judged if j.reading.intent is j.line.intent)
    scores = [2 * both[name] / (true[name] + said[name]) for name in true]
    return sum(scores) / len(scores) if scores else 0.0


def _confusions(judged: Sequence[Judged]) -> tuple[Confusion, ...]:
    pairs = Counter(
        (j.line.intent, j.reading.intent) for j in judged if j.reading.intent is not j.line.intent
    )
    return tuple(Confusion(one, two, times) for (one, two), times in pairs.most_common())


def _misses(judged: Sequence[Judged]) -> tuple[Miss, ...]:
    missed = [
        Miss(j.line.id, j.line.risk_level, j.reading.risk.level, j.reading.risk.why)
        for j in judged
        if j.line.risk_level >= RiskLevel.HIGH > j.reading.risk.level
    ]
    return tuple(sorted(missed, key=lambda miss: -miss.level.rank))
