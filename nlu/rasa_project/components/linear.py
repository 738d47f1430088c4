"""Logistic regression over dense and sparse features at once, kept as plain numbers.

Belongs here: fitting, scoring, saving as .npz (never pickle). Does not belong here: what the
classes mean, anything of Rasa.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

FOR_INTENT = (6.0, 4.0)
FOR_RISK = (1.5, 20.0)
"""How much a sentence vector (centred) weighs beside the spelling, and C of the regression; both
measured on the folds of `tune.py`: intents live in the meaning, danger in the very words."""
ALWAYS = 6.0
"""The score of a class that every example, or none (negative), has."""


@dataclass(frozen=True)
class Linear:
    classes: tuple[str, ...]
    dense: np.ndarray
    """Width by classes."""
    sparse: np.ndarray
    """Hashed features by classes: a row is one feature, so few rows are touched for a text."""
    bias: np.ndarray

    def scores(self, dense: np.ndarray, sparse: csr_matrix) -> np.ndarray:
        """Texts by classes, before any squashing."""
        return dense @ self.dense + sparse @ self.sparse + self.bias

    def save(self, path: Path) -> None:
        np.savez(
            path,
            classes=np.array(self.classes),
            dense=self.dense,
            sparse=self.sparse.astype(np.float32),
            bias=self.bias,
        )

    @classmethod
    def load(cls, path: Path) -> "Linear":
        with np.load(path, allow_pickle=False) as kept:
            names = tuple(str(name) for name in kept["classes"])
            return cls(names, kept["dense"], kept["sparse"], kept["bias"])


def fit_one_of(
    dense: np.ndarray,
    sparse: csr_matrix,
    labels: Sequence[str],
    fit: tuple[float, float] = FOR_INTENT,
) -> Linear:
    """Exactly one class for a text: a softmax."""
    scale, strength = fit
    joined = hstack([csr_matrix(dense * scale), sparse], format="csr", dtype=np.float64)
    model = LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(joined, list(labels))
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        weights, bias = np.vstack([-weights, weights]) / 2, np.array([-bias[0], bias[0]]) / 2
    return _linear(tuple(model.classes_), weights, bias, dense.shape[1], scale)


def fit_any_of(
    dense: np.ndarray,
    sparse: csr_matrix,
    labels: Sequence[Sequence[str]],
    classes: Sequence[str],
    fit: tuple[float, float] = FOR_RISK,
) -> Linear:
    """Any number of classes for a text: one sigmoid for each."""
    scale, strength = fit
    joined = hstack([csr_matrix(dense * scale), sparse], format="csr", dtype=np.float64)
    rows, biases = [], []
    for name in classes:
        has = np.array([name in found for found in labels])
        if has.all() or not has.any():
            rows.append(np.zeros(joined.shape[1]))
            biases.append(ALWAYS if has.all() else -ALWAYS)
            continue
        model = LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(joined, has)
        rows.append(model.coef_[0])
        biases.append(float(model.intercept_[0]))
    return _linear(tuple(classes), np.array(rows), np.array(biases), dense.shape[1], scale)


def _linear(
    classes: tuple[str, ...], weights: np.ndarray, bias: np.ndarray, width: int, scale: float
) -> Linear:
    table = np.ascontiguousarray(weights.T, np.float32)
    return Linear(classes, table[:width] * scale, table[width:], bias.astype(np.float32))


def softmax(scores: np.ndarray, temperature: float) -> np.ndarray:
    """Rows of scores to rows of probabilities."""
    flat = scores / temperature
    grown = np.exp(flat - flat.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def sigmoid(scores: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(scores, -40.0, 40.0)))
