"""The door by the identity provider: there, back, and a second factor for whoever showed none.

Does not belong here: the door by password (api/desk/door.py), believing the provider
(bot/desk/provider.py).
"""

import secrets
from datetime import timedelta

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.door import SECOND, second_page, sign_in_page
from api.desk.forms import told
from api.desk.guard import let_in, visitor_of
from api.desk.pages import COOKIE, SIGN_IN, desk_page, notice
from api.forms import is_own_form
from api.pages import service_of
from bot.desk.arriving import Arriving
from bot.desk.provider import BACK, Attempt, NotBelieved, ProviderAway, provider_of
from bot.desk.signin import Fault, NotIn

GO = f"{SIGN_IN}/provider"
ENROL = f"{SECOND}/enrol"
_ATTEMPT = "o"
_LASTS = timedelta(minutes=10)
log = structlog.get_logger()


async def go(request: Request) -> Response:
    """To the provider. Pressed on our own page alone, so that nobody is signed in unawares."""
    if not is_own_form(request):
        return notice(request, "desk-foreign-form", 403)
    service, secret = service_of(request), secrets.token_urlsafe(32)
    provider = provider_of(service.settings)
    if not provider.is_on:
        return notice(request, "desk-not-there", 404)
    try:
        address = await provider.address(Attempt.of(service.store.vault, secret))
    except ProviderAway:
        return sign_in_page(request, Fault.PROVIDER)
    answer = desk_page(request, "onward.html", {"address": address, "text_id": "desk-provider-go"})
    answer.set_cookie(
        _ATTEMPT,
        secret,
        max_age=int(_LASTS.total_seconds()),
        path=GO,
        secure=service.settings.public_url.startswith("https://"),
        httponly=True,
        # The way back is a link from the provider's site, which a strict cookie does not follow.
        samesite="lax",
    )
    return answer


async def back(request: Request) -> Response:
    """From the provider, with a code that is good once."""
    service, secret = service_of(request), request.cookies.get(_ATTEMPT, "")
    provider, now = provider_of(service.settings), service.clock.now()
    if not provider.is_on or not secret:
        return sign_in_page(request, Fault.PROVIDER)
    attempt = Attempt.of(service.store.vault, secret)
    try:
        known = await provider.answer(attempt, dict(request.query_params), now)
        came = await Arriving(service.store).arrive(known, visitor_of(request), now)
    except (NotBelieved, ProviderAway) as error:
        log.warning("sign-in by the provider failed", why=str(error))
        return sign_in_page(request, Fault.PROVIDER)
    except NotIn as refused:
        return sign_in_page(request, refused.fault)
    # A page of our own in between: on the provider's redirect no strict cookie would be sent.
    values = {"address": "/desk" if came.is_whole else SECOND, "text_id": "desk-provider-back"}
    answer = let_in(request, desk_page(request, "onward.html", values), came.bearer)
    answer.delete_cookie(_ATTEMPT, path=GO)
    return answer


async def enrol(request: Request) -> Response:
    """The first code of an authenticator that was just made."""
    if not is_own_form(request):
        return notice(request, "desk-foreign-form", 403)
    service, half = service_of(request), request.cookies.get(COOKIE, "")
    now, code = service.clock.now(), await told(request, "code")
    try:
        admitted = await Arriving(service.store).enrol(half, code, visitor_of(request), now)
    except NotIn as refused:
        if refused.fault is Fault.SPENT:
            return RedirectResponse(SIGN_IN, 303)
        return await second_page(request, refused.fault)
    answer = desk_page(request, "codes.html", {"codes": admitted.codes})
    return let_in(request, answer, admitted.bearer)


def add_routes(router: APIRouter) -> None:
    """Before the one-time links, whose address would match as well."""
    router.add_route(GO, go, methods=["POST"])
    router.add_route(BACK, back, methods=["GET"])
    router.add_route(ENROL, enrol, methods=["POST"])
