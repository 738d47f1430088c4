"""The learner: a kernel machine over meaning and spelling, fitted in closed form.

Belongs here: fitting, scoring, saving as .npz (never pickle). Does not belong here: what the
classes mean, anything of Rasa.

Two texts are alike as their sentence vectors are (a radial kernel) and as their spelling is (a
linear kernel over hashed n-grams). The fit is kernel ridge regression (Rasmussen & Williams,
"Gaussian Processes for Machine Learning", 2006, chapter 2), which also gives, at no cost, what
each example would have been scored by a machine that had not seen it (their equation 5.12).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.linalg import lapack
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

CLOSENESS = 2.0
"""How fast likeness of meaning falls with the angle between two sentence vectors."""
SPELLING = 0.2
"""The share of spelling in how alike two texts are."""
RIDGE = 0.1
"""How much an example is doubted; these three measured by leaving one out, see README.md."""
ROWS = 512


@dataclass(frozen=True)
class Machine:
    classes: tuple[str, ...]
    seen: np.ndarray
    """Unit sentence vectors of the examples: examples by width."""
    meaning: np.ndarray
    """Examples by classes."""
    spelling: np.ndarray
    """Hashed features by classes: a row is one feature, so few rows are touched for a text."""
    slope: np.ndarray
    offset: np.ndarray
    """By classes: what makes a probability of a score."""
    rarity: np.ndarray
    """By classes: minus the logarithm of the share of the examples that have it."""

    def scores(self, dense: np.ndarray, sparse: csr_matrix) -> np.ndarray:
        """Texts by classes: near 1 for a class, near -1 for none."""
        alike = _radial(_unit(dense) @ self.seen.T)
        return alike @ self.meaning + sparse @ self.spelling

    def probabilities(self, scores: np.ndarray) -> np.ndarray:
        """Each class by itself."""
        return sigmoid(scores * self.slope + self.offset)

    def save(self, path: Path) -> None:
        np.savez(
            path,
            classes=np.array(self.classes),
            seen=self.seen,
            meaning=self.meaning,
            spelling=self.spelling,
            slope=self.slope,
            offset=self.offset,
            rarity=self.rarity,
        )

    @classmethod
    def load(cls, path: Path) -> "Machine":
        with np.load(path, allow_pickle=False) as kept:
            names = tuple(str(name) for name in kept["classes"])
            rest = ("seen", "meaning", "spelling", "slope", "offset", "rarity")
            return cls(names, *(kept[name] for name in rest))


@dataclass(frozen=True)
class Fitted:
    machine: Machine
    unseen: np.ndarray
    """Examples by classes: the scores by a machine that had not seen the example."""


def fit(
    dense: np.ndarray,
    sparse: csr_matrix,
    labels: Sequence[Sequence[str]],
    classes: Sequence[str],
) -> Fitted:
    """Learns which classes a text has: `labels` names those of each row."""
    seen = _unit(dense)
    has = np.array([[name in found for name in classes] for found in labels])
    targets = (has * 2.0 - 1.0).astype(np.float32)
    inverse = _inverse(_alikeness(seen, sparse))
    weights = inverse @ targets
    unseen = targets - weights / np.diag(inverse)[:, None]
    slope, offset = _calibrated(unseen, has)
    machine = Machine(
        tuple(classes),
        seen,
        ((1 - SPELLING) * weights).astype(np.float32),
        (SPELLING / 2 * (sparse.T @ weights)).astype(np.float32),
        slope,
        offset,
        -np.log(np.clip(has.mean(axis=0), 1e-6, 1.0)).astype(np.float32),
    )
    return Fitted(machine, unseen)


def _alikeness(seen: np.ndarray, sparse: csr_matrix) -> np.ndarray:
    """Examples by examples, made in strips so that little more than the result is in memory."""
    alike = np.empty((len(seen), len(seen)), np.float32, order="F")
    turned = sparse.T.tocsr()
    for start in range(0, len(seen), ROWS):
        strip = slice(start, start + ROWS)
        spelt = (sparse[strip] @ turned).toarray() / 2
        alike[strip] = (1 - SPELLING) * _radial(seen[strip] @ seen.T) + SPELLING * spelt
    alike[np.diag_indices(len(seen))] += RIDGE
    return alike


def _inverse(alike: np.ndarray) -> np.ndarray:
    """The inverse of a positive matrix, in its place."""
    root, failed = lapack.spotrf(alike, lower=1, overwrite_a=1)
    inverse, failed_too = lapack.spotri(root, lower=1, overwrite_c=1)
    if failed or failed_too:
        raise ValueError("the examples cannot be told apart: the matrix is not positive")
    lower = np.tril(inverse, -1)
    return np.tril(inverse) + lower.T


def _calibrated(unseen: np.ndarray, has: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Platt's two numbers for each class; a class of all or none is certain."""
    slopes, offsets = np.ones(has.shape[1], np.float32), np.zeros(has.shape[1], np.float32)
    for place in range(has.shape[1]):
        if has[:, place].all() or not has[:, place].any():
            continue
        line = LogisticRegression(C=100.0).fit(unseen[:, place : place + 1], has[:, place])
        slopes[place], offsets[place] = line.coef_[0, 0], line.intercept_[0]
    return slopes, offsets


def _unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _radial(cosines: np.ndarray) -> np.ndarray:
    return np.exp(CLOSENESS * (cosines - 1.0))


def softmax(scores: np.ndarray, temperature: float) -> np.ndarray:
    """Rows of scores to rows of probabilities."""
    flat = scores / temperature
    grown = np.exp(flat - flat.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def sigmoid(scores: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(scores, -40.0, 40.0)))
