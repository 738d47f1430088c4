"""The pipeline of config.yml on another set of questions: `python benchmark.py FOLDER...` in Rasa's
environment. Each folder holds `train.json` and `test.json`, lists of [text, intent].

Belongs here: running the same featurizers and the same intent classifier, in batches, and counting
what came out right. Does not belong here: bars, intervals, printing (`nlu/benchmark.py`), the data.
"""

import argparse
import importlib
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, List

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_model_configuration

from components import encoder as encoders
from components import featurizers

HERE = Path(__file__).resolve().parent
FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "oos_test.json"
LEFT_OUT = frozenset({"RiskClassifier"})
"""Public questions carry no risk label."""
THREADS = 2


class Remembering:
    """The encoder of the pipeline, which reads each text of the run once: the sets share texts."""

    def __init__(self, encoder: encoders.Encoder) -> None:
        self._encoder = encoder
        self._known: dict = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._encoder.encode(fresh)))
        return np.stack([self._known[text] for text in texts])

    encode_again = encode


def pairs(path: Path) -> List[Message]:
    """Messages of one file. Raises `ValueError` where it is not a list of [text, intent]."""
    raw = json.loads(path.read_text("utf-8"))
    return [Message(data={TEXT: text, INTENT: intent}) for text, intent in raw]


def parts(storage: LocalModelStorage) -> List[GraphComponent]:
    """What config.yml lists, in its order, but for what learns risk."""
    made = []
    for place, entry in enumerate(read_model_configuration(str(HERE / "config.yml"))["pipeline"]):
        module, _, name = entry["name"].rpartition(".")
        if name in LEFT_OUT:
            continue
        kind = getattr(importlib.import_module(module), name)
        node = f"{name}{place}"
        given = {key: value for key, value in entry.items() if key != "name"}
        settings = {**kind.get_default_config(), FEATURIZER_CLASS_ALIAS: node, **given}
        context = ExecutionContext(GraphSchema({}), node_name=node)
        made.append(kind.create(settings, storage, Resource(node), context))
    return made


def learn(pipeline: List[GraphComponent], examples: List[Message]) -> None:
    data = TrainingData(examples)
    for part in pipeline:
        if hasattr(part, "train"):
            part.train(data)
        if hasattr(part, "process_training_data"):
            data = part.process_training_data(data)


def answer(pipeline: List[GraphComponent], messages: List[Message]) -> List[Message]:
    for part in pipeline:
        messages = part.process(messages)
    return messages


def likeliest(message: Message) -> str:
    """The intent put first, whether or not it was sure enough to act on."""
    named = [each["name"] for each in message.get(INTENT_RANKING_KEY)]
    return next(name for name in named if name != FALLBACK)


def measure(folder: Path) -> dict[str, Any]:
    """Counts over one folder's test set: right in the first place, and right when acted on."""
    began = time.monotonic()
    examples, asked = pairs(folder / "train.json"), pairs(folder / "test.json")
    truth = [message.get(INTENT) for message in asked]
    with tempfile.TemporaryDirectory() as scratch:
        pipeline = parts(LocalModelStorage(Path(scratch)))
        learn(pipeline, examples)
        learnt = time.monotonic()
        answered = answer(pipeline, asked)
        outside = folder / OUT_OF_SCOPE
        strange = answer(pipeline, pairs(outside)) if outside.exists() else []
    return {
        "name": folder.name,
        "examples": len(examples),
        "intents": len({message.get(INTENT) for message in examples}),
        "n": len(asked),
        "right": sum(likeliest(m) == t for m, t in zip(answered, truth)),
        "right_and_sure": sum(m.get(INTENT)["name"] == t for m, t in zip(answered, truth)),
        "outside": len(strange),
        "outside_refused": sum(m.get(INTENT)["name"] == FALLBACK for m in strange),
        "training_seconds": round(learnt - began, 1),
        "seconds": round(time.monotonic() - began, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    shared = Remembering(encoders.Encoder(threads=THREADS))
    featurizers.encoder = lambda: shared
    for folder in parser.parse_args().folders:
        sys.stdout.write(json.dumps(measure(folder)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
