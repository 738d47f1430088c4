"""A channel that lives in memory, for tests of what stands above the channels.

It passes the same contract test as the real ones. Its hooks are JSON:
`{"from", "id", "text"}` with the header `x-fake: fake`.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.channels.segments import marked
from bot.errors import BadPayload, BadSignature, RetryLater
from bot.messages import (
    Accepted,
    Address,
    CannotTell,
    ChannelName,
    DeliveryStatus,
    FetchResult,
    Found,
    Inbound,
    Media,
    NeverArrived,
    Outbound,
    Refused,
    SendResult,
    Settlement,
    StatusReport,
    TryLater,
    Unclear,
    Unfetchable,
    Webhook,
)


@dataclass
class FakeChannel:
    """Takes every message unless `next_results` says otherwise."""

    name: ChannelName = ChannelName.SMS
    is_on: bool = True
    sent: list[Outbound] = field(default_factory=list)
    """What a person would have received, in order."""
    next_results: list[SendResult] = field(default_factory=list)
    """Answers for the sends to come; an `Unclear` here takes the message and loses the answer."""
    waiting: list[Inbound] = field(default_factory=list)
    """What `missed` tells."""
    can_be_asked: bool = True
    tells: bool = True
    """False: asked what became of a message, the carrier does not answer."""
    found_status: DeliveryStatus = DeliveryStatus.SENT
    """What it says of a message that it knows."""
    before_answer: Callable[[], Awaitable[None]] | None = None
    """What happens in the world while a message is handed over."""
    breaks: bool = False
    """A defect of ours: `send` raises, and nothing was handed over."""
    is_away: bool = False
    forgotten: list[str] = field(default_factory=list)
    """Ids of messages that the carrier was asked to delete."""
    asked_since: list[datetime] = field(default_factory=list)
    """How far back each look at what was missed went."""

    files: dict[str, list[FetchResult]] = field(default_factory=dict)
    """What the carrier answers for an attachment, try after try; the last answer stays."""

    async def fetch(self, media: Media) -> FetchResult:
        answers = self.files.get(media.ref, [Unfetchable("404")])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def verify(self, hook: Webhook) -> None:
        if ("x-fake", "fake") not in hook.headers:
            raise BadSignature("not the fake")

    def parse(self, hook: Webhook) -> Sequence[Inbound | StatusReport]:
        try:
            data = json.loads(hook.body)
            sender, provider_id = Address(self.name, str(data["from"])), str(data["id"])
        except (ValueError, TypeError, KeyError) as error:
            raise BadPayload("not from the fake") from error
        to = str(data.get("to", ""))
        return (Inbound(sender, provider_id, str(data.get("text", "")), recipient=to),)

    async def send(self, message: Outbound) -> SendResult:
        if self.breaks:
            raise ArithmeticError
        if self.before_answer is not None:
            await self.before_answer()
        result = self.next_results.pop(0) if self.next_results else Accepted(f"F{message.id.hex}")
        if isinstance(result, Accepted | Unclear):
            self.sent.append(replace(message, text=marked(message.text, message.mark)))
        return result

    async def status(self, message: Outbound, since: datetime) -> Settlement:
        if not self.can_be_asked:
            return CannotTell("unaskable")
        if not self.tells:
            return CannotTell("ReadTimeout")
        if any(sent.id == message.id for sent in self.sent):
            return Found(StatusReport(message.id, f"F{message.id.hex}", self.found_status))
        return NeverArrived()

    async def forget(self, provider_id: str) -> bool:
        if self.is_away:
            return False
        self.forgotten.append(provider_id)
        return True

    def failure(self, code: str) -> TryLater | Refused:
        return TryLater(1.0, code) if code == "30008" else Refused("unreachable", code)

    async def missed(self, since: datetime) -> Sequence[Inbound]:
        self.asked_since.append(since)
        if self.is_away:
            raise RetryLater("fake is away")
        return tuple(self.waiting)
