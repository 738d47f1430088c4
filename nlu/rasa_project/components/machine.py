"""The learner: a kernel machine over meaning and spelling, fitted in closed form.

Belongs here: fitting, scoring, saving as .npz (never pickle). Does not belong here: what the
classes mean, anything of Rasa.

Two texts are alike as their sentence vectors are (a radial kernel) and as their spelling is (a
linear kernel over hashed n-grams). The fit is kernel ridge regression (Rasmussen & Williams,
"Gaussian Processes for Machine Learning", 2006, chapter 2), which also gives, at no cost, what
each example would have been scored by a machine that had not seen it (their equation 5.12). By the
square of what is wrong with those scores (PRESS, Allen 1974) the machine chooses its own settings:
few examples want the last depth alone, many want both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
from scipy.linalg import lapack
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from components.depths import DEPTHS

NARROW = 512
"""Directions of the sentence vectors that are kept: the rest says nothing (see README.md)."""
DRAWN = 3000
"""Examples on which the settings are chosen, evenly from all of them."""
ROUNDS = 2
ROWS = 512


@dataclass(frozen=True)
class Settings:
    deepest: float = 0.5
    """The share of the last depth in likeness of meaning; the others share the rest."""
    closeness: float = 2.0
    """How fast likeness of meaning falls with the angle between two sentence vectors."""
    spelling: float = 0.2
    """The share of spelling in how alike two texts are."""
    ridge: float = 0.1
    """How much an example is doubted."""


CHOICES: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {"deepest": (0.5, 0.75, 1.0), "closeness": (1.0, 2.0, 3.0)}
)
"""What a machine chooses by itself. Spelling and ridge are not in it: texts of the same author ask
for less of both than the texts of somebody else bear out."""


@dataclass(frozen=True)
class Machine:
    classes: tuple[str, ...]
    axes: np.ndarray
    """What is kept of sentence vectors: width by at most `NARROW`."""
    seen: np.ndarray
    """Unit vectors of the examples on those axes."""
    meaning: np.ndarray
    """Examples by classes."""
    spelling: np.ndarray
    """Hashed features by classes: a row is one feature, so few rows are touched for a text."""
    slope: np.ndarray
    offset: np.ndarray
    """By classes: what makes a probability of a score."""
    rarity: np.ndarray
    """By classes: minus the logarithm of the share of the examples that have it."""
    settings: Settings

    def scores(self, dense: np.ndarray, sparse: csr_matrix) -> np.ndarray:
        """Texts by classes: near 1 for a class, near -1 for none."""
        cosines = _unit(dense @ self.axes) @ self.seen.T
        alike = _radial(cosines, self.settings.closeness)
        # Of another width the whole table would be copied for every message.
        spelt = sparse.astype(self.spelling.dtype) @ self.spelling
        return alike @ self.meaning + spelt

    def probabilities(self, scores: np.ndarray) -> np.ndarray:
        """Each class by itself."""
        return sigmoid(scores * self.slope + self.offset)

    def save(self, path: Path) -> None:
        np.savez(
            path,
            classes=np.array(self.classes),
            axes=self.axes,
            seen=self.seen,
            meaning=self.meaning,
            spelling=self.spelling,
            slope=self.slope,
            offset=self.offset,
            rarity=self.rarity,
            settings=np.array(astuple(self.settings)),
        )

    @classmethod
    def load(cls, path: Path) -> "Machine":
        with np.load(path, allow_pickle=False) as kept:
            names = tuple(str(name) for name in kept["classes"])
            rest = ("axes", "seen", "meaning", "spelling", "slope", "offset", "rarity")
            settings = Settings(*map(float, kept["settings"]))
            return cls(names, *(kept[name] for name in rest), settings)


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
    settings: Settings = None,
) -> Fitted:
    """Learns which classes a text has: `labels` names those of each row. `dense` has a unit vector
    for each of `DEPTHS`, side by side. Settings that are not given are chosen."""
    has = np.array([[name in found for name in classes] for found in labels])
    targets = (has * 2.0 - 1.0).astype(np.float32)
    chosen = settings or choose(dense, sparse, targets)
    axes = _axes(dense, chosen.deepest)
    seen = _unit(dense @ axes)
    weights, unseen = _solved(_alikeness(seen, sparse, chosen), targets)
    slope, offset = _calibrated(unseen, has)
    machine = Machine(
        tuple(classes),
        axes,
        seen,
        ((1 - chosen.spelling) * weights).astype(np.float32),
        (chosen.spelling / 2 * (sparse.T @ weights)).astype(np.float32),
        slope,
        offset,
        -np.log(np.clip(has.mean(axis=0), 1e-6, 1.0)).astype(np.float32),
        chosen,
    )
    return Fitted(machine, unseen)


def choose(dense: np.ndarray, sparse: csr_matrix, targets: np.ndarray) -> Settings:
    """One setting at a time, the one with the least square of left-out errors; twice round."""
    drawn = np.linspace(0, len(dense) - 1, min(DRAWN, len(dense))).astype(int)
    vectors, spelt, wanted = dense[drawn], sparse[drawn], targets[drawn]
    spelling_alike = (spelt @ spelt.T).toarray() / 2
    known: dict[Settings, float] = {}

    def error(tried: Settings) -> float:
        if tried not in known:
            seen = _unit(vectors @ _axes(vectors, tried.deepest))
            meant = _radial(seen @ seen.T, tried.closeness)
            alike = (1 - tried.spelling) * meant + tried.spelling * spelling_alike
            alike[np.diag_indices(len(alike))] += tried.ridge
            known[tried] = float(np.square(_solved(alike, wanted)[1] - wanted).mean())
        return known[tried]

    best = Settings()
    for _ in range(ROUNDS):
        for name, values in CHOICES.items():
            best = min((replace(best, **{name: value}) for value in values), key=error)
    return best


def _axes(dense: np.ndarray, deepest: float) -> np.ndarray:
    """Each depth by the root of its share, turned to the directions in which texts differ most."""
    width = dense.shape[1] // len(DEPTHS)
    others = (1 - deepest) / (len(DEPTHS) - 1)
    shares = np.repeat([*[others] * (len(DEPTHS) - 1), deepest], width)
    roots = np.sqrt(shares).astype(np.float32)[:, np.newaxis]
    spread = (dense.T @ dense) * roots * roots.T
    _, directions = np.linalg.eigh(spread.astype(np.float64))
    return (roots * directions[:, -NARROW:]).astype(np.float32)


def _alikeness(seen: np.ndarray, sparse: csr_matrix, settings: Settings) -> np.ndarray:
    """Examples by examples, made in strips so that little more than the result is in memory."""
    alike = np.empty((len(seen), len(seen)), np.float32, order="F")
    turned = sparse.T.tocsr()
    for start in range(0, len(seen), ROWS):
        strip = slice(start, start + ROWS)
        spelt = (sparse[strip] @ turned).toarray() / 2
        meant = _radial(seen[strip] @ seen.T, settings.closeness)
        alike[strip] = (1 - settings.spelling) * meant + settings.spelling * spelt
    alike[np.diag_indices(len(seen))] += settings.ridge
    return alike


def _solved(alike: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The weight of each example, and its scores by a machine without it (both by classes). Uses up
    `alike`."""
    inverse = _inverse(alike)
    weights = inverse @ targets
    return weights, targets - weights / np.diag(inverse)[:, None]


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


def _radial(cosines: np.ndarray, closeness: float) -> np.ndarray:
    return np.exp(closeness * (cosines - 1.0))


def softmax(scores: np.ndarray, temperature: float) -> np.ndarray:
    """Rows of scores to rows of probabilities."""
    flat = scores / temperature
    grown = np.exp(flat - flat.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def sigmoid(scores: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(scores, -40.0, 40.0)))
