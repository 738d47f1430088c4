"""Bringing an attachment over from a carrier: only from its own hosts, never more than is taken.

Belongs here: one GET with its bounds, and what a failure means. Does not belong here: which hosts
are a carrier's (twilio_media.py, telegram.py), what becomes of the bytes (bot/desk/keeping.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp
from yarl import URL

from bot.messages import Brought, FetchResult, TryLater, Unfetchable
from bot.rules.media import LARGEST

_TIMEOUT: Final = aiohttp.ClientTimeout(total=40.0, connect=5.0, sock_read=10.0)
_REDIRECTS: Final = 3
_CHUNK: Final = 64 * 1024
_MOVED: Final = (301, 302, 303, 307, 308)
_NOT_YET: Final = (404, 408, 425, 429)
"""Not there at once: a carrier may tell of an attachment before it can hand it out."""
_WAIT: Final = 5.0


@dataclass(frozen=True, slots=True)
class Errand:
    """What to fetch. `knows` says whether an address is the carrier's; `secret`, an
    `Authorization` header, goes to the first address alone, never along with a redirect."""

    url: str
    knows: Callable[[str], bool]
    secret: str = ""


async def bring(errand: Errand) -> FetchResult:
    """Never raises for what a carrier can do to us; addresses stand in no error."""
    try:
        async with aiohttp.ClientSession(timeout=_TIMEOUT, trust_env=False) as http:
            return await _follow(http, errand)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return TryLater(_WAIT, type(error).__name__)


async def _follow(http: aiohttp.ClientSession, errand: Errand) -> FetchResult:
    url, secret = _as_asked(errand.url), errand.secret
    for _ in range(_REDIRECTS + 1):
        if not errand.knows(url):
            return Unfetchable("foreign_host")
        headers = {"Accept-Encoding": "identity"}
        if secret:
            headers["Authorization"] = secret
        async with http.get(url, headers=headers, allow_redirects=False) as answer:
            if answer.status not in _MOVED:
                return await _taken(answer)
            url, secret = _as_asked(urljoin(url, answer.headers.get("Location", ""))), ""
    return Unfetchable("too_many_redirects")


def _as_asked(url: str) -> str:
    """As it goes over the wire, with every `..` and `%2e` followed: what is judged is what is
    asked. Raises `ValueError` for what is no address."""
    return str(URL(url))


async def _taken(answer: aiohttp.ClientResponse) -> FetchResult:
    if answer.status >= 500 or answer.status in _NOT_YET:
        return TryLater(_WAIT, str(answer.status))
    if answer.status != 200:
        return Unfetchable(str(answer.status))
    if answer.content_length is not None and answer.content_length > LARGEST:
        return Unfetchable("too_large")
    content = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > LARGEST:
            return Unfetchable("too_large")
    return Brought(bytes(content))


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port; raises `ValueError` for what is no address."""
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        raise ValueError("an address with a login")
    return parts.scheme, parts.hostname or "", parts.port
