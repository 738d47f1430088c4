"""Web chat: a page that works without JavaScript and streams with it.

Belongs here: the session cookie, the form, the stream. Does not belong here: what is said back
(bot/dialogue), words of the page (content), its looks (api/static).
"""

from dataclasses import dataclass
from html import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from api import cookies, live, writers
from api.cookies import Claim
from api.errors import noted, wants_json
from api.forms import is_own_form
from api.guards import policy
from api.live import Talk
from api.measures import CHAT_MESSAGES
from api.pages import chosen, link_in, page, service_of
from api.tickets import ticket
from bot.bootstrap import Service
from bot.channels.webchat import COOKIE
from bot.errors import StoreAway
from bot.intake import Receipt
from bot.store import events
from bot.store.events import Typing
from nlu.reading import Language

_DIGITS = 19


async def show(request: Request) -> Response:
    """The page, or the same as JSON; makes no cookie. `peek`: a program looks, not a person."""
    service, claim = service_of(request), cookies.claim_of(request)
    try:
        token = await writers.admitted(service, claim, touch="peek" not in request.query_params)
        talk = await live.load(service, token, touch=False) if token else Talk()
    except StoreAway:
        return _unseen(request, claim)
    if token and request.query_params.get("sent") and not wants_json(request):
        talk = await live.answered(request.app.state.hub, service, token, talk)
    # Known, and nothing there: what they wrote in an outage is still on its way.
    notice = Notice("web-soon" if talk.is_live and talk.conversation_id is None else "")
    answer: Response = _page(request, talk, 200, notice)
    if wants_json(request):
        answer = JSONResponse(talk.as_json())
    if token and talk.is_live:
        cookies.give(answer, service, token)
    elif COOKIE in request.cookies:
        cookies.drop(answer, service)
    return answer


async def post(request: Request) -> Response:
    """One message: 303 to the page, or JSON where that is accepted."""
    if not is_own_form(request):
        raise HTTPException(403)
    posted = await writers.posted(request)
    fault = writers.fault_in(posted)
    if fault:
        return await _again(request, posted, *fault)
    try:
        writer = await writers.writer_of(request, posted)
        if writer is None:
            return await _again(request, posted, 429, "web-too-fast")
        service = service_of(request)
        receipt = await service.intake.accept(writers.said_by(writer, posted, request))
    except StoreAway:
        return await _again(request, posted, 503, "web-away")
    CHAT_MESSAGES.labels(receipt.value).inc()
    if receipt is Receipt.SPOOLED:
        return _kept(request, posted, writer)
    answer: Response = RedirectResponse(link_in(chosen(request))("/chat?sent=1"), 303)
    if wants_json(request):
        answer = JSONResponse((await _told(service, writer.token)).as_json())
    if writer.is_known:
        cookies.give(answer, service, writer.token)
    else:
        cookies.promise(answer, service, writer.claim)
    return answer


async def stream(request: Request) -> Response:
    """What changes, as it changes; a resumed stream is given what it missed. 429: too many are
    open, and the page looks by itself now and then."""
    service, claim = service_of(request), cookies.claim_of(request)
    token = claim.token if claim else ""
    talk = await live.load(service, token, touch=False) if token else Talk()
    if talk.conversation_id is None:
        return Response(status_code=204)
    if not request.app.state.hub.has_room(talk.conversation_id):
        return JSONResponse({"error": "too_many"}, 429, headers={"Retry-After": "5"})
    seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
    last = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < _DIGITS else None
    lines = live.lines(request.app.state.hub, service, token, last)
    return StreamingResponse(lines, media_type="text/event-stream")


async def typing(request: Request) -> Response:
    """The person writes; told to the worker who has joined, and kept nowhere."""
    if not is_own_form(request):
        raise HTTPException(403)
    service, claim = service_of(request), cookies.claim_of(request)
    talk = await live.load(service, claim.token, touch=True) if claim else Talk()
    if talk.person and talk.conversation_id:
        await events.say_typing(service.store, Typing(talk.conversation_id, is_staff=False))
    return Response(status_code=204)


async def _told(service: Service, token: str) -> Talk:
    """What is there now; nothing, should the database go away after it took the message."""
    try:
        return await live.load(service, token, touch=False)
    except StoreAway:
        return Talk()


async def _again(request: Request, posted: writers.Posted, status: int, text_id: str) -> Response:
    """The page once more, with a clear sentence and nothing that was typed lost."""
    CHAT_MESSAGES.labels(str(status)).inc()
    if wants_json(request):
        return noted(request, status, text_id)
    service, claim = service_of(request), cookies.claim_of(request)
    if claim is None and status == 429:
        return _slowed(request, posted)
    talk = await _told(service, claim.token) if claim else Talk()
    notice = Notice(text_id, "" if posted.chip else posted.text, client_id=posted.client_id)
    return _page(request, talk, status, notice)


def _slowed(request: Request, posted: writers.Posted) -> Response:
    """The same for a newcomer, without making the page anew for each: a flood gets thousands."""
    ready: dict[Language | None, str] = request.app.state.slowed
    language = chosen(request)
    if language not in ready:
        blank = Notice("web-too-fast", kept=_WORDS, client_id=_ID)
        ready[language] = bytes(_page(request, Talk(), 429, blank).body).decode()
    fresh = ticket(service_of(request).store.vault, service_of(request).clock.now())
    sound = posted.client_id if writers.CLIENT_ID.fullmatch(posted.client_id) else fresh
    shown = ready[language].replace(_ID, sound).replace(_WORDS, escape(posted.text))
    return HTMLResponse(shown, 429, headers={"Content-Security-Policy": _policy(request)})


_ID, _WORDS = "stands-for-the-id", "\ue000"
"""What `_slowed` puts in their places."""


def _policy(request: Request) -> str:
    return policy(service_of(request).book.look.framed_by)


def _kept(request: Request, posted: writers.Posted, writer: writers.Writer) -> Response:
    """On disk: said as it is, and the cookie that will fetch the answer."""
    answer = noted(request, 503, "web-kept")
    if not wants_json(request):
        spoken = "" if posted.chip else posted.text
        answer = _page(request, Talk(), 503, Notice("web-kept", spoken=spoken))
    cookies.promise(answer, service_of(request), writer.claim)
    return answer


def _unseen(request: Request, claim: Claim | None) -> Response:
    """The messages cannot be shown now; one can still write."""
    answer = noted(request, 503, "web-unseen")
    if not wants_json(request):
        answer = _page(request, Talk(), 503, Notice("web-unseen"))
    if claim:
        cookies.promise(answer, service_of(request), claim)
    return answer


@dataclass(frozen=True, slots=True)
class Notice:
    """What the page says of itself. `kept`: words still in the box; `spoken`: words taken."""

    text_id: str = ""
    kept: str = ""
    spoken: str = ""
    client_id: str = ""


def _page(
    request: Request, talk: Talk, status: int = 200, notice: Notice | None = None
) -> Response:
    notice = notice or Notice()
    sound = notice.client_id if writers.CLIENT_ID.fullmatch(notice.client_id) else ""
    sound = sound or ticket(service_of(request).store.vault, service_of(request).clock.now())
    values = {"talk": talk, "notice": notice, "client_id": sound}
    spoken = Language(talk.language) if talk.conversation_id else None
    shown = page(request, "chat.html", values, status=status, language=spoken)
    shown.headers["Content-Security-Policy"] = _policy(request)
    return shown


ROUTES = [
    Route("/chat", show, methods=["GET"]),
    Route("/chat", post, methods=["POST"]),
    Route("/chat/typing", typing, methods=["POST"]),
    Route("/chat/events", stream, methods=["GET"]),
]
