"""Forms of our own only: whether a browser stood on our page when it sent one.

Belongs here: telling a forged form from ours, for the chat and the desk alike, and the way on after
a form. Does not belong here: what a form holds.
"""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from api.errors import wants_json
from api.pages import service_of


def goes_to(request: Request, path: str) -> Response:
    """The page after a form: 303, or its address for a script of ours that sent it."""
    if wants_json(request):
        return JSONResponse({"next": path})
    return RedirectResponse(path, 303)


def is_own_form(request: Request) -> bool:
    """Every browser in use says where a form comes from, in one header or the other. A client
    that says nothing is no browser, so nobody's cookie can be misused through it."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    if origin is None:
        return True
    public_url = service_of(request).settings.public_url
    ours = {urlsplit(public_url).netloc, request.headers.get("host", "")} - {""}
    return urlsplit(origin).netloc in ours
