"""Errors as the world sees them: JSON for programs, a calm page for people, never their input.

Belongs here: which error becomes which status and code. Does not belong here: what goes wrong.
"""

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from api.pages import language_of, page, service_of, words
from bot.desk.attention import CannotTake, NoReason
from bot.desk.beside import NoWord
from bot.desk.call_backs import CannotRing
from bot.desk.deleting import NoDecisionReason, NothingWaits
from bot.desk.exporting import NotBySelf, NoWish
from bot.desk.livechat import ChannelCannot, OptedOut
from bot.desk.referring import NoConsent, NoGrounds, NotSent, Unknown
from bot.desk.starting import CannotStart
from bot.errors import AlreadyTaken, BadContent, NotFound, NotYours, StoreAway

_REFUSALS: dict[type[Exception], tuple[int, str]] = {
    NotFound: (404, "not_found"),
    AlreadyTaken: (409, "already_taken"),
    NotYours: (409, "not_yours"),
    OptedOut: (409, "opted_out"),
    ChannelCannot: (409, "channel_cannot"),
    CannotRing: (409, "cannot_ring"),
    NoReason: (422, "no_reason"),
    CannotTake: (409, "cannot_take"),
    NoDecisionReason: (422, "no_reason"),
    NothingWaits: (409, "nothing_waits"),
    NoGrounds: (422, "no_grounds"),
    NoConsent: (409, "no_consent"),
    NotSent: (409, "not_sent"),
    Unknown: (422, "unknown"),
    NoWord: (422, "no_reason"),
    CannotStart: (409, "cannot_start"),
    NoWish: (422, "no_wish"),
    NotBySelf: (409, "not_by_self"),
    BadContent: (422, "bad_content"),
    StoreAway: (503, "store_away"),
    RequestValidationError: (422, "invalid_request"),
}
_CODES = {
    400: "invalid_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
}
_PAGES = {404: "web-not-found", 413: "web-too-large", 503: "web-store-away"}
_ABSENT = {403, 404, 405}


def install(app: FastAPI) -> None:
    """Every error of the product gets its answer."""
    for kind, (status, code) in _REFUSALS.items():
        app.add_exception_handler(kind, _answers(status, code))
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _answers(500, "internal"))


def refusal(request: Request, status: int, code: str) -> Response:
    """JSON under /api and wherever it is asked for; a page otherwise."""
    if request.url.path.startswith("/api/") or wants_json(request):
        return JSONResponse({"error": code}, status)
    # Other languages of it lead to the start: nothing of a wrong address is repeated.
    return trouble(request, status, _PAGES.get(status, "web-wrong"), here="/")


def trouble(request: Request, status: int, text_id: str, **more: str) -> Response:
    """A page with one sentence, or the same for a script of ours. `back`: where to try again."""
    if wants_json(request):
        return noted(request, status, text_id)
    heading = "web-error" if status in _ABSENT else "web-trouble"
    values = {"text_id": text_id, "heading": heading, "back": "", **more}
    return page(request, "error.html", values, status=status)


def noted(request: Request, status: int, text_id: str) -> Response:
    """What went wrong, as a code for a script and as words for a person."""
    code = text_id.removeprefix("web-").replace("-", "_")
    note = words(service_of(request).book, language_of(request), text_id)
    return JSONResponse({"error": code, "note": note}, status)


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _answers(status: int, code: str) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, _: Exception) -> Response:
        return refusal(request, status, code)

    return answer


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    answer = refusal(request, status, _CODES.get(status, "refused"))
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
