"""Fakes of the outside: a clock one can forward, carriers in memory.

Each fake channel passes the contract test of the real ones (tests/channels).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.channels.null import NullChannel
from bot.channels.port import Channel
from bot.messages import ChannelName
from tests.channels.fake import FakeChannel


@dataclass
class FrozenClock:
    """Stands still until it is forwarded."""

    at: datetime = datetime(2026, 3, 10, 19, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


def fake_channels() -> Mapping[ChannelName, Channel]:
    """Every channel on, but voice."""
    channels: dict[ChannelName, Channel] = {name: FakeChannel(name) for name in ChannelName}
    channels[ChannelName.TELEGRAM] = FakeChannel(ChannelName.TELEGRAM, can_be_asked=False)
    channels[ChannelName.VOICE] = NullChannel(ChannelName.VOICE)
    return channels
