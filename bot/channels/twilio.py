"""What SMS and WhatsApp share: Twilio's signature, forms, REST API and errors.

Belongs here: Twilio's spelling of things. Does not belong here: what is said, or what follows
from a failure. Facts: twilio.com/docs/messaging/guides/webhook-request, .../api/message-resource,
.../usage/webhooks/webhooks-security.
"""

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qs, urlencode
from uuid import UUID

import structlog
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.request_validator import RequestValidator
from twilio.rest.api.v2010.account.message import MessageInstance, MessageList
from twilio.rest.messaging.v2.typing_indicator import TypingIndicatorList

from bot.channels.twilio_errors import verdict
from bot.channels.twilio_forms import Form, location, media
from bot.channels.twilio_http import (
    AnswerLost,
    CarrierAway,
    NeverWritten,
    TwilioHttp,
    make_client,
)
from bot.channels.twilio_media import TwilioMedia
from bot.errors import BadPayload, BadSignature, RetryLater
from bot.messages import (
    DELIVERY_RANK,
    Accepted,
    Address,
    CannotTell,
    ChannelName,
    DeliveryStatus,
    Found,
    Inbound,
    InboundKind,
    Media,
    MediaKind,
    NeverArrived,
    Outbound,
    Partly,
    Refused,
    SendResult,
    Settlement,
    StatusReport,
    TryLater,
    Unclear,
    Webhook,
)

log = structlog.get_logger()

STATUSES: Final[Mapping[str, DeliveryStatus]] = {
    "accepted": DeliveryStatus.QUEUED,
    "scheduled": DeliveryStatus.QUEUED,
    "queued": DeliveryStatus.QUEUED,
    "sending": DeliveryStatus.QUEUED,
    "sent": DeliveryStatus.SENT,
    "delivered": DeliveryStatus.DELIVERED,
    "read": DeliveryStatus.READ,
    "undelivered": DeliveryStatus.FAILED,
    "failed": DeliveryStatus.FAILED,
    "canceled": DeliveryStatus.FAILED,
}

_MESSAGE_SID: Final = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")
_NOT_FOUND: Final = 404
_PAGE: Final = 100
_PARTS_DIGITS: Final = 5
_DEADLINE: Final = 15.0
"""Seconds for all parts of a message; the outbox takes a sender for dead somewhat later."""
LIST_DEADLINE = 60.0
"""Seconds for all pages of what was missed."""
_SLACK: Final = timedelta(seconds=2)
"""How far Twilio's clock may be behind ours."""
_PART_PAUSES: Final = (0.3, 1.5)
"""Seconds before a later part of a message is tried again, while its first part is out."""


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """What a channel needs to be somebody at Twilio."""

    account_sid: str
    tokens: tuple[str, ...]
    """Newest first: requests go out with the first, signatures may be made with any."""
    public_url: str


@dataclass(frozen=True, slots=True)
class Part:
    """One request to Twilio: words, the template that stands in for them, or words with choices
    to tap."""

    body: str = ""
    template_sid: str = ""
    """With a body: a stored content that shows it above its choices."""
    lines: str = ""
    """The body with its choices as lines of text, for where no stored content can go."""
    nth: int = 1
    of: int = 1
    """Which of how many parts of the message it is."""
    only_failures: bool = False
    """Its callbacks say nothing of the message unless it fails: it stands in for the words."""


class TwilioMessages:
    """One sender of ours at Twilio, a phone number on SMS or on WhatsApp."""

    def __init__(
        self, name: ChannelName, account: TwilioAccount, number: str, http: TwilioHttp
    ) -> None:
        self._name = name
        self._account = account
        self._prefix = "whatsapp:" if name is ChannelName.WHATSAPP else ""
        self._from = self._prefix + number
        client = make_client(account.account_sid, account.tokens[0], http)
        self.media = TwilioMedia(account.account_sid, account.tokens[0], http.api_url)
        self._messages: MessageList = client.api.v2010.account.messages
        self._typing: TypingIndicatorList = client.messaging.v2.typing_indicator
        self._validators = tuple(RequestValidator(token) for token in account.tokens)

    def verify(self, hook: Webhook) -> None:
        """Raise `BadSignature` unless one of our tokens made the signature over our own URL."""
        url = self._url(hook.kind) + (f"?{hook.query}" if hook.query else "")
        signatures = [value for name, value in hook.headers if name == "x-twilio-signature"]
        if len(signatures) != 1:
            raise BadSignature("x-twilio-signature is missing or repeated")
        form = Form(hook.body)
        if not any(v.validate(url, form, signatures[0]) for v in self._validators):
            raise BadSignature("x-twilio-signature does not match")

    def parse(self, hook: Webhook) -> Sequence[Inbound | StatusReport]:
        form = Form(hook.body)
        match hook.kind:
            case "message":
                return (self._inbound(form),)
            case "status":
                return self._report(form, hook.query)
            case other:
                raise BadPayload(f"no such hook: {other}")

    async def send(self, message: Outbound, parts: Sequence[Part]) -> SendResult:
        """Hand over all parts in order, but those that are out already. A failure after one more
        is out is `Unclear`: asked afterwards, `status` tells which."""
        before = len(message.parts_out)
        sids = list(message.parts_out)
        try:
            async with asyncio.timeout(_DEADLINE):
                for part in parts[before:]:
                    result = await self._send_part(message, part, patient=bool(sids))
                    if not isinstance(result, Accepted):
                        is_news = len(sids) > before
                        return Unclear(f"partial:{result.code}") if is_news else result
                    sids.append(result.provider_id)
        except TimeoutError:
            return Unclear("deadline")
        return Accepted(",".join(sids))

    async def status(self, message: Outbound, parts: Sequence[Part], since: datetime) -> Settlement:
        """Look for the parts among what went to this person.

        The list is not filtered by date: Twilio leaves out what it has accepted but not sent.
        """
        try:
            page = await self._messages.page_async(
                to=self._prefix + message.to.value, from_=self._from, page_size=_PAGE
            )
            sent = list(page)
        except (CarrierAway, TwilioException, ValueError) as error:
            return CannotTell(type(error).__name__)
        recent = [m for m in sent if m.date_created is None or m.date_created >= _floor(since)]
        if len(recent) == len(sent) == _PAGE:
            return CannotTell("too_many")
        if not recent:
            return NeverArrived()
        if any(part.template_sid for part in parts):
            return CannotTell("template")
        found = _matched(parts, recent)
        unlike = len(recent) > len(found) - found.count(None)
        if unlike and any(p.lines for p, m in zip(parts, found, strict=True) if m is None):
            return CannotTell("choices")  # Twilio may write a stored content's words otherwise
        return _told(message.id, found)

    async def forget(self, provider_id: str) -> bool:
        """Deletes Twilio's copy; what it does not know is gone already."""
        try:
            return bool(await self._messages.get(provider_id).delete_async())
        except TwilioRestException as error:
            return bool(error.status == _NOT_FOUND)
        except (CarrierAway, TwilioException, ValueError):
            return False

    async def typing(self, last_in: str) -> None:
        """Shows for 25 seconds, or until our words come, that somebody writes, and their message
        as read. Facts: twilio.com/docs/whatsapp/api/typing-indicators-resource (public beta)."""
        if _MESSAGE_SID.fullmatch(last_in) is None:
            return
        try:
            await self._typing.create_async(channel=self._name.value, message_id=last_in)
        except (CarrierAway, TwilioException, ValueError) as error:
            log.info("twilio shows no typing", error=type(error).__name__)

    async def missed(self, since: datetime) -> Sequence[Inbound]:
        """What came to our number since then, oldest first; raises `RetryLater`."""
        try:
            async with asyncio.timeout(LIST_DEADLINE):
                listed = await self._messages.list_async(
                    to=self._from, date_sent_after=since.astimezone(UTC), page_size=_PAGE
                )
        except TimeoutError as error:
            raise RetryLater("deadline") from error
        except (CarrierAway, TwilioException, ValueError) as error:
            raise RetryLater(type(error).__name__) from error
        inbound = [m for m in listed if m.direction == "inbound" and m.sid and m.from_]
        return tuple(self._from_list(m) for m in reversed(inbound))

    def _url(self, kind: str) -> str:
        return f"{self._account.public_url}/hooks/{self._name}/{kind}"

    def _address(self, value: str) -> Address:
        if not value.startswith(self._prefix):
            raise BadPayload("From is not of this channel")
        return Address(self._name, value.removeprefix(self._prefix))

    def _inbound(self, form: Form) -> Inbound:
        button = form.first("ButtonPayload") or form.first("ListId")
        return Inbound(
            sender=self._address(form.required("From")),
            provider_id=form.sid(self._account.tokens[0]),
            text=button or form.first("Body") or form.first("ButtonText"),
            kind=InboundKind.BUTTON if button else InboundKind.MESSAGE,
            media=(*media(form), *location(form)),
            recipient=form.first("To").removeprefix(self._prefix),
        )

    def _from_list(self, listed: MessageInstance) -> Inbound:
        count = int(listed.num_media or 0)
        media = f"{listed.uri.removesuffix('.json')}/Media.json" if listed.uri else ""
        return Inbound(
            sender=self._address(listed.from_ or ""),
            provider_id=listed.sid or "",
            text=listed.body or "",
            media=tuple(Media(MediaKind.FILE, f"{media}#{n}") for n in range(count)),
        )

    def _report(self, form: Form, query: str) -> tuple[StatusReport, ...]:
        asked = parse_qs(query)
        sid = form.told_sid("MessageSid", "SmsSid")
        if not sid:
            raise BadPayload("no id of a message")
        status = STATUSES.get(form.first("MessageStatus") or form.first("SmsStatus"))
        if status is None or ("f" in asked and status is not DeliveryStatus.FAILED):
            return ()
        return (StatusReport(_outbox_id(asked), sid, status, form.code(), _parts(asked)),)

    async def _send_part(self, message: Outbound, part: Part, patient: bool) -> SendResult:
        result = await self._hand_over(message, part)
        if part.lines and isinstance(result, Refused) and result.cause == "invalid":
            part = Part(part.lines, nth=part.nth, of=part.of)
            result = await self._hand_over(message, part)
        for pause in _PART_PAUSES if patient else ():
            if not isinstance(result, TryLater):
                break
            await asyncio.sleep(pause)
            result = await self._hand_over(message, part)
        return result

    async def _hand_over(self, message: Outbound, part: Part) -> SendResult:
        query = {"o": str(message.id)} | ({"f": "1"} if part.only_failures else {})
        query |= {"n": f"{part.nth}.{part.of}"} if part.of > 1 else {}
        try:
            sent = await self._messages.create_async(
                to=self._prefix + message.to.value,
                from_=self._from,
                status_callback=f"{self._url('status')}?{urlencode(query)}",
                **_words(part),
            )
        except NeverWritten as error:
            return TryLater(5.0, str(error))
        except AnswerLost as error:
            return Unclear(str(error))
        except (TwilioRestException, TwilioServiceException) as error:
            return refusal(error.status, str(error.code or ""))
        except ValueError:
            return Unclear("unreadable_answer")
        return _accepted(sent)


def _words(part: Part) -> dict[str, str]:
    if not part.template_sid:
        return {"body": part.lines or part.body}
    if not part.body:
        return {"content_sid": part.template_sid}
    variables = json.dumps({"1": part.body}, ensure_ascii=False)
    return {"content_sid": part.template_sid, "content_variables": variables}


def refusal(status: int, code: str) -> SendResult:
    """What an HTTP error of Twilio says of a message; `code` equals `status` without one."""
    has_code = code not in ("", str(status))
    if status == 429:
        return TryLater(5.0, code if has_code else "429")
    if status >= 500:
        known = verdict(code)
        return known if has_code and isinstance(known, TryLater) else Unclear(code or str(status))
    if not has_code and status in (401, 403, 404):
        return Refused("operator", str(status))
    if status < 400:
        return Unclear(str(status))
    return verdict(code) if has_code else Refused("invalid", str(status))


def _accepted(sent: MessageInstance) -> SendResult:
    if not sent.sid:
        return Unclear("no_sid")
    status = STATUSES.get(str(sent.status), DeliveryStatus.QUEUED)
    if status is DeliveryStatus.FAILED:
        return verdict(str(sent.error_code or ""))
    return Accepted(sent.sid)


def _settled(outbox_id: UUID, sent: Sequence[MessageInstance]) -> StatusReport:
    statuses = [STATUSES.get(str(m.status), DeliveryStatus.QUEUED) for m in sent]
    failed = next((m for m in sent if STATUSES.get(str(m.status)) is DeliveryStatus.FAILED), None)
    code = str(failed.error_code or "") if failed else ""
    slowest = min(statuses, key=lambda each: DELIVERY_RANK[each])
    status = DeliveryStatus.FAILED if failed else slowest
    return StatusReport(outbox_id, ",".join(str(m.sid) for m in sent), status, code)


def _matched(
    parts: Sequence[Part], sent: Sequence[MessageInstance]
) -> Sequence[MessageInstance | None]:
    """The messages that the parts went out as, each used once.

    Trial accounts put words before ours, so an equal end is second best.
    """
    left = list(sent)
    found: list[MessageInstance | None] = []
    for part in parts:
        bodies = [body for body in (part.body, part.lines) if body]
        same = [m for m in left if m.body in bodies]
        ending = [m for m in left if (m.body or "").endswith(tuple(f" {b}" for b in bodies))]
        message = next(iter(same or ending), None)
        found.append(message)
        if message is not None:
            left.remove(message)
    return found


def _told(outbox_id: UUID, found: Sequence[MessageInstance | None]) -> Settlement:
    """What the parts that were found say of the whole: they leave in order, so those before the
    first that is missing arrived and nothing after it may have."""
    here = [message for message in found if message is not None]
    if len(here) == len(found):
        return Found(_settled(outbox_id, here))
    if not here:
        return NeverArrived()
    if found.index(None) == len(here):
        return Partly(tuple(str(message.sid) for message in here))
    return CannotTell("partial")


def _floor(since: datetime) -> datetime:
    """Twilio tells whole seconds, by a clock of its own."""
    return since.astimezone(UTC).replace(microsecond=0) - _SLACK


def _parts(asked: Mapping[str, list[str]]) -> int:
    _, _, given = asked.get("n", [""])[0].partition(".")
    return int(given) if given.isdecimal() and len(given) < _PARTS_DIGITS else 1


def _outbox_id(asked: Mapping[str, list[str]]) -> UUID | None:
    try:
        return UUID(asked["o"][0])
    except (KeyError, ValueError):
        return None
