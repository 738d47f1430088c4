"""Which ends of a turn's job count against its message: its own failures and the death of its
worker do, the database's absence and an orderly stop do not.

Belongs here: keeping those apart. Does not belong here: what so many failures lead to
(bot/intake.py), or how often a job is tried (bot/worker.py).
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
    _excused: set[UUID] = field(default_factory=set)
    """Conversations whose last job here met an absent database: it could not be written down
    there. A job that another process takes up afterwards is counted once without guilt."""

    async def run(self, conversation_id: UUID, again: bool) -> None:
        """`again`: this job ended without success before, for whatever reason."""
        guilty = again and conversation_id not in self._excused
        self._excused.discard(conversation_id)
        try:
            await self.advance.run(conversation_id, retried=guilty)
        except StoreAway:
            self._excused.add(conversation_id)
            raise
        except asyncio.CancelledError:
            await asyncio.shield(self._forgive(conversation_id))
            raise

    async def _forgive(self, conversation_id: UUID) -> None:
        """We are told to stop: the job will be taken up by a worker who knows nothing of us, and
        be counted, so it is taken off beforehand."""
        try:
            async with self.store.begin() as session:
                await threads.forgive_failure(session, conversation_id)
        except StoreAway:
            log.warning("stopped turn not forgiven", conversation=str(conversation_id))
