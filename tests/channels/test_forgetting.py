"""Copies that a carrier keeps, deleted there: over the wire, against our own carrier."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.channels.sms import SmsChannel
from bot.channels.twilio import TwilioAccount
from bot.channels.twilio_http import TwilioHttp
from bot.messages import Accepted, Address, ChannelName, Outbound, Purpose
from tests.channels.kits import ACCOUNT, OURS, OUTBOX_ID, PUBLIC, THEIRS, TOKEN
from tests.doubles.carrier import Behaviour, Carrier

pytestmark = [pytest.mark.edge, pytest.mark.enable_socket]


@pytest_asyncio.fixture
async def sms(carrier: Carrier) -> AsyncIterator[SmsChannel]:
    http = TwilioHttp(carrier.url)
    yield SmsChannel(TwilioAccount(ACCOUNT, (TOKEN,), PUBLIC), OURS, http)
    await http.close()


async def test_a_copy_is_deleted_at_the_carrier(carrier: Carrier, sms: SmsChannel) -> None:
    """Once; what it does not have counts as gone, and one that fails is asked again later."""
    to = Address(ChannelName.SMS, THEIRS)
    result = await sms.send(Outbound(OUTBOX_ID, to, "hello", Purpose.REPLY))
    assert isinstance(result, Accepted)
    carrier.behave(Behaviour("error", status=500, code=20500))
    assert not await sms.forget(result.provider_id)
    carrier.behave(Behaviour())
    assert await sms.forget(result.provider_id)
    assert carrier.received == []
    assert await sms.forget(result.provider_id)
    carrier.behave(Behaviour("drop"))
    assert not await sms.forget(result.provider_id)
