"""The first page: three doors, two side ways, and every way to write or call.

Belongs here: which ways there are. Does not belong here: their words (content), the pages that
the doors lead to (api/questions.py, api/chat.py).
"""

from dataclasses import dataclass

import phonenumbers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import openreferral
from api.pages import page, service_of
from bot.settings import Settings

DOORS = (("a", "site-door-me"), ("b", "site-door-child"), ("c", "site-door-work"))
"""Address of the questions, which says nothing to somebody looking on, and text of the door."""
ASIDES = (("d", "site-door-friend"), ("e", "site-door-route"))


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach us. `shown`: the number, for those who dial it themselves."""

    name: str
    href: str
    shown: str = ""


async def front(request: Request) -> Response:
    """For a program that asks for JSON: what list of services stands here."""
    if "application/json" in request.headers.get("accept", ""):
        return openreferral.describe()
    ways = ways_of(service_of(request).settings)
    return page(request, "home.html", {"doors": DOORS, "asides": ASIDES, "ways": ways})


def ways_of(settings: Settings) -> tuple[Way, ...]:
    """Chat, and whatever else is set up; none goes before another."""
    sms, whatsapp = settings.sms_number, settings.whatsapp_number
    voice, telegram = settings.voice_number, settings.telegram_name
    found = (
        Way("chat", "/chat"),
        Way("call", f"tel:{voice}", written(voice)) if voice else None,
        Way("text", f"sms:{sms}", written(sms)) if sms else None,
        Way("whatsapp", f"https://wa.me/{whatsapp.lstrip('+')}") if whatsapp else None,
        Way("telegram", f"https://t.me/{telegram}") if telegram else None,
    )
    return tuple(way for way in found if way)


def written(number: str) -> str:
    """A number as people in its country write it."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


ROUTES = [Route("/", front, methods=["GET"])]
