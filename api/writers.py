"""Who writes on the web, and what their form held: the same for the chat and for the questions.

Belongs here: sessions of newcomers and of those we know, the pace, a form made into a message.
Does not belong here: what is answered (api/chat.py, api/questions.py).
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

from starlette.requests import Request

from api import cookies, tickets
from api.cookies import Claim
from api.pages import chosen, service_of
from bot.bootstrap import Service
from bot.channels.webchat import TEXT_LIMIT
from bot.errors import StoreAway
from bot.messages import Address, Inbound, InboundKind
from bot.store import websessions
from nlu.reading import RiskLevel

CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Posted:
    """What the form sent. `chip`: a choice was tapped."""

    text: str
    client_id: str
    chip: bool
    goes_on: bool = False
    """The page that it was written on followed another of the same visit."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote. `is_known`: their session is in the database; if not, `claim` is promised."""

    token: str
    address: Address
    claim: Claim
    is_known: bool


async def admitted(service: Service, claim: Claim | None, *, touch: bool) -> str | None:
    """The token of a live session."""
    if claim is None:
        return None
    now = service.clock.now()
    look = touch or claim.since is not None
    async with service.store.begin() as session:
        if look:
            found = await cookies.admit(session, claim, now)
        else:
            await websessions.stay(session, claim.token, now)
            found = await websessions.peek(session, claim.token, now)
    return claim.token if found else None


async def writer_of(request: Request, posted: Posted) -> Writer | None:
    """The cookie's own address, or a newcomer's; None: too fast, and nothing about danger."""
    service, claim = service_of(request), cookies.claim_of(request)
    token, is_known = claim.token if claim else None, False
    with suppress(StoreAway):
        token = await admitted(service, claim, touch=True)
        is_known = token is not None
    if not await _in_time(request, posted, token):
        return None
    if token is None:
        token = websessions.new_token()
        claim = Claim(token, is_newcomer=True)
        with suppress(StoreAway):
            async with service.store.begin() as session:
                await websessions.start(session, token, service.clock.now())
            is_known = True
    address = websessions.address_of(service.store.vault, token)
    return Writer(token, address, claim or Claim(token), is_known)


async def _in_time(request: Request, posted: Posted, token: str | None) -> bool:
    pace, service = request.app.state.pace, service_of(request)
    if service.intake.hear(posted.text) >= RiskLevel.HIGH:
        return True
    if token is not None:
        return bool(await pace.lets_browser(token))
    address = request.client.host if request.client else ""
    now = service.clock.now()
    from_page = tickets.is_from_page(service.store.vault, posted.client_id, now)
    return bool(await pace.lets_newcomer(address, from_page))


def said_by(writer: Writer, posted: Posted, request: Request, answers: str = "") -> Inbound:
    """`answers`: the question of a page that it is for."""
    # Within the session only: nobody can use up the ids of somebody else. With the words in it,
    # so that an old page sent again with other words loses nothing.
    picked = chosen(request)
    said = service_of(request).store.vault.index("web_once", f"{answers}{posted.text}").hex()[:16]
    plain = InboundKind.BUTTON if posted.chip else InboundKind.MESSAGE
    return Inbound(
        sender=writer.address,
        provider_id=f"{writer.address.value[:32]}:{posted.client_id}:{said}",
        text=posted.text,
        kind=InboundKind.ANSWER if answers else plain,
        answers=answers,
        picked=picked.value if picked else "",
    )


async def posted(request: Request) -> Posted:
    """What the form holds, made fit for a database and a page."""
    form = await request.form(max_files=0, max_fields=20)
    values = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    # Odd encodings can make half characters, which no database and no page can hold.
    text = values.get("text", "").encode("utf-8", "replace").decode()
    return Posted(
        text=text.replace("\r\n", "\n").replace("\0", "").strip(),
        client_id=values.get("client_id", "") or uuid4().hex,
        chip="chip" in values,
        goes_on="on" in values,
    )


def fault_in(posted: Posted) -> tuple[int, str] | None:
    """Status and text id of what is wrong with it."""
    if not posted.text:
        return 422, "web-empty"
    if len(posted.text) > TEXT_LIMIT:
        return 413, "web-too-long"
    if not CLIENT_ID.fullmatch(posted.client_id):
        return 422, "web-wrong"
    return None
