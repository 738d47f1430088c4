"""Chooses the thresholds by cost and writes decisions.json: `python tune.py` in Rasa's environment.

Every figure comes from texts that the judging model has not seen: each example is left out in its
turn. What is judged is the answer people get: the worse of
what the lexicon heard and what the model says. Missing a message costs by its level; no more than
`MOST_FALSE` of the harmless messages may raise a page.
"""

import argparse
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from components.decisions import FILE
from components.encoder import centred, encoder
from components.examples import CATEGORIES, LEVELS, Example, read
from components.grams import grams, rarities, tidy, weighted
from components.machine import fit, softmax

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COSTS = {"concern": 1.5, "high": 1.0, "immediate": 4.0}
"""What a miss costs. `concern` against a call the same day that was not needed; `high` and
`immediate` (answered below high) against each other, under `MOST_FALSE`."""
NOT_IMMEDIATE = 3.0
"""What an immediate message answered high costs, against a high one answered immediate. Chosen for
the model alone: the lexicon knows many of these very texts, and would leave it too little to do."""
MOST_FALSE = 0.038
"""More than a fifth of the harmless examples only sound like danger, far more than in life: of the
development set's harmless messages the same thresholds raise a page for 18 in a thousand."""
MOST_DOUBTED = 0.02
"""Of the dangers that the lexicon hears: the share that the model may doubt for its own level."""
OFF_TOPIC = 0.9
"""How sure it has to be that a message has nothing to do with the service to doubt for that: it
takes one false alarm in nine, and one danger in a thousand."""
ROOM = 0.012
"""What the model may add where the lexicon alone leaves too little under `MOST_FALSE`."""
WRONG_INTENT = 1.0
NOT_UNDERSTOOD = 0.75
"""Asking again annoys a little less than doing the wrong thing."""
GRID = [float(x) for x in np.round(np.arange(0.02, 0.97, 0.01), 2)]
GOOD_ENOUGH = 0.005
GRID_OF_LIFTS = [float(x) for x in np.round(np.arange(0.0, 0.31, 0.02), 2)]


def heard_by_words(python: Path) -> dict:
    """Level of each text by the lexicon alone, from the service's environment."""
    command = [str(python), str(HERE / "hear.py")]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    return json.loads(done.stdout)


def left_out(examples: list[Example]) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Intent scores and risk probabilities of each example by a machine that has not seen it."""
    texts = [tidy(example.text) for example in examples]
    dense, sparse = encoder().encode(texts), grams(texts)
    sparse = weighted(sparse, rarities(sparse))
    dense = centred(dense, dense.mean(axis=0))
    intents = tuple(sorted({example.intent for example in examples}))
    meant = fit(dense, sparse, [[example.intent] for example in examples], intents)
    names = [*LEVELS[1:], *CATEGORIES]
    risks = fit(dense, sparse, [reached(example) for example in examples], names)
    return meant.unseen, risks.machine.probabilities(risks.unseen), intents


def reached(example: Example) -> list[str]:
    return [*LEVELS[1 : LEVELS.index(example.level) + 1], *example.categories]


def lift(scores: np.ndarray, truth: np.ndarray) -> float:
    """The least that comes within `GOOD_ENOUGH` of the best mean of accuracy over all texts and
    accuracy over all intents: what rare intents gain among texts of one author, common ones lose
    among those of others."""
    rarity = -np.log(np.bincount(truth, minlength=scores.shape[1]) / len(truth))
    gains = {}
    for amount in GRID_OF_LIFTS:
        right = (scores + amount * rarity).argmax(axis=1) == truth
        each = [right[truth == place].mean() for place in np.unique(truth)]
        gains[amount] = right.mean() + float(np.mean(each))
    return min(n for n, gain in gains.items() if gain >= max(gains.values()) - 2 * GOOD_ENOUGH)


def temperature(scores: np.ndarray, truth: np.ndarray) -> float:
    """The one that makes the right intents likeliest."""
    rows = np.arange(len(truth))
    losses = {
        float(t): -np.log(softmax(scores, t)[rows, truth] + 1e-12).mean()
        for t in np.arange(0.05, 1.01, 0.01)
    }
    return round(min(losses, key=lambda t: losses[t]), 2)


def fallback(scores: np.ndarray, truth: np.ndarray, heat: float) -> float:
    shares = softmax(scores, heat)
    sure, right = shares.max(axis=1), shares.argmax(axis=1) == truth
    costs = {
        bar: NOT_UNDERSTOOD * (sure < bar).sum() + WRONG_INTENT * (~right[sure >= bar]).sum()
        for bar in GRID
    }
    return min(costs, key=lambda bar: costs[bar])


def cheapest(probabilities: np.ndarray, is_so: np.ndarray, cost: float) -> float:
    costs = {
        bar: cost * (is_so & (probabilities < bar)).sum() + (~is_so & (probabilities >= bar)).sum()
        for bar in GRID
    }
    return min(costs, key=lambda bar: costs[bar])


def doubt_bar(worry: np.ndarray, words: np.ndarray, ranks: np.ndarray) -> float:
    """Below this chance of any worry the lexicon's `high` or `immediate` counts one less."""
    rightly = worry[(words >= 2) & (ranks >= 2)]
    return round(float(np.quantile(rightly, MOST_DOUBTED)), 3)


def category_bars(chances: np.ndarray, examples: list[Example]) -> dict:
    return {
        name: cheapest(chances[:, place], np.array([name in e.categories for e in examples]), 1)
        for place, name in enumerate(CATEGORIES)
    }


def high_bar(chance: np.ndarray, words: np.ndarray, ranks: np.ndarray) -> float:
    """From when the model answers high, given what the lexicon answers already."""
    none = ranks == 0
    most = max(MOST_FALSE, (words[none] >= 2).mean() + ROOM)
    best, found = float("inf"), GRID[-1]
    for bar in GRID:
        said = (words >= 2) | (chance >= bar)
        missed = COSTS["high"] * (~said[ranks == 2]).sum()
        missed += COSTS["immediate"] * (~said[ranks == 3]).sum()
        if said[none].mean() <= most and missed < best:
            best, found = missed, bar
    return found


def chosen_by(examples: list[Example]) -> dict:
    """How the thresholds were chosen, and when."""
    return {
        "command": "python tune.py",
        "on": datetime.now(UTC).date().isoformat(),
        "examples": len(examples),
        "costs": {**COSTS, "not_immediate": NOT_IMMEDIATE},
        "most": {"false": MOST_FALSE, "doubted": MOST_DOUBTED},
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--service-python", type=Path, default=ROOT / ".venv/bin/python")
    words_of = heard_by_words(parser.parse_args().service_python)
    examples = read(HERE / "data")
    scores, risks, intents = left_out(examples)
    truth = np.array([intents.index(example.intent) for example in examples])
    ranks = np.array([LEVELS.index(example.level) for example in examples])
    heard = np.array([LEVELS.index(words_of[example.text]) for example in examples])
    raised = lift(scores, truth)
    scores = scores - raised * np.log(np.bincount(truth) / len(truth))
    heat = temperature(scores, truth)
    doubt = doubt_bar(risks[:, 0], heard, ranks)
    is_off = softmax(scores, heat)[:, intents.index("out_of_scope")] >= OFF_TOPIC
    words = np.where(((risks[:, 0] < doubt) | is_off) & (heard >= 2), heard - 1, heard)
    levels = {
        "concern": cheapest(risks[:, 0], ranks >= 1, COSTS["concern"]),
        "high": high_bar(risks[:, 1], words, ranks),
        "immediate": cheapest(risks[:, 2], ranks == 3, NOT_IMMEDIATE),
    }
    said = answered(risks, levels)
    kept = {
        "how": {
            **chosen_by(examples),
            "intent_accuracy": round(float((scores.argmax(axis=1) == truth).mean()), 4),
            "lexicon_alone": measured(heard, ranks),
            "model_alone": measured(said, ranks),
            "both": measured(np.maximum(words, said), ranks),
        },
        "intent": {"temperature": heat, "lift": raised, "fallback": fallback(scores, truth, heat)},
        "levels": levels,
        "doubt": doubt,
        "off_topic": OFF_TOPIC,
        "categories": category_bars(risks[:, 3:], examples),
    }
    FILE.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    print(json.dumps(kept, indent=2))


def answered(risks: np.ndarray, levels: dict) -> np.ndarray:
    """The rank that the model answers under these thresholds, as `Decisions.level` does."""
    said = np.zeros(len(risks), int)
    for place, name in enumerate(LEVELS[1:]):
        said[risks[:, place] >= levels[name]] = place + 1
    return np.where((said == 3) & (risks[:, 1] < levels["high"]), 1, said)


def measured(said: np.ndarray, ranks: np.ndarray) -> dict:
    return {
        "immediate_answered_high": round(float((said[ranks == 3] >= 2).mean()), 4),
        "immediate_answered_immediate": round(float((said[ranks == 3] == 3).mean()), 4),
        "high_or_above": round(float((said[ranks >= 2] >= 2).mean()), 4),
        "concern_or_above": round(float((said[ranks >= 1] >= 1).mean()), 4),
        "false_alarms": round(float((said[ranks == 0] >= 2).mean()), 4),
        "called_the_same_day_for_nothing": round(float((said[ranks == 0] == 1).mean()), 4),
    }


if __name__ == "__main__":
    main()
