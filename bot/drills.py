"""Drills: a made-up message through the whole path, from acceptance to a page marked TEST.

Belongs here: when one is sent, and what becomes of one that nobody answers. Does not belong here:
the path itself, which treats it as it treats everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4, uuid5

from bot.channels.port import Channel
from bot.clock import Clock
from bot.desk.paging import Pager
from bot.errors import BadSettings
from bot.intake import Intake
from bot.messages import ChannelName, Inbound, InboundKind, drill_address
from bot.rules.closing import Outcome
from bot.rules.rota import LOCAL
from bot.store import drills, holding
from bot.store.session import Session, Store
from bot.store.tickets import raise_alarm

ANSWER_WITHIN = timedelta(minutes=15)
LATEST = timedelta(hours=2)
"""A drill that should have been sent longer ago is left out: nobody is woken at night for it."""
FAILED = "drill_failed"
_DAILY = UUID("b8c6a7e2-5d0f-5a53-9d0e-3c2a4f7a1d11")
FROM = tuple(ChannelName)
"""The channels that a drill comes from, each in its turn; by telephone a call that nobody took."""


def drill_time(said: str) -> time | None:
    """Raises `BadSettings`."""
    try:
        return time.fromisoformat(said) if said else None
    except ValueError as error:
        raise BadSettings(f"HANDRAIL_DRILL_AT: {said} is no time; write 10:30") from error


@dataclass(frozen=True, slots=True)
class Drills:
    """`at`: the local time of the daily one, from each channel in turn; None: none by itself."""

    store: Store
    intake: Intake
    pager: Pager
    channels: Mapping[ChannelName, Channel]
    clock: Clock
    at: time | None

    async def send(self, channel: ChannelName, drill_id: UUID | None = None) -> UUID | None:
        """The drill's id; None where this very one was sent before."""
        wanted, now = drill_id or uuid4(), self.clock.now()
        async with self.store.begin() as session:
            if not await drills.add(session, wanted, channel.value, now):
                return None
        await self.intake.accept(self._made_up(channel, wanted))
        return wanted

    def _made_up(self, channel: ChannelName, drill_id: UUID) -> Inbound:
        writer, its_id = drill_address(channel, drill_id), f"drill-{drill_id}"
        if channel is ChannelName.VOICE:
            return Inbound(writer, its_id, "", InboundKind.CALL)
        return Inbound(writer, its_id, self.pager.words.say("page-drill-message"))

    async def look(self) -> None:
        """Sends the day's drill when its time has come, and ends those that are over."""
        now = self.clock.now()
        await self._send_daily(now)
        async with self.store.begin() as session:
            if await drills.fail_older(session, now - ANSWER_WITHIN, now):
                await raise_alarm(session, FAILED, "", now)
                part = self.pager.words.part("page-drill-failed")
                await self.pager.tell_supervisors(session, part, now)
            await self._close_done(session, now)

    async def _send_daily(self, now: datetime) -> None:
        local = now.astimezone(LOCAL)
        if self.at is None:
            return
        due = datetime.combine(local.date(), self.at, tzinfo=LOCAL)
        on = [name for name in FROM if self.channels[name].is_on]
        if on and due <= now < due + LATEST:
            day = local.date()
            await self.send(on[day.toordinal() % len(on)], uuid5(_DAILY, day.isoformat()))

    async def _close_done(self, session: Session, now: datetime) -> None:
        for ticket_id in await drills.tickets_done(session):
            await holding.finish(session, ticket_id, Outcome.OTHER, now)
