"""WhatsApp through Twilio.

Belongs here: what is true of WhatsApp alone, the 24-hour window above all. Outside it the neutral
template goes in place of the words, which stay held until the person answers.

Choices are buttons, or a list where there are more than three of them, under the last paragraph;
what fits neither, and what Twilio cannot store just now, goes out as lines of text.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.channels.segments import marked, split, with_choices
from bot.channels.twilio import Part, TwilioAccount, TwilioMessages
from bot.channels.twilio_contents import Contents, fits
from bot.channels.twilio_errors import verdict
from bot.channels.twilio_http import TwilioHttp
from bot.messages import (
    Accepted,
    Address,
    ChannelName,
    DeliveryStatus,
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
        self._contents = Contents(account.account_sid, account.tokens[0], http)

    def verify(self, hook: Webhook) -> None:
        self._twilio.verify(hook)

    def parse(self, hook: Webhook) -> Sequence[Inbound | StatusReport]:
        return self._twilio.parse(hook)

    async def send(self, message: Outbound) -> SendResult:
        """As the port says; a shut window gives `Accepted(..., HELD)`: only the template went."""
        if message.window_open:
            return await self._twilio.send(message, await self._with_buttons(message))
        if not self._template_sid:
            return Refused("needs_template", "no_template")
        result = await self._twilio.send(replace(message, parts_out=()), (self._template(),))
        if isinstance(result, Accepted):
            return Accepted(result.provider_id, DeliveryStatus.HELD)
        return result

    async def status(self, message: Outbound, since: datetime) -> Settlement:
        parts = _parts(message) if message.window_open else (self._template(),)
        return await self._twilio.status(message, parts, since)

    def failure(self, code: str) -> TryLater | Refused:
        return verdict(code)

    async def forget(self, provider_id: str) -> bool:
        return await self._twilio.forget(provider_id)

    async def fetch(self, media: Media) -> FetchResult:
        return await self._twilio.media.fetch(media)

    async def typing(self, to: Address, last_in: str) -> None:
        await self._twilio.typing(last_in)

    async def missed(self, since: datetime) -> Sequence[Inbound]:
        return await self._twilio.missed(since)

    async def _with_buttons(self, message: Outbound) -> Sequence[Part]:
        parts = _parts(message)
        if not parts[-1].lines:
            return parts
        waits = message.purpose is not Purpose.EMERGENCY
        sid = await self._contents.sid(message.choices, message.pick, waits)
        return parts if sid is None else (*parts[:-1], replace(parts[-1], template_sid=sid))

    def _template(self) -> Part:
        return Part(template_sid=self._template_sid, only_failures=True)


def _parts(message: Outbound) -> tuple[Part, ...]:
    """Where the choices can be tapped, the last part is the question that they answer."""
    before, _, words = message.text.rpartition("\n\n")
    question = marked(words, message.mark)
    if not fits(question, message.choices, message.pick):
        texts = split(with_choices(message.text, message.choices), BODY_LIMIT, message.mark)
        return _numbered(texts, len(texts))
    told = split(before, BODY_LIMIT, message.mark) if before.strip() else ()
    of = len(told) + 1
    asked = Part(question, lines=with_choices(question, message.choices), nth=of, of=of)
    return (*_numbered(told, of), asked)


def _numbered(texts: Sequence[str], of: int) -> tuple[Part, ...]:
    return tuple(Part(text, nth=n, of=of) for n, text in enumerate(texts, start=1))
