"""Where a programme's own system answers a referral that was sent to it.

Belongs here: one signed request in, a plain answer out. Does not belong here: signatures
(bot/channels/signed.py), what an answer leads to (bot/desk/onward.py).
"""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.pages import service_of
from bot.channels import signed
from bot.desk.onward import Outside
from bot.desk.referring import NoGrounds, NotSent
from bot.effects import Queued
from bot.errors import BadSignature, NotFound
from bot.rules.onward import Answer

_LONGEST_REASON = 500


class _Told(BaseModel):
    model_config = ConfigDict(extra="ignore")

    referral_id: UUID
    answer: Answer
    reason: str = Field("", max_length=_LONGEST_REASON)


class _Event(BaseModel):
    """As the Standard Webhooks specification shapes one."""

    model_config = ConfigDict(extra="ignore")

    type: Literal["referral.answered"]
    data: _Told


async def answer(request: Request) -> Response:
    """200 for an answer that was kept, and for a repeat of its id; 401 without a good signature;
    404 for what was never sent to this programme; 422 for what says nothing that we know."""
    service, programme = service_of(request), request.path_params["programme"]
    target, body = service.onward.targets.get(programme), await request.body()
    if target is None:
        return _says(404, "no such programme")
    try:
        told_id = signed.check(target, request.headers, body, service.clock.now())
        event = _Event.model_validate_json(body)
    except BadSignature as error:
        return _says(401, str(error))
    except ValidationError:
        return _says(422, "not an answer")
    outside = Outside(event.data.referral_id, event.data.answer, event.data.reason)
    try:
        async with service.store.begin() as session:
            row_id = await service.onward.answered_outside(session, programme, told_id, outside)
    except (NotFound, NotSent):
        return _says(404, "no such referral")
    except NoGrounds:
        return _says(422, "reason is missing")
    if row_id is not None:
        service.outbox.hand_over(Queued(row_id, service.clock.now()))
    return _says(200, "kept")


def _says(status: int, word: str) -> Response:
    return JSONResponse({"status": word}, status)


ROUTES = [Route("/onward/{programme}/answers", answer, methods=["POST"])]
