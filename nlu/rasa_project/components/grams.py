"""Pieces of spelling as numbers: what a sentence vector misses in slang, typos and short answers.

Belongs here: making a text comparable for the model, its hashed character n-grams and words, and
how much each of them says. Does not belong here: anything of Rasa.
"""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer

CHARACTER_BITS = 16
WORD_BITS = 17
_STRETCHED = re.compile(r"(.)\1{2,}")
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_MARKS = re.compile(
    r"[!-&(-/:-@\[-`{-~\u00ab\u00bb\u060c\u061b\u061f\u06d4\u0964\u201c\u201d\u2026]+"
)
"""Punctuation, by name: vowel signs of Panjabi are no letters to a regular expression."""
_BEGINS, _ENDS = "<s>", "</s>"


def tidy(text: str) -> str:
    """Lower case, compatible characters, no invisible ones, no letter more than twice in a row."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).lower()
    plain = plain.replace("\u2019", "'")
    seen = "".join(c if c.isprintable() else " " for c in plain)
    return " ".join(_STRETCHED.sub(r"\1\1", seen).split())


_CHARACTERS = HashingVectorizer(
    analyzer="char_wb",
    ngram_range=(2, 5),
    n_features=2**CHARACTER_BITS,
    alternate_sign=False,
    norm="l2",
    lowercase=False,
)
_WORDS = HashingVectorizer(
    analyzer="word",
    ngram_range=(1, 3),
    n_features=2**WORD_BITS,
    alternate_sign=False,
    norm="l2",
    lowercase=False,
    token_pattern=r"\S+",
)


def grams(texts: Sequence[str]) -> csr_matrix:
    """Tidied texts to rows of hashed features, each half of unit length. Words are read with where
    a text begins and ends, so that "my mate" first is told from "my mate" anywhere."""
    bounded = [f"{_BEGINS} {_MARKS.sub(' ', text)} {_ENDS}" for text in texts]
    return hstack([_CHARACTERS.transform(texts), _WORDS.transform(bounded)], format="csr")


def rarities(rows: csr_matrix) -> np.ndarray:
    """By feature: what it says, by how few of the texts have it (Sparck Jones 1972)."""
    texts = np.bincount(rows.indices, minlength=rows.shape[1])
    return (np.log((1 + rows.shape[0]) / (1 + texts)) + 1).astype(np.float32)


def weighted(rows: csr_matrix, rarity: np.ndarray) -> csr_matrix:
    """Rows of `grams` with each feature by its rarity, each half of unit length again."""
    data = rows.data * rarity[rows.indices]
    of_row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    half = 2 * of_row + (rows.indices >= 2**CHARACTER_BITS)
    lengths = np.sqrt(np.bincount(half, data**2, minlength=2 * rows.shape[0]))
    return csr_matrix((data / lengths[half], rows.indices, rows.indptr), rows.shape)
