"""A text too long for one message: its parts, its repeat, and what is told of each."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
import pytest_asyncio

from bot.channels.sms import SmsChannel
from bot.channels.twilio import TwilioAccount
from bot.channels.twilio_http import TwilioHttp
from bot.messages import (
    Accepted,
    Address,
    CannotTell,
    ChannelName,
    DeliveryStatus,
    Found,
    Outbound,
    Partly,
    Purpose,
    TryLater,
    Unclear,
)
from tests.channels.kits import ACCOUNT, OURS, OUTBOX_ID, PUBLIC, THEIRS, TOKEN
from tests.doubles.carrier import Behaviour, Carrier

pytestmark = [pytest.mark.edge, pytest.mark.enable_socket]
LONG = "You can stop whenever you like and nobody will be cross. " * 10


@pytest_asyncio.fixture
async def channel(carrier: Carrier) -> AsyncIterator[SmsChannel]:
    """Our number, its carrier the double."""
    http = TwilioHttp(carrier.url, aiohttp.ClientTimeout(sock_connect=0.4, sock_read=0.4))
    yield SmsChannel(TwilioAccount(ACCOUNT, (TOKEN,), PUBLIC), OURS, http)
    await http.close()


def outbound(text: str) -> Outbound:
    return Outbound(OUTBOX_ID, Address(ChannelName.SMS, THEIRS), text, Purpose.REPLY)


def a_minute_ago() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


async def test_a_long_text_goes_in_parts(carrier: Carrier, channel: SmsChannel) -> None:
    """Parts are sent in order, their ids joined, and each says which of how many it is."""
    result = await channel.send(outbound(LONG))
    assert isinstance(result, Accepted)
    assert result.provider_id == ",".join(m.sid for m in carrier.received)
    assert " ".join(carrier.texts_to(THEIRS)) == LONG.strip()
    assert [m.status_callback[-6:] for m in carrier.received] == ["&n=1.2", "&n=2.2"]


async def test_every_part_of_a_repeat_is_marked_and_found_again(
    carrier: Carrier, channel: SmsChannel
) -> None:
    """No part can be taken for new words, each fits, and the carrier can be asked after it."""
    message = replace(outbound(LONG), mark="Sent again:")
    await channel.send(message)
    bodies = carrier.texts_to(THEIRS)
    assert len(bodies) > 1
    assert all(body.startswith("Sent again: ") and len(body) <= 320 for body in bodies)
    assert " ".join(body.removeprefix("Sent again: ") for body in bodies) == LONG.strip()
    found = await channel.status(message, a_minute_ago())
    assert isinstance(found, Found)
    ids = {m.sid for m in carrier.received}
    assert set(found.report.provider_id.split(",")) == ids
    last = carrier.received.pop()
    assert last.body == bodies[-1]
    assert isinstance(await channel.status(message, a_minute_ago()), Partly)


async def test_parts_have_come_as_far_as_the_slowest(carrier: Carrier, channel: SmsChannel) -> None:
    """The end of a message arrived and its beginning not yet: it is only sent."""
    await channel.send(outbound(LONG))
    first, last = carrier.received
    first.status, last.status = "sent", "delivered"
    found = await channel.status(outbound(LONG), a_minute_ago())
    assert isinstance(found, Found)
    assert found.report.status is DeliveryStatus.SENT


async def test_half_a_message_is_unclear(carrier: Carrier, channel: SmsChannel) -> None:
    """A first part that went and a second that did not must not be sent again blindly."""
    first = await channel.send(outbound(LONG[:200]))
    assert isinstance(first, Accepted)
    carrier.received.clear()
    original = carrier.answer

    def second_fails(method: str, target: str, body: bytes) -> object:
        if carrier.received and method == "POST":
            carrier.behave(Behaviour("error", status=400, code=21610))
        return original(method, target, body)

    carrier.answer = second_fails  # type: ignore[method-assign, assignment]
    assert await channel.send(outbound(LONG)) == Unclear("partial:21610")
    carrier.behave(Behaviour())
    (sent,) = carrier.received
    assert await channel.status(outbound(LONG), a_minute_ago()) == Partly((sent.sid,))


async def test_the_rest_of_a_message_goes_alone(carrier: Carrier, channel: SmsChannel) -> None:
    """What is out already is not sent again, and the ids of all parts are kept together."""
    whole = await channel.send(outbound(LONG))
    assert isinstance(whole, Accepted)
    first, last = carrier.received
    rest = await channel.send(replace(outbound(LONG), parts_out=(first.sid,)))
    assert [m.body for m in carrier.received[2:]] == [last.body]
    assert rest == Accepted(f"{first.sid},{carrier.received[2].sid}")


async def test_a_rest_that_must_wait_is_not_unclear(carrier: Carrier, channel: SmsChannel) -> None:
    """Nothing more went, so nothing more needs to be asked."""
    carrier.behave(Behaviour("error", status=429, code=20429))
    result = await channel.send(replace(outbound(LONG), parts_out=("SM1",)))
    assert isinstance(result, TryLater)


async def test_an_end_without_its_beginning_is_not_gone_on_with(
    carrier: Carrier, channel: SmsChannel
) -> None:
    """Parts leave in order: what looks otherwise is left to a person."""
    message = outbound(f"{'First. ' * 45}{'Then. ' * 40}")
    await channel.send(message)
    del carrier.received[0]
    assert await channel.status(message, a_minute_ago()) == CannotTell("partial")
