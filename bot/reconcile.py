"""Asks the carriers what a webhook missed, and takes it in.

Belongs here: when to ask and what to do with the answer. Does not belong here: how each carrier
is asked (bot/channels). A message that did come by its webhook is known by its id: a carrier's
list tells less of it than the webhook did, so the two are not compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.channels.port import Channel, Pushes
from bot.clock import Clock
from bot.errors import RetryLater
from bot.intake import Intake, Receipt
from bot.messages import ChannelName
from bot.store.arrivals import known_ids
from bot.store.session import Store
from bot.store.tickets import raise_alarm

log = structlog.get_logger()

OVERLAP = timedelta(minutes=10)
"""Each look goes back over the last ones: carriers list a message late."""
FIRST_LOOK = timedelta(hours=12)
"""After a start everything since then is asked for."""


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

    async def run(self) -> int:
        """How many messages were taken in that no webhook had brought."""
        for channel in self.channels.values():
            if self.public_url and isinstance(channel, Pushes):
                await self._pushing(channel.name, channel)
        return sum([await self._channel(channel) for channel in self.channels.values()])

    async def _pushing(self, name: ChannelName, channel: Pushes) -> None:
        """Told once where we are; what still waits there at a second look was not pushed."""
        try:
            if not self._registered:
                await channel.register(self.public_url)
                self._registered = True
            pending = await channel.pending()
        except RetryLater:
            log.warning("carrier did not answer the reconciler", channel=name.value)
            return
        if pending and self._pending_before:
            # Registering again makes Telegram push at once what it had put off.
            self._registered = False
            async with self.store.begin() as session:
                await raise_alarm(session, "webhook_missed", name.value, self.clock.now())
        self._pending_before = pending

    async def _channel(self, channel: Channel) -> int:
        now = self.clock.now()
        since = self._asked_until.get(channel.name, now - FIRST_LOOK + OVERLAP) - OVERLAP
        try:
            missed = await channel.missed(since)
        except RetryLater:
            log.warning("carrier did not answer the reconciler", channel=channel.name.value)
            return 0
        async with self.store.begin() as session:
            known = await known_ids(session, channel.name, [each.provider_id for each in missed])
        new = [inbound for inbound in missed if inbound.provider_id not in known]
        taken = sum([await self.intake.accept_now(each) is Receipt.NEW for each in new])
        self._asked_until[channel.name] = now
        if taken:
            async with self.store.begin() as session:
                await raise_alarm(session, "webhook_missed", channel.name.value, now)
        return taken
