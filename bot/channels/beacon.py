"""Addresses outside that are only ever knocked at: the dead man's, and a route for pages that is
neither Twilio nor Telegram (ntfy, an on-call system).

Belongs here: one HTTP request, whatever it is about. Does not belong here: when to knock.
Facts: docs.ntfy.sh/publish (text as body; `Title` and `Priority` headers); a dead man's address
takes any request as a sign of life and `/fail` as a cry.
"""

from dataclasses import dataclass
from typing import Final

import httpx

_TIMEOUT: Final = httpx.Timeout(10.0, connect=3.0)


@dataclass(frozen=True, slots=True)
class Beacon:
    """Nothing is sent where `url` is empty. Never raises for what a network can do."""

    url: str

    async def knock(self, well: bool) -> bool:
        """A sign of life, or a cry; False where nobody took it."""
        return await self._send(self.url if well else f"{self.url.rstrip('/')}/fail", "", {})

    async def page(self, words: str, urgent: bool) -> bool:
        """A page to a topic; False where nobody took it."""
        return await self._send(self.url, words, {"Priority": "5" if urgent else "4"})

    async def _send(self, url: str, words: str, headers: dict[str, str]) -> bool:
        if not self.url:
            return False
        try:
            async with httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False) as client:
                answer = await client.post(url, content=words.encode(), headers=headers)
        except httpx.HTTPError:
            return False
        return answer.is_success
