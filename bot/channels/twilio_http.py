"""The HTTP client under Twilio's SDK: one kept-alive pool, deadlines, and an address to swap.

Belongs here: transport only, and whether a request that broke can have arrived. The SDK's own
asynchronous client is not used: it drops the client's time-out, and writes numbers of people
into the log.
"""

import json
import logging
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import aiohttp
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client

TWILIO_API: Final = "https://api.twilio.com"
TWILIO_CONTENT: Final = "https://content.twilio.com"
TWILIO_MESSAGING: Final = "https://messaging.twilio.com"
TIMEOUT: Final = aiohttp.ClientTimeout(connect=5.0, sock_connect=3.0, sock_read=10.0)
_POOL: Final = 40
_KEPT_ALIVE: Final = 20.0
"""Seconds: shorter than carriers keep a quiet connection, so that none is found shut."""
_NEVER_WRITTEN: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class CarrierAway(Exception):
    """No answer came; named after the cause."""


class NeverWritten(CarrierAway):
    """There was no connection, so the request cannot have arrived."""


class AnswerLost(CarrierAway):
    """The request may have arrived."""


class TwilioHttp(AsyncHttpClient):  # type: ignore[misc]
    """Carries the SDK's requests to `api_url`, and those to the Content API to `content_url`;
    where `api_url` is not Twilio's own, those to its messaging service as
    well. Raises `CarrierAway`, never hides it."""

    def __init__(
        self,
        api_url: str,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
        content_url: str = TWILIO_CONTENT,
    ) -> None:
        super().__init__(logging.getLogger(__name__), is_async=True)
        self.api_url = api_url
        messaging = TWILIO_MESSAGING if api_url == TWILIO_API else api_url
        self._urls = {
            TWILIO_API: api_url,
            TWILIO_CONTENT: content_url,
            TWILIO_MESSAGING: messaging,
        }
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
        allow_redirects: bool = False,
    ) -> Response:
        sent = dict(headers or {})
        if auth is not None:
            sent["Authorization"] = aiohttp.encode_basic_auth(*auth)
        try:
            async with self._opened().request(
                method,
                self._swapped(uri),
                params={name: str(value) for name, value in (params or {}).items()},
                data=_encoded(data, sent) if data else None,
                headers=sent,
                allow_redirects=False,
            ) as answer:
                return Response(answer.status, await answer.text(), answer.headers)
        except _NEVER_WRITTEN as error:
            raise NeverWritten(type(error).__name__) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise AnswerLost(type(error).__name__) from error

    def _swapped(self, uri: str) -> str:
        for theirs, ours in self._urls.items():
            if uri.startswith(theirs):
                return ours + uri.removeprefix(theirs)
        return uri

    def _opened(self) -> aiohttp.ClientSession:
        """Made at the first request: a session belongs to the loop that runs it."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=_POOL, keepalive_timeout=_KEPT_ALIVE)
            self._session = aiohttp.ClientSession(
                connector=connector, timeout=self._timeout, trust_env=False
            )
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


def _encoded(data: dict[str, object], headers: Mapping[str, str]) -> bytes:
    if headers.get("Content-Type") == "application/json":
        return json.dumps(data).encode()
    return urlencode(data, doseq=True).encode()


def make_client(account_sid: str, token: str, http: TwilioHttp) -> Client:
    """The SDK's client on our transport, deaf to the SDK's own environment variables."""
    return Client(account_sid, token, http_client=http, environment={"TWILIO_REGION": ""})
