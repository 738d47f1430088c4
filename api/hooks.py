"""The way in for carriers: verify, parse, accept, and only then a 2xx.

Belongs here: HTTP for webhooks, whatever the carrier. Does not belong here: signatures and
payloads (bot/channels), keeping messages (bot/intake.py).
"""

from collections.abc import Mapping, Sequence
from typing import assert_never
from xml.sax.saxutils import escape

import structlog
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.measures import HOOK_SECONDS, HOOKS
from api.pages import service_of
from bot.bootstrap import Service
from bot.channels.port import Attends
from bot.errors import BadPayload, BadSignature, StoreAway
from bot.intake import Receipt
from bot.messages import ChannelName, Inbound, StatusReport, Webhook

log = structlog.get_logger()

_TWILIO = frozenset({"message", "status"})
KINDS: Mapping[str, frozenset[str]] = {
    ChannelName.SMS.value: _TWILIO,
    ChannelName.WHATSAPP.value: _TWILIO,
    ChannelName.TELEGRAM.value: frozenset({"update"}),
}


async def hook(request: Request) -> Response:
    """One webhook. 403: not from the carrier; 400: not even a form; 503: send it again."""
    name, kind = request.path_params["channel"], request.path_params["kind"]
    if kind not in KINDS.get(name, frozenset()):
        return JSONResponse({"error": "not_found"}, 404)
    service = service_of(request)
    started = service.clock.monotonic()
    answer = await _answer(service, ChannelName(name), kind, request)
    HOOKS.labels(name, kind, str(answer.status_code)).inc()
    HOOK_SECONDS.observe(service.clock.monotonic() - started)
    return answer


async def _answer(service: Service, name: ChannelName, kind: str, request: Request) -> Response:
    channel = service.channels[name]
    try:
        webhook = await _webhook(service, kind, request)
        channel.verify(webhook)
    except HTTPException as error:
        return JSONResponse({"error": "too_large"}, error.status_code)
    except BadSignature:
        log.warning("hook not signed by its carrier", channel=name.value, kind=kind)
        return JSONResponse({"error": "bad_signature"}, 403)
    except BadPayload as error:
        log.warning("hook not a form", channel=name.value, kind=kind, reason=str(error))
        return JSONResponse({"error": "bad_payload", "reason": str(error)}, 400)
    try:
        found = await service.backlog.read(channel, webhook)
        kept, words = await _take(service, name, found or ())
    except StoreAway:
        log.error("hook could not be kept", channel=name.value, kind=kind)
        return _again()
    except Exception as error:  # noqa: BLE001 - whatever fails here, the carrier must send it again
        log.error("hook failed", channel=name.value, kind=kind, error=type(error).__name__)
        return _again()
    answer = _taken(name, words) if kept else _again()
    if kept and found is not None and isinstance(channel, Attends):
        answer.background = BackgroundTask(channel.attend, webhook)
    return answer


async def _webhook(service: Service, kind: str, request: Request) -> Webhook:
    headers = tuple(
        (key.decode("latin-1").lower(), value.decode("latin-1"))
        for key, value in request.headers.raw
    )
    body = await request.body()
    return Webhook(kind, request.url.query, headers, body, service.clock.now())


async def _take(
    service: Service, name: ChannelName, found: Sequence[Inbound | StatusReport]
) -> tuple[bool, str]:
    """False where the database was away and the disk has it: the carrier is asked to repeat. The
    words are for a worker who answered a page."""
    kept, words = True, ""
    for one in found:
        match one:
            case Inbound():
                answered = await service.answers.handle(one, service.clock.now())
                if answered is not None:
                    words = answered
                    continue
                kept = await service.intake.accept(one) is not Receipt.SPOOLED and kept
            case StatusReport():
                await service.outbox.note_status(name, one)
            case _:
                assert_never(one)
    return kept, words


def _again() -> Response:
    return JSONResponse({"error": "try_again"}, 503, headers={"Retry-After": "5"})


def _taken(name: ChannelName, words: str) -> Response:
    """What each carrier takes for `nothing to say now`: the reply goes out by itself. Words for a
    worker's text go back at once."""
    match name:
        case ChannelName.SMS | ChannelName.WHATSAPP | ChannelName.VOICE:
            said = f"<Response><Message>{escape(words)}</Message></Response>"
            return Response(said if words else "<Response/>", media_type="text/xml")
        case ChannelName.TELEGRAM | ChannelName.WEB:
            return JSONResponse({})


ROUTES = [Route("/hooks/{channel}/{kind}", hook, methods=["POST"])]
