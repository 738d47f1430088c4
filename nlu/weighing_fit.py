"""Weights of words learnt from labelled messages, without any library: the same on every machine.

Belongs here: a linear support vector machine (squared hinge, dual coordinate descent: Hsieh and
others, 2008), what weights make of messages they were not learnt from. Does not belong here: what
is weighed (`nlu.weighing`), files.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from random import Random
from zlib import crc32

from nlu.normalise import fold, normalise
from nlu.reading import RiskLevel
from nlu.weighing import EXCUSED, SLOTS, Weights, pieces, runs, weigh

COST = 1.0
ROUNDS = 12
FOLDS = 5
MOST_ADDED = 0.012
"""Of the harmless messages: the share that weight may raise where no phrase alarms."""
MOST_DOUBTED = 0.02
"""Of the dangers that phrases hear as `high`: the share that weight may doubt."""
_STEPS = 32000
"""The weight of the heaviest place in the table: it fits two bytes."""
_MOST_RARITY = 65535


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    level: RiskLevel
    heard: RiskLevel
    """By phrases alone."""
    excused: bool
    """A guard excused what sounded like danger."""

    @property
    def is_danger(self) -> bool:
        return self.level >= RiskLevel.HIGH


@dataclass(frozen=True, slots=True)
class Weighed:
    """The places of one message, once for its words and once for their pieces."""

    words: "array[int]"
    pieces: "array[int]"


def weighed(text: str) -> Weighed:
    words = [token.word for token in normalise(text)]
    return Weighed(array("I", sorted(runs(words))), array("I", sorted(pieces(words))))


def rarities(messages: Sequence[Weighed]) -> "array[int]":
    """For each place, in tenths, the square of how much it counts: the fewer messages, the more."""
    seen = [0] * SLOTS
    for message in messages:
        for place in {*message.words, *message.pieces}:
            seen[place] += 1
    n = 1 + len(messages)
    return array("H", (min(round(10 * (log(n / (1 + k)) + 1) ** 2), _MOST_RARITY) for k in seen))


def learn(
    messages: Sequence[Weighed], danger: Sequence[bool], rarity: "array[int]"
) -> tuple[list[float], float]:
    """The weight of each place and the bias; both kinds of message count as much in all."""
    table, bias = [0.0] * SLOTS, 0.0
    step = [value / 10 for value in rarity]
    costs = {True: COST * danger.count(False) / max(danger.count(True), 1), False: COST}
    rows = [_scaled(message, step) for message in messages]
    pull = [0.0] * len(rows)
    order = list(range(len(rows)))
    dice = Random(0)
    get = table.__getitem__
    for _ in range(ROUNDS):
        dice.shuffle(order)
        for at in order:
            (words, by_words), (parts, by_parts) = rows[at]
            side = 1.0 if danger[at] else -1.0
            ease = 0.5 / costs[danger[at]]
            said = sum(map(get, words)) * by_words + sum(map(get, parts)) * by_parts + bias
            slope = side * said - 1 + ease * pull[at]
            after = max(pull[at] - slope / (3 + ease), 0.0)
            change, pull[at] = (after - pull[at]) * side, after
            if not change:
                continue
            bias += change
            for place in words:
                table[place] += change * by_words * step[place]
            for place in parts:
                table[place] += change * by_parts * step[place]
    return table, bias


type _Row = tuple[tuple[list[int], float], tuple[list[int], float]]


def _scaled(message: Weighed, step: Sequence[float]) -> _Row:
    """The places of each part, and what makes the part of length one."""
    words, parts = list(message.words), list(message.pieces)
    return (words, _one(words, step)), (parts, _one(parts, step))


def _one(places: Sequence[int], step: Sequence[float]) -> float:
    return 1 / sqrt(sum(step[place] for place in places)) if places else 0.0


def packed(
    table: Sequence[float], bias: float, rarity: "array[int]", page: float, doubt: float
) -> Weights:
    """The weights in two bytes each."""
    scale = max(map(abs, table)) / _STEPS
    danger = array("h", (round(value / scale) for value in table))
    return Weights(danger, rarity, scale, bias, page, doubt)


def weights_of(examples: Sequence[Example]) -> Weights:
    """Learnt from all examples; both thresholds from weights that had not seen what they judge."""
    messages = [weighed(example.text) for example in examples]
    rarity = rarities(messages)
    page, doubt = thresholds(examples, unseen(examples, messages, rarity))
    table, bias = learn(messages, [example.is_danger for example in examples], rarity)
    return packed(table, bias, rarity, page, doubt)


def unseen(
    examples: Sequence[Example], messages: Sequence[Weighed], rarity: "array[int]"
) -> list[float]:
    """What each message weighs by weights learnt from the other folds; the same words in another
    spelling stand in one fold."""
    folds = [crc32(fold(example.text).encode()) % FOLDS for example in examples]
    found = [0.0] * len(examples)
    for left_out in range(FOLDS):
        kept = [at for at, own in enumerate(folds) if own != left_out]
        danger = [examples[at].is_danger for at in kept]
        table, bias = learn([messages[at] for at in kept], danger, rarity)
        weights = packed(table, bias, rarity, 0.0, 0.0)
        for at, own in enumerate(folds):
            if own == left_out:
                found[at] = weigh(examples[at].text, weights)
    return found


def thresholds(examples: Sequence[Example], scores: Sequence[float]) -> tuple[float, float]:
    """From where on weight pages, and under what it doubts a phrase."""
    pairs = list(zip(examples, scores, strict=True))
    harmless = [(each, score) for each, score in pairs if each.level is RiskLevel.NONE]
    quiet = [
        score - EXCUSED * each.excused for each, score in harmless if each.heard < RiskLevel.HIGH
    ]
    dangers = [s for each, s in pairs if each.is_danger and each.heard is RiskLevel.HIGH]
    page = sorted(quiet, reverse=True)[int(MOST_ADDED * len(harmless))]
    doubt = sorted(dangers)[int(MOST_DOUBTED * len(dangers))]
    return round(page, 3), round(doubt, 3)
