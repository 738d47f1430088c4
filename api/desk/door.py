"""Getting in and out: the one-time link, the password, the second factor.

Belongs here: forms in, pages out. Does not belong here: checking anything (bot/desk/signin.py).
"""

from collections.abc import Awaitable, Callable

import segno
from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import told
from api.desk.guard import let_in, site_of, visitor_of
from api.desk.pages import COOKIE, SIGN_IN, desk_page, notice
from api.forms import is_own_form
from api.pages import service_of
from bot.desk import passkeys
from bot.desk.signin import Admitted, Enrolment, Fault, NotIn, SignIn, secret_of_link, totp_uri
from bot.rules.signin import LONGEST_LOGIN, LONGEST_PASSWORD, SHORTEST_PASSWORD
from bot.store import accounts, staff_sessions
from bot.store.people import TokenKind, staff_for_token
from bot.store.staff_sessions import Stage, Visit

SECOND = f"{SIGN_IN}/second"
_STATUS = {Fault.LOCKED: 429, Fault.SPENT: 403, Fault.TAKEN_LOGIN: 409}
_LIMITS = {
    "shortest_password": SHORTEST_PASSWORD,
    "longest_password": LONGEST_PASSWORD,
    "longest_login": LONGEST_LOGIN,
}


def _door(request: Request) -> SignIn:
    return SignIn(service_of(request).store)


async def show_sign_in(request: Request) -> Response:
    return sign_in_page(request, None)


def sign_in_page(request: Request, fault: Fault | None) -> Response:
    by_provider = bool(service_of(request).settings.oidc_issuer)
    values = {"fault": fault, "by_provider": by_provider, **_LIMITS}
    status = _STATUS.get(fault, 403) if fault else 200
    return desk_page(request, "login.html", values, status=status)


async def sign_in(request: Request) -> Response:
    """The first half: name and password."""
    if not is_own_form(request):
        return notice(request, "desk-foreign-form", 403)
    login, password = await told(request, "login"), await told(request, "password")
    now = service_of(request).clock.now()
    try:
        half = await _door(request).password(login, password, visitor_of(request), now)
    except NotIn as refused:
        return sign_in_page(request, refused.fault)
    return let_in(request, RedirectResponse(SECOND, 303), half)


async def show_second(request: Request) -> Response:
    return await second_page(request, None)


async def second_page(request: Request, fault: Fault | None) -> Response:
    """With a passkey where somebody has one; whoever came by the provider without any second
    factor here makes one first."""
    service, half = service_of(request), request.cookies.get(COOKIE, "")
    async with service.store.begin() as session:
        visit = await staff_sessions.find(session, half, Stage.PASSWORD, service.clock.now())
        if visit is not None and await accounts.of(session, visit.member.id) is None:
            return enrol_second_page(request, half, fault)
        asked = await passkeys.ask_for_known(session, site_of(request), visit) if visit else None
    values = {"fault": fault, "asked": asked}
    return desk_page(request, "second.html", values, status=_status(fault))


def _status(fault: Fault | None) -> int:
    return _STATUS.get(fault, 403) if fault else 200


def enrol_second_page(request: Request, half: str, fault: Fault | None) -> Response:
    secret = secret_of_link(service_of(request).store.vault, half)
    values = {"fault": fault, **_shown(secret)}
    return desk_page(request, "enrol_second.html", values, status=_status(fault))


def _shown(secret: str) -> dict[str, str]:
    code = segno.make(totp_uri(secret, "desk"), error="m")
    return {
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        # Made by the library from characters of base32 and our own name alone.
        "qr": Markup(code.svg_inline(scale=5, light="#ffffff", border=4)),
    }


async def second(request: Request) -> Response:
    """The other half: a code of the authenticator, or a recovery code."""
    code = await told(request, "code")

    async def check(door: SignIn, half: str) -> Admitted:
        now = service_of(request).clock.now()
        return await door.second(half, code, visitor_of(request), now)

    return await _complete(request, check)


async def second_by_key(request: Request) -> Response:
    """The other half: what a passkey signed."""
    said = await told(request, "answer")

    async def check(door: SignIn, half: str) -> Admitted:
        site, now = site_of(request), service_of(request).clock.now()
        return await door.second_by_key(half, said, site, visitor_of(request), now)

    return await _complete(request, check)


async def _complete(
    request: Request, check: Callable[[SignIn, str], Awaitable[Admitted]]
) -> Response:
    if not is_own_form(request):
        return notice(request, "desk-foreign-form", 403)
    try:
        admitted = await check(_door(request), request.cookies.get(COOKIE, ""))
    except NotIn as refused:
        if refused.fault is Fault.SPENT:
            return RedirectResponse(SIGN_IN, 303)
        return await second_page(request, refused.fault)
    return let_in(request, RedirectResponse("/desk", 303), admitted.bearer)


async def show_enrolment(request: Request) -> Response:
    """Opening the link spends nothing: mail scanners and previews open links too."""
    service = service_of(request)
    async with service.store.begin() as session:
        link, now = request.path_params["token"], service.clock.now()
        member = await staff_for_token(session, link, TokenKind.INVITATION, now)
    if member is None:
        return notice(request, "desk-link-spent", 403)
    return _enrolment_page(request, None, "")


def _enrolment_page(request: Request, fault: Fault | None, login: str) -> Response:
    secret = secret_of_link(service_of(request).store.vault, request.path_params["token"])
    values = {"fault": fault, "login": login, **_shown(secret), **_LIMITS}
    status = _STATUS.get(fault, 422) if fault else 200
    return desk_page(request, "enrol.html", values, status=status)


async def enrol(request: Request) -> Response:
    """A name, a password and the first code of the authenticator: the link is spent."""
    if not is_own_form(request):
        return notice(request, "desk-foreign-form", 403)
    login, password = await told(request, "login"), await told(request, "password")
    if password != await told(request, "again"):
        return _enrolment_page(request, Fault.DIFFERENT, login)
    wanted = Enrolment(request.path_params["token"], login, password, await told(request, "code"))
    now = service_of(request).clock.now()
    try:
        admitted = await _door(request).enrol(wanted, visitor_of(request), now)
    except NotIn as refused:
        if refused.fault is Fault.SPENT:
            return notice(request, "desk-link-spent", 403)
        return _enrolment_page(request, refused.fault, login)
    answer = desk_page(request, "codes.html", {"codes": admitted.codes})
    return let_in(request, answer, admitted.bearer)


async def sign_out(request: Request, visit: Visit) -> Response:
    """The session is dead on the server, whatever the browser keeps."""
    service = service_of(request)
    async with service.store.begin() as session:
        await staff_sessions.end(session, visit.member.id, visit.id, service.clock.now())
    answer = RedirectResponse(SIGN_IN, 303)
    answer.delete_cookie(COOKIE, path="/desk")
    return answer


def add_routes(router: APIRouter) -> None:
    """The pages that need no session."""
    router.add_route(SIGN_IN, show_sign_in, methods=["GET"])
    router.add_route(SIGN_IN, sign_in, methods=["POST"])
    router.add_route(SECOND, show_second, methods=["GET"])
    router.add_route(SECOND, second, methods=["POST"])
    router.add_route(f"{SECOND}/key", second_by_key, methods=["POST"])
    router.add_route(f"{SIGN_IN}/{{token}}", show_enrolment, methods=["GET"])
    router.add_route(f"{SIGN_IN}/{{token}}", enrol, methods=["POST"])
