"""What one message was understood to mean: words first, Rasa second, never an exception.

Belongs here: combining the lexicon, the keywords, Rasa or with it away the weight of the words, the
facts, the language and the question that was asked. Does not belong here: how each of them works,
what follows from it (`bot.rules`).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Self

from nlu import entities, language, lexicon
from nlu.gazetteer import Gazetteer, load_gazetteer
from nlu.keyword_files import load_keyword_book
from nlu.keywords import KeywordBook, keyword_intent
from nlu.lexicon import RiskBook
from nlu.lexicon_files import load_risk_book
from nlu.rasa import AsksRasa, RasaAnswer
from nlu.reading import Asked, Entity, Intent, Language, Reading, Risk, RiskLevel, Signal
from nlu.weighing import Weights, with_weight
from nlu.weighing_files import load_weights

KEYWORD_CONFIDENCE = 1.0
ANSWER_CONFIDENCE = 0.9
_SHORT_ANSWER = 4
_log = logging.getLogger(__name__)
_BARE = frozenset({None, Intent.OUT_OF_SCOPE, Intent.GREET, Intent.ABUSE, Intent.SHARE_CONCERN})
"""Intents that a bare fact is easily taken for; anything else said is believed."""


@dataclass(frozen=True, slots=True, repr=False)
class ReadingBooks:
    """Everything the reader looks things up in: immutable, loaded once."""

    risk: RiskBook
    keywords: KeywordBook
    gazetteer: Gazetteer
    weights: Weights

    @classmethod
    def load(cls, content_dir: Path) -> Self:
        return cls(
            load_risk_book(content_dir),
            load_keyword_book(content_dir),
            load_gazetteer(content_dir),
            load_weights(),
        )


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message says without Rasa."""

    signals: tuple[Signal, ...] = ()
    keyword: Intent | None = None
    entities: tuple[Entity, ...] = ()
    language: Language = Language.EN
    language_sure: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Reader:
    """`today` turns a date of birth into an age; `rasa` None means words alone."""

    books: ReadingBooks
    rasa: AsksRasa | None
    today: Callable[[], date]

    async def read(self, text: str, asked: Asked | None = None) -> Reading:
        """Always a reading. Danger in words alone survives whatever else fails."""
        heard = Heard()
        try:
            heard = Heard(signals=lexicon.hear(text, self.books.risk))
            heard = self._look_up(text, asked, heard.signals)
        except Exception as error:  # noqa: BLE001  the reader never raises: a person waits
            _log.error("reading failed: %s", type(error).__name__)
        answer = await self.rasa.parse(text) if self.rasa is not None else None
        if answer is None and heard.keyword is None:
            heard = replace(heard, signals=self._weighed(heard.signals, text))
        return combine(heard, answer, text, asked)

    def _weighed(self, signals: tuple[Signal, ...], text: str) -> tuple[Signal, ...]:
        return with_weight(signals, text, self.books.weights, self.books.risk)

    def _look_up(self, text: str, asked: Asked | None, signals: tuple[Signal, ...]) -> Heard:
        spoken, sure = language.tell(text)
        return Heard(
            signals,
            keyword_intent(text, spoken, asked, self.books.keywords),
            entities.find(text, asked, self.books.gazetteer, self.today()),
            spoken,
            sure,
        )


def combine(heard: Heard, answer: RasaAnswer | None, text: str, asked: Asked | None) -> Reading:
    """One reading of what words and Rasa say."""
    intent, confidence = _intent(heard, answer, text, asked)
    return Reading(
        intent,
        confidence,
        heard.entities,
        heard.language,
        heard.language_sure,
        _risk(heard, answer, text),
        answer is not None,
    )


def _intent(
    heard: Heard, answer: RasaAnswer | None, text: str, asked: Asked | None
) -> tuple[Intent | None, float]:
    """A whole-message command, else the answer to the question, else what Rasa is sure of."""
    if heard.keyword is not None:
        return heard.keyword, KEYWORD_CONFIDENCE
    guess = answer.intent if answer is not None else None
    if _answers(heard, text, asked) and guess in _BARE:
        return Intent.INFORM, ANSWER_CONFIDENCE
    return guess, answer.confidence if answer is not None and guess is not None else 0.0


def _answers(heard: Heard, text: str, asked: Asked | None) -> bool:
    """Whether a message says what was asked for and little else."""
    if asked is None or asked.expects in (None, "yes_no"):
        return False
    if asked.expects == "choice":
        return text.strip().casefold() in {choice.casefold() for choice in asked.choices}
    if asked.expects == "text":
        return len(text.split()) <= _SHORT_ANSWER
    return any(entity.name == asked.expects for entity in heard.entities)


def _risk(heard: Heard, answer: RasaAnswer | None, text: str) -> Risk:
    """The higher level wins, unless the message is a known command or an answer of one word, or
    the model is so sure of a harmless message that what words alone say counts one level less.
    """
    said = lexicon.level(heard.signals)
    model = _from_model(answer, text)
    why = f"lexicon:{heard.signals[0].entry}" if heard.signals else ""
    if answer is not None and answer.risk.harmless and said > RiskLevel.CONCERN:
        return _of(tuple(map(_doubted, heard.signals)), f"model_doubts_{why}")
    if model is None:
        return _of(heard.signals, why or ("nothing_heard" if answer else "lexicon_alone"))
    if heard.keyword is not None and said is RiskLevel.NONE:
        return Risk(why="command_not_danger")
    if model.level > said:
        return _of((model, *heard.signals), "model_over_lexicon" if heard.signals else "model")
    return _of((*heard.signals, model), why)


def _from_model(answer: RasaAnswer | None, text: str) -> Signal | None:
    if answer is None or answer.risk.level is RiskLevel.NONE:
        return None
    risk = answer.risk
    start, end = risk.spans[0] if risk.spans else (0, len(text))
    return Signal(risk.level, risk.categories, "model", risk.version, start, end)


def _doubted(signal: Signal) -> Signal:
    """One level down and never to nothing: an immediate danger still brings a person at once."""
    match signal.level:
        case RiskLevel.IMMEDIATE:
            return replace(signal, level=RiskLevel.HIGH)
        case RiskLevel.HIGH:
            return replace(signal, level=RiskLevel.CONCERN)
        case RiskLevel.CONCERN | RiskLevel.NONE:
            return signal


def _of(signals: tuple[Signal, ...], why: str) -> Risk:
    ranked = tuple(sorted(signals, key=lambda signal: -signal.level.rank))
    categories = frozenset(name for signal in ranked for name in signal.categories)
    return Risk(lexicon.level(ranked), categories, ranked, why)
