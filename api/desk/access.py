"""Who may open the staff console: one-time links, the session cookie, forms of our own only.

Belongs here: signing in and out, and the guard before every page. Does not belong here: tokens
themselves (bot/store/people.py), pages (api/desk/routes.py).
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.pages import desk_page, notice
from api.forms import is_own_form
from api.pages import service_of
from bot.store import people
from bot.store.people import Role, StaffMember, TokenKind

type Handler = Callable[[Request, StaffMember], Awaitable[Response]]

COOKIE = "d"
SESSION_LASTS = timedelta(hours=12)
SIGN_IN = "/desk/login"
_ADMITTED = frozenset({Role.WORKER, Role.SUPERVISOR})


def staff_only(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """The page for somebody signed in who works with people; a form from elsewhere is refused."""

    async def guarded(request: Request) -> Response:
        if request.method == "POST" and not is_own_form(request):
            return notice(request, "desk-foreign-form", 403)
        member = await _signed_in(request)
        if member is None:
            return RedirectResponse(SIGN_IN, 303)
        if member.role not in _ADMITTED:
            return notice(request, "desk-no-rights", 403)
        return await handler(request, member)

    return guarded


async def _signed_in(request: Request) -> StaffMember | None:
    bearer = request.cookies.get(COOKIE)
    if not bearer:
        return None
    service = service_of(request)
    async with service.store.begin() as session:
        return await people.staff_for_token(session, bearer, TokenKind.SESSION, service.clock.now())


async def ask_link(request: Request) -> Response:
    """Where somebody without a session lands."""
    return notice(request, "desk-ask-link", 200)


async def offer(request: Request) -> Response:
    """Opening the link spends nothing: mail scanners and previews open links too."""
    return desk_page(request, "login.html", {})


async def sign_in(request: Request) -> Response:
    """Spends the one-time link and starts a session."""
    if not is_own_form(request):
        return notice(request, "desk-foreign-form", 403)
    service = service_of(request)
    now, link = service.clock.now(), request.path_params["token"]
    async with service.store.begin() as session:
        member = await people.spend_token(session, link, TokenKind.INVITATION, now)
        if member is None:
            return notice(request, "desk-link-spent", 403)
        expires = now + SESSION_LASTS
        bearer = await people.create_token(session, member.id, TokenKind.SESSION, now, expires)
    answer = RedirectResponse("/desk", 303)
    answer.set_cookie(
        COOKIE,
        bearer,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/desk",
        secure=service.settings.public_url.startswith("https://"),
        httponly=True,
        samesite="strict",
    )
    return answer


async def sign_out(request: Request, _: StaffMember) -> Response:
    """The session is dead on the server, whatever the browser keeps."""
    service = service_of(request)
    async with service.store.begin() as session:
        bearer = request.cookies[COOKIE]
        await people.spend_token(session, bearer, TokenKind.SESSION, service.clock.now())
    answer = RedirectResponse(SIGN_IN, 303)
    answer.delete_cookie(COOKIE, path="/desk")
    return answer
