"""The labelled examples: one source, JSON Lines in data/<lang>/*.jsonl.

Belongs here: reading them. Does not belong here: anything of Rasa, anything learned.
"""

import json
from dataclasses import dataclass
from pathlib import Path

LEVELS = ("none", "concern", "high", "immediate")
CATEGORIES = (
    "self_harm",
    "threat_from_others",
    "harm_to_others",
    "weapon",
    "injury",
    "criminal_exploitation",
    "sexual_exploitation",
    "missing_or_held",
    "home_unsafe",
)


@dataclass(frozen=True)
class Example:
    text: str
    lang: str
    intent: str
    level: str
    categories: tuple[str, ...]


def read(folder: Path) -> list[Example]:
    """Every example under a folder, in the order of the file names, each text once."""
    found: dict[str, Example] = {}
    for path in sorted(folder.glob("*/*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                example = _example(line, f"{path.parent.name}/{path.name}:{number}")
                found.setdefault(example.text, example)
    return list(found.values())


def _example(line: str, where: str) -> Example:
    try:
        raw = json.loads(line)
        example = Example(
            text=raw["text"],
            lang=raw["lang"],
            intent=raw["intent"],
            level=raw["risk_level"],
            categories=tuple(sorted(raw["risk_categories"])),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{where}: not a labelled example: {error}") from error
    if example.level not in LEVELS or not set(example.categories) <= set(CATEGORIES):
        raise ValueError(f"{where}: unknown risk level or category")
    return example
