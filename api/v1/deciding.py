"""What waits for a named person's decision, and what is due, for programs.

Belongs here: HTTP in, HTTP out. Does not belong here: who may decide, and what follows
(bot/desk/starting.py, bot/desk/deleting.py, bot/desk/beside.py).
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from api.v1.access import REFUSED
from api.v1.deeds import ShareShape
from api.v1.given import WorkerAsks, id_of, leaves
from api.v1.referring import FollowUpShape
from bot.desk import access, beside, deleting, starting

router = APIRouter(prefix="/api/v1/due", responses=REFUSED)


class WishShape(BaseModel):
    """Somebody wants what they said deleted."""

    model_config = ConfigDict(from_attributes=True)

    ticket_id: UUID
    conversation_id: UUID
    reference: str
    asked_at: datetime
    due_at: datetime


class ContactShape(BaseModel):
    """A first message that somebody wants to send to whom a referral names."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    referral_id: UUID
    reason: str
    author: str
    state: str
    at: datetime


class DueShape(BaseModel):
    """`late`: sent to a programme or a front door and not answered in time."""

    deletions: list[WishShape]
    contacts: list[ContactShape]
    follow_ups: list[FollowUpShape]
    late: list[ShareShape]


class DecisionBody(BaseModel):
    decision: Literal["approved", "refused"]


@router.get("")
async def due(asked: WorkerAsks) -> DueShape:
    look = asked.look
    async with asked.service.store.begin() as session:
        wishes = await deleting.access_wishes(session, look)
        contacts = await starting.access_waiting_contacts(session, look)
        plans = await beside.access_follow_ups(session, look)
        late = await access.access_late(session, look)
    return DueShape(
        deletions=[WishShape.model_validate(one) for one in wishes],
        contacts=[ContactShape.model_validate(one) for one in contacts],
        follow_ups=[FollowUpShape.model_validate(one) for one in plans],
        late=[ShareShape.model_validate(one) for one in late],
    )


@router.post("/contacts/{contact_id}")
async def decide(contact_id: str, body: DecisionBody, asked: WorkerAsks) -> DueShape:
    """A worker's or a supervisor's, by whom the referral is about."""
    wanted, contacts = id_of(contact_id), asked.service.first_contacts
    async with asked.service.store.begin() as session:
        if await asked.is_first(session):
            if body.decision == "approved":
                leaves(asked, session, await contacts.approve(session, asked.look, wanted))
            else:
                await contacts.refuse(session, asked.look, wanted)
    return await due(asked)


@router.post("/follow/{follow_up_id}")
async def done(follow_up_id: str, asked: WorkerAsks) -> DueShape:
    async with asked.service.store.begin() as session:
        if await asked.is_first(session):
            await beside.done(session, asked.look, id_of(follow_up_id))
    return await due(asked)
