"""Requests between us and a programme's own system, signed as Standard Webhooks says.

Belongs here: signing, checking a signature, one POST. Does not belong here: what is told
(bot/desk/onward.py), how often (bot/rules/onward.py).
Facts: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Final
from urllib.parse import urlsplit

import httpx
from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from bot.errors import BadSettings, BadSignature
from bot.messages import Accepted, Refused, TryLater
from bot.rules.onward import is_timely

_TIMEOUT: Final = httpx.Timeout(15.0, connect=5.0)
_GONE: Final = 410
_LOOPBACK: Final = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class Target:
    """A programme's own system."""

    programme: str
    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """One request: the same id however often it is sent, so that a repeat is known for one."""

    id: str
    body: str


def targets_of(written: Sequence[str]) -> Mapping[str, Target]:
    """`cirv=https://example.org/hook whsec_...`, one for each programme. Raises `BadSettings`."""
    found = {}
    for one in written:
        programme, _, rest = one.partition("=")
        url, _, secret = rest.strip().partition(" ")
        target = Target(programme.strip(), url, secret.strip())
        _check(target)
        found[target.programme] = target
    return found


def _check(target: Target) -> None:
    parts = urlsplit(target.url)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not (target.programme and is_safe and parts.hostname):
        raise BadSettings("HANDRAIL_ONWARD: each is `programme=https://address whsec_secret`")
    try:
        Webhook(target.secret)
    except (ValueError, EmptyWebhookSecretError) as error:
        raise BadSettings("HANDRAIL_ONWARD: a secret is not `whsec_` and base64") from error
    if len(target.secret) < len("whsec_") + 32:
        raise BadSettings("HANDRAIL_ONWARD: a secret has at least 24 bytes")


async def post(target: Target, told: Told, now: datetime) -> Accepted | TryLater | Refused:
    """Never raises for what a network can do. A redirect is no answer: it is not followed. What an
    answer says beside its status is not read, however long it is."""
    headers = {
        "content-type": "application/json",
        "webhook-id": told.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(target.secret).sign(told.id, now.astimezone(UTC), told.body),
    }
    try:
        async with (
            httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False) as client,
            client.stream(
                "POST", target.url, content=told.body.encode(), headers=headers
            ) as answer,
        ):
            pass
    except httpx.HTTPError as error:
        return TryLater(0, type(error).__name__)
    if answer.is_success:
        return Accepted(told.id)
    if answer.status_code == _GONE:
        return Refused("invalid", "410")
    return TryLater(0, str(answer.status_code))


def check(target: Target, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """The id of a request that this programme made just now. Raises `BadSignature`. The library
    checks the time against a clock of its own, so that part is done here."""
    told_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not told_id or not stamp.isdecimal() or len(stamp) > len("9999999999"):
        raise BadSignature("webhook-id or webhook-timestamp is missing or odd")
    sent_at = datetime.fromtimestamp(int(stamp), UTC)
    if not is_timely(sent_at, now):
        raise BadSignature("webhook-timestamp is too old or too new")
    try:
        expected = Webhook(target.secret).sign(told_id, sent_at, body.decode())
    except UnicodeDecodeError as error:
        raise BadSignature("not text") from error
    given = headers.get("webhook-signature", "").split(" ")
    if not any(compare_digest(expected.encode(), one.encode()) for one in given):
        raise BadSignature("webhook-signature does not match")
    return told_id
