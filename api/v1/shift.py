"""The end of a shift for programs: what is offered to whom, and taking it.

Belongs here: HTTP in, HTTP out. Does not belong here: what an offer is (bot/desk/shifts.py).
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.v1.access import REFUSED
from api.v1.deeds import Words
from api.v1.given import WorkerAsks
from bot.desk import shifts
from bot.desk.shifts import ShiftEnd

router = APIRouter(prefix="/api/v1/shift", responses=REFUSED)
_MOST = 200


class OfferShape(BaseModel):
    """`other`: the name of whoever gives it, or of whoever should take it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    ticket_id: UUID
    reference: str
    priority: str
    other: str
    word: str
    at: datetime
    due_at: datetime


class ShiftShape(BaseModel):
    """`to_take`: offered to the caller; `given`: by the caller, and not taken yet."""

    to_take: list[OfferShape]
    given: list[OfferShape]


class EndBody(BaseModel):
    """`words`: what the next person must know, by ticket."""

    to: UUID
    words: Annotated[dict[UUID, Words], Field(min_length=1, max_length=_MOST)]


class TakeBody(BaseModel):
    offers: Annotated[list[UUID], Field(min_length=1, max_length=_MOST)]


@router.get("")
async def show(asked: WorkerAsks) -> ShiftShape:
    async with asked.service.store.begin() as session:
        waiting, given = await shifts.access_offers(session, asked.worker, asked.look.at)
    return ShiftShape(
        to_take=[OfferShape.model_validate(one) for one in waiting],
        given=[OfferShape.model_validate(one) for one in given],
    )


@router.post("")
async def offer(body: EndBody, asked: WorkerAsks) -> ShiftShape:
    """All of them or none; each stays with the caller until it is taken."""
    async with asked.service.store.begin() as session:
        if await asked.is_first(session):
            ended = ShiftEnd(body.to, body.words)
            await asked.service.shifts.offer(session, asked.worker, ended, asked.look.at)
    return await show(asked)


@router.post("/take")
async def take(body: TakeBody, asked: WorkerAsks) -> ShiftShape:
    async with asked.service.store.begin() as session:
        if await asked.is_first(session):
            await shifts.take_over(session, asked.worker, body.offers, asked.look.at)
    return await show(asked)
