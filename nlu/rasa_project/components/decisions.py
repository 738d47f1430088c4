"""Where a probability becomes an answer: decisions.json, written by `tune.py`.

Belongs here: reading that file, and the pure step from probabilities to a level and categories.
Does not belong here: learning, choosing the numbers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from components.examples import LEVELS

FILE = Path(__file__).resolve().parent.parent / "decisions.json"


@dataclass(frozen=True)
class Decisions:
    temperature: float
    """Divides the intent scores, so that a confidence of 0.8 is right eight times in ten."""
    lift: float
    """How much an intent is raised for its rarity, so that the common ones do not swallow it."""
    fallback: float
    """Below this confidence the intent is `nlu_fallback`."""
    levels: Mapping[str, float]
    """The probability of `this level or worse` from which it is answered."""
    categories: Mapping[str, float]
    doubt: float
    """Below this probability of any worry, a word that sounds like danger is believed less."""
    off_topic: float
    """From this confidence that a message has nothing to do with the service, likewise."""

    def level(self, at_least: Mapping[str, float]) -> str:
        """The worst level whose threshold is reached; `immediate` has to reach that of `high` too.
        What is worrying but not sure enough for a page is `concern`, never nothing."""
        concern, high, immediate = (at_least[n] >= self.levels[n] for n in LEVELS[1:])
        if high:
            return "immediate" if immediate else "high"
        return "concern" if concern or immediate else "none"

    def named(self, probabilities: Mapping[str, float], level: str) -> list[str]:
        """Categories that reach their thresholds; the likeliest one where there is a level."""
        if level == "none":
            return []
        found = [n for n, p in probabilities.items() if p >= self.categories[n]]
        return found or [max(probabilities, key=lambda name: probabilities[name])]


def read(path: Path = FILE) -> Decisions:
    raw = json.loads(path.read_text("utf-8"))
    return Decisions(
        temperature=float(raw["intent"]["temperature"]),
        lift=float(raw["intent"]["lift"]),
        fallback=float(raw["intent"]["fallback"]),
        levels={name: float(raw["levels"][name]) for name in LEVELS[1:]},
        categories={name: float(value) for name, value in raw["categories"].items()},
        doubt=float(raw["doubt"]),
        off_topic=float(raw["off_topic"]),
    )
