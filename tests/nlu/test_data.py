"""The training and development data keeps the label contract.

Belongs here: what must hold for every data file. Does not belong here: how well a model learns it.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from nlu.reading import EntityName, Intent, Language, RiskCategory, RiskLevel

ROOT = Path(__file__).parents[2] / "nlu" / "rasa_project"
ENGLISH_MINIMUM = 60
ENGLISH_FULL_MINIMUM = 120
FULL_INTENTS = frozenset(
    {
        Intent.REFER_SELF,
        Intent.REFER_CHILD,
        Intent.REFER_FRIEND,
        Intent.REFER_PROFESSIONAL,
        Intent.REQUEST_SAFE_ROUTE,
        Intent.ASK_IDENTITY,
        Intent.ASK_PRIVACY,
        Intent.SHARE_CONCERN,
    }
)
OTHER_MINIMUM = 3
RISK_CELL_MINIMUM = 25
HARD_NEGATIVE_MINIMUM = 400
DEVELOPMENT_MINIMUM = 300
DEVELOPMENT_CELL_MINIMUM = 5
MEASURED_MINIMUM = 500
MEASURED_HARD_MINIMUM = 120
DRAWN_AGAIN = 4
"""Sentences of the unseen draw that had been trained on before it was written."""
TRAINED_BEFORE = frozenset(
    {
        "af soomaali ma ku hadli karnaa",
        "sunteti de la politie?",
        "ਤੁਸੀਂ ਪੁਲਿਸ ਵਾਲੇ ਹੋ?",
        "what do you actually do",
        "où en est ma demande",
        "mujhe aur message mat karo",
    }
)
"""Everyday questions that stood in the training text before the measuring set was frozen."""
SHARED_SPELLING_MAXIMUM = 0.6
DRAMA_NUMBER = re.compile(r"(07700900|01632960)\d{3}")
PHONE_LIKE = re.compile(r"(?<!\d)(?:\+44|0)[\d ()-]{8,}\d")


def normalised(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", " ", folded).strip() or text.strip()


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def trigrams(text: str) -> frozenset[str]:
    padded = f" {normalised(text)} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


LANGUAGES = sorted(folder.name for folder in (ROOT / "data").iterdir() if folder.is_dir())
FILES = [
    *sorted((ROOT / "data").glob("*/*.jsonl")),
    *sorted((ROOT / "dev").glob("*.jsonl")),
    *sorted((ROOT / "measured").glob("*.jsonl")),
    *sorted((ROOT / "unseen").glob("*.jsonl")),
]


def language_rows(language: str) -> list[dict[str, Any]]:
    return [row for path in (ROOT / "data" / language).glob("*.jsonl") for row in rows(path)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_line_uses_the_label_contract(path: Path) -> None:
    """Intent, level, categories, language and entity names are those of `nlu.reading`."""
    for row in rows(path):
        assert row["text"].strip()
        Intent(row["intent"])
        Language(row["lang"])
        level = RiskLevel(row["risk_level"])
        categories = [RiskCategory(name) for name in row["risk_categories"]]
        assert (level is RiskLevel.NONE) == (not categories), row["text"]
        assert set(row.get("entities", {})) <= {*EntityName}, row["text"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_number_could_belong_to_somebody(path: Path) -> None:
    """A number that looks like a British telephone is in a range kept for drama."""
    for row in rows(path):
        for found in PHONE_LIKE.findall(row["text"]):
            digits = re.sub(r"\D", "", found.replace("+44", "0"))
            assert DRAMA_NUMBER.fullmatch(digits), row["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_stands_once_in_its_language(language: str) -> None:
    """The same words are never counted twice, whatever their case or punctuation."""
    seen = Counter(normalised(row["text"]) for row in language_rows(language))
    assert [text for text, count in seen.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", list(Intent))
def test_each_intent_has_enough_examples(language: str, intent: Intent) -> None:
    """No intent is left with too few voices to be learnt from."""
    count = sum(row["intent"] == intent for row in language_rows(language))
    english = ENGLISH_FULL_MINIMUM if intent in FULL_INTENTS else ENGLISH_MINIMUM
    assert count >= (english if language == "en" else OTHER_MINIMUM)


def thin_cells(found: list[dict[str, Any]], minimum: int) -> list[tuple[str, str]]:
    """The pairs of category and level above none that fewer than `minimum` rows show."""
    cells: dict[tuple[RiskCategory, RiskLevel], int] = defaultdict(int)
    for row in found:
        for name in row["risk_categories"]:
            cells[RiskCategory(name), RiskLevel(row["risk_level"])] += 1
    return [
        (category.value, level.value)
        for category in RiskCategory
        for level in RiskLevel
        if level is not RiskLevel.NONE and cells[category, level] < minimum
    ]


def test_each_english_danger_is_heard_at_each_level() -> None:
    """All nine categories have examples at concern, high and immediate."""
    assert thin_cells(language_rows("en"), RISK_CELL_MINIMUM) == []


def test_the_english_development_set_can_choose_a_threshold() -> None:
    """It is large enough, and shows every intent and every danger at every level."""
    found = rows(ROOT / "dev" / "en.jsonl")
    assert len(found) >= DEVELOPMENT_MINIMUM
    intents = Counter(row["intent"] for row in found)
    assert [name for name in Intent if intents[name] < DEVELOPMENT_CELL_MINIMUM] == []
    assert thin_cells(found, DEVELOPMENT_CELL_MINIMUM) == []


def test_hard_negatives_are_many_and_carry_no_risk() -> None:
    """Enough words sound like danger and are not, so that a figure of speech pages nobody."""
    found = rows(ROOT / "data" / "en" / "hard_negatives.jsonl")
    assert len(found) >= HARD_NEGATIVE_MINIMUM
    assert [row["text"] for row in found if row["risk_level"] != RiskLevel.NONE] == []


def test_no_development_text_was_trained_on() -> None:
    """Thresholds are chosen on words that no model has seen."""
    trained = {normalised(row["text"]) for name in LANGUAGES for row in language_rows(name)}
    held_out = [row for path in (ROOT / "dev").glob("*.jsonl") for row in rows(path)]
    assert held_out
    assert [row["text"] for row in held_out if normalised(row["text"]) in trained] == []
    assert max(Counter(row["id"] for row in held_out).values()) == 1


@pytest.mark.parametrize("name", ["measured", "unseen"])
def test_a_measuring_set_is_the_one_that_was_frozen(name: str) -> None:
    """Its files are those whose hashes were written down before anything was trained for it."""
    folder = ROOT / name
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    frozen = {name: digest for digest, name in map(str.split, lines)}
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.jsonl")}
    assert found == frozen


def test_the_measuring_set_is_large_and_hard_enough_to_judge() -> None:
    """Five hundred messages, every intent, every danger, many words that only sound like one."""
    found = [row for path in (ROOT / "measured").glob("*.jsonl") for row in rows(path)]
    assert len(found) >= MEASURED_MINIMUM
    assert sum(row.get("note") == "hard negative" for row in found) >= MEASURED_HARD_MINIMUM
    assert {row["intent"] for row in found} == set(Intent)
    assert {name for row in found for name in row["risk_categories"]} == set(RiskCategory)


def test_no_sentence_of_the_measuring_set_was_trained_on() -> None:
    """Words of greeting and yes and no are everybody's; a sentence of four words is not."""
    for path in (ROOT / "measured").glob("*.jsonl"):
        trained = {normalised(row["text"]) for row in language_rows(path.stem)}
        sentences = [row["text"] for row in rows(path) if len(row["text"].split()) >= 4]
        assert {text for text in sentences if normalised(text) in trained} <= TRAINED_BEFORE


def test_no_sentence_of_the_unseen_draw_was_trained_on() -> None:
    """But for a few that stood there before the draw, which the data card names."""
    trained = {normalised(row["text"]) for name in LANGUAGES for row in language_rows(name)}
    drawn = [row for path in (ROOT / "unseen").glob("*.jsonl") for row in rows(path)]
    sentences = {normalised(row["text"]) for row in drawn if len(row["text"].split()) >= 4}
    assert len(sentences & trained) == DRAWN_AGAIN


def nearly_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the shared part is a large part of both; sizes too far apart cannot be alike."""
    small, large = sorted((len(one), len(other)))
    if small <= SHARED_SPELLING_MAXIMUM * large:
        return False
    shared = len(one & other)
    return shared > SHARED_SPELLING_MAXIMUM * (small + large - shared)


def test_english_development_text_is_no_near_copy_of_training_text() -> None:
    """A sentence of five words or more shares little of its spelling with any trained on."""
    trained = [trigrams(row["text"]) for row in language_rows("en")]
    sentences = [row["text"] for row in rows(ROOT / "dev" / "en.jsonl")]
    held_out = {text: trigrams(text) for text in sentences if len(text.split()) >= 5}
    near = [
        text
        for text, mine in held_out.items()
        if any(nearly_alike(mine, other) for other in trained)
    ]
    assert near == []
