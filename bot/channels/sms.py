"""Text messages through Twilio.

Belongs here: what is true of SMS alone, its length and its alphabet. STOP and its kin are words
like any others here: the ledger of opt-outs is ours, elsewhere.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.channels.segments import fit_sms
from bot.channels.twilio import Part, TwilioAccount, TwilioMessages
from bot.channels.twilio_errors import verdict
from bot.channels.twilio_http import TwilioHttp
from bot.messages import (
    ChannelName,
    FetchResult,
    Inbound,
    Media,
    Outbound,
    Purpose,
    Refused,
    SendResult,
    Settlement,
    StatusReport,
    TryLater,
    Webhook,
)


class SmsChannel:
    """One number of ours that texts, and the one that pages leave from, both E.164."""

    name = ChannelName.SMS
    is_on = True

    def __init__(
        self, account: TwilioAccount, number: str, http: TwilioHttp, pager_number: str = ""
    ) -> None:
        self._twilio = TwilioMessages(self.name, account, number, http)
        self._pager = TwilioMessages(self.name, account, pager_number or number, http)

    def verify(self, hook: Webhook) -> None:
        self._twilio.verify(hook)

    def parse(self, hook: Webhook) -> Sequence[Inbound | StatusReport]:
        return self._twilio.parse(hook)

    async def send(self, message: Outbound) -> SendResult:
        return await self._sender(message).send(message, _parts(message))

    async def status(self, message: Outbound, since: datetime) -> Settlement:
        return await self._sender(message).status(message, _parts(message), since)

    def failure(self, code: str) -> TryLater | Refused:
        return verdict(code)

    async def forget(self, provider_id: str) -> bool:
        return await self._twilio.forget(provider_id)

    async def fetch(self, media: Media) -> FetchResult:
        return await self._twilio.media.fetch(media)

    async def missed(self, since: datetime) -> Sequence[Inbound]:
        return await self._twilio.missed(since)

    def _sender(self, message: Outbound) -> TwilioMessages:
        return self._pager if message.purpose is Purpose.PAGE else self._twilio


def _parts(message: Outbound) -> tuple[Part, ...]:
    texts = fit_sms(message.text, message.choices, message.mark)
    return tuple(Part(text, nth=n, of=len(texts)) for n, text in enumerate(texts, start=1))
