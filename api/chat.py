"""Web chat: a page that works without JavaScript and streams with it.

Belongs here: the session cookie, the form, the stream. Does not belong here: what is said back
(bot/dialogue), words of the page (content), its looks (api/static).
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from api import live
from api.errors import wants_json
from api.live import Talk
from api.measures import CHAT_MESSAGES
from api.pages import page, service_of
from bot.bootstrap import Service
from bot.channels.webchat import COOKIE, TEXT_LIMIT
from bot.errors import StoreAway
from bot.intake import Receipt
from bot.messages import Address, Inbound, InboundKind
from bot.store import websessions
from nlu.reading import Language

_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Posted:
    """What the form sent. `chip`: a choice was tapped."""

    text: str
    client_id: str
    chip: bool


async def show(request: Request) -> Response:
    """The page, or the same as JSON; makes no cookie."""
    service, token = service_of(request), request.cookies.get(COOKIE)
    talk = Talk()
    if token:
        talk = await live.load(service, token, touch=True)
        if request.query_params.get("sent") and not wants_json(request):
            talk = await live.answered(request.app.state.hub, service, token, talk)
    answer = JSONResponse(talk.as_json()) if wants_json(request) else _page(request, talk)
    if token and talk.is_live:
        _set_cookie(answer, service, token)
    elif token:
        answer.delete_cookie(COOKIE)
    return answer


async def post(request: Request) -> Response:
    """One message: 303 to the page, or JSON where that is accepted."""
    if not _same_origin(request):
        raise HTTPException(403)
    posted = await _posted(request)
    fault = _fault(posted)
    if fault:
        CHAT_MESSAGES.labels(str(fault[0])).inc()
        return await _again(request, posted, *fault)
    service = service_of(request)
    try:
        token, address = await _who(service, request.cookies.get(COOKIE))
        receipt = await service.intake.accept(_inbound(posted, address))
    except StoreAway:
        return await _again(request, posted, 503, "web-away")
    CHAT_MESSAGES.labels(receipt.value).inc()
    if receipt is Receipt.SPOOLED:
        return await _again(request, posted, 503, "web-kept")
    answer: Response = RedirectResponse("/chat?sent=1", 303)
    if wants_json(request):
        answer = JSONResponse((await live.load(service, token, touch=False)).as_json())
    _set_cookie(answer, service, token)
    return answer


async def stream(request: Request) -> Response:
    """What changes, as it changes; a resumed stream is given what it missed."""
    service, token = service_of(request), request.cookies.get(COOKIE)
    talk = await live.load(service, token, touch=False) if token else Talk()
    if token is None or talk.conversation_id is None:
        return Response(status_code=204)
    seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
    last = int(seen) if seen.isascii() and seen.isdigit() else None
    lines = live.lines(request.app.state.hub, service, token, last)
    return StreamingResponse(lines, media_type="text/event-stream")


async def _who(service: Service, token: str | None) -> tuple[str, Address]:
    """The cookie's own address, or a newcomer's. With the database away a cookie is believed,
    so that what is written meanwhile is kept under the right conversation."""
    now = service.clock.now()
    try:
        async with service.store.begin() as session:
            known = await websessions.touch(session, token, now) if token else None
            if token and known:
                return token, known.address
            fresh = websessions.new_token()
            browser = await websessions.start(session, fresh, now)
            return fresh, browser.address
    except StoreAway:
        kept = token or websessions.new_token()
        return kept, websessions.address_of(service.store.vault, kept)


def _inbound(posted: Posted, address: Address) -> Inbound:
    return Inbound(
        sender=address,
        # Within the session only: nobody can use up the ids of somebody else.
        provider_id=f"{address.value[:32]}:{posted.client_id}",
        text=posted.text,
        kind=InboundKind.BUTTON if posted.chip else InboundKind.MESSAGE,
    )


async def _posted(request: Request) -> Posted:
    form = await request.form()
    values = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    return Posted(
        text=values.get("text", "").replace("\r\n", "\n").replace("\0", "").strip(),
        client_id=values.get("client_id", "") or uuid4().hex,
        chip="chip" in values,
    )


def _fault(posted: Posted) -> tuple[int, str] | None:
    if not posted.text:
        return 422, "web-empty"
    if len(posted.text) > TEXT_LIMIT:
        return 413, "web-too-long"
    if not _CLIENT_ID.fullmatch(posted.client_id):
        return 422, "web-wrong"
    return None


async def _again(request: Request, posted: Posted, status: int, text_id: str) -> Response:
    """The page once more, with a clear sentence and nothing that was typed lost."""
    if wants_json(request):
        code = text_id.removeprefix("web-").replace("-", "_")
        return JSONResponse({"error": code}, status)
    service, token = service_of(request), request.cookies.get(COOKIE)
    try:
        talk = await live.load(service, token, touch=False) if token else Talk()
    except StoreAway:
        talk = Talk()
    kept = "" if posted.chip else posted.text
    return _page(request, talk, status=status, note=text_id, kept=kept)


def _page(
    request: Request, talk: Talk, *, status: int = 200, note: str = "", kept: str = ""
) -> Response:
    values = {"talk": talk, "note": note, "kept": kept, "client_id": uuid4().hex}
    return page(request, "chat.html", values, status=status, language=Language(talk.language))


def _same_origin(request: Request) -> bool:
    """A browser says where a form stands; a program that says nothing carries no cookie of
    somebody else's."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    if origin is None:
        return True
    public = service_of(request).settings.public_url
    ours = urlsplit(public).netloc if public else request.headers.get("host", "")
    return urlsplit(origin).netloc in {ours, request.headers.get("host", "")}


def _set_cookie(answer: Response, service: Service, token: str) -> None:
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(websessions.IDLE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=service.settings.public_url.startswith("https:"),
    )


ROUTES = [
    Route("/chat", show, methods=["GET"]),
    Route("/chat", post, methods=["POST"]),
    Route("/chat/events", stream, methods=["GET"]),
]
