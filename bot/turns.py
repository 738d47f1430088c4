"""Which ends of a turn's job count against its message: its own failures and the death of its
worker do, the database's absence and an orderly stop do not.

Belongs here: keeping those apart. Does not belong here: what so many failures lead to
(bot/intake.py), or how often a job is tried (bot/worker.py).

Whoever takes a job up again knows only that it ended without success, and counts that. So the
process in which it ended for no fault of the message takes one off, as soon as it can write.
"""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

import structlog

from bot.errors import StoreAway
from bot.intake import Advance
from bot.store import threads
from bot.store.session import Store

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Turns:
    """One for each worker process."""

    advance: Advance
    store: Store
    _owed: list[UUID] = field(default_factory=list)
    """A conversation for each end here that was no fault of its message and is not taken off yet.
    Lost with a process that is killed before the database is back: that counts once."""

    async def run(self, conversation_id: UUID, again: bool) -> None:
        """`again`: this job ended without success before, for whatever reason."""
        try:
            await self.forgive()
            await self.advance.run(conversation_id, retried=again)
        except StoreAway:
            self._owed.append(conversation_id)
            raise
        except asyncio.CancelledError:
            self._owed.append(conversation_id)
            await asyncio.shield(self._forgive_before_going())
            raise

    async def forgive(self) -> None:
        """Take off what is owed. Raises `StoreAway`, and owes it still."""
        while self._owed:
            conversation_id = self._owed.pop()
            is_paid = False
            try:
                async with self.store.begin() as session:
                    await threads.forgive_failure(session, conversation_id)
                is_paid = True
            finally:
                if not is_paid:
                    self._owed.append(conversation_id)

    async def _forgive_before_going(self) -> None:
        try:
            await self.forgive()
        except StoreAway:
            log.warning("stopped turn not forgiven yet")
