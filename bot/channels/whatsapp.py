"""WhatsApp through Twilio.

Belongs here: what is true of WhatsApp alone, the 24-hour window above all. Outside it the neutral
template goes in place of the words, which stay held until the person answers.

Choices go out as lines of text: buttons and lists within a session need a stored content of
Twilio's Content API for each set of choices, which the service does not make.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.channels.segments import split, with_choices
from bot.channels.twilio import Part, TwilioAccount, TwilioMessages
from bot.channels.twilio_errors import verdict
from bot.channels.twilio_http import TwilioHttp
from bot.messages import (
    Accepted,
    ChannelName,
    DeliveryStatus,
    Inbound,
    Outbound,
    Refused,
    SendResult,
    Settlement,
    StatusReport,
    TryLater,
    Webhook,
)

BODY_LIMIT = 1600
"""Characters that Twilio takes in one WhatsApp message."""


class WhatsAppChannel:
    """One WhatsApp sender of ours. `number` is E.164; `template_sid` may be empty."""

    name = ChannelName.WHATSAPP
    is_on = True

    def __init__(
        self, account: TwilioAccount, number: str, http: TwilioHttp, template_sid: str
    ) -> None:
        self._twilio = TwilioMessages(self.name, account, number, http)
        self._template_sid = template_sid

    def verify(self, hook: Webhook) -> None:
        self._twilio.verify(hook)

    def parse(self, hook: Webhook) -> Sequence[Inbound | StatusReport]:
        return self._twilio.parse(hook)

    async def send(self, message: Outbound) -> SendResult:
        """As the port says; a shut window gives `Accepted(..., HELD)`: only the template went."""
        if message.window_open:
            return await self._twilio.send(message, _parts(message))
        if not self._template_sid:
            return Refused("needs_template", "no_template")
        result = await self._twilio.send(message, (self._template(),))
        if isinstance(result, Accepted):
            return Accepted(result.provider_id, DeliveryStatus.HELD)
        return result

    async def status(self, message: Outbound, since: datetime) -> Settlement:
        parts = _parts(message) if message.window_open else (self._template(),)
        return await self._twilio.status(message, parts, since)

    def failure(self, code: str) -> TryLater | Refused:
        return verdict(code)

    async def missed(self, since: datetime) -> Sequence[Inbound]:
        return await self._twilio.missed(since)

    def _template(self) -> Part:
        return Part(template_sid=self._template_sid, only_failures=True)


def _parts(message: Outbound) -> tuple[Part, ...]:
    texts = split(with_choices(message.text, message.choices), BODY_LIMIT)
    last = len(texts) - 1
    return tuple(Part(text, only_failures=n < last) for n, text in enumerate(texts))
