"""The chat's cookie: the token of a session or, while the database is away, our signed promise.

With the database away a newcomer still gets a cookie, and a known browser is believed, so that the
answer finds its way back to them. A promise names its token, when it began and when it was last
renewed; only we can make one. One that we made for a newcomer may become a session later; one
that stands for a cookie that we could not look up never becomes more than what it was.

Belongs here: reading and writing the cookie. Does not belong here: sessions (bot/store).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hmac import compare_digest

from starlette.requests import Request
from starlette.responses import Response

from api.pages import service_of
from bot.bootstrap import Service
from bot.channels.webchat import COOKIE
from bot.store import websessions
from bot.store.crypto import Vault
from bot.store.session import Session
from bot.store.websessions import IDLE, Browser

_SHAPE = re.compile(r"([A-Za-z0-9_-]{32,128})(?:\.([nk])(\d{1,12})\.(\d{1,12})\.([0-9a-f]{64}))?")


@dataclass(frozen=True, slots=True)
class Claim:
    """Who a browser says that it is. `since`: when we began to believe it without looking."""

    token: str
    since: datetime | None = None
    is_newcomer: bool = False
    """The token was made by us while nothing could be looked up."""


def claim_of(request: Request) -> Claim | None:
    """None for no cookie, and for one that we never gave out or that has lapsed."""
    found = _SHAPE.fullmatch(request.cookies.get(COOKIE, ""))
    if found is None:
        return None
    token, kind, since, renewed, mark = found.groups()
    if kind is None:
        return Claim(token)
    service = service_of(request)
    if not compare_digest(mark, _mark(service.store.vault, f"{token}.{kind}{since}.{renewed}")):
        return None
    if service.clock.now() - datetime.fromtimestamp(int(renewed), UTC) > IDLE:
        return None
    return Claim(token, datetime.fromtimestamp(int(since), UTC), kind == "n")


async def admit(session: Session, claim: Claim, now: datetime) -> Browser | None:
    """The session behind a claim, seen now; None when it lapsed or never was."""
    if claim.since is None:
        return await websessions.touch(session, claim.token, now)
    if claim.is_newcomer:
        await websessions.start_once(session, claim.token, claim.since)
    return await websessions.revive(session, claim.token, claim.since, now)


def give(answer: Response, service: Service, token: str) -> None:
    """The cookie of a live session."""
    _set(answer, service, token, int(IDLE.total_seconds()))


def drop(answer: Response, service: Service) -> None:
    """Nothing is left on the device. Said in the words in which the cookie was given: one that
    lives in a frame goes no other way."""
    _set(answer, service, "", 0)


def _set(answer: Response, service: Service, value: str, seconds: int) -> None:
    framed = bool(service.book.look.framed_by)
    answer.set_cookie(
        COOKIE,
        value,
        max_age=seconds,
        httponly=True,
        samesite="none" if framed else "lax",
        secure=framed or service.settings.public_url.startswith("https:"),
    )
    if framed:
        # In a frame of another site a cookie lives only where it is kept apart for that site.
        # Forms are told from forged ones by their origin (api/forms.py), whatever the cookie.
        answer.headers["set-cookie"] += "; Partitioned"


def promise(answer: Response, service: Service, claim: Claim) -> None:
    """The cookie while nothing can be looked up."""
    now = service.clock.now()
    kind, since = "n" if claim.is_newcomer else "k", claim.since or now
    told = f"{claim.token}.{kind}{int(since.timestamp())}.{int(now.timestamp())}"
    give(answer, service, f"{told}.{_mark(service.store.vault, told)}")


def _mark(vault: Vault, told: str) -> str:
    return vault.index("web_promise", told).hex()
