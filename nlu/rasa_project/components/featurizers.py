"""What a message looks like in numbers: its meaning (E5) and its spelling (hashed n-grams).

Belongs here: the two Rasa featurizers. Does not belong here: the encoder and the n-grams
themselves, which know nothing of Rasa.
"""

from typing import Any, Dict, List

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.encoder import centred, encoder
from components.grams import grams, rarities, tidy, weighted
from components.intent_names import IS_NAME

_ComponentType = DefaultV1Recipe.ComponentType


def _with_words(messages: List[Message]) -> List[Message]:
    return [message for message in messages if message.get(TEXT)]


@DefaultV1Recipe.register(_ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class E5Featurizer(DenseFeaturizer, GraphComponent):
    """A sentence at several depths, less the mean of all training sentences, which says nothing.
    Names of intents stay out of the mean, so that thresholds chosen without them hold."""

    def __init__(
        self,
        config: Dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        mean: np.ndarray = None,
    ) -> None:
        super().__init__(resource.name, config)
        self._storage = storage
        self._resource = resource
        self._mean = mean
        self._encoder = encoder()

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "E5Featurizer":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "E5Featurizer":
        with model_storage.read_from(resource) as folder:
            mean = np.load(folder / "mean.npy", allow_pickle=False)
        return cls(config, model_storage, resource, mean)

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Nothing to set."""

    def train(self, training_data: TrainingData) -> Resource:
        spoken = _with_words(training_data.training_examples)
        written = [not message.get(IS_NAME) for message in spoken]
        self._mean = self._read(spoken)[written].mean(axis=0)
        with self._storage.write_to(self._resource) as folder:
            np.save(folder / "mean.npy", self._mean)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        spoken = _with_words(training_data.training_examples)
        self._add(spoken, self._read(spoken))
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        spoken = _with_words(messages)
        if spoken:
            self._add(spoken, self._encoder.encode([tidy(m.get(TEXT)) for m in spoken]))
        return messages

    def _read(self, spoken: List[Message]) -> np.ndarray:
        return self._encoder.encode_again([tidy(message.get(TEXT)) for message in spoken])

    def _add(self, spoken: List[Message], read: np.ndarray) -> None:
        name = self._config[FEATURIZER_CLASS_ALIAS]
        for message, vector in zip(spoken, centred(read, self._mean)):
            row = vector[np.newaxis, :]
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, name))


@DefaultV1Recipe.register(_ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class GramsFeaturizer(SparseFeaturizer, GraphComponent):
    """Hashed characters and words, each by its rarity among the training sentences. Names of
    intents stay out of that, as they do of the mean."""

    def __init__(
        self,
        config: Dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        rarity: np.ndarray = None,
    ) -> None:
        super().__init__(resource.name, config)
        self._storage = storage
        self._resource = resource
        self._rarity = rarity

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "GramsFeaturizer":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "GramsFeaturizer":
        with model_storage.read_from(resource) as folder:
            rarity = np.load(folder / "rarity.npy", allow_pickle=False)
        return cls(config, model_storage, resource, rarity)

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Nothing to set."""

    def train(self, training_data: TrainingData) -> Resource:
        spoken = _with_words(training_data.training_examples)
        written = [tidy(m.get(TEXT)) for m in spoken if not m.get(IS_NAME)]
        self._rarity = rarities(grams(written))
        with self._storage.write_to(self._resource) as folder:
            np.save(folder / "rarity.npy", self._rarity)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        spoken = _with_words(messages)
        if spoken:
            rows = weighted(grams([tidy(message.get(TEXT)) for message in spoken]), self._rarity)
            name = self._config[FEATURIZER_CLASS_ALIAS]
            for place, message in enumerate(spoken):
                row = rows[place]
                message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, name))
        return messages
