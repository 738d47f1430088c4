"""The HTTP client under Twilio's SDK: one kept-alive pool, deadlines, and an address to swap.

Belongs here: transport only. The SDK's own asynchronous client is not used: it drops the
client's time-out, and writes numbers of people into the log.
"""

import logging
from typing import Final

import httpx
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client

TWILIO_API: Final = "https://api.twilio.com"
TIMEOUT: Final = httpx.Timeout(connect=3.0, read=10.0, write=5.0, pool=5.0)
_LIMITS: Final = httpx.Limits(max_connections=40, max_keepalive_connections=40, keepalive_expiry=20)


class TwilioHttp(AsyncHttpClient):  # type: ignore[misc]
    """Carries the SDK's requests to `api_url`. Raises `httpx.TransportError`, never hides one."""

    def __init__(self, api_url: str, timeout: httpx.Timeout = TIMEOUT) -> None:
        super().__init__(logging.getLogger(__name__), is_async=True)
        self._api_url = api_url
        self._http = httpx.AsyncClient(timeout=timeout, limits=_LIMITS, trust_env=False)

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
        answer = await self._http.request(
            method,
            uri.replace(TWILIO_API, self._api_url, 1),
            params=params,  # type: ignore[arg-type]
            data=data or None,
            headers=headers,
            auth=auth,
        )
        return Response(answer.status_code, answer.text, answer.headers)

    async def close(self) -> None:
        await self._http.aclose()


def make_client(account_sid: str, token: str, http: TwilioHttp) -> Client:
    """The SDK's client on our transport, deaf to the SDK's own environment variables."""
    return Client(account_sid, token, http_client=http, environment={"TWILIO_REGION": ""})
