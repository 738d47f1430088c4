"""A channel that is off: it takes nothing in and says why nothing goes out."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import BadPayload, BadSignature
from bot.messages import (
    CannotTell,
    ChannelName,
    Inbound,
    Outbound,
    Refused,
    SendResult,
    Settlement,
    StatusReport,
    TryLater,
    Webhook,
)

OFF = "channel_off"


class NullChannel:
    """Stands where a channel's settings are missing."""

    is_on = False

    def __init__(self, name: ChannelName) -> None:
        self.name = name

    def verify(self, hook: Webhook) -> None:
        raise BadSignature(OFF)

    def parse(self, hook: Webhook) -> Sequence[Inbound | StatusReport]:
        raise BadPayload(OFF)

    async def send(self, message: Outbound) -> SendResult:
        return Refused("operator", OFF)

    async def status(self, message: Outbound, since: datetime) -> Settlement:
        return CannotTell(OFF)

    def failure(self, code: str) -> TryLater | Refused:
        return Refused("operator", code)

    async def missed(self, since: datetime) -> Sequence[Inbound]:
        return ()
