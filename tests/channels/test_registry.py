"""Channels are on or off by their settings, and tell nobody's number to a log."""

import logging
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from bot.channels.registry import make_channels
from bot.channels.webchat import TEXT_LIMIT, WebChatChannel
from bot.errors import BadPayload, BadSignature
from bot.messages import Address, ChannelName, Outbound, Purpose, Refused
from bot.settings import Settings
from tests.channels.kits import KITS, OUTBOX_ID, THEIRS, WebKit, settings, unheard
from tests.doubles.carrier import Carrier

EVERYTHING = {ChannelName.SMS, ChannelName.WHATSAPP, ChannelName.TELEGRAM, ChannelName.WEB}


async def _on(chosen: Settings) -> set[ChannelName]:
    async with AsyncExitStack() as stack:
        channels = await make_channels(chosen, unheard, stack)
        assert set(channels) == set(ChannelName)
        return {name for name, channel in channels.items() if channel.is_on}


async def test_with_all_settings_all_channels_are_on() -> None:
    """All that the settings speak of is on; voice has no channel of this kind."""
    assert await _on(settings("http://127.0.0.1:9")) == EVERYTHING


@pytest.mark.parametrize(
    ("missing", "off"),
    [
        ("sms_number", {ChannelName.SMS}),
        ("whatsapp_number", {ChannelName.WHATSAPP}),
        ("twilio_auth_token", {ChannelName.SMS, ChannelName.WHATSAPP}),
        ("telegram_token", {ChannelName.TELEGRAM}),
        ("telegram_secret", {ChannelName.TELEGRAM}),
        ("public_url", {ChannelName.SMS, ChannelName.WHATSAPP}),
    ],
)
async def test_a_channel_without_its_settings_is_off(missing: str, off: set[ChannelName]) -> None:
    """One missing setting switches off what needs it and nothing else; Telegram then polls."""
    chosen = settings("http://127.0.0.1:9", **{missing: ""})
    assert await _on(chosen) == EVERYTHING - off


async def test_a_channel_that_is_off_complains() -> None:
    """It believes nothing, sends nothing and blames our settings."""
    async with AsyncExitStack() as stack:
        channels = await make_channels(Settings.model_validate({}), unheard, stack)
    off = channels[ChannelName.SMS]
    with pytest.raises(BadSignature):
        off.verify(KITS[0].hook())
    with pytest.raises(BadPayload):
        off.parse(KITS[0].hook())
    message = Outbound(OUTBOX_ID, Address(ChannelName.SMS, THEIRS), "hello", Purpose.REPLY)
    assert await off.send(message) == Refused("operator", "channel_off")


@pytest.mark.edge
@pytest.mark.enable_socket
async def test_no_log_line_has_a_number_a_word_or_a_token(
    carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    """Sends, questions and failures leave nothing of a person in any library's log."""
    caplog.set_level(logging.DEBUG)
    async with AsyncExitStack() as stack:
        channels = await make_channels(settings(carrier.url), unheard, stack)
        for name, to in ((ChannelName.SMS, THEIRS), (ChannelName.TELEGRAM, "5550100")):
            message = Outbound(OUTBOX_ID, Address(name, to), "heron-word", Purpose.REPLY)
            for mode in ("ok", "lose", "garble"):
                carrier.behaviour.mode = mode
                await channels[name].send(message)
                await channels[name].status(message, KITS[0].hook().received_at)
    assert carrier.received
    for private in (THEIRS, "447700900123", "heron-word", "5550199:made-up"):
        assert private not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        b"text=" + b"a" * (TEXT_LIMIT + 1) + b"&client_id=1",
        b"text=hello",
        b"text=hello&client_id=%3Cscript%3E",
    ],
    ids=["too long", "no client id", "odd client id"],
)
def test_a_page_that_posts_nonsense_is_refused(body: bytes) -> None:
    """Too long, and not of our own page."""
    with pytest.raises(BadPayload):
        WebChatChannel(unheard).parse(replace(WebKit().hook(), body=body))


def test_an_empty_post_says_nothing() -> None:
    """Pressing send on an empty box is not a message."""
    hook = replace(WebKit().hook(), body=b"text=++&client_id=1")
    assert list(WebChatChannel(unheard).parse(hook)) == []
