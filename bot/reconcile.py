"""Asks the carriers what a webhook missed, and takes it in.

Belongs here: when to ask and what to do with the answer. Does not belong here: how each carrier
is asked (bot/channels). A message that did come by its webhook is known by its id: a carrier's
list tells less of it than the webhook did, so the two are not compared.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.channels.port import Channel, Pushes
from bot.clock import Clock
from bot.errors import RetryLater, StoreAway
from bot.intake import Intake, Receipt
from bot.messages import ChannelName, Inbound
from bot.store.arrivals import known_ids
from bot.store.session import Store
from bot.store.tickets import raise_alarm

log = structlog.get_logger()

OVERLAP = timedelta(minutes=10)
"""Each look goes back over the last ones: carriers list a message late."""
FIRST_LOOK = timedelta(hours=12)
"""After a start everything since then is asked for."""
_ANSWERED = "answers"


@dataclass
class Reconciler:
    """`public_url`: where carriers push to; empty where nothing is pushed."""

    store: Store
    clock: Clock
    intake: Intake
    channels: Mapping[ChannelName, Channel]
    public_url: str
    _registered: bool = False
    _pending_before: int = 0
    _asked_until: dict[ChannelName, datetime] = field(default_factory=dict)
    _told: dict[ChannelName, str] = field(default_factory=dict)
    """What was logged last of each."""

    async def run(self) -> int:
        """How many messages were taken in that no webhook had brought."""
        return sum([await self._look(channel) for channel in self.channels.values()])

    async def _look(self, channel: Channel) -> int:
        """The job boundary for one channel: whatever breaks on it, the others are asked."""
        try:
            if self.public_url and isinstance(channel, Pushes):
                await self._pushing(channel.name, channel)
            taken = await self._channel(channel)
        except RetryLater as error:
            self._tell(channel.name, type(error).__name__)
            return 0
        except Exception as error:  # noqa: BLE001
            self._tell(channel.name, type(error).__name__)
            await self._alarm("reconciler_broken", channel.name)
            return 0
        self._tell(channel.name, _ANSWERED)
        return taken

    def _tell(self, name: ChannelName, state: str) -> None:
        """Changes alone: a carrier that is away for hours is two lines."""
        if state != self._told.get(name, _ANSWERED):
            log.warning("reconciler", channel=name.value, carrier=state)
        self._told[name] = state

    async def _alarm(self, kind: str, name: ChannelName) -> None:
        with suppress(StoreAway):
            async with self.store.begin() as session:
                await raise_alarm(session, kind, name.value, self.clock.now())

    async def _pushing(self, name: ChannelName, channel: Pushes) -> None:
        """Told once where we are; what still waits there at a second look was not pushed."""
        if not self._registered:
            await channel.register(self.public_url)
            self._registered = True
        pending = await channel.pending()
        if pending and self._pending_before:
            # Registering again makes Telegram push at once what it had put off.
            self._registered = False
            await self._alarm("webhook_missed", name)
        self._pending_before = pending

    async def _channel(self, channel: Channel) -> int:
        now = self.clock.now()
        since = self._asked_until.get(channel.name, now - FIRST_LOOK + OVERLAP) - OVERLAP
        missed = await channel.missed(since)
        async with self.store.begin() as session:
            known = await known_ids(session, channel.name, [each.provider_id for each in missed])
        new = [inbound for inbound in missed if inbound.provider_id not in known]
        receipts = [await self._take(each) for each in new]
        if Receipt.SPOOLED not in receipts:
            self._asked_until[channel.name] = now
        taken = receipts.count(Receipt.NEW)
        if taken:
            await self._alarm("webhook_missed", channel.name)
        return taken

    async def _take(self, inbound: Inbound) -> Receipt:
        """What its sender has on disk may be this very message, as its webhook told it."""
        if self.intake.spool.holds_from(inbound.sender):
            return Receipt.SPOOLED
        return await self.intake.accept(inbound)
