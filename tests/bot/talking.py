"""Conversations without a model: the real keywords, entities, safety rules and engine.

Belongs here: what several dialogue tests share. Does not belong here: any expectation.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.content_files import read_content
from bot.dialogue.book import Book, load_book
from bot.dialogue.engine import asked, step, wake
from bot.dialogue.lookups import People
from bot.dialogue.turn import Effect, OpenTicket, SaveReferral, Say, State, Turn
from bot.messages import ChannelName, InboundKind, MediaKind
from bot.rules import safety, waiting
from bot.rules.matching import place
from nlu.entities import find
from nlu.gazetteer import Gazetteer, load_gazetteer
from nlu.keyword_files import load_keyword_book
from nlu.keywords import KeywordBook, keyword_intent
from nlu.reading import Intent, Language, Reading, Risk, RiskCategory, RiskLevel

CONTENT = Path(__file__).resolve().parents[2] / "content"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@cache
def book() -> Book:
    return load_book(read_content(CONTENT))


@cache
def keywords() -> KeywordBook:
    return load_keyword_book(CONTENT)


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer(CONTENT)


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `intent` and `risk` are what a model would hear, where keywords do not."""

    text: str = ""
    intent: str | None = None
    sure: float = 0.95
    risk: str = "none"
    categories: tuple[str, ...] = ()
    kind: InboundKind = InboundKind.MESSAGE
    media: tuple[MediaKind, ...] = ()
    idle_hours: float | None = None
    people: str = "trying"
    language: Language = Language.EN


@dataclass
class Conversation:
    """A person writes; state is dumped and read again before every message."""

    channel: ChannelName = ChannelName.WEB
    state: State = field(default_factory=State)
    standing: safety.Standing = field(default_factory=safety.Standing)
    effects: list[Effect] = field(default_factory=list)
    waited: timedelta = timedelta()

    def says(self, line: Line) -> tuple[Effect, ...]:
        state = State.model_validate_json(self.state.model_dump_json())
        reading = self._read(line, state)
        idle = None if line.idle_hours is None else line.idle_hours * 3600
        met, _ = wake(state, idle, book())
        assessment = safety.assess(reading, self.standing, met is not state)
        turn = Turn(
            line.text,
            line.kind,
            line.media,
            self.channel,
            NOON,
            reading,
            assessment,
            People(line.people),
            idle,
        )
        self.state, wished = step(state, turn, book())
        effects = safety.guard(
            place(wished, book(), NOON.date()), assessment, reading, People(line.people)
        )
        self.standing = safety.Standing(assessment.level, assessment.categories)
        self.effects.extend(effects)
        return effects

    def waits(self, minutes: float) -> tuple[Effect, ...]:
        """Time passes after danger was told of, and nobody has taken it."""
        before, self.waited = self.waited, self.waited + timedelta(minutes=minutes)
        text = waiting.text_due(self.waited, waiting.passed(before))
        return (Say(text),) if text else ()

    def _read(self, line: Line, state: State) -> Reading:
        question = asked(state, book())
        intent = keyword_intent(line.text, state.language, question, keywords())
        if line.intent is not None:
            intent = Intent(line.intent)
        return Reading(
            intent=intent,
            confidence=line.sure if line.intent else 1.0 if intent else 0.0,
            entities=find(line.text, question, gazetteer(), NOON.date()),
            risk=Risk(RiskLevel(line.risk), frozenset(map(RiskCategory, line.categories))),
            language=line.language,
            language_sure=line.language is not Language.EN,
            rasa_answered=True,
        )

    def referrals(self) -> list[SaveReferral]:
        return [effect for effect in self.effects if isinstance(effect, SaveReferral)]

    def tickets(self) -> list[OpenTicket]:
        return [effect for effect in self.effects if isinstance(effect, OpenTicket)]


def heard(effects: tuple[Effect, ...]) -> list[str]:
    """Ids of the texts, in the order in which they are said."""
    return [effect.text for effect in effects if isinstance(effect, Say)]
