"""What the contract test needs to know of each channel: how its hooks look, how it can fail.

Belongs here: one kit a channel. A new channel is under contract once its kit is in `KITS`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl
from uuid import UUID

from twilio.request_validator import RequestValidator

from bot.channels.port import Channel
from bot.channels.registry import make_channels
from bot.channels.telegram import TelegramChannel
from bot.channels.webchat import WebChatChannel
from bot.errors import StoreAway
from bot.messages import (
    Address,
    ChannelName,
    Inbound,
    Outbound,
    Purpose,
    Refused,
    SendResult,
    TryLater,
    Unclear,
    Webhook,
)
from bot.settings import Settings
from tests.channels.fake import FakeChannel
from tests.doubles.carrier import Behaviour, Carrier

PAYLOADS = Path(__file__).resolve().parent.parent / "payloads"
ACCOUNT = "AC" + "0a" * 16
TOKEN = "made-up-token"
BOT_TOKEN = "5550199:made-up"
BOT_SECRET = "made-up-secret"
PUBLIC = "https://handrail.example"
OURS = "+447700900000"
THEIRS = "+447700900123"
SESSION = "k" * 43
OUTBOX_ID = UUID("6f1c1a52-3c1e-4a0e-9d0e-0c8c1d9b6a11")
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

type Trouble = Literal["later", "unclear", "opted_out", "unreachable", "operator"]


class MultiForm(dict[str, list[str]]):
    """A form as Twilio's own validator wants it, for signing in tests."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def payload(channel: str, name: str) -> bytes:
    (found,) = (PAYLOADS / channel).glob(f"{name}.*")
    return found.read_bytes().strip()


def signed(channel: str, kind: str, body: bytes, query: str = "", token: str = TOKEN) -> Webhook:
    """A hook as Twilio would sign it over our public address."""
    form = MultiForm()
    for name, value in parse_qsl(body.decode(), keep_blank_values=True):
        form.setdefault(name, []).append(value)
    url = f"{PUBLIC}/hooks/{channel}/{kind}" + (f"?{query}" if query else "")
    signature = RequestValidator(token).compute_signature(url, form)
    return Webhook(kind, query, (("x-twilio-signature", signature),), body, AT)


@dataclass
class Kit(ABC):
    name: ChannelName
    troubles: tuple[Trouble, ...]
    can_be_asked: bool
    missing_is: str
    """Header whose absence makes a hook unsigned."""

    @abstractmethod
    async def open(self, carrier: Carrier, stack: AsyncExitStack) -> Channel: ...

    @abstractmethod
    def hook(self) -> Webhook:
        """Genuine, with a plain message."""

    @abstractmethod
    def forged(self) -> Webhook: ...

    @abstractmethod
    def odd(self) -> Webhook:
        """Genuine, with something in it that nobody has told us of."""

    @abstractmethod
    def expected(self) -> Inbound: ...

    @abstractmethod
    def trouble(self, kind: Trouble, channel: Channel, carrier: Carrier) -> None: ...

    def unsigned(self) -> Webhook:
        hook = self.hook()
        kept = tuple(header for header in hook.headers if header[0] != self.missing_is)
        return replace(hook, headers=kept)

    def outbound(self) -> Outbound:
        to = self.expected().sender
        return Outbound(OUTBOX_ID, to, "Thanks for telling me.", Purpose.REPLY)

    @property
    def label(self) -> str:
        return self.name.value


TWILIO_TROUBLES: Mapping[Trouble, Behaviour] = {
    "later": Behaviour("error", status=429, code=20429),
    "unclear": Behaviour("lose"),
    "opted_out": Behaviour("error", status=400, code=21610),
    "unreachable": Behaviour("error", status=400, code=21211),
    "operator": Behaviour("error", status=401, code=20003),
}
TELEGRAM_TROUBLES: Mapping[Trouble, Behaviour] = {
    "later": Behaviour("error", status=429, retry_after=7),
    "unclear": Behaviour("lose"),
    "opted_out": Behaviour(
        "error", status=403, description="Forbidden: bot was blocked by the user"
    ),
    "unreachable": Behaviour("error", status=400, description="Bad Request: chat not found"),
    "operator": Behaviour("error", status=401, description="Unauthorized"),
}
ALL: tuple[Trouble, ...] = ("later", "unclear", "opted_out", "unreachable", "operator")


def settings(carrier_url: str, **more: str) -> Settings:
    """All channels on, at the double's address."""
    return Settings.model_validate(
        {
            "public_url": PUBLIC,
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": TOKEN,
            "twilio_api_url": carrier_url,
            "twilio_content_url": carrier_url,
            "sms_number": OURS,
            "whatsapp_number": OURS,
            "telegram_token": BOT_TOKEN,
            "telegram_secret": BOT_SECRET,
            "telegram_api_url": carrier_url,
            **more,
        }
    )


async def unheard(message: Outbound) -> None:
    """A page that nobody has open."""


class TwilioKit(Kit):
    def __init__(self, name: ChannelName) -> None:
        super().__init__(name, ALL, True, "x-twilio-signature")

    async def open(self, carrier: Carrier, stack: AsyncExitStack) -> Channel:
        return (await make_channels(settings(carrier.url), unheard, stack))[self.name]

    def hook(self) -> Webhook:
        return signed(self.name, "message", payload(self.name, "plain"))

    def forged(self) -> Webhook:
        return signed(self.name, "message", payload(self.name, "plain"), token="somebody-else")

    def odd(self) -> Webhook:
        odd = "unknown_parameters" if self.name is ChannelName.SMS else "unknown_type"
        return signed(self.name, "message", payload(self.name, odd))

    def expected(self) -> Inbound:
        form = dict(parse_qsl(self.hook().body.decode()))
        said = Inbound(Address(self.name, THEIRS), form["MessageSid"], form["Body"])
        return replace(said, recipient=OURS)

    def trouble(self, kind: Trouble, channel: Channel, carrier: Carrier) -> None:
        carrier.behave(replace(TWILIO_TROUBLES[kind]))


class TelegramKit(Kit):
    def __init__(self) -> None:
        super().__init__(ChannelName.TELEGRAM, ALL, False, "x-telegram-bot-api-secret-token")

    async def open(self, carrier: Carrier, stack: AsyncExitStack) -> Channel:
        channel = TelegramChannel(BOT_TOKEN, BOT_SECRET, carrier.url)
        stack.push_async_callback(channel.close)
        return channel

    def hook(self) -> Webhook:
        return self.update("plain")

    def forged(self) -> Webhook:
        return self.update("plain", secret="guessed")

    def odd(self) -> Webhook:
        return self.update("unknown")

    def update(self, name: str, secret: str = BOT_SECRET) -> Webhook:
        headers = (("x-telegram-bot-api-secret-token", secret),)
        return Webhook("update", "", headers, payload("telegram", name), AT)

    def expected(self) -> Inbound:
        sender = Address(self.name, "5550100")
        return Inbound(sender, "840001", "hello, is anyone there?", profile_language="en")

    def trouble(self, kind: Trouble, channel: Channel, carrier: Carrier) -> None:
        carrier.behave(replace(TELEGRAM_TROUBLES[kind]))


class WebKit(Kit):
    def __init__(self) -> None:
        super().__init__(ChannelName.WEB, ("later",), True, "cookie")
        self._store_is_away = False

    async def open(self, carrier: Carrier, stack: AsyncExitStack) -> Channel:
        self._store_is_away = False
        return WebChatChannel(self._notify)

    async def _notify(self, message: Outbound) -> None:
        if self._store_is_away:
            raise StoreAway

    def hook(self) -> Webhook:
        headers = (("cookie", f"other=1; s={SESSION}"),)
        return Webhook("message", "", headers, payload("web", "plain"), AT)

    def forged(self) -> Webhook:
        return replace(self.hook(), headers=(("cookie", "s=short"),))

    def odd(self) -> Webhook:
        hook = self.hook()
        return replace(hook, body=hook.body + b"&colour=blue")

    def expected(self) -> Inbound:
        sender = Address(self.name, SESSION)
        return Inbound(sender, f"{SESSION}:3f8a2c9e-1", "is this private?")

    def trouble(self, kind: Trouble, channel: Channel, carrier: Carrier) -> None:
        self._store_is_away = True


class FakeKit(Kit):
    def __init__(self) -> None:
        super().__init__(ChannelName.SMS, ALL, True, "x-fake")

    async def open(self, carrier: Carrier, stack: AsyncExitStack) -> Channel:
        return FakeChannel()

    def hook(self) -> Webhook:
        body = b'{"from": "+447700900123", "id": "F1", "text": "hello"}'
        return Webhook("message", "", (("x-fake", "fake"),), body, AT)

    def forged(self) -> Webhook:
        return replace(self.hook(), headers=(("x-fake", "other"),))

    def odd(self) -> Webhook:
        body = b'{"from": "+447700900123", "id": "F2", "text": "hello", "mood": 1}'
        return replace(self.hook(), body=body)

    def expected(self) -> Inbound:
        return Inbound(Address(self.name, THEIRS), "F1", "hello")

    def trouble(self, kind: Trouble, channel: Channel, carrier: Carrier) -> None:
        assert isinstance(channel, FakeChannel)
        channel.next_results.append(_result(kind))

    @property
    def label(self) -> str:
        return "fake"


def _result(kind: Trouble) -> SendResult:
    match kind:
        case "later":
            return TryLater(1.0, "said")
        case "unclear":
            return Unclear("said")
        case "opted_out" | "unreachable" | "operator":
            return Refused(kind, "said")


KITS: tuple[Kit, ...] = (
    TwilioKit(ChannelName.SMS),
    TwilioKit(ChannelName.WHATSAPP),
    TelegramKit(),
    WebKit(),
    FakeKit(),
)
