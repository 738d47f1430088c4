"""What waited on disk: taken in once the database is back, or put before a person.

Belongs here: emptying the spool, and keeping what could not be read at all. Does not belong here:
filling it with messages (bot/intake.py), or its files (bot/store/spool.py). A message that can
never be taken in keeps back what the same person wrote after it until it is set aside, and nobody
else.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from bot.channels.port import Channel
from bot.clock import Clock
from bot.dialogue.turn import OpenTicket, TicketReason
from bot.errors import BadPayload, StoreAway
from bot.intake import Intake
from bot.messages import ChannelName, Inbound, StatusReport, Webhook
from bot.rules import tries
from bot.rules.safety import priority_of
from bot.store.arrivals import open_thread
from bot.store.session import Store
from bot.store.spool import Fate, Spool
from bot.store.tickets import open_ticket, raise_alarm
from nlu.reading import RiskLevel

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Backlog:
    """`hear`: the pure lexicon, which says how soon a person should look."""

    store: Store
    spool: Spool
    intake: Intake
    clock: Clock
    hear: Callable[[str], RiskLevel]

    async def drain(self) -> None:
        """One look. Takes in what it can, if the database is back."""
        if not self.spool.waiting():
            return
        try:
            fates = await self.spool.drain(self._take)
            if fates[Fate.DAMAGED]:
                await self._alarm("spool_damaged")
        except StoreAway:
            return
        except Exception as error:  # noqa: BLE001
            # A job like any other: one failure must not end the draining for good. The health
            # page goes on naming the spool until it is empty.
            log.error("spool not drained", error=type(error).__name__)
            return
        _report(fates)

    async def read(
        self, channel: Channel, hook: Webhook
    ) -> Sequence[Inbound | StatusReport] | None:
        """What it says. None: what the carrier vouches for and we cannot read is kept for a
        person: asked to send it again the carrier would send the same, and hold back what comes
        after it. Raises `StoreAway`."""
        try:
            return channel.parse(hook)
        except Exception as error:  # noqa: BLE001
            name = channel.name.value
            log.error("hook not understood", channel=name, kind=hook.kind, error=_reason(error))
        await self.keep_unread(channel.name, hook)
        return None

    async def keep_unread(self, channel: ChannelName, hook: Webhook) -> None:
        """A carrier's own hook that says nothing we understand: kept, sealed, and the operator
        is told. Raises `StoreAway` where either fails, so that the carrier sends it again."""
        body = hook.body.decode("utf-8", "replace")
        whole = json.dumps({"channel": channel, "kind": hook.kind, "body": body})
        await self.spool.put_unread(channel.value, whole)
        await self._alarm("hook_not_understood", f"{channel.value}/{hook.kind}")

    async def _take(self, inbound: Inbound, failures: int) -> Fate:
        """Raises `StoreAway` where the database is away: that is no fault of the message."""
        try:
            await self.intake.accept_now(inbound)
        except StoreAway:
            raise
        except Exception as error:  # noqa: BLE001 - the same boundary, for one message
            log.error("spooled message not taken in", error=type(error).__name__)
        else:
            return Fate.TAKEN
        if failures + 1 < tries.SPOOL_TRIES:
            return Fate.LATER
        return await self._give_to_person(inbound)

    async def _give_to_person(self, inbound: Inbound) -> Fate:
        """A ticket in the writer's conversation, and the operator's alarm; where not even these
        can be kept, the message stays where it is."""
        now = self.clock.now()
        try:
            level = max(self.hear(inbound.text), RiskLevel.CONCERN)
            wish = OpenTicket(TicketReason.BROKEN_TURN, priority_of(level))
            async with self.store.begin() as session:
                conversation_id = await open_thread(session, inbound.sender, now)
                await open_ticket(session, conversation_id, wish, now)
                await raise_alarm(session, "spool_refused", str(conversation_id), now)
        except StoreAway:
            return Fate.LATER
        except Exception as error:  # noqa: BLE001 - not even its sender can be kept
            log.error("spooled message has no place", error=type(error).__name__)
            await self._alarm("spool_refused")
        return Fate.REFUSED

    async def _alarm(self, kind: str, subject: str = "") -> None:
        async with self.store.begin() as session:
            await raise_alarm(session, kind, subject, self.clock.now())


def _report(fates: Counter[Fate]) -> None:
    log.warning("spool drained", **{fate.value: count for fate, count in fates.items()})


def _reason(error: Exception) -> str:
    """Only our own errors are known to quote nobody."""
    return str(error) if isinstance(error, BadPayload) else type(error).__name__
