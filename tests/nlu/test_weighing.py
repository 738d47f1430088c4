"""What words weigh when Rasa is away: learnt, kept as a file, and believed within limits."""

import json
import time
from array import array
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nlu.lexicon import hear, is_excused, level
from nlu.rasa import RasaAnswer, RasaRisk
from nlu.reader import Reader, ReadingBooks
from nlu.reading import RiskLevel
from nlu.weighing import ENTRY, EXCUSED, SLOTS, Weights, weigh, with_weight
from nlu.weighing_files import FOLDER, load_weights, read_labels, save_weights
from nlu.weighing_fit import Example, thresholds, weights_of

BOOKS = ReadingBooks.load(Path(__file__).parents[2] / "content")
DATA = Path(__file__).parents[2] / "nlu" / "rasa_project" / "data"
UNTOLD = "dunno whos house this is but the lady wont give me my stuff and theres grown men coming"
"""A danger without any phrase of the lexicon."""
SMALL = [
    Example(f"{who} {act} {when}", risk, risk, False)
    for who in ("the man", "my uncle", "some boy", "a woman")
    for when in ("today", "again", "at home", "last night")
    for act, risk in (("bleeds on the floor", RiskLevel.HIGH), ("bakes a cake", RiskLevel.NONE))
]


class Silent:
    """Rasa that answers and sees nothing."""

    healthy = True

    async def parse(self, text: str) -> RasaAnswer | None:
        return RasaAnswer(None, 0.1, RasaRisk(RiskLevel.NONE, frozenset(), 0.0, "v1", (), False))


def reader(rasa: Silent | None, weights: Weights) -> Reader:
    return Reader(replace(BOOKS, weights=weights), rasa, lambda: date(2026, 11, 23))


def test_dangers_and_harmless_messages_are_told_apart_by_what_they_share() -> None:
    """From a few messages it is learnt which words count, in whatever company they stand."""
    weights = weights_of(SMALL)
    assert weigh("somebody bleeds on the floor", weights) > 0
    assert weigh("somebody bakes a cake", weights) < 0


def test_the_same_examples_make_the_same_weights() -> None:
    """Learning draws lots, always the same ones."""
    assert weights_of(SMALL).danger == weights_of(SMALL).danger


def test_weights_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    """What was learnt weighs the same after a restart."""
    weights = weights_of(SMALL)
    save_weights(weights, len(SMALL), 16, tmp_path)
    assert load_weights(tmp_path) == weights


def test_a_table_of_another_size_is_refused(tmp_path: Path) -> None:
    """A table from other code would weigh anything as anything."""
    short = replace(BOOKS.weights, danger=array("h", [0] * (SLOTS - 1)))
    save_weights(short, 1, 1, tmp_path)
    with pytest.raises(ValueError, match="places"):
        load_weights(tmp_path)


def test_the_table_in_use_knows_the_examples_it_was_learnt_from() -> None:
    """Of every fortieth training message, nearly all dangers outweigh nearly all harmless ones."""
    sample = read_labels(DATA)[::40]
    dangers = [weigh(text, BOOKS.weights) for text, risk in sample if risk >= RiskLevel.HIGH]
    harmless = [weigh(text, BOOKS.weights) for text, risk in sample if risk is RiskLevel.NONE]
    assert sum(one > 0 for one in dangers) >= 0.9 * len(dangers)
    assert sum(one < BOOKS.weights.page for one in harmless) >= 0.95 * len(harmless)


async def test_with_rasa_away_weight_hears_what_no_phrase_tells() -> None:
    """A person comes within minutes, and the words that weighed most are on record."""
    assert level(hear(UNTOLD, BOOKS.risk)) < RiskLevel.HIGH
    low = replace(BOOKS.weights, page=weigh(UNTOLD, BOOKS.weights) - EXCUSED)
    risk = (await reader(None, low).read(UNTOLD)).risk
    assert (risk.level, risk.signals[0].entry) == (RiskLevel.HIGH, ENTRY)
    assert 0 < len(UNTOLD[risk.signals[0].start : risk.signals[0].end].split()) <= 5
    high = replace(low, page=low.page + EXCUSED + 0.001)
    assert (await reader(None, high).read(UNTOLD)).risk.level < RiskLevel.HIGH


async def test_where_rasa_answers_weight_is_not_asked() -> None:
    """The model has weighed the same words better."""
    low = replace(BOOKS.weights, page=-9.0)
    assert (await reader(Silent(), low).read(UNTOLD)).risk.level < RiskLevel.HIGH


@pytest.mark.parametrize(
    ("text", "heard", "left"),
    [
        ("my blade for the mower came", RiskLevel.HIGH, RiskLevel.CONCERN),
        ("hes got a knife to my throat", RiskLevel.IMMEDIATE, RiskLevel.IMMEDIATE),
    ],
)
def test_a_phrase_is_doubted_only_below_immediate(
    text: str, heard: RiskLevel, left: RiskLevel
) -> None:
    """However little the rest of the words weigh, danger to life pages."""
    signal = replace(hear("he pulled a knife on me", BOOKS.risk)[0], level=heard)
    doubting = replace(BOOKS.weights, doubt=9.0)
    assert level(with_weight((signal,), text, doubting, BOOKS.risk)) is left


def test_more_has_to_be_said_where_a_guard_excused_something() -> None:
    """A game that sounded like danger is not brought back by a little weight."""
    game = "he pulled a knife on me in gta"
    assert is_excused(game, BOOKS.risk)
    little = replace(BOOKS.weights, page=weigh(game, BOOKS.weights) - 0.1, doubt=-9.0)
    much = replace(little, page=little.page - 0.2)
    assert level(with_weight((), game, little, BOOKS.risk)) is RiskLevel.NONE
    assert level(with_weight((), game, much, BOOKS.risk)) is RiskLevel.HIGH


def test_thresholds_hold_to_the_shares_they_are_given() -> None:
    """One harmless message in a hundred may be raised, and one danger in fifty doubted."""
    harmless = [Example("x", RiskLevel.NONE, RiskLevel.NONE, False)] * 1000
    dangers = [Example("y", RiskLevel.HIGH, RiskLevel.HIGH, False)] * 1000
    scores = [at / 1000 for at in range(1000)]
    page, doubt = thresholds(harmless + dangers, scores + scores)
    assert (page, doubt) == (0.987, 0.02)


@pytest.mark.parametrize("text", ["", " ", "\u200b\u202e", "?!", "a" * 10_000, "ab " * 5_000])
def test_any_text_can_be_weighed(text: str) -> None:
    """Nothing, hidden signs and ten thousand letters are weighed within a second."""
    began = time.perf_counter()
    with_weight((), text, BOOKS.weights, BOOKS.risk)
    assert time.perf_counter() - began < 1


def test_the_table_was_learnt_from_the_examples_of_today() -> None:
    """Whoever adds examples learns the weights anew: `handrail nlu weigh`."""
    labels = [level for _, level in read_labels(DATA)]
    about = json.loads((FOLDER / "words.json").read_text("utf-8"))
    dangers = sum(level >= RiskLevel.HIGH for level in labels)
    assert (about["messages"], about["dangers"]) == (len(labels), dangers)
