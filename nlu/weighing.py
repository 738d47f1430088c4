"""Danger heard where no phrase is told: every word and piece of a word of a message is weighed.

Belongs here: what is weighed, the weight of a message, what it says with Rasa away. Does not belong
here: how weights are learnt (`nlu.weighing_fit`), their file (`nlu.weighing_files`), phrases
(`nlu.lexicon`), what follows from a level (`bot.rules`).
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from zlib import crc32

from nlu import lexicon
from nlu.lexicon import RiskBook
from nlu.normalise import Token, normalise
from nlu.reading import RiskLevel, Signal

SLOTS = 1 << 17
"""Places of the table. Two pieces that share one share a weight."""
LONGEST_RUN = 3
"""Words in a row."""
NEAR = 5
"""Words from one of a pair to the other."""
PIECES = range(2, 6)
"""Letters of a piece of a word, its spaces among them."""
ENTRY = "weighed_words"
"""What stands for the entry in a signal of weighed words."""
EXCUSED = 0.25
"""How much more has to be said where a guard excused what sounded like danger."""
_MOST_TOKENS = 600
"""Words that are weighed of a message: more than anybody types."""
_EVIDENCE = 5


@dataclass(frozen=True, slots=True, repr=False)
class Weights:
    """What each place of the table says for danger, and how much it counts in a message.

    `danger` is in units of `scale`; `rarity` (squared, so that no root is taken twice) is in
    tenths. From `page` on a message is `high`; under `doubt` a phrase that said `high` is not
    believed.
    """

    danger: "array[int]"
    rarity: "array[int]"
    scale: float
    bias: float
    page: float
    doubt: float


def runs(words: Sequence[str]) -> set[int]:
    """Places of the words of a message, of two and three in a row, and of pairs near each other
    in either order."""
    found = {
        _place("w " + " ".join(words[at : at + length]))
        for length in range(1, LONGEST_RUN + 1)
        for at in range(len(words) - length + 1)
    }
    for at, word in enumerate(words):
        for other in words[at + 2 : at + NEAR + 1]:
            found.add(_place(" ".join(("s", *sorted((word, other))))))
    return found


def pieces(words: Sequence[str]) -> set[int]:
    """Places of the pieces of each word."""
    found = set()
    for word in set(words):
        padded = f" {word} "
        for length in PIECES:
            for at in range(max(len(padded) - length + 1, 1)):
                found.add(_place(padded[at : at + length]))
    return found


def weigh(text: str, weights: Weights) -> float:
    """How much the words of a text say for danger; 0 is the middle, without a word it is least."""
    words = [token.word for token in _tokens(text)]
    if not words:
        return float("-inf")
    return weights.bias + sum(_share(part, weights) for part in (runs(words), pieces(words)))


def with_weight(
    signals: tuple[Signal, ...], text: str, weights: Weights, book: RiskBook
) -> tuple[Signal, ...]:
    """What is heard with Rasa away: a message that weighs enough is `high` though no phrase said
    so, enough being more where a guard excused something; one that weighs next to nothing is
    `concern` though a phrase said `high`. What a phrase takes for immediate is never doubted."""
    weight = weigh(text, weights)
    worst = lexicon.level(signals)
    if worst is RiskLevel.HIGH and weight < weights.doubt:
        return tuple(
            replace(signal, level=min(signal.level, RiskLevel.CONCERN)) for signal in signals
        )
    if worst >= RiskLevel.HIGH or weight < weights.page:
        return signals
    if weight < weights.page + EXCUSED and lexicon.is_excused(text, book):
        return signals
    return (_signal(signals, text, weights), *signals)


def _signal(signals: tuple[Signal, ...], text: str, weights: Weights) -> Signal:
    """Named by what phrases worried about, if any did; its words are the heaviest few in a row."""
    tokens = _tokens(text)
    each = [_share(pieces([token.word]) | runs([token.word]), weights) for token in tokens]
    starts = range(max(len(tokens) - _EVIDENCE + 1, 1))
    best = max(starts, key=lambda at: sum(each[at : at + _EVIDENCE]))
    heaviest = tokens[best : best + _EVIDENCE]
    categories = frozenset(name for signal in signals for name in signal.categories)
    return Signal(RiskLevel.HIGH, categories, "lexicon", ENTRY, heaviest[0].start, heaviest[-1].end)


def _tokens(text: str) -> tuple[Token, ...]:
    return normalise(text)[:_MOST_TOKENS]


def _share(part: set[int], weights: Weights) -> float:
    """What one kind of piece says, whatever the length of the message."""
    length = sqrt(sum(map(weights.rarity.__getitem__, part)) / 10)
    return weights.scale * sum(map(weights.danger.__getitem__, part)) / length


def _place(piece: str) -> int:
    return crc32(piece.encode()) % SLOTS
