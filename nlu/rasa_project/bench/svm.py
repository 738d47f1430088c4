"""A TF-IDF linear SVM as a Rasa component, for `make bench-nlu` to measure against.

Does not belong here: anything that the service uses.
"""

from typing import Any, Dict, List

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.svm import LinearSVC


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TfidfSvm(IntentClassifier, GraphComponent):
    """The intent with the largest margin; margins are made shares by a softmax."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: Pipeline = None) -> None:
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TfidfSvm":
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TfidfSvm":
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / "svm.joblib"))

    def train(self, training_data: TrainingData) -> Resource:
        messages = [m for m in training_data.intent_examples if m.get(TEXT)]
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+")
        self._model = make_pipeline(make_union(characters, words), LinearSVC(C=1.0))
        self._model.fit([m.get(TEXT) for m in messages], [m.get(INTENT) for m in messages])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / "svm.joblib")
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            if not message.get(TEXT):
                continue
            margins = self._model.decision_function([message.get(TEXT)])[0]
            shares = np.exp(margins - margins.max())
            shares /= shares.sum()
            ranking = [
                {"name": str(self._model.classes_[place]), "confidence": float(shares[place])}
                for place in np.argsort(-shares)[:5]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
