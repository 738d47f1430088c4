"""The bare address: where to write, and whom to ring in danger.

Belongs here: what stands at `/` until there is a public site. Does not belong here: the chat.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.pages import page


async def front(request: Request) -> Response:
    return page(request, "front.html", {})


ROUTES = [Route("/", front, methods=["GET"])]
