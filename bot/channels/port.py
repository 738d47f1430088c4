"""The port that every channel fills; one contract test runs over all of them.

Does not belong here: anything that only one carrier knows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.messages import (
    Address,
    ChannelName,
    FetchResult,
    Inbound,
    Media,
    Outbound,
    Refused,
    SendResult,
    Settlement,
    StatusReport,
    TryLater,
    Webhook,
)


class Channel(Protocol):
    name: ChannelName
    is_on: bool
    """False for the one that complains because its settings are missing."""

    def verify(self, hook: Webhook) -> None:
        """Raise `BadSignature` unless the carrier itself sent this."""
        ...

    def parse(self, hook: Webhook) -> Sequence[Inbound | StatusReport]:
        """What the hook tells; empty for what we need not know. Raises `BadPayload`."""
        ...

    async def send(self, message: Outbound) -> SendResult:
        """Hand one message to the carrier. Never raises for what a carrier can do to us."""
        ...

    async def status(self, message: Outbound, since: datetime) -> Settlement:
        """Ask what became of a message whose answer was lost, handed over at or after `since`."""
        ...

    def failure(self, code: str) -> TryLater | Refused:
        """What a carrier's error code in a late status report means for the message."""
        ...

    async def missed(self, since: datetime) -> Sequence[Inbound]:
        """What people sent since then as the carrier tells it, for the reconciler.

        Empty where the carrier cannot be asked; raises `RetryLater` where it did not answer.
        """
        ...


@runtime_checkable
class Attends(Protocol):
    """A channel whose carrier waits for something more once a hook was taken in."""

    async def attend(self, hook: Webhook) -> None:
        """Call it after the answer to the hook. Best effort: never raises."""
        ...


@runtime_checkable
class ShowsTyping(Protocol):
    """A channel whose carrier shows a person that somebody writes to them."""

    async def typing(self, to: Address, last_in: str) -> None:
        """For some seconds. `last_in`: the provider's id of their last message, which some
        carriers show as read with it. Best effort: never raises."""
        ...


@runtime_checkable
class Forgets(Protocol):
    """A channel whose carrier keeps a copy of every message until it is asked to delete it."""

    async def forget(self, provider_id: str) -> bool:
        """Whether the carrier has no copy any more; False: ask again later. Never raises."""
        ...


@runtime_checkable
class Fetches(Protocol):
    """A channel whose carrier keeps attachments until they are fetched."""

    async def fetch(self, media: Media) -> FetchResult:
        """The bytes as they are, within the bounds of bot/rules/media.py. Never raises for what a
        carrier can do to us."""
        ...


@runtime_checkable
class Pushes(Protocol):
    """A channel that must be told where we are, and that knows how much it could not push."""

    async def register(self, public_url: str) -> None:
        """Raises `RetryLater`."""
        ...

    async def pending(self) -> int:
        """Messages that still wait at the carrier. Raises `RetryLater`."""
        ...


@runtime_checkable
class RingsStaff(Protocol):
    """A channel that can ring a worker's phone and say a page."""

    rings_staff: bool
