"""The guard before every page of the desk: a whole session, a right, forms of our own only.

Belongs here: the cookie, the token in forms, and turning away. Does not belong here: signing in
(api/desk/door.py), what a page shows.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hmac import compare_digest

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.pages import COOKIE, FORM_HEADER, FORM_TOKEN, SIGN_IN, form_token, notice
from api.forms import is_own_form
from api.pages import service_of
from bot.desk.passkeys import Site
from bot.desk.signin import Visitor
from bot.errors import NotFound
from bot.rules.rights import Right, may
from bot.rules.signin import SESSION_LASTS
from bot.store import staff_sessions
from bot.store.staff_sessions import Stage, Visit

type Handler = Callable[[Request, Visit], Awaitable[Response]]

BY_ITSELF = "x-by-itself"
"""A header of what a page asks for without anybody's hand."""
_BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


@dataclass(frozen=True, slots=True)
class Page:
    """One address of the desk. `right` None: anybody who is signed in."""

    path: str
    right: Right | None
    get: Handler | None = None
    post: Handler | None = None

    def methods(self) -> Mapping[str, Handler]:
        known = {"GET": self.get, "POST": self.post}
        return {method: handler for method, handler in known.items() if handler}


def guarded(handler: Handler, right: Right | None) -> Callable[[Request], Awaitable[Response]]:
    """The page for somebody who has the right to it."""

    async def answer(request: Request) -> Response:
        if request.method == "POST" and not is_own_form(request):
            return notice(request, "desk-foreign-form", 403)
        visit = await _visit(request)
        if visit is None:
            return turned_away(request)
        if request.method == "POST" and not await _has_token(request):
            return notice(request, "desk-foreign-form", 403)
        if right is not None and not may(visit.member.role, right):
            return notice(request, "desk-no-rights", 403)
        try:
            return await handler(request, visit)
        except NotFound:
            return notice(request, "desk-not-there", 404, visit)

    return answer


def turned_away(request: Request) -> Response:
    """To the sign-in; a part of a page that refreshes itself takes the whole page there."""
    if request.headers.get("hx-request"):
        return Response(status_code=401, headers={"HX-Redirect": SIGN_IN})
    return RedirectResponse(SIGN_IN, 303)


async def _visit(request: Request) -> Visit | None:
    bearer = request.cookies.get(COOKIE)
    if not bearer:
        return None
    service = service_of(request)
    now = service.clock.now()
    async with service.store.begin() as session:
        visit = await staff_sessions.find(session, bearer, Stage.WHOLE, now)
        if visit is not None and _is_by_hand(request):
            await staff_sessions.seen(session, visit.id, now)
    return visit


def _is_by_hand(request: Request) -> bool:
    """What a page asks for by itself keeps no session alive."""
    if request.headers.get(BY_ITSELF):
        return False
    return "text/event-stream" not in request.headers.get("accept", "")


async def _has_token(request: Request) -> bool:
    told = request.headers.get(FORM_HEADER) or (await request.form()).get(FORM_TOKEN)
    wanted = form_token(request)
    return isinstance(told, str) and bool(wanted) and compare_digest(told.encode(), wanted.encode())


def site_of(request: Request) -> Site:
    """The address that passkeys are bound to."""
    public_url = service_of(request).settings.public_url
    return Site(public_url or str(request.base_url).rstrip("/"))


def visitor_of(request: Request) -> Visitor:
    agent = request.headers.get("user-agent", "")
    parts = (_first(_BROWSERS, agent), _first(_SYSTEMS, agent))
    return Visitor(
        request.client.host if request.client else "", " ".join(part for part in parts if part)
    )


def _first(names: tuple[str, ...], agent: str) -> str:
    return next((name for name in names if name in agent), "")


def let_in(request: Request, answer: Response, bearer: str) -> Response:
    """The cookie of a session; it goes to the desk alone."""
    public_url = service_of(request).settings.public_url
    answer.set_cookie(
        COOKIE,
        bearer,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/desk",
        secure=public_url.startswith("https://"),
        httponly=True,
        samesite="strict",
    )
    return answer
