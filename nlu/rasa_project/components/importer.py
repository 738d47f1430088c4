"""Hands the labelled examples to Rasa. Belongs here: nothing but that."""

from pathlib import Path
from typing import Any, Dict, List, Optional, Union

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_model_configuration

from components.classifiers import RISK_CATEGORIES, RISK_LEVEL
from components.examples import Example, read


class JsonLinesImporter(TrainingDataImporter):
    """Every example that is not held out, with its risk beside its intent."""

    def __init__(
        self,
        config_file: Optional[str] = None,
        domain_path: Optional[str] = None,
        training_data_paths: Optional[Union[List[str], str]] = None,
        **kwargs: Any,
    ) -> None:
        self._config_file = config_file
        paths = training_data_paths or []
        self._folders = [paths] if isinstance(paths, str) else list(paths)

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        examples = [e for folder in self._folders for e in read(Path(folder))]
        return TrainingData([_message(example) for example in examples])

    def get_config(self) -> Dict:
        return read_model_configuration(self._config_file) if self._config_file else {}

    def get_config_file_for_auto_config(self) -> Optional[str]:
        return self._config_file

    def get_domain(self) -> Domain:
        return Domain.empty()

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        return StoryGraph([])


def _message(example: Example) -> Message:
    return Message(
        data={
            TEXT: example.text,
            INTENT: example.intent,
            RISK_LEVEL: example.level,
            RISK_CATEGORIES: list(example.categories),
        }
    )
