"""Attachments brought in from their carrier, sealed as they came, with a blurred copy beside.

Belongs here: what follows from each answer of a carrier; one that never comes ends at a person.
Does not belong here: how a carrier is asked (bot/channels), the rows (bot/store/attachments.py).
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

import structlog

from bot.channels.port import Channel, Fetches
from bot.clock import Clock
from bot.desk import pictures
from bot.dialogue.turn import OpenTicket, Priority, TicketReason
from bot.messages import Brought, ChannelName, FetchResult, TryLater, Unfetchable
from bot.rules.media import type_of, wait_after
from bot.store import attachments, tickets
from bot.store.attachments import Original, WantedMedia
from bot.store.jobs import defer, fetch_job
from bot.store.session import Store

log = structlog.get_logger()
_KILLS = "kills_its_worker"


@dataclass(frozen=True, slots=True)
class Keeping:
    store: Store
    clock: Clock
    channels: Mapping[ChannelName, Channel]

    async def fetch(self, attachment_id: UUID) -> None:
        """One try. May raise only where the store is away: the job comes again."""
        async with self.store.begin() as session:
            wanted = await attachments.begin_try(session, attachment_id)
        if wanted is None:
            return
        if wanted.tries > 1 and wait_after(wanted.tries - 1) is None:
            await self._lose(wanted, _KILLS)
            return
        result = await self._ask(wanted)
        match result:
            case Brought(content):
                await self._keep(wanted, content)
            case TryLater(_, code):
                await self._again(wanted, code)
            case Unfetchable(code):
                await self._lose(wanted, code)
            case _:
                assert_never(result)

    async def _ask(self, wanted: WantedMedia) -> FetchResult:
        channel = self.channels[wanted.channel]
        if not isinstance(channel, Fetches):
            return Unfetchable("channel_cannot")
        return await channel.fetch(wanted.media)

    async def _keep(self, wanted: WantedMedia, content: bytes) -> None:
        content_type = type_of(content)
        if content_type is None:
            await self._lose(wanted, "unknown_type")
            return
        is_picture = content_type.startswith("image/")
        blurred = await asyncio.to_thread(pictures.blurred, content) if is_picture else None
        async with self.store.begin() as session:
            await attachments.keep(session, wanted.id, Original(content, content_type, blurred))
            session.announce(wanted.conversation_id, "message", self.clock.now())
        log.info("attachment kept", attachment=str(wanted.id), tries=wanted.tries)

    async def _again(self, wanted: WantedMedia, code: str) -> None:
        wait = wait_after(wanted.tries)
        if wait is None:
            await self._lose(wanted, code)
            return
        async with self.store.begin() as session:
            defer(session, fetch_job(wanted.id, self.clock.now() + wait))
        log.warning("attachment put off", attachment=str(wanted.id), code=code)

    async def _lose(self, wanted: WantedMedia, code: str) -> None:
        """Somebody asks the person what it was, or for it again."""
        now = self.clock.now()
        async with self.store.begin() as session:
            if not await attachments.lose(session, wanted.id, code):
                return
            level = await tickets.open_risk(session, wanted.conversation_id)
            wish = OpenTicket(TicketReason.MEDIA_LOST, level or Priority.CONCERN)
            await tickets.open_ticket(session, wanted.conversation_id, wish, now)
            session.announce(wanted.conversation_id, "message", now)
        log.error("attachment lost", attachment=str(wanted.id), code=code)
