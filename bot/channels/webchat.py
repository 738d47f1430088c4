"""The chat on our own page: the browser reads messages from the store, nothing is sent on a wire.

Belongs here: the shape of what the page posts. Does not belong here: whether a session still
lives (api/chat), or the page itself.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs

from bot.errors import BadPayload, BadSignature, RetryLater
from bot.messages import (
    Accepted,
    Address,
    ChannelName,
    DeliveryStatus,
    Found,
    Inbound,
    Outbound,
    Refused,
    SendResult,
    Settlement,
    StatusReport,
    TryLater,
    Webhook,
)

COOKIE: Final = "s"
TEXT_LIMIT: Final = 4_000
"""Characters of one message."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,128}")
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

type Notify = Callable[[Outbound], Awaitable[None]]
"""Tells the browser's open stream that the store has something new; may raise `RetryLater`."""


class WebChatChannel:
    """The session's token is the address; `notify` is what makes the browser look."""

    name = ChannelName.WEB
    is_on = True

    def __init__(self, notify: Notify) -> None:
        self._notify = notify

    def verify(self, hook: Webhook) -> None:
        """The cookie has the shape of one that we gave out; the caller knows whether it lives."""
        if session_token(hook) is None:
            raise BadSignature("no session cookie")

    def parse(self, hook: Webhook) -> Sequence[Inbound | StatusReport]:
        token = session_token(hook)
        if token is None:
            raise BadPayload("no session cookie")
        try:
            form = parse_qs(hook.body.decode("utf-8"), max_num_fields=20)
        except ValueError as error:
            raise BadPayload("not a form") from error
        text = form.get("text", [""])[0].strip()
        client_id = form.get("client_id", [""])[0]
        if not _CLIENT_ID.fullmatch(client_id):
            raise BadPayload("client_id is missing or odd")
        if len(text) > TEXT_LIMIT:
            raise BadPayload("text is too long")
        if not text:
            return ()
        sender = Address(self.name, token)
        return (Inbound(sender=sender, provider_id=f"{token}:{client_id}", text=text),)

    async def send(self, message: Outbound) -> SendResult:
        """`SENT`, not delivered: nobody tells us whether a browser was open."""
        try:
            await self._notify(message)
        except RetryLater as error:
            return TryLater(1.0, type(error).__name__)
        return Accepted(str(message.id))

    async def status(self, message: Outbound, since: datetime) -> Settlement:
        """The store has the row, and the store is what the browser reads."""
        return Found(StatusReport(message.id, str(message.id), DeliveryStatus.SENT))

    def failure(self, code: str) -> TryLater | Refused:
        """Nobody reports on the page; a code here is nobody's."""
        return Refused("invalid", code)

    async def missed(self, since: datetime) -> Sequence[Inbound]:
        return ()


def session_token(hook: Webhook) -> str | None:
    """The token of the session cookie, if there is one of the right shape."""
    for name, value in hook.headers:
        if name == "cookie":
            token = _cookie(value)
            if _TOKEN.fullmatch(token):
                return token
    return None


def _cookie(header: str) -> str:
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
