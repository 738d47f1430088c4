"""Calls through Twilio: people who ring us, and the phones of staff that we ring.

Belongs here: signatures, placing a call, what a call's webhook says, calls that no webhook told
of. Does not belong here: what a call is told (bot/channels/twiml.py), what a key does (bot/desk).
A voicemail presses no key, so it takes no page and no call.
Facts: twilio.com/docs/voice/api/call-resource, .../voice/twiml#request-parameters.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qs
from uuid import UUID

from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.rest.api.v2010.account.call import CallInstance
from twilio.twiml.voice_response import Gather, VoiceResponse

from bot.channels.twilio import LIST_DEADLINE, TwilioAccount, TwilioMessages, refusal
from bot.channels.twilio_errors import verdict
from bot.channels.twilio_forms import Form
from bot.channels.twilio_http import CarrierAway, NeverWritten, TwilioHttp, make_client
from bot.errors import BadPayload, RetryLater
from bot.messages import (
    Accepted,
    Address,
    CannotTell,
    ChannelName,
    Inbound,
    InboundKind,
    Outbound,
    Purpose,
    Refused,
    SendResult,
    Settlement,
    StatusReport,
    TryLater,
    Unclear,
    Webhook,
)
from bot.rules import dialling

PAGE_HOOK: Final = "page"
BACK_HOOK: Final = "back"
_HOOKS: Final = {Purpose.PAGE: PAGE_HOOK, Purpose.RING: BACK_HOOK}
_RING_SECONDS: Final = 25
"""Shorter than most voicemails take to pick up."""
_KEY_SECONDS: Final = 6
_VOICE: Final = "en-GB"
_SAID: Final = 3
"""How often the question is said before the call ends."""
_OVER: Final = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
_PAGE: Final = 100
WITHHELD: Final = "withheld:"
"""Before the carrier's id of a call whose number is hidden: nobody can be rung there."""


class VoiceCalls:
    """Our voice number: people ring it, and staff are rung from it."""

    name = ChannelName.VOICE
    is_on = True
    rings_staff = True

    def __init__(self, account: TwilioAccount, number: str, http: TwilioHttp) -> None:
        self._signatures = TwilioMessages(self.name, account, number, http)
        self._number = number
        self._base = f"{account.public_url}/hooks/{self.name}"
        client = make_client(account.account_sid, account.tokens[0], http)
        self._calls = client.api.v2010.account.calls

    def verify(self, hook: Webhook) -> None:
        self._signatures.verify(hook)

    def parse(self, hook: Webhook) -> Sequence[Inbound | StatusReport]:
        """Calls are answered while they last (api/voice.py), not taken in."""
        raise BadPayload(f"no such hook: {hook.kind}")

    async def send(self, message: Outbound) -> SendResult:
        """Ring one phone of staff; Twilio then asks us what to say, naming the row."""
        hook = _HOOKS.get(message.purpose)
        if hook is None:
            return Refused("invalid", "no_words_by_voice")
        try:
            call = await self._calls.create_async(
                to=message.to.value,
                from_=self._number,
                url=f"{self._base}/{hook}?o={message.id}",
                timeout=_RING_SECONDS,
            )
        except NeverWritten as error:
            return TryLater(5.0, str(error))
        except CarrierAway as error:
            return Unclear(str(error))
        except (TwilioRestException, TwilioServiceException) as error:
            return refusal(error.status, str(error.code or ""))
        except (TwilioException, ValueError):
            return Unclear("unreadable_answer")
        return Accepted(call.sid) if call.sid else Unclear("no_sid")

    async def status(self, message: Outbound, since: datetime) -> Settlement:
        """A call that may have rung is placed again rather than asked about."""
        return CannotTell("unaskable")

    def failure(self, code: str) -> TryLater | Refused:
        return verdict(code)

    async def missed(self, since: datetime) -> Sequence[Inbound]:
        """Calls to our number that are over; what was answered is known by its id. Raises
        `RetryLater`."""
        try:
            async with asyncio.timeout(LIST_DEADLINE):
                listed = await self._calls.list_async(
                    to=self._number, start_time_after=since.astimezone(UTC), page_size=_PAGE
                )
        except TimeoutError as error:
            raise RetryLater("deadline") from error
        except (CarrierAway, TwilioException, ValueError) as error:
            raise RetryLater(type(error).__name__) from error
        return tuple(rang(one.sid or "", one._from or "") for one in reversed(listed) if _rang(one))


def _rang(call: CallInstance) -> bool:
    is_in = call.direction == "inbound" and not call.parent_call_sid
    return bool(call.sid) and is_in and str(call.status) in _OVER


def rang(sid: str, number: str) -> Inbound:
    """That somebody rang. A number that is hidden is nobody's address."""
    shown = number if dialling.is_shown(number) else f"{WITHHELD}{sid}"
    return Inbound(Address(ChannelName.VOICE, shown), sid, "", InboundKind.CALL)


@dataclass(frozen=True, slots=True)
class CallHook:
    """What a call's webhook says. `is_joined`: whether two were put through, where it tells."""

    sid: str
    number: str
    key: str
    is_over: bool
    is_joined: bool | None
    was_answered: bool
    """The other side of a call back picked up."""


def read(hook: Webhook) -> CallHook:
    """Raises `BadPayload`."""
    form = Form(hook.body)
    bridged = form.first("DialBridged")
    return CallHook(
        sid=form.required("CallSid"),
        number=form.first("From"),
        key=form.first("Digits"),
        is_over=form.first("CallStatus") in _OVER,
        is_joined=bridged == "true" if bridged else None,
        was_answered=form.first("DialCallStatus") in ("completed", "answered"),
    )


def asked(hook: Webhook, name: str) -> UUID:
    """An id of ours in the webhook's address. Raises `BadPayload`."""
    try:
        return UUID(parse_qs(hook.query)[name][0])
    except (KeyError, ValueError) as error:
        raise BadPayload(f"the address has no {name}") from error


def step_of(hook: Webhook) -> int:
    """Raises `BadPayload`."""
    found = parse_qs(hook.query).get("n", [""])[0]
    if not found.isdecimal() or len(found) > 6:
        raise BadPayload("the address names no step")
    return int(found)


def is_done(hook: Webhook) -> bool:
    """Whether the other side of a call back has been rung."""
    return "d" in parse_qs(hook.query)


def pressed(hook: Webhook) -> tuple[UUID, str]:
    """The row that the call is about and the key, empty before one was pressed. Raises
    `BadPayload`."""
    return asked(hook, "o"), Form(hook.body).first("Digits")


def ask(words: str, action: str) -> str:
    """TwiML that says a question thrice and waits for a key each time."""
    answer = VoiceResponse()
    for _ in range(_SAID):
        gather = Gather(num_digits=1, action=action, method="POST", timeout=_KEY_SECONDS)
        gather.say(words, language=_VOICE)
        answer.append(gather)
    answer.hangup()
    return str(answer)


def say(words: str) -> str:
    answer = VoiceResponse()
    answer.say(words, language=_VOICE)
    answer.hangup()
    return str(answer)
