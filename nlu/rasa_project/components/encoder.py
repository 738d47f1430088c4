"""Sentence vectors in a hundred languages, on one processor, with no network.

Belongs here: pieces of words, and running the int8 encoder that `build_encoder.py` makes once.
Does not belong here: anything of Rasa.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime

from components.depths import DEPTHS, MODEL
from components.weights import Vocabulary, WeightFile, unpack

LONGEST = 192
"""Pieces of a text that are read; the service sends longer texts in windows."""
PREFIX = "query: "
_META = "\u2581"
_SPACES = re.compile(" {2,}")


class Tokeniser:
    """The unigram model of XLM-RoBERTa: the most probable way to cut a text into known pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known = vocabulary

    def ids(self, text: str) -> list[int]:
        """Ids of the pieces of a text, with its beginning and its end, at most `LONGEST`."""
        spelled = _SPACES.sub(" ", text.translate(self._known.normal))
        line = (spelled if spelled.startswith(" ") else " " + spelled).replace(" ", _META)
        return [self._known.bos, *self._cut(line)[: LONGEST - 2], self._known.eos]

    def _cut(self, line: str) -> list[int]:
        pieces, longest = self._known.pieces, self._known.longest
        size = len(line)
        best = [float("-inf")] * (size + 1)
        best[0] = 0.0
        step: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        for start in range(size):
            here = best[start]
            for end in range(start + 1, min(size, start + longest) + 1):
                piece = pieces.get(line[start:end])
                if piece is not None and here + piece[1] > best[end]:
                    best[end] = here + piece[1]
                    step[end] = (piece[0], start)
            if here + self._known.unknown_score > best[start + 1]:
                best[start + 1] = here + self._known.unknown_score
                step[start + 1] = (self._known.unknown, start)
        return _back(step)


def _back(step: list[tuple[int, int]]) -> list[int]:
    ids = []
    at = len(step) - 1
    while at > 0:
        piece, at = step[at]
        ids.append(piece)
    ids.reverse()
    return ids


class Encoder:
    """Texts to unit vectors, one for each of `DEPTHS`."""

    def __init__(self, model: Path = MODEL, threads: int = 1) -> None:
        weights = WeightFile()
        self._shape = weights.shape
        self._tokeniser = Tokeniser(weights.vocabulary)
        self._pad = weights.vocabulary.pad
        blocks = weights.packed("emb.word")
        self._words = blocks.reshape(self._shape.words, self._shape.hidden // 32)
        kind = weights.plain("emb.type")[: self._shape.hidden]
        self._places = weights.plain("emb.pos").reshape(-1, self._shape.hidden) + kind
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._last: tuple[list[str], np.ndarray] = ([], np.empty(0))

    def encode_again(self, texts: Sequence[str]) -> np.ndarray:
        """As `encode`, but the texts asked for last time are not read anew: training asks for the
        mean of all its texts and then for each of them."""
        asked = list(texts)
        if asked != self._last[0]:
            self._last = (asked, self.encode(asked))
        return self._last[1]

    def encode(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        """Vectors (texts by depths by width), in the order of the texts."""
        cut = [self._tokeniser.ids(PREFIX + text) for text in texts]
        vectors = np.empty((len(cut), len(DEPTHS), self._shape.hidden), np.float32)
        order = sorted(range(len(cut)), key=lambda place: len(cut[place]))
        for start in range(0, len(order), batch):
            places = order[start : start + batch]
            vectors[places] = self._forward([cut[place] for place in places])
        return vectors

    def _forward(self, rows: list[list[int]]) -> np.ndarray:
        longest = max(map(len, rows))
        ids = np.full((len(rows), longest), self._pad, np.int64)
        mask = np.zeros((len(rows), longest), np.float32)
        for place, row in enumerate(rows):
            ids[place, : len(row)] = row
            mask[place, : len(row)] = 1.0
        words, where = np.unique(ids, return_inverse=True)
        looked_up = unpack(self._words[words]).reshape(len(words), self._shape.hidden)
        summed = looked_up[where].reshape(*ids.shape, self._shape.hidden) + self._places[:longest]
        depths = self._session.run(None, {"x": summed.astype(np.float32), "mask": mask})
        return np.stack(depths, axis=1)


def centred(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Vectors (texts by depths by width) less what all texts share (depths by width), each depth
    brought back to length one and laid side by side (texts by depths times width)."""
    rows = vectors - mean
    rows /= np.linalg.norm(rows, axis=2, keepdims=True)
    return rows.reshape(len(rows), -1)


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The one encoder of this process: its weights are loaded once."""
    return Encoder()
