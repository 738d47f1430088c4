"""What a worker does with a referral, for programs.

Belongs here: HTTP in, HTTP out. Does not belong here: what each deed means (bot/desk/referring.py,
bot/desk/beside.py, bot/desk/starting.py), the same on the console (api/desk/referrals.py).
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

from api.v1 import cursors, shapes
from api.v1.access import REFUSED
from api.v1.deeds import GroundsBody, ReasonBody, ShareShape, Words
from api.v1.given import WorkerAsks, id_of, leaves, on_referral
from bot.desk import access, beside, referring
from bot.desk.access import Look, Page
from bot.desk.referring import End, Lawful, Sending
from bot.desk.starting import Starting
from bot.messages import ChannelName
from bot.rules.onward import Answer
from bot.store.session import Session
from bot.store.shares import Answered
from bot.store.views import ReferralFilter

router = APIRouter(prefix="/api/v1/referrals", responses=REFUSED)
type Recipient = Literal["cirv", "step_together"]
type Typed = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
_MOST = 100


class ReferralSearch(BaseModel):
    """A name never stands in an address. `name`: the whole name as it was told, in any case."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""
    state: Annotated[str, StringConstraints(max_length=40)] | None = None
    programme: Recipient | None = None
    cursor: Annotated[str, StringConstraints(max_length=400)] | None = None


class EditBody(BaseModel):
    """`field` may be `state` or `programme` too."""

    field: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    value: Typed


class SendBody(GroundsBody):
    recipient: Recipient


class AnswerBody(BaseModel):
    """What a programme answered by another way."""

    recipient: Recipient
    answer: Answer
    reason: Typed = ""


class LawfulBody(BaseModel):
    basis: Lawful
    reason: Words


class EndBody(BaseModel):
    how: End


class JoinBody(ReasonBody):
    other: UUID


class PartBody(BaseModel):
    link: UUID


class PlanBody(BaseModel):
    due_at: AwareDatetime
    note: Words


class ContactBody(ReasonBody):
    channel: Literal["sms", "whatsapp"]
    number: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class EditShape(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    author: str
    field: str
    before: str
    after: str
    at: datetime


class ConsentShape(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    kind: str
    given: bool
    at: datetime


class LinkShape(BaseModel):
    """`referral_id`: the other one, which a worker is sure is of the same person."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    referral_id: UUID
    author: str
    reason: str
    at: datetime


class FollowUpShape(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    referral_id: UUID
    author: str
    due_at: datetime
    note: str


class LedgerShape(BaseModel):
    """What was agreed, sent and changed, and what a worker put beside it. `likely`: of the same
    name, not joined."""

    consents: list[ConsentShape]
    sent: list[ShareShape]
    edits: list[EditShape]
    linked: list[LinkShape]
    likely: list[UUID]
    follow_ups: list[FollowUpShape]


@router.post("/search")
async def search(wanted: ReferralSearch, asked: WorkerAsks) -> shapes.Listed[shapes.ReferralShape]:
    """Newest first."""
    filtered = ReferralFilter(
        state=wanted.state, programme=wanted.programme, name=wanted.name or None
    )
    look = Look(asked.caller, asked.look.at, "search" if wanted.name else "list")
    page = Page(cursors.referral_place(wanted.cursor), _MOST)
    async with asked.service.store.begin() as session:
        found = await access.access_referrals(session, look, filtered, page)
    return shapes.Listed(
        items=[shapes.ReferralShape.of(view) for view in found.items],
        next=cursors.after_referral(found.items[-1]) if found.goes_on else None,
    )


@router.get("/{referral_id}/ledger")
async def ledger(referral_id: str, asked: WorkerAsks) -> LedgerShape:
    async with asked.service.store.begin() as session:
        found = await access.access_referral(session, asked.look, id_of(referral_id))
        kept = await access.access_ledger(session, asked.look, found)
        put = await beside.access_beside(session, asked.look, found)
    return LedgerShape(
        consents=[ConsentShape.model_validate(one) for one in kept.consents],
        sent=[ShareShape.model_validate(one) for one in kept.sent],
        edits=[EditShape.model_validate(one) for one in kept.edits],
        linked=[LinkShape.model_validate(one) for one in put.linked],
        likely=[one.id for one in put.likely],
        follow_ups=[FollowUpShape.model_validate(one) for one in put.follow_ups],
    )


@router.post("/{referral_id}/edit")
async def edit(referral_id: str, body: EditBody, asked: WorkerAsks) -> shapes.ReferralShape:
    """One field, with its history."""

    async def deed(session: Session, wanted: UUID) -> None:
        await referring.edit(session, asked.look, wanted, (body.field, body.value))

    return await on_referral(asked, referral_id, deed)


@router.post("/{referral_id}/send")
async def send(referral_id: str, body: SendBody, asked: WorkerAsks) -> shapes.ReferralShape:
    """To a programme, on a ground that is written down."""

    async def deed(session: Session, wanted: UUID) -> None:
        sending = Sending(wanted, body.recipient, body.basis, body.grounds)
        await asked.service.onward.send(session, asked.look, sending)

    return await on_referral(asked, referral_id, deed)


@router.post("/{referral_id}/answer")
async def answer(referral_id: str, body: AnswerBody, asked: WorkerAsks) -> shapes.ReferralShape:
    async def deed(session: Session, wanted: UUID) -> None:
        given = Answered(body.recipient, body.answer.value, body.reason)
        leaves(
            asked, session, await asked.service.onward.answer(session, asked.look, wanted, given)
        )

    return await on_referral(asked, referral_id, deed)


@router.post("/{referral_id}/lawful")
async def lawful(referral_id: str, body: LawfulBody, asked: WorkerAsks) -> shapes.ReferralShape:
    """On which ground it is kept."""

    async def deed(session: Session, wanted: UUID) -> None:
        await referring.record_basis(session, asked.look, wanted, (body.basis, body.reason))

    return await on_referral(asked, referral_id, deed)


@router.post("/{referral_id}/end")
async def end(referral_id: str, body: EndBody, asked: WorkerAsks) -> shapes.ReferralShape:
    async def deed(session: Session, wanted: UUID) -> None:
        await referring.end(session, asked.look, wanted, body.how)

    return await on_referral(asked, referral_id, deed)


@router.post("/{referral_id}/same")
async def join(referral_id: str, body: JoinBody, asked: WorkerAsks) -> shapes.ReferralShape:
    """A worker is sure that both are of one person. It can be taken back."""

    async def deed(session: Session, wanted: UUID) -> None:
        await beside.join(session, asked.look, wanted, (body.other, body.reason))

    return await on_referral(asked, referral_id, deed)


@router.post("/{referral_id}/part")
async def part(referral_id: str, body: PartBody, asked: WorkerAsks) -> shapes.ReferralShape:
    async def deed(session: Session, wanted: UUID) -> None:
        await beside.part(session, asked.look, wanted, body.link)

    return await on_referral(asked, referral_id, deed)


@router.post("/{referral_id}/follow")
async def plan(referral_id: str, body: PlanBody, asked: WorkerAsks) -> shapes.ReferralShape:
    """When to look at it again, and what for."""

    async def deed(session: Session, wanted: UUID) -> None:
        await beside.plan(session, asked.look, wanted, (body.due_at, body.note))

    return await on_referral(asked, referral_id, deed)


@router.post("/{referral_id}/contact")
async def contact(referral_id: str, body: ContactBody, asked: WorkerAsks) -> shapes.ReferralShape:
    """To write first to somebody who was named: nothing goes before somebody with the right has
    agreed."""

    async def deed(session: Session, wanted: UUID) -> None:
        starting = Starting(wanted, ChannelName(body.channel), body.number, body.reason)
        leaves(
            asked, session, await asked.service.first_contacts.ask(session, asked.look, starting)
        )

    return await on_referral(asked, referral_id, deed)
