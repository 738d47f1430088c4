"""A channel of practice mode: whatever is sent ends here, and nobody real can write in.

Belongs here: what stands in a carrier's place. Does not belong here: the made-up people
(bot/practice.py).
"""

from collections.abc import Sequence
from datetime import datetime

from bot.channels.null import NullChannel
from bot.errors import BadSignature
from bot.messages import (
    Accepted,
    CannotTell,
    DeliveryStatus,
    Inbound,
    Outbound,
    SendResult,
    Settlement,
    StatusReport,
    Webhook,
)


class PracticeChannel(NullChannel):
    """Takes every message at once, and keeps none."""

    is_on = True

    def verify(self, hook: Webhook) -> None:
        raise BadSignature("practice")

    def parse(self, hook: Webhook) -> Sequence[Inbound | StatusReport]:
        return ()

    async def send(self, message: Outbound) -> SendResult:
        return Accepted(f"practice-{message.id}", DeliveryStatus.DELIVERED)

    async def status(self, message: Outbound, since: datetime) -> Settlement:
        return CannotTell("practice")
