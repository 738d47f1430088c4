"""The telephone's webhooks: each is verified, taken in, and answered with what the call is told.

Belongs here: HTTP for calls. Does not belong here: what follows from a key (bot/rules/voice.py),
TwiML (bot/channels/twiml.py), pages that ring staff (api/paging.py).
Whatever fails, the caller hears who else answers, and that they rang is kept.
"""

from collections.abc import Awaitable, Callable
from typing import Final, assert_never

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.measures import HOOKS
from api.pages import service_of
from bot.bootstrap import Service
from bot.channels import voice
from bot.desk.call_backs import State
from bot.desk.calls import Asked, Ring, Whispered
from bot.errors import BadPayload, BadSignature, StoreAway
from bot.messages import ChannelName, Webhook

log = structlog.get_logger()

type Answering = Callable[[Service, Webhook], Awaitable[str]]

_NOTHING: Final = "<Response/>"


async def _call(service: Service, hook: Webhook) -> str:
    """Somebody rings."""
    said = voice.read(hook)
    told = await service.telephone.calls.begin(Ring(said.sid, said.number), service.clock.now())
    return service.telephone.speech.scene(told)


async def _step(service: Service, hook: Webhook) -> str:
    """They pressed a key, or nothing, or a worker's phone stopped ringing."""
    said = voice.read(hook)
    step = Asked(voice.step_of(hook), said.key[:1], said.is_over, said.is_joined)
    told = await service.telephone.calls.step(voice.asked(hook, "c"), step, service.clock.now())
    if told is None:
        raise BadPayload("no such call")
    return service.telephone.speech.scene(told)


async def _whisper(service: Service, hook: Webhook) -> str:
    """A worker's phone was picked up, or a key was pressed on it."""
    said, leg_id = voice.read(hook), voice.asked(hook, "l")
    state, danger = await service.telephone.calls.whisper(leg_id, said.key[:1], service.clock.now())
    match state:
        case Whispered.ASK:
            text_id = "page-voice-ask-danger" if danger else "page-voice-ask"
            return service.telephone.speech.whisper(leg_id, (text_id, {}))
        case Whispered.THROUGH:
            return service.telephone.speech.through()
        case Whispered.GONE:
            return service.telephone.speech.staff("page-voice-gone")
        case _:
            assert_never(state)


async def _status(service: Service, hook: Webhook) -> str:
    """The carrier tells how a call stands. The end of one that we never answered is a call that
    was missed."""
    said = voice.read(hook)
    if said.is_over and not await service.telephone.calls.ended(said.sid, service.clock.now()):
        await service.intake.accept(voice.rang(said.sid, said.number))
    return _NOTHING


async def _back(service: Service, hook: Webhook) -> str:
    """A worker who asked to be put through is rung, presses 1, and is told how it went."""
    said, row_id, now = voice.read(hook), voice.asked(hook, "o"), service.clock.now()
    if voice.is_done(hook):
        talked = await service.telephone.call_backs.done(row_id, said.was_answered, now)
        return service.telephone.speech.staff(
            f"page-voice-back-{'talked' if talked else 'no-answer'}"
        )
    answer = await service.telephone.call_backs.answered(row_id, said.key[:1], now)
    match answer.state:
        case State.ASK if answer.number:
            return service.telephone.speech.connect(row_id, answer.number)
        case State.ASK:
            return service.telephone.speech.ask_back(row_id, answer.reference)
        case State.OVER | State.FORBIDDEN:
            return service.telephone.speech.staff(f"page-voice-back-{answer.state.value}")
        case _:
            assert_never(answer.state)


def _route(kind: str, answering: Answering) -> Route:
    async def hook(request: Request) -> Response:
        service = service_of(request)
        answer = await _answered(service, kind, request, answering)
        HOOKS.labels(ChannelName.VOICE.value, kind, str(answer.status_code)).inc()
        return answer

    return Route(f"/hooks/voice/{kind}", hook, methods=["POST"])


async def _answered(
    service: Service, kind: str, request: Request, answering: Answering
) -> Response:
    """403: not from the carrier; 400: nothing that it would send."""
    headers = tuple((name.lower(), value) for name, value in request.headers.items())
    body, now = await request.body(), service.clock.now()
    hook = Webhook(kind, request.url.query, headers, body, now)
    try:
        service.channels[ChannelName.VOICE].verify(hook)
        return _twiml(await answering(service, hook))
    except BadSignature:
        log.warning("hook not signed by its carrier", channel="voice", kind=kind)
        return JSONResponse({"error": "bad_signature"}, 403)
    except BadPayload as error:
        log.warning("hook not a form", channel="voice", kind=kind, reason=str(error))
        return JSONResponse({"error": "bad_payload"}, 400)
    except Exception as error:  # noqa: BLE001 - whatever fails here, a person is on the line
        log.error("call hook failed", kind=kind, error=type(error).__name__)
        return await _otherwise(service, hook)


async def _otherwise(service: Service, hook: Webhook) -> Response:
    """Nothing could be looked up: that somebody rang is put on disk, and they hear who else
    answers. A worker's own call simply ends."""
    said = voice.read(hook)
    if hook.kind in ("whisper", "back"):
        return _twiml(service.telephone.speech.staff("page-voice-away"))
    if hook.kind != "status" or said.is_over:
        try:
            await service.spool.put(voice.rang(said.sid, said.number))
        except StoreAway:
            log.error("call could not be kept", kind=hook.kind)
    return _twiml(service.telephone.speech.away())


def _twiml(text: str) -> Response:
    return Response(text, media_type="text/xml")


ROUTES = [
    _route("call", _call),
    _route("step", _step),
    _route("whisper", _whisper),
    _route("status", _status),
    _route(voice.BACK_HOOK, _back),
]
