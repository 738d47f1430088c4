"""People at phones, for tests that read as stories: `mother.says(...)`, `worker.is_paged()`.

The whole service on a real database; carriers are fakes, time moves only when told, and jobs
run when the story asks for them, in the order in which the database gives them.
"""

from dataclasses import dataclass, field, replace
from itertools import count
from uuid import UUID

from sqlalchemy import text

from bot.bootstrap import Service
from bot.intake import Receipt
from bot.messages import (
    Address,
    ChannelName,
    DeliveryStatus,
    Inbound,
    InboundKind,
    Media,
    Outbound,
    Purpose,
    StatusReport,
)
from tests.channels.fake import FakeChannel
from tests.fakes import FrozenClock

_ids = count(1)


@dataclass
class World:
    """One deployment in one story."""

    service: Service
    clock: FrozenClock
    failing: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        quiet = replace(self.service.advance, hand_over=lambda _: None)
        self.service = replace(self.service, advance=quiet)

    def carrier(self, name: ChannelName) -> FakeChannel:
        channel = self.service.channels[name]
        assert isinstance(channel, FakeChannel)
        return channel

    def phone(self, number: str, channel: ChannelName = ChannelName.SMS) -> "Phone":
        return Phone(self, Address(channel, number))

    async def query(self, statement: str) -> list[tuple[object, ...]]:
        async with self.service.store.begin() as session:
            return [tuple(row) for row in (await session.db.execute(text(statement))).all()]

    async def run_turns(self) -> None:
        """Every conversation with something waiting gets its turns, once."""
        rows = await self.query(
            "SELECT DISTINCT conversation_id FROM messages"
            " WHERE direction = 'in' AND handled_at IS NULL"
        )
        for (conversation_id,) in rows:
            await self.service.advance.run(UUID(str(conversation_id)), retried=False)

    async def run_sends(self) -> None:
        """Everything that is due leaves."""
        rows = await self.query(
            "SELECT id FROM outbox WHERE status IN ('held', 'queued') ORDER BY seq"
        )
        for (row_id,) in rows:
            await self.service.outbox.deliver(UUID(str(row_id)))

    async def settle(self, seconds: float = 5) -> None:
        """Turns, what goes at once, then what was held."""
        await self.run_turns()
        await self.run_sends()
        self.clock.forward(seconds=seconds)
        await self.run_sends()

    async def rows(self, columns: str = "status") -> list[tuple[object, ...]]:
        """The outbox in order."""
        return await self.query(f"SELECT {columns} FROM outbox ORDER BY seq")

    async def row_id(self) -> UUID:
        """The latest outbox row of a conversation."""
        rows = await self.query(
            "SELECT id FROM outbox WHERE conversation_id IS NOT NULL ORDER BY seq DESC LIMIT 1"
        )
        return UUID(str(rows[0][0]))

    async def reports(
        self, row_id: UUID, status: DeliveryStatus, sid: str = "", code: str = "", parts: int = 1
    ) -> None:
        """The carrier calls back about one row, or about one of so many parts of it."""
        ((channel,),) = await self.query(f"SELECT channel FROM outbox WHERE id = '{row_id}'")
        report = StatusReport(row_id, sid or f"F{row_id.hex}", status, code, parts)
        await self.service.outbox.note_status(ChannelName(str(channel)), report)

    async def tickets(self) -> list[tuple[object, ...]]:
        return await self.query("SELECT priority, state, reasons FROM tickets ORDER BY opened_at")

    async def alarms(self) -> list[str]:
        return [str(row[0]) for row in await self.query("SELECT kind FROM alarms ORDER BY at")]

    def pages(self) -> list[Outbound]:
        sent = self.carrier(ChannelName.SMS).sent
        return [message for message in sent if message.purpose is Purpose.PAGE]


@dataclass
class Phone:
    """Somebody's phone, on one channel."""

    world: World
    address: Address

    async def sends(
        self, words: str, provider_id: str = "", kind: InboundKind = InboundKind.MESSAGE
    ) -> Receipt:
        """The message reaches us; nothing else happens yet."""
        inbound = Inbound(self.address, provider_id or f"M{next(_ids)}", words, kind)
        return await self.world.service.intake.accept(inbound)

    async def attaches(self, *media: Media, words: str = "") -> Receipt:
        """A message with something beside its words reaches us."""
        inbound = Inbound(self.address, f"M{next(_ids)}", words, media=media)
        return await self.world.service.intake.accept(inbound)

    async def says(self, words: str) -> str:
        """Writes, waits for quiet, and reads what came back."""
        before = len(self.heard())
        await self.sends(words)
        await self.world.settle()
        return "\n".join(message.text for message in self.heard()[before:])

    def heard(self) -> list[Outbound]:
        """All that this phone received."""
        sent = self.world.carrier(self.address.channel).sent
        return [
            message
            for message in sent
            if message.to == self.address and message.purpose is not Purpose.PAGE
        ]
