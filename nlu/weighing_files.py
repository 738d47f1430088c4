"""The table of weights as files: `weights/words.bin` and, beside it, what it was learnt from.

Belongs here: reading and writing them, and the labels they are learnt from. Does not belong here:
weighing, learning.
"""

import json
import sys
import zlib
from array import array
from pathlib import Path

from nlu.reading import RiskLevel
from nlu.weighing import SLOTS, Weights

FOLDER = Path(__file__).resolve().parent / "weights"


def load_weights(folder: Path = FOLDER) -> Weights:
    """Raises `ValueError` on a table of another size."""
    packed = zlib.decompress((folder / "words.bin").read_bytes())
    danger, rarity = array("h", packed[: 2 * SLOTS]), array("H", packed[2 * SLOTS :])
    if len(danger) != SLOTS or len(rarity) != SLOTS:
        raise ValueError(f"the table of weights has {len(rarity)} places, not {SLOTS}")
    if sys.byteorder == "big":
        danger.byteswap()
        rarity.byteswap()
    about = json.loads((folder / "words.json").read_text("utf-8"))
    return Weights(danger, rarity, about["scale"], about["bias"], about["page"], about["doubt"])


def read_labels(data: Path) -> list[tuple[str, RiskLevel]]:
    """Every training message of every language, with its level."""
    lines = [
        json.loads(line)
        for path in sorted(data.glob("*/*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    return [(line["text"], RiskLevel(line["risk_level"])) for line in lines]


def save_weights(weights: Weights, messages: int, dangers: int, folder: Path = FOLDER) -> None:
    danger, rarity = array("h", weights.danger), array("H", weights.rarity)
    if sys.byteorder == "big":
        danger.byteswap()
        rarity.byteswap()
    packed = danger.tobytes() + rarity.tobytes()
    (folder / "words.bin").write_bytes(zlib.compress(packed, 9))
    about = {
        "scale": weights.scale,
        "bias": weights.bias,
        "page": weights.page,
        "doubt": weights.doubt,
        "messages": messages,
        "dangers": dangers,
    }
    (folder / "words.json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")
