"""Pieces of spelling as numbers: what a sentence vector misses in slang, typos and short answers.

Belongs here: making a text comparable for the model, and its hashed character n-grams and words.
Does not belong here: anything learned, anything of Rasa.
"""

import re
import unicodedata
from collections.abc import Sequence

from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer

CHARACTER_BITS = 16
WORD_BITS = 14
_STRETCHED = re.compile(r"(.)\1{2,}")
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


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
    ngram_range=(1, 2),
    n_features=2**WORD_BITS,
    alternate_sign=False,
    norm="l2",
    lowercase=False,
    token_pattern=r"\S+",
)


def grams(texts: Sequence[str]) -> csr_matrix:
    """Tidied texts to rows of hashed features, each half of unit length."""
    return hstack([_CHARACTERS.transform(texts), _WORDS.transform(texts)], format="csr")
