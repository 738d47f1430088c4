"""What we ask of Twilio is what Twilio's own description of its API allows."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
import pytest_asyncio

from bot.channels.sms import SmsChannel
from bot.channels.twilio import TwilioAccount
from bot.channels.twilio_contents import Contents
from bot.channels.twilio_http import TwilioHttp
from bot.channels.whatsapp import WhatsAppChannel
from bot.errors import RetryLater
from bot.messages import (
    Accepted,
    Address,
    ChannelName,
    Choice,
    DeliveryStatus,
    NeverArrived,
    Outbound,
    Purpose,
    Refused,
)
from tests.channels.kits import ACCOUNT, OURS, PUBLIC, THEIRS, TOKEN

pytestmark = [pytest.mark.edge, pytest.mark.enable_socket]

OUTBOX_ID = UUID("6f1c1a52-3c1e-4a0e-9d0e-0c8c1d9b6a11")
A_TEMPLATE = "HX" + "1" * 32


@pytest_asyncio.fixture
async def http(prism_url: str) -> AsyncIterator[TwilioHttp]:
    client = TwilioHttp(prism_url)
    yield client
    await client.close()


def account(sid: str = ACCOUNT) -> TwilioAccount:
    return TwilioAccount(sid, (TOKEN,), PUBLIC)


def outbound(name: ChannelName, window_open: bool = True) -> Outbound:
    to = Address(name, THEIRS)
    return Outbound(OUTBOX_ID, to, "Łukasz, ring 999", Purpose.REPLY, window_open=window_open)


async def test_a_text_is_asked_for_as_described(http: TwilioHttp) -> None:
    """Every field of our request to send a text passes the description."""
    result = await SmsChannel(account(), OURS, http).send(outbound(ChannelName.SMS))
    assert isinstance(result, Accepted)
    assert result.provider_id.startswith("SM")


async def test_a_template_is_asked_for_as_described(http: TwilioHttp) -> None:
    """So does the template that stands in when the window is shut."""
    channel = WhatsAppChannel(account(), OURS, http, A_TEMPLATE)
    result = await channel.send(outbound(ChannelName.WHATSAPP, window_open=False))
    assert isinstance(result, Accepted)
    assert result.status is DeliveryStatus.HELD


async def test_the_list_is_asked_for_as_described(http: TwilioHttp) -> None:
    """The list is read; Twilio's examples in it are years old, so ours is not among them."""
    channel = SmsChannel(account(), OURS, http)
    settled = await channel.status(outbound(ChannelName.SMS), datetime.now(UTC))
    assert settled == NeverArrived()


async def test_missed_texts_are_asked_for_as_described(
    http: TwilioHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reconciler's question passes the description; a list without end, which this double
    gives, ends at a deadline rather than never."""
    monkeypatch.setattr("bot.channels.twilio.LIST_DEADLINE", 1.0)
    with pytest.raises(RetryLater, match="deadline"):
        await SmsChannel(account(), OURS, http).missed(datetime.now(UTC))


async def test_a_wrong_request_is_noticed(http: TwilioHttp) -> None:
    """The double is strict: an account that cannot exist is refused, so a pass means something."""
    result = await SmsChannel(account("AC12"), OURS, http).send(outbound(ChannelName.SMS))
    assert isinstance(result, Refused)


@pytest.mark.parametrize("count", [2, 7])
async def test_buttons_and_lists_are_stored_as_described(
    prism_content_url: str, count: int
) -> None:
    """What we ask the Content API to keep passes its description, and its answer is read."""
    http = TwilioHttp("http://127.0.0.1:9", content_url=prism_content_url)
    contents = Contents(ACCOUNT, TOKEN, http)
    choices = tuple(Choice(f"v{n}", f"Choice {n}") for n in range(count))
    try:
        assert await contents.sid(choices, "Choose", waits=True) == "HX" + "a" * 32
    finally:
        await http.close()


async def test_words_with_buttons_are_asked_for_as_described(
    prism_url: str, prism_content_url: str
) -> None:
    """A stored content and what fills it are fields that Twilio knows."""
    both = TwilioHttp(prism_url, content_url=prism_content_url)
    channel = WhatsAppChannel(account(), OURS, both, A_TEMPLATE)
    choices = (Choice("yes", "Yes"), Choice("no", "No"))
    message = replace(outbound(ChannelName.WHATSAPP), choices=choices)
    try:
        assert isinstance(await channel.send(message), Accepted)
    finally:
        await both.close()
