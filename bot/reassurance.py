"""Telling somebody in danger, as time passes, what is true about people: nobody has answered yet,
or somebody has seen it; and that a chat with a worker ends soon.

Belongs here: finding who waits and saying it, each in a transaction of its own. Does not belong
here: waking people (bot/desk/rounds.py), when something is due (bot/rules/waiting.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import structlog

from bot.clock import Clock
from bot.desk.manners import Manners
from bot.dialogue.turn import Say
from bot.effects import Effects, Occasion, Queued
from bot.rules import waiting
from bot.store import threads, waits
from bot.store.session import Session, Store
from bot.store.waits import Waiter

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Reassurance:
    """Any number of these may run on one database."""

    store: Store
    clock: Clock
    effects: Effects
    manners: Manners
    hand_over: Callable[[Queued], None]

    async def tick(self) -> None:
        """Every few seconds."""
        async with self.store.begin() as session:
            await waits.begin(session)
            due = await waits.to_look_at(session, self.clock.now(), waiting.MARKS[0])
        for ticket_id in due:
            await self._tell(ticket_id)
        await self._warn_of_ends()

    async def _warn_of_ends(self) -> None:
        now = self.clock.now()
        async with self.store.begin() as session:
            for row_id in await self.manners.warn_of_ends(session, now):
                session.after_commit(partial(self.hand_over, Queued(row_id, now)))

    async def _tell(self, ticket_id: UUID) -> None:
        now = self.clock.now()
        async with self.store.begin() as session:
            waiter = await waits.load(session, ticket_id)
            if waiter is None:
                return
            if waiter.answered is not False:
                await waits.end(session, ticket_id)
                if waiter.answered:
                    await self._say(session, waiter, waiting.SEEN)
                return
            text_id = waiting.text_due(now - waiter.since, waiter.told)
            if text_id is not None:
                await waits.note_told(session, ticket_id, waiting.passed(now - waiter.since))
                await self._say(session, waiter, text_id)

    async def _say(self, session: Session, waiter: Waiter, text_id: str) -> None:
        now = self.clock.now()
        thread = await threads.load_thread(session, waiter.conversation_id)
        occasion = Occasion(thread, thread.state.language, now, holds=False)
        rows = await self.effects.apply(session, occasion, (Say(text_id, keep=True),))
        for row in rows:
            session.after_commit(partial(self.hand_over, row))
        log.info("waiting told", conversation=str(thread.id))
