"""Calls to the phones of staff through Twilio: a page said aloud, answered by a key.

Belongs here: placing the call, and the TwiML that asks. Does not belong here: calls from people,
or what a key does (bot/desk/answers.py). A voicemail presses no key, so it takes no page.
Facts: twilio.com/docs/voice/api/call-resource, .../voice/twiml/gather.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import parse_qs
from uuid import UUID

from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.twiml.voice_response import Gather, VoiceResponse

from bot.channels.twilio import TwilioAccount, TwilioMessages, refusal
from bot.channels.twilio_errors import verdict
from bot.channels.twilio_forms import Form
from bot.channels.twilio_http import CarrierAway, NeverWritten, TwilioHttp, make_client
from bot.errors import BadPayload
from bot.messages import (
    Accepted,
    CannotTell,
    ChannelName,
    Inbound,
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

PAGE_HOOK: Final = "page"
_RING_SECONDS: Final = 25
"""Shorter than most voicemails take to pick up."""
_KEY_SECONDS: Final = 6
_VOICE: Final = "en-GB"
_SAID: Final = 3
"""How often the question is said before the call ends."""


class StaffCalls:
    """Rings from our voice number. `is_on` is False: people's calls are not answered here."""

    name = ChannelName.VOICE
    is_on = False
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
        """Nothing that a person said comes this way."""
        raise BadPayload(f"no such hook: {hook.kind}")

    async def send(self, message: Outbound) -> SendResult:
        """Ring one phone; Twilio then asks us what to say, naming the row."""
        if message.purpose is not Purpose.PAGE:
            return Refused("invalid", "no_words_by_voice")
        try:
            call = await self._calls.create_async(
                to=message.to.value,
                from_=self._number,
                url=f"{self._base}/{PAGE_HOOK}?o={message.id}",
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
        return ()


def pressed(hook: Webhook) -> tuple[UUID, str]:
    """The row that the call is about and the key, empty before one was pressed. Raises
    `BadPayload`."""
    try:
        row_id = UUID(parse_qs(hook.query)["o"][0])
    except (KeyError, ValueError) as error:
        raise BadPayload("the call names no page") from error
    return row_id, Form(hook.body).first("Digits")


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
