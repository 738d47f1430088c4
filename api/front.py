"""The first page: three doors, two side ways, and every way to write or call.

Belongs here: the doors. Does not belong here: their words (content), which ways are set up
(bot/rules/ways.py), the pages that the doors lead to (api/questions.py, api/chat.py).
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import openreferral
from api.pages import page, service_of
from bot.rules.ways import ways_of

DOORS = (("a", "site-door-me"), ("b", "site-door-child"), ("c", "site-door-work"))
"""Address of the questions, which says nothing to somebody looking on, and text of the door."""
ASIDES = (("d", "site-door-friend"), ("e", "site-door-route"))


async def front(request: Request) -> Response:
    """For a program that asks for JSON: what list of services stands here."""
    if "application/json" in request.headers.get("accept", ""):
        return openreferral.describe()
    ways = ways_of(service_of(request).settings)
    return page(request, "home.html", {"doors": DOORS, "asides": ASIDES, "ways": ways})


ROUTES = [Route("/", front, methods=["GET"])]
