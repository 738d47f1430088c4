"""Which channels are on, from the settings.

Belongs here: the wiring of channels alone. A channel without its settings is off: it is there,
takes nothing and says so.
"""

import logging
from collections.abc import Mapping
from contextlib import AsyncExitStack

from bot.channels.null import NullChannel
from bot.channels.port import Channel
from bot.channels.sms import SmsChannel
from bot.channels.twilio import TwilioAccount
from bot.channels.twilio_http import TwilioHttp
from bot.channels.webchat import Notify, WebChatChannel
from bot.channels.whatsapp import WhatsAppChannel
from bot.messages import ChannelName
from bot.settings import Settings


async def make_channels(
    settings: Settings, notify: Notify, stack: AsyncExitStack
) -> Mapping[ChannelName, Channel]:
    """Every channel, on or off. Their connections close with `stack`."""
    _keep_addresses_out_of_logs()
    channels: dict[ChannelName, Channel] = {name: NullChannel(name) for name in ChannelName}
    channels[ChannelName.WEB] = WebChatChannel(notify)
    account = _account(settings)
    if account and (settings.sms_number or settings.whatsapp_number):
        http = TwilioHttp(settings.twilio_api_url)
        stack.push_async_callback(http.close)
        channels |= _twilio_channels(settings, account, http)
    return channels


def _account(settings: Settings) -> TwilioAccount | None:
    if not (settings.twilio_account_sid and settings.twilio_tokens and settings.public_url):
        return None
    return TwilioAccount(settings.twilio_account_sid, settings.twilio_tokens, settings.public_url)


def _twilio_channels(
    settings: Settings, account: TwilioAccount, http: TwilioHttp
) -> Mapping[ChannelName, Channel]:
    on: dict[ChannelName, Channel] = {}
    if settings.sms_number:
        on[ChannelName.SMS] = SmsChannel(account, settings.sms_number, http)
    if settings.whatsapp_number:
        on[ChannelName.WHATSAPP] = WhatsAppChannel(
            account, settings.whatsapp_number, http, settings.whatsapp_template_sid
        )
    return on


def _keep_addresses_out_of_logs() -> None:
    """httpx logs whole URLs, which hold people's numbers (Twilio) and our token (Telegram)."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
