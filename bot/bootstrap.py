"""The only wiring: settings in, a whole service out.

Belongs here: which real part fills which place. Does not belong here: any behaviour.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.channels.port import Channel
from bot.channels.telegram import TelegramPoller
from bot.clock import Clock
from bot.desk.paging import Pager
from bot.dialogue.book import Book
from bot.intake import Advance, Intake
from bot.messages import ChannelName
from bot.outbox import Outbox
from bot.settings import Settings
from bot.store.jobs import Jobs
from bot.store.session import Store
from bot.store.spool import Spool

LOCAL = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that one process of the service works with."""

    settings: Settings
    clock: Clock
    store: Store
    jobs: Jobs
    spool: Spool
    channels: Mapping[ChannelName, Channel]
    book: Book
    intake: Intake
    advance: Advance
    outbox: Outbox
    pager: Pager
    rasa_is_well: Callable[[], bool]
    poller: TelegramPoller | None

    async def close(self) -> None:
        await self.outbox.drain()
        await self.store.close()
