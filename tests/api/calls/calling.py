"""Telephones, for tests that read as stories: a caller rings, hears, presses; a worker's phone is
picked up. Every webhook is signed as Twilio signs it, every answer is held against the schema.

Belongs here: being Twilio to the service while a call lasts. Does not belong here: being on call
(tests/bot/oncall/night.py).
"""

import json
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from httpx import AsyncClient
from httpx import Response as HttpResponse
from twilio.http.response import Response
from twilio.request_validator import RequestValidator

from bot.channels.twilio import TwilioAccount
from bot.channels.twilio_http import TwilioHttp
from bot.channels.voice import VoiceCalls
from tests.bot.oncall.night import Night
from tests.channels.twiml import checked

BASE = "https://handrail.example"
TOKEN = "made-up-token"
OURS = "+441632960100"
TEXTS = "+447700900101"
CALLER = "+447700900321"
_sids = count(1)


@dataclass
class Exchange(TwilioHttp):
    """Twilio's REST API, in memory: calls that we asked it to place, and calls that it lists."""

    asked: list[dict[str, str]] = field(default_factory=list)
    listed: list[dict[str, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__("http://127.0.0.1:9")

    async def request(self, method: str, uri: str, *_: object, **options: object) -> Response:
        if method == "GET":
            listing = {"calls": self.listed, "page_size": 100, "next_page_uri": None}
            return Response(200, json.dumps(listing), {})
        data = options.get("data")
        assert isinstance(data, dict)
        self.asked.append({str(name): str(value) for name, value in data.items()})
        return Response(201, json.dumps({"sid": f"CA{next(_sids):032d}"}), {})


def voice_calls(exchange: Exchange) -> VoiceCalls:
    return VoiceCalls(TwilioAccount("AC" + "0" * 32, (TOKEN,), BASE), OURS, exchange)


@dataclass
class Heard:
    """One document."""

    root: Element

    @property
    def words(self) -> str:
        return " ".join(one.text or "" for one in self.root.iter("Say"))

    @property
    def languages(self) -> list[str]:
        return [one.get("language", "") for one in self.root.iter("Say")]

    @property
    def ends(self) -> bool:
        return self._one("Hangup") is not None

    @property
    def asks(self) -> bool:
        return self._one("Gather") is not None

    @property
    def rings(self) -> str:
        """The number that is rung; empty where none is."""
        number = self._one("Number")
        return "" if number is None else number.text or ""

    @property
    def seconds(self) -> int:
        dial = self._one("Dial")
        assert dial is not None
        return int(dial.get("timeout", "0"))

    @property
    def whisper(self) -> str:
        """Where the called side is asked what it hears."""
        number = self._one("Number")
        assert number is not None
        return number.get("url", "")

    @property
    def action(self) -> str:
        """Where it goes on."""
        for tag in ("Gather", "Dial"):
            found = self._one(tag)
            if found is not None:
                return found.get("action", "")
        redirect = self._one("Redirect")
        assert redirect is not None
        return redirect.text or ""

    def _one(self, tag: str) -> Element | None:
        return next(self.root.iter(tag), None)


@dataclass
class Line:
    """One call of somebody who rings."""

    night: Night
    http: AsyncClient
    number: str = CALLER
    sid: str = field(default_factory=lambda: f"CA{next(_sids):032d}")
    heard: list[Heard] = field(default_factory=list)

    @property
    def last(self) -> Heard:
        return self.heard[-1]

    async def rings(self) -> Heard:
        return await self.hears(f"{BASE}/hooks/voice/call")

    async def presses(self, key: str, after: float = 3) -> Heard:
        """A key, or nothing where it is empty."""
        self.night.world.clock.forward(seconds=after)
        return await self.hears(self.last.action, Digits=key)

    async def waits(self) -> Heard:
        """Hears all that is said and presses nothing; a phone that rings rings out."""
        if self.last.rings:
            self.night.world.clock.forward(seconds=self.last.seconds)
            return await self.hears(self.last.action, DialCallStatus="no-answer")
        return await self.presses("", after=8)

    async def hangs_up(self, **said: str) -> HttpResponse:
        """Twilio tells of the end at the address of the number."""
        form = {"CallStatus": "completed", **said}
        return await self.posts(f"{BASE}/hooks/voice/status", **form)

    async def hears(self, url: str, **said: str) -> Heard:
        answer = await self.posts(url, **said)
        assert answer.status_code == 200, answer.text
        self.heard.append(Heard(checked(answer.text)))
        return self.last

    async def picks_up(self, key: str = "") -> Heard:
        """The worker whose phone rings for this call."""
        ringing = self.last
        worker = Line(self.night, self.http, ringing.rings)
        asked = await worker.hears(ringing.whisper)
        if not key or not asked.asks:
            return asked
        return await worker.hears(asked.action, Digits=key)

    async def posts(self, url: str, **said: str) -> HttpResponse:
        form = {"CallSid": self.sid, "From": self.number, "To": OURS, "CallStatus": "in-progress"}
        return await post(self.http, url, form | said)


async def post(http: AsyncClient, url: str, form: dict[str, str]) -> HttpResponse:
    signature = RequestValidator(TOKEN).compute_signature(url, form)
    headers = {
        "X-Twilio-Signature": signature,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return await http.post(url.removeprefix(BASE), content=urlencode(form), headers=headers)
