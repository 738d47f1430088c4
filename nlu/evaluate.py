"""How well messages are understood: the figures of the label contract over a labelled file.

Belongs here: counting, intervals, confusions, misses, the comparison with the bars. Does not
belong here: how a message is understood (`nlu.reader`), printing (`bot.commands`).
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from nlu.reading import Asked, Intent, Language, Reading, RiskCategory, RiskLevel

BARS = Path(__file__).with_name("bars.yaml")
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
class BelowBar:
    figure: str
    measured: float
    bar: float


@dataclass(frozen=True, slots=True)
class Report:
    all: Figures
    by_language: Mapping[str, Figures]
    by_category: Mapping[str, Figures]
    confusions: tuple[Confusion, ...]
    misses: tuple[Miss, ...]
    rasa_answered: Share
    below: tuple[BelowBar, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as plain values; `en` is under `languages` like every other."""
        return {
            "all": self.all.as_json(),
            "languages": {name: f.as_json() for name, f in self.by_language.items()},
            "categories": {name: f.as_json() for name, f in self.by_category.items()},
            "confusions": [asdict(confusion) for confusion in self.confusions],
            "misses": [asdict(miss) for miss in self.misses],
            "rasa_answered": self.rasa_answered.as_json(),
            "below": [asdict(below) for below in self.below],
        }


def read_lines(path: Path) -> tuple[Line, ...]:
    """A labelled file. Raises `pydantic.ValidationError` on a line that is not one."""
    lines = path.read_text("utf-8").splitlines()
    return tuple(Line.model_validate_json(line) for line in lines if line.strip())


async def judge(reader: Reads, lines: Sequence[Line]) -> tuple[Judged, ...]:
    """Each message read once, one after the other."""
    return tuple([Judged(line, await reader.read(line.text)) for line in lines])


async def evaluate(reader: Reads, lines: Sequence[Line], bars: Path = BARS) -> Report:
    """Reads every line and counts."""
    return report(await judge(reader, lines), bars)


def report(judged: Sequence[Judged], bars: Path = BARS) -> Report:
    """The figures over what was read."""
    everything = figures(judged)
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
    answered = Share(sum(j.reading.rasa_answered for j in judged), len(judged))
    return Report(
        everything,
        by_language,
        by_category,
        _confusions(judged),
        _misses(judged),
        answered,
        below_bars(everything, by_language, bars),
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


def below_bars(
    everything: Figures, by_language: Mapping[str, Figures], path: Path
) -> tuple[BelowBar, ...]:
    """Every figure that does not reach its bar; what was not measured cannot fall short."""
    bars = YAML(typ="safe", pure=True).load(path)
    measured = {name: share.value for name, share in everything.shares().items()}
    measured["intent_macro_f1"] = everything.intent_macro_f1 if everything.n else None
    others = [f.high_or_above.value for name, f in by_language.items() if name != Language.EN]
    measured["other_language_high_or_above"] = min(
        (value for value in others if value is not None), default=None
    )
    found = []
    for name, bar in bars.items():
        value = measured[name]
        if value is None:
            continue
        if value < bar.get("minimum", 0.0) or value > bar.get("maximum", 1.0):
            found.append(BelowBar(name, value, bar.get("minimum", bar.get("maximum"))))
    return tuple(found)


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
