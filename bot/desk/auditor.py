"""An auditor that believes nobody: it reads what was done, says what is late, and says it by
itself, without the outbox, the jobs or the workers that may be the ones at fault.

Belongs here: what is late and who hears of it. Does not belong here: mending it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog

from bot.channels.beacon import Beacon
from bot.channels.port import Channel
from bot.clock import Clock
from bot.desk.paging import WAKES, Pager
from bot.errors import StoreAway
from bot.messages import Accepted, Address, ChannelName, Outbound, Purpose
from bot.rules import ladder as rungs
from bot.rules.ladder import HELP_WITHIN, LATE_AFTER
from bot.store import lateness, page_wants, pages
from bot.store import rota as rotas
from bot.store.contacts import methods_of
from bot.store.health import settle_kind
from bot.store.session import Session, Store
from bot.store.tickets import raise_alarm

log = structlog.get_logger()

LATE = "page_late"
TELL_AGAIN = timedelta(minutes=5)
DATABASE = "database"


@dataclass(slots=True)
class _Memory:
    """What it knew while it could still read."""

    supervisors: tuple[Address, ...] = ()
    read_at: datetime | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Auditor:
    """`beacon` hears that all is well, or a cry; silence there means that this process is gone."""

    store: Store
    pager: Pager
    channels: Mapping[ChannelName, Channel]
    clock: Clock
    beacon: Beacon
    _memory: _Memory = field(default_factory=_Memory)

    async def look(self) -> tuple[str, ...]:
        """What is late: ids of pages, tickets and texts, or `database` when it cannot be read."""
        now = self.clock.now()
        late = await self._late(now)
        await self.beacon.knock(well=not late)
        if not late:
            self._memory.told_at = None
        elif self._memory.told_at is None or now - self._memory.told_at >= TELL_AGAIN:
            await self._tell(late)
            self._memory.told_at = now
        return late

    async def _late(self, now: datetime) -> tuple[str, ...]:
        try:
            async with self.store.begin() as session:
                late = await self._read(session, now)
                self._memory.supervisors = await self._supervisors(session)
                self._memory.read_at = now
                for subject in late:
                    await raise_alarm(session, LATE, subject, now)
                if not late:
                    await settle_kind(session, LATE, now)
        except StoreAway:
            seen = self._memory.read_at
            return (DATABASE,) if seen is None or now - seen > LATE_AFTER else ()
        return late

    async def _read(self, session: Session, now: datetime) -> tuple[str, ...]:
        since = now - LATE_AFTER
        steps = await lateness.last_steps(session)
        late: list[UUID] = [
            one.id
            for one in await pages.ringing(session)
            if rungs.is_late(one.page, steps.get(one.id), one.started_at, now)
        ]
        late += await pages.taken_before(session, since - HELP_WITHIN)
        late += await lateness.pages_not_sent(session, since)
        late += [one.ticket_id for one in await page_wants.danger_without_page(session, since)]
        found = [str(one) for one in late]
        if await lateness.turns_not_taken(session, since):
            found.append("turns")
        return tuple(found)

    async def _supervisors(self, session: Session) -> tuple[Address, ...]:
        methods = await methods_of(session, await rotas.supervisors(session))
        found = [one.to for one in methods if one.to.channel in self.pager.routes.on & WAKES]
        phone = self.pager.routes.phone
        return tuple(found) or ((phone,) if phone else ())

    async def _tell(self, late: tuple[str, ...]) -> None:
        """By every route that there is, each by itself."""
        log.error("late", subjects=list(late))
        words = self.pager.words.say("page-late", {"count": len(late)})
        for to in self._memory.supervisors or tuple(filter(None, [self.pager.routes.phone])):
            message = Outbound(uuid4(), to, words, Purpose.PAGE)
            result = await self.channels[to.channel].send(message)
            if not isinstance(result, Accepted):
                log.error("not told", channel=to.channel.value)
