"""The whole service on the real channels: signed hooks in, the carrier double's requests out.

Belongs here: being a carrier to the service, with its signatures. Does not belong here: the clock
and the jobs, which a story moves as in tests/harness.py.
"""

import json
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from bot.messages import ChannelName
from tests.channels.kits import BOT_SECRET, OURS, signed
from tests.doubles.carrier import Carrier, Received
from tests.harness import World

_sids = count(1)


@dataclass
class Wired:
    """One deployment, its carrier, and a line between them."""

    world: World
    carrier: Carrier
    http: httpx.AsyncClient

    async def writes(
        self, channel: ChannelName, sender: str, words: str, **more: str
    ) -> httpx.Response:
        """A person's message, as Twilio posts it; `more` are further fields of the form."""
        prefix = "whatsapp:" if channel is ChannelName.WHATSAPP else ""
        form = {
            "MessageSid": f"SM{next(_sids):032d}",
            "From": prefix + sender,
            "To": prefix + OURS,
            "Body": words,
            "NumMedia": "0",
        }
        return await self.posts(channel, "message", urlencode(form | more).encode())

    async def posts(
        self, channel: ChannelName, kind: str, body: bytes, query: str = ""
    ) -> httpx.Response:
        """Any form, with the signature that Twilio would make over it."""
        hook = signed(channel.value, kind, body, query)
        path = f"/hooks/{channel.value}/{kind}" + (f"?{query}" if query else "")
        return await self.http.post(path, content=hook.body, headers=dict(hook.headers))

    async def updates(self, body: bytes) -> httpx.Response:
        """Any body, with Telegram's secret beside it."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": BOT_SECRET}
        return await self.http.post("/hooks/telegram/update", content=body, headers=headers)

    async def telegrams(self, chat: int, words: str, update_id: int) -> httpx.Response:
        """A person's message, as Telegram posts it."""
        person: dict[str, Any] = {"id": chat, "is_bot": False, "first_name": "Sam"}
        message = {
            "message_id": update_id,
            "date": int(self.world.clock.now().timestamp()),
            "chat": {"id": chat, "type": "private"},
            "from": person,
            "text": words,
        }
        return await self.updates(json.dumps({"update_id": update_id, "message": message}).encode())

    async def calls_back(self, message: Received, status: str, code: str = "") -> None:
        """What Twilio tells of a message of ours, at the address that was given with it."""
        told = {"MessageSid": message.sid, "MessageStatus": status}
        form = told | ({"ErrorCode": code} if code else {})
        url = urlsplit(message.status_callback)
        channel = ChannelName(url.path.split("/")[2])
        answer = await self.posts(channel, "status", urlencode(form).encode(), url.query)
        assert answer.status_code == 200

    def sent_to(self, address: str) -> list[Received]:
        return [m for m in self.carrier.received if m.to == address and m.direction != "inbound"]

    async def statuses(self) -> list[str]:
        """Where each outgoing row of a conversation stands, in order."""
        rows = await self.world.query(
            "SELECT status FROM outbox WHERE conversation_id IS NOT NULL ORDER BY seq"
        )
        return [str(status) for (status,) in rows]
