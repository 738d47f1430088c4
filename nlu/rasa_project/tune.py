"""Chooses the thresholds by cost and writes decisions.json: `python tune.py` in Rasa's environment.

Every figure comes from texts that the judging model has not seen: five folds by a hash of the
words, the held-out tenth left alone. Missing a message costs by its level, a false page costs one;
COSTS says how much. The cheapest thresholds win.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from components.decisions import FILE
from components.encoder import encoder
from components.examples import CATEGORIES, FOLDS, LEVELS, Example, read
from components.grams import grams, tidy
from components.linear import fit_any_of, fit_one_of, sigmoid, softmax

COSTS = {"concern": 2.0, "high": 3.0, "immediate": 2.0}
"""What answering below a level costs against answering it falsely. `immediate` is lower than
`high`: a message answered high instead has a person within minutes all the same. The lexicon hears
much of what the model misses, so a miss of the model alone costs less than a miss of both."""
WRONG_INTENT = 1.0
NOT_UNDERSTOOD = 0.75
"""Asking again annoys a little less than doing the wrong thing."""
GRID = np.round(np.concatenate([np.arange(0.02, 0.2, 0.01), np.arange(0.2, 0.91, 0.02)]), 3)


def out_of_fold(examples: list[Example]) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Intent scores and risk probabilities of each example by a model that has not seen it."""
    texts = [tidy(example.text) for example in examples]
    dense, sparse = encoder().encode(texts), grams(texts)
    folds = np.array([example.fold for example in examples])
    intents = tuple(sorted({example.intent for example in examples}))
    names = [*LEVELS[1:], *CATEGORIES]
    labels = [reached(example) for example in examples]
    scores = np.full((len(examples), len(intents)), -20.0)
    risks = np.zeros((len(examples), len(names)))
    for fold in range(FOLDS):
        seen, unseen = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        mean = dense[seen].mean(axis=0)
        known = (dense[seen] - mean, sparse[seen])
        fresh = (dense[unseen] - mean, sparse[unseen])
        intent = fit_one_of(*known, [examples[i].intent for i in seen])
        columns = [intents.index(name) for name in intent.classes]
        scores[np.ix_(unseen, columns)] = intent.scores(*fresh)
        risk = fit_any_of(*known, [labels[i] for i in seen], names)
        risks[unseen] = sigmoid(risk.scores(*fresh))
    return scores, risks, intents


def reached(example: Example) -> list[str]:
    return [*LEVELS[1 : LEVELS.index(example.level) + 1], *example.categories]


def temperature(scores: np.ndarray, truth: np.ndarray) -> float:
    """The one that makes the right intents likeliest."""
    rows = np.arange(len(truth))
    losses = {
        float(t): -np.log(softmax(scores, t)[rows, truth] + 1e-12).mean()
        for t in np.arange(0.3, 2.01, 0.05)
    }
    return round(min(losses, key=lambda t: losses[t]), 2)


def fallback(scores: np.ndarray, truth: np.ndarray, heat: float) -> float:
    shares = softmax(scores, heat)
    sure, right = shares.max(axis=1), shares.argmax(axis=1) == truth
    costs = {
        float(bar): NOT_UNDERSTOOD * (sure < bar).sum() + WRONG_INTENT * (~right[sure >= bar]).sum()
        for bar in GRID
    }
    return min(costs, key=lambda bar: costs[bar])


def threshold(probabilities: np.ndarray, is_so: np.ndarray, cost: float) -> float:
    costs = {
        float(bar): cost * (is_so & (probabilities < bar)).sum()
        + (~is_so & (probabilities >= bar)).sum()
        for bar in GRID
    }
    return min(costs, key=lambda bar: costs[bar])


def main() -> None:
    everything = read(Path(__file__).resolve().parent / "data")
    examples = [example for example in everything if not example.is_test]
    scores, risks, intents = out_of_fold(examples)
    truth = np.array([intents.index(example.intent) for example in examples])
    ranks = np.array([LEVELS.index(example.level) for example in examples])
    heat = temperature(scores, truth)
    levels = {
        name: threshold(risks[:, place], ranks > place, COSTS[name])
        for place, name in enumerate(LEVELS[1:])
    }
    categories = {
        name: threshold(risks[:, 3 + place], np.array([name in e.categories for e in examples]), 1)
        for place, name in enumerate(CATEGORIES)
    }
    kept = {
        "how": {
            "command": "python tune.py",
            "on": datetime.now(UTC).date().isoformat(),
            "examples": len(examples),
            "folds": FOLDS,
            "costs": COSTS,
            "out_of_fold": measured(scores, truth, ranks, risks, levels),
            "other_bars_for_high": [
                {"high": bar, **measured(scores, truth, ranks, risks, {**levels, "high": bar})}
                for bar in (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
            ],
        },
        "intent": {"temperature": heat, "fallback": fallback(scores, truth, heat)},
        "levels": levels,
        "categories": categories,
    }
    FILE.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    print(json.dumps(kept, indent=2))


def measured(
    scores: np.ndarray, truth: np.ndarray, ranks: np.ndarray, risks: np.ndarray, levels: dict
) -> dict:
    """What these thresholds gave, the model alone, without the lexicon."""
    said = np.zeros(len(ranks), int)
    for place, name in enumerate(LEVELS[1:]):
        said[risks[:, place] >= levels[name]] = place + 1
    return {
        "intent_accuracy": round(float((scores.argmax(axis=1) == truth).mean()), 4),
        "immediate_answered_high": round(float((said[ranks == 3] >= 2).mean()), 4),
        "immediate_answered_immediate": round(float((said[ranks == 3] == 3).mean()), 4),
        "high_or_above": round(float((said[ranks >= 2] >= 2).mean()), 4),
        "concern_or_above": round(float((said[ranks >= 1] >= 1).mean()), 4),
        "false_alarms": round(float((said[ranks == 0] >= 2).mean()), 4),
    }


if __name__ == "__main__":
    main()
