"""What is due later, done at its time: a report whose writer fell silent, a check on somebody who
asked for one.

Belongs here: finding what is due, one transaction each. Does not belong here: what it leads to
(bot/dialogue/followup.py), whether words may leave (bot/rules/contact.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import structlog

from bot.clock import Clock
from bot.dialogue.book import Book
from bot.dialogue.engine import due
from bot.dialogue.turn import Assessment, Say, TimerKind
from bot.effects import Effects, Occasion, Queued
from bot.rules import matching
from bot.store import threads, timers
from bot.store.session import Store
from nlu.reading import RiskLevel

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Timers:
    """Any number of these may run on one database."""

    store: Store
    clock: Clock
    book: Book
    effects: Effects
    hand_over: Callable[[Queued], None]

    async def tick(self) -> None:
        """Every few seconds."""
        async with self.store.begin() as session:
            waiting = await timers.due(session, self.clock.now())
        for conversation_id, kind in waiting:
            await self._fire(conversation_id, kind)

    async def _fire(self, conversation_id: UUID, kind: TimerKind) -> None:
        now = self.clock.now()
        async with self.store.begin() as session:
            found = await timers.take(session, conversation_id, kind, now)
            if found is None:
                return
            thread = await threads.load_thread(session, conversation_id)
            state, wishes = due(thread.state, kind, now, found.last_in_at, self.book)
            effects = matching.place(wishes, self.book, now.date())
            if thread.holder_id is not None:
                effects = tuple(one for one in effects if not isinstance(one, Say))
            occasion = Occasion(thread, state.language, now, holds=False)
            for row in await self.effects.apply(session, occasion, effects):
                session.after_commit(partial(self.hand_over, row))
            standing = thread.standing
            calm = Assessment(standing.level, RiskLevel.NONE, standing.categories)
            threads.save_turn(session, thread, state, calm)
        log.info("timer", conversation=str(conversation_id), kind=kind.value)
