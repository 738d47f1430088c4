"""Addresses for staff: the one-time link in a page, what a page says in a call, the rota's feed.

Belongs here: HTTP for these. Does not belong here: what taking a page does (bot/desk/answers.py).
Opening a page's link changes nothing, because mail and message previews open links too.
"""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from api.desk.pages import desk_page, notice
from api.forms import is_own_form
from api.pages import service_of
from bot.channels import voice
from bot.desk import calendar
from bot.desk.answers import Taken
from bot.errors import BadPayload, BadSignature
from bot.messages import ChannelName, Webhook
from bot.rules.page_answers import Ask
from bot.rules.rota import spans
from bot.store import people
from bot.store.people import TokenKind
from bot.store.rota import load_rota

_KEYS = {"1": Ask.TAKE, "2": Ask.PASS}
_FEED_AHEAD = timedelta(days=56)


async def show(request: Request) -> Response:
    found = await _asked(request, takes=False)
    if found is None:
        return notice(request, "page-link-unknown", 404)
    state, reference = found
    values = {"reference": reference, "rings": state is Taken.NOTED, "state": state.value}
    return desk_page(request, "page.html", values)


async def take(request: Request) -> Response:
    if not is_own_form(request):
        return notice(request, "desk-foreign-form", 403)
    if await _asked(request, takes=True) is None:
        return notice(request, "page-link-unknown", 404)
    return RedirectResponse(request.url.path, 303)


async def _asked(request: Request, takes: bool) -> tuple[Taken, str] | None:
    service = service_of(request)
    link: str = request.path_params["link"]
    return await service.answers.by_link(link, takes, service.clock.now())


async def feed(request: Request) -> Response:
    """The rota as a calendar, for whoever has the address; names of staff and nothing else."""
    service = service_of(request)
    now = service.clock.now()
    async with service.store.begin() as session:
        bearer = request.path_params["bearer"]
        member = await people.staff_for_token(session, bearer, TokenKind.CALENDAR, now)
        if member is None:
            return Response(status_code=404)
        names = {one.id: one.name for one in await people.active_staff(session)}
        rota = await load_rota(session, now)
    found = calendar.turns(spans(rota, now, now + _FEED_AHEAD))
    return Response(calendar.to_calendar(found, names, now), media_type="text/calendar")


async def call(request: Request) -> Response:
    """What the phone of a worker hears, and the key that was pressed. 403: not from Twilio."""
    service = service_of(request)
    headers = tuple((name.lower(), value) for name, value in request.headers.items())
    query, now = request.url.query, service.clock.now()
    hook = Webhook(voice.PAGE_HOOK, query, headers, await request.body(), now)
    try:
        service.channels[ChannelName.VOICE].verify(hook)
        row_id, key = voice.pressed(hook)
    except BadSignature:
        return JSONResponse({"error": "bad_signature"}, 403)
    except BadPayload:
        return JSONResponse({"error": "bad_payload"}, 400)
    if key in _KEYS:
        taken = await service.answers.by_row(row_id, _KEYS[key], now)
        return _twiml(voice.say(service.pager.words.say(f"page-call-{taken.value}")))
    words, asks = await service.answers.call_words(row_id, now)
    action = f"{service.settings.public_url}/hooks/voice/{voice.PAGE_HOOK}?{query}"
    return _twiml(voice.ask(words, action) if asks else voice.say(words))


def _twiml(text: str) -> Response:
    return Response(text, media_type="text/xml")


ROUTES = [
    Route("/hooks/voice/page", call, methods=["POST"]),
    Route("/oncall/{bearer}.ics", feed, methods=["GET"]),
    Route("/page/{link}", show, methods=["GET"]),
    Route("/page/{link}", take, methods=["POST"]),
]
