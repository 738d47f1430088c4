"""Ringing a worker through Twilio: what is asked of it, and what its answers mean."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID
from xml.etree import ElementTree

import pytest
from twilio.http.response import Response
from twilio.request_validator import RequestValidator

from bot.channels import voice
from bot.channels.twilio import TwilioAccount
from bot.channels.twilio_http import AnswerLost, NeverWritten, TwilioHttp
from bot.channels.voice import VoiceCalls
from bot.errors import BadPayload, BadSignature
from bot.messages import (
    Accepted,
    Address,
    CannotTell,
    ChannelName,
    Outbound,
    Purpose,
    Refused,
    SendResult,
    TryLater,
    Unclear,
    Webhook,
)

ROW = UUID(int=7)
BASE = "https://handrail.example"
NOW = datetime(2026, 3, 10, tzinfo=UTC)
ACCOUNT = TwilioAccount("AC" + "0" * 32, ("made-up-token",), BASE)


@dataclass
class Exchange(TwilioHttp):
    """Twilio, in memory."""

    status: int = 201
    body: dict[str, object] = field(default_factory=lambda: {"sid": "CA" + "1" * 32})
    trouble: Exception | None = None
    asked: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__("http://127.0.0.1:9")

    async def request(self, method: str, uri: str, *_: object, **options: object) -> Response:
        data = options.get("data")
        self.asked.append((uri, dict(data) if isinstance(data, dict) else {}))
        if self.trouble is not None:
            raise self.trouble
        return Response(self.status, json.dumps(self.body), {})


def calls(exchange: Exchange) -> VoiceCalls:
    return VoiceCalls(ACCOUNT, "+447700900102", exchange)


def page(purpose: Purpose = Purpose.PAGE) -> Outbound:
    return Outbound(ROW, Address(ChannelName.VOICE, "+447700900600"), "words", purpose)


async def test_a_page_rings_and_names_its_row_not_its_words() -> None:
    """Twilio is given two numbers and an address of ours; what is said it asks us later."""
    exchange = Exchange()
    assert await calls(exchange).send(page()) == Accepted("CA" + "1" * 32)
    ((uri, asked),) = exchange.asked
    assert uri.endswith("/Calls.json")
    assert (asked["To"], asked["From"]) == ("+447700900600", "+447700900102")
    assert asked["Url"] == f"{BASE}/hooks/voice/page?o={ROW}"
    assert "words" not in str(asked)


@pytest.mark.parametrize(
    ("exchange", "means"),
    [
        (Exchange(trouble=NeverWritten("ClientConnectorError")), TryLater),
        (Exchange(trouble=AnswerLost("TimeoutError")), Unclear),
        (Exchange(status=500, body={}), Unclear),
        (Exchange(status=429, body={"code": 20429}), TryLater),
        (Exchange(status=401, body={"code": 20003}), Refused),
    ],
)
async def test_each_trouble_says_what_to_do_next(
    exchange: Exchange, means: type[SendResult]
) -> None:
    """Never written goes again; a lost answer is unclear; our own fault is refused."""
    assert isinstance(await calls(exchange).send(page()), means)


async def test_nobody_but_staff_is_rung() -> None:
    """A reply to a person has no voice here, and a lost call cannot be asked about."""
    exchange = Exchange()
    assert isinstance(await calls(exchange).send(page(Purpose.REPLY)), Refused)
    assert exchange.asked == []
    assert isinstance(await calls(exchange).status(page(), NOW), CannotTell)
    assert calls(exchange).is_on


def hook(query: str, body: str, signature: str) -> Webhook:
    headers = (("x-twilio-signature", signature),)
    return Webhook(voice.PAGE_HOOK, query, headers, body.encode(), NOW)


def test_only_twilio_is_believed() -> None:
    """The signature covers the row and the key."""
    query, form = f"o={ROW}", {"Digits": "1", "CallSid": "CA1"}
    validator = RequestValidator("made-up-token")
    good = validator.compute_signature(f"{BASE}/hooks/voice/page?{query}", form)
    channel = calls(Exchange())
    channel.verify(hook(query, urlencode(form), good))
    assert voice.pressed(hook(query, urlencode(form), good)) == (ROW, "1")
    with pytest.raises(BadSignature):
        channel.verify(hook(query, urlencode(form | {"Digits": "2"}), good))
    with pytest.raises(BadSignature):
        channel.verify(hook(f"o={UUID(int=8)}", urlencode(form), good))
    with pytest.raises(BadPayload):
        voice.pressed(hook("o=nothing", "", good))
    with pytest.raises(BadPayload):
        channel.parse(hook(query, "", good))


def test_the_question_is_said_thrice_and_then_the_call_ends() -> None:
    """Well-formed TwiML; words are escaped; nothing is recorded."""
    said = ElementTree.fromstring(voice.ask("1 < 2 & so on", f"{BASE}/hooks/voice/page?o={ROW}"))
    assert [one.tag for one in said] == ["Gather", "Gather", "Gather", "Hangup"]
    assert said[0].attrib["numDigits"] == "1"
    assert said[0][0].text == "1 < 2 & so on"
    ended = ElementTree.fromstring(voice.say("over"))
    assert [one.tag for one in ended] == ["Say", "Hangup"]
