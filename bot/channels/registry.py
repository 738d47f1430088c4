"""Which channels are on, from the settings.

Belongs here: the wiring of channels alone. A channel without its settings is off: it is there,
takes nothing and says so. In practice mode no carrier is there at all, whatever is set.
"""

import logging
from collections.abc import Mapping
from contextlib import AsyncExitStack

from bot.channels.null import NullChannel
from bot.channels.port import Channel
from bot.channels.practice import PracticeChannel
from bot.channels.sms import SmsChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.twilio import TwilioAccount
from bot.channels.twilio_http import TwilioHttp
from bot.channels.voice import VoiceCalls
from bot.channels.webchat import Notify, WebChatChannel
from bot.channels.whatsapp import WhatsAppChannel
from bot.messages import ChannelName
from bot.settings import Settings


async def make_channels(
    settings: Settings, notify: Notify, stack: AsyncExitStack
) -> Mapping[ChannelName, Channel]:
    """Every channel, on or off. Their connections close with `stack`."""
    _keep_addresses_out_of_logs()
    if settings.practice:
        return {name: PracticeChannel(name) for name in ChannelName}
    channels: dict[ChannelName, Channel] = {name: NullChannel(name) for name in ChannelName}
    channels[ChannelName.WEB] = WebChatChannel(notify)
    account = _account(settings)
    if account and (settings.sms_number or settings.whatsapp_number or settings.voice_number):
        http = TwilioHttp(settings.twilio_api_url, content_url=settings.twilio_content_url)
        stack.push_async_callback(http.close)
        channels |= _twilio_channels(settings, account, http)
    telegram = make_telegram(settings)
    if telegram:
        stack.push_async_callback(telegram.close)
        channels[ChannelName.TELEGRAM] = telegram
    return channels


def make_telegram(settings: Settings) -> TelegramChannel | None:
    """The bot, if it has a token and a way to hear: a secret for its webhook, or no public
    address, so that it polls."""
    token = settings.telegram_token.get_secret_value()
    secret = settings.telegram_secret.get_secret_value()
    if not token or (settings.public_url and not secret):
        return None
    groups = (one.partition(":") for one in settings.patrol_targets)
    ours = frozenset(value for name, _, value in groups if name == ChannelName.TELEGRAM.value)
    return TelegramChannel(token, secret, settings.telegram_api_url, ours)


def _account(settings: Settings) -> TwilioAccount | None:
    if not (settings.twilio_account_sid and settings.twilio_tokens and settings.public_url):
        return None
    return TwilioAccount(settings.twilio_account_sid, settings.twilio_tokens, settings.public_url)


def _twilio_channels(
    settings: Settings, account: TwilioAccount, http: TwilioHttp
) -> Mapping[ChannelName, Channel]:
    on: dict[ChannelName, Channel] = {}
    if settings.sms_number:
        on[ChannelName.SMS] = SmsChannel(account, settings.sms_number, http, settings.pager_number)
    if settings.whatsapp_number:
        on[ChannelName.WHATSAPP] = WhatsAppChannel(
            account, settings.whatsapp_number, http, settings.whatsapp_template_sid
        )
    if settings.voice_number:
        on[ChannelName.VOICE] = VoiceCalls(account, settings.voice_number, http)
    return on


def _keep_addresses_out_of_logs() -> None:
    """httpx logs whole URLs, which hold people's numbers (Twilio) and our token (Telegram);
    python-telegram-bot logs answers that it cannot read, which may hold words."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
