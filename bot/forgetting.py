"""Copies that carriers keep of what was erased here, deleted there too.

Belongs here: asking, again and again until it is done, and an alarm where it never is. Does not
belong here: erasing (bot/store/erasing.py), how a carrier is asked (bot/channels).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.port import Channel, Forgets
from bot.clock import Clock
from bot.messages import ChannelName
from bot.rules import tries
from bot.store import erasing
from bot.store.session import Store
from bot.store.tickets import raise_alarm


@dataclass(frozen=True, slots=True)
class Forgetting:
    store: Store
    clock: Clock
    channels: Mapping[ChannelName, Channel]

    async def tick(self) -> None:
        """Some of what is due. The rows stay locked meanwhile: nothing waits for them."""
        now = self.clock.now()
        async with self.store.begin() as session:
            for copy in await erasing.copies_due(session, now):
                channel = self.channels[copy.channel]
                if isinstance(channel, Forgets) and await channel.forget(copy.provider_id):
                    await erasing.forgotten(session, copy.id)
                    continue
                if copy.is_hopeless:
                    await raise_alarm(session, "copy_not_deleted", str(copy.id), now)
                wait = tries.send_wait(copy.tries, 60)
                await erasing.put_off(session, copy, now + wait)
