"""Learning from life in the JSON API: messages to be read, and what they should have meant.

Belongs here: HTTP in, HTTP out, the shapes of these routes. Does not belong here: what goes with a
correction (bot/desk/learning.py), the review of candidates (`handrail nlu candidates`).
"""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, model_validator

from api.pages import service_of
from api.v1 import cursors
from api.v1.access import ReaderCaller, WorkerCaller, as_worker
from api.v1.shapes import Listed
from bot.desk import learning as desk
from bot.errors import NotFound
from bot.store import audit
from bot.store import learning as store
from bot.store.learning import Label
from nlu.reading import Intent, RiskCategory, RiskLevel


def add_to(router: APIRouter) -> None:
    router.get("/samples")(samples)
    router.post("/messages/{message_id}/correction")(correct)
    router.post("/samples/{message_id}/confirm")(confirm)


class SampleShape(BaseModel):
    """A message judged `none`. `kind` names the queue it belongs to; nobody is paged for it."""

    kind: Literal["sample"] = "sample"
    message_id: UUID
    conversation_id: UUID
    text: str
    at: datetime
    language: str
    intent: Intent | None


class Correction(BaseModel):
    """What the message should have been understood as: the whole label, not only what differs."""

    model_config = ConfigDict(extra="forbid")

    intent: Intent
    risk_level: RiskLevel
    risk_categories: frozenset[RiskCategory] = frozenset()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """Danger has a kind, and no danger has none."""
        if (self.risk_level is RiskLevel.NONE) is bool(self.risk_categories):
            raise ValueError("risk_categories")
        return self


class Corrected(BaseModel):
    message_id: UUID
    candidate_id: UUID


class Confirmed(BaseModel):
    message_id: UUID


async def samples(
    request: Request,
    caller: ReaderCaller,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Listed[SampleShape]:
    """A random share of the messages judged `none`, oldest first, until somebody has judged them:
    that is how misses are found."""
    service, place = service_of(request), cursors.sample_place(cursor)
    async with service.store.begin() as session:
        found = await store.samples(session, place, limit + 1)
        shown = found[:limit]
        seen = [sample.message_id for sample in shown]
        audit.note(session, caller.id, "read_sample", seen, service.clock.now())
    return Listed(
        items=[_shape(sample) for sample in shown],
        next=cursors.after_sample(shown[-1]) if len(found) > limit else None,
    )


async def correct(
    request: Request, message_id: str, body: Correction, caller: WorkerCaller
) -> Corrected:
    """Say what a message should have been understood as. It becomes a candidate example without
    personal details, and where danger was missed a ticket as well."""
    service, wanted = service_of(request), _id(message_id)
    label = Label(body.intent, body.risk_level, body.risk_categories)
    async with service.store.begin() as session:
        now = service.clock.now()
        made = await service.learning.correct(session, as_worker(caller), wanted, label, now)
    return Corrected(message_id=wanted, candidate_id=made)


async def confirm(request: Request, message_id: str, caller: WorkerCaller) -> Confirmed:
    """A sampled message was rightly judged `none`."""
    service, wanted = service_of(request), _id(message_id)
    async with service.store.begin() as session:
        await desk.confirm(session, as_worker(caller), wanted, service.clock.now())
    return Confirmed(message_id=wanted)


def _shape(sample: store.Sample) -> SampleShape:
    return SampleShape(
        message_id=sample.message_id,
        conversation_id=sample.conversation_id,
        text=sample.text,
        at=sample.at,
        language=sample.reading.language,
        intent=sample.reading.intent,
    )


def _id(written: str) -> UUID:
    """What is no id names nothing."""
    try:
        return UUID(written)
    except ValueError as error:
        raise NotFound("id") from error
