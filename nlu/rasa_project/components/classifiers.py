"""What a message asks for, and how worried it makes us: two classifiers on the same features.

Belongs here: the Rasa components that learn and answer `intent` and `risk`. Does not belong here:
the arithmetic (`machine`) and the thresholds (`decisions`).
"""

import json
from typing import Any, Dict, List, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from components import decisions
from components.examples import CATEGORIES, LEVELS
from components.machine import Machine, fit, softmax

_ComponentType = DefaultV1Recipe.ComponentType
FALLBACK = "nlu_fallback"
OFF_TOPIC = "out_of_scope"
RANKED = 5
RISK = "risk"
RISK_LEVEL = "risk_level"
RISK_CATEGORIES = "risk_categories"


def _features(messages: List[Message]) -> Tuple[np.ndarray, csr_matrix]:
    dense = [m.get_dense_features(TEXT)[1].features for m in messages]
    sparse = [m.get_sparse_features(TEXT)[1].features for m in messages]
    return np.concatenate(dense), vstack(sparse, format="csr")


@DefaultV1Recipe.register(_ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeaningClassifier(IntentClassifier, GraphComponent):
    """The intent, with a confidence that can be believed, or `nlu_fallback`."""

    def __init__(
        self,
        storage: ModelStorage,
        resource: Resource,
        model: Machine = None,
        rules: decisions.Decisions = None,
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._model = model
        self._rules = rules

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "MeaningClassifier":
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "MeaningClassifier":
        with model_storage.read_from(resource) as folder:
            model = Machine.load(folder / "intent.npz")
            rules = decisions.read(folder / "decisions.json")
        return cls(model_storage, resource, model, rules)

    def train(self, training_data: TrainingData) -> Resource:
        messages = [m for m in training_data.intent_examples if m.get(TEXT)]
        labels = [[message.get(INTENT)] for message in messages]
        names = sorted({message.get(INTENT) for message in messages})
        self._model = fit(*_features(messages), labels, names).machine
        self._rules = decisions.read()
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder / "intent.npz")
            (folder / "decisions.json").write_text(decisions.FILE.read_text("utf-8"))
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        spoken = [message for message in messages if message.get(TEXT)]
        if not spoken:
            return messages
        scores = self._model.scores(*_features(spoken)) + self._rules.lift * self._model.rarity
        for message, row in zip(spoken, softmax(scores, self._rules.temperature)):
            best = np.argsort(-row)[:RANKED]
            names = self._model.classes
            ranking = [{"name": names[i], "confidence": float(row[i])} for i in best]
            if ranking[0]["confidence"] < self._rules.fallback:
                ranking.insert(0, {**ranking[0], "name": FALLBACK})
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


@DefaultV1Recipe.register(_ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class RiskClassifier(GraphComponent):
    """Adds `risk` to the answer: level, score, probabilities, categories, spans, version."""

    def __init__(
        self,
        storage: ModelStorage,
        resource: Resource,
        model: Machine = None,
        rules: decisions.Decisions = None,
        version: str = "",
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._model = model
        self._rules = rules
        self._version = version

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "RiskClassifier":
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "RiskClassifier":
        with model_storage.read_from(resource) as folder:
            model = Machine.load(folder / "risk.npz")
            rules = decisions.read(folder / "decisions.json")
            about = json.loads((folder / "about.json").read_text("utf-8"))
        return cls(model_storage, resource, model, rules, about["version"])

    def train(self, training_data: TrainingData) -> Resource:
        messages = [m for m in training_data.intent_examples if m.get(RISK_LEVEL)]
        labels = [_reached(m) for m in messages]
        names = [*LEVELS[1:], *CATEGORIES]
        self._model = fit(*_features(messages), labels, names).machine
        self._version = training_data.fingerprint()[:12]
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder / "risk.npz")
            (folder / "decisions.json").write_text(decisions.FILE.read_text("utf-8"))
            (folder / "about.json").write_text(json.dumps({"version": self._version}))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        spoken = [message for message in messages if message.get(TEXT)]
        if not spoken:
            return messages
        rows = self._model.probabilities(self._model.scores(*_features(spoken)))
        for message, row in zip(spoken, rows):
            found = dict(zip(self._model.classes, map(float, row)))
            message.set(RISK, self._answer(message, found), add_to_output=True)
        return messages

    def _answer(self, message: Message, found: Dict[str, float]) -> Dict[str, Any]:
        levels = {name: found[name] for name in LEVELS[1:]}
        categories = {name: found[name] for name in CATEGORIES}
        level = self._rules.level(levels)
        return {
            "level": level,
            "score": levels["high"],
            "probabilities": levels,
            "categories": self._rules.named(categories, level),
            "category_probabilities": categories,
            "spans": [] if level == "none" else [[0, len(message.get(TEXT))]],
            "version": self._version,
            "harmless": levels["concern"] < self._rules.doubt or self._is_off_topic(message),
        }

    def _is_off_topic(self, message: Message) -> bool:
        """By the intent that was told before: it stands earlier in the pipeline."""
        meant = message.get(INTENT)
        return meant["name"] == OFF_TOPIC and meant["confidence"] >= self._rules.off_topic


def _reached(message: Message) -> List[str]:
    """The levels a message is at or above, and its categories."""
    rank = LEVELS.index(message.get(RISK_LEVEL))
    return [*LEVELS[1 : rank + 1], *message.get(RISK_CATEGORIES)]
