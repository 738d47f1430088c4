"""`handrail chat`: the bot in a terminal, showing what was understood, the state and the effects.

Belongs here: reading lines and printing. It uses the very reader, rules and engine of the
service, and keeps nothing: no database, no carrier, no page.
"""

import asyncio
import json
from dataclasses import replace
from datetime import datetime

from bot.bootstrap import open_reader
from bot.clock import Clock, SystemClock
from bot.commands.progress import tell
from bot.content_files import read_content
from bot.dialogue.book import Book, load_book
from bot.dialogue.engine import step
from bot.dialogue.lookups import People
from bot.dialogue.path import asked
from bot.dialogue.turn import Assessment, Effect, Say, State, Turn
from bot.dialogue.words import render
from bot.intake import Reads
from bot.messages import ChannelName, InboundKind
from bot.rules import matching, safety
from bot.rules.safety import Standing
from bot.settings import CONTENT_DIR, Settings
from nlu.reader import ReadingBooks
from nlu.reading import Reading

_PROMPT = "> "


class Talk:
    """One conversation at the terminal."""

    def __init__(self, reader: Reads, book: Book, clock: Clock) -> None:
        self._reader, self._book, self._clock = reader, book, clock
        self._state, self._standing = State(), Standing()
        self._last: datetime | None = None

    async def says(self, text: str) -> tuple[Effect, ...]:
        """One turn; prints all that it led to and gives the effects."""
        reading = await self._reader.read(text, asked(self._state, self._book))
        now = self._clock.now()
        assessment = safety.assess(reading, self._standing)
        turn = Turn(
            text=text,
            kind=InboundKind.MESSAGE,
            media=(),
            channel=ChannelName.WEB,
            at=now,
            reading=reading,
            assessment=assessment,
            people=People.TRYING,
            idle_seconds=(now - self._last).total_seconds() if self._last else None,
        )
        self._state, wishes = step(self._state, turn, self._book)
        wished = matching.place(wishes, self._book, now.date())
        effects = safety.guard(wished, assessment, reading, People.TRYING)
        self._standing = replace(
            self._standing, level=assessment.level, categories=assessment.categories
        )
        self._last = now
        self._show(reading, assessment, effects)
        return effects

    def _show(self, reading: Reading, assessment: Assessment, effects: tuple[Effect, ...]) -> None:
        entities = {str(name): value for name, value in reading.values().items()}
        tell(f"    intent {reading.intent} {reading.confidence:.2f}  language {reading.language}")
        tell(
            f"    risk {assessment.message_level} (standing {assessment.level}) {reading.risk.why}"
        )
        tell(f"    entities {json.dumps(entities)}")
        tell(f"    state {self._state.model_dump_json(exclude_defaults=True)}")
        for effect in effects:
            if not isinstance(effect, Say):
                tell(f"    effect {effect}")
        for effect in effects:
            if isinstance(effect, Say):
                text, choices = render(effect, self._book, self._state.language, ChannelName.WEB)
                labels = "  ".join(f"[{choice.label}]" for choice in choices)
                tell(f"{text}\n{labels}".rstrip())


async def talk(settings: Settings) -> int:
    """Until the end of input. Rasa is asked where one runs; else keywords alone."""
    books = ReadingBooks.load(CONTENT_DIR)
    clock = SystemClock()
    async with open_reader(settings, clock, books) as reader:
        conversation = Talk(reader, load_book(read_content(CONTENT_DIR)), clock)
        while True:
            try:
                text = await asyncio.to_thread(input, _PROMPT)
            except EOFError:
                return 0
            await conversation.says(text)
