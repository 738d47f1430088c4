"""What a worker does with a conversation beyond taking, answering and closing, for programs.

Belongs here: HTTP in, HTTP out. Does not belong here: what each deed means (bot/desk), the same
on the console (api/desk/actions.py).
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.exceptions import HTTPException

from api.v1 import shapes
from api.v1.access import REFUSED
from api.v1.given import WorkerAsks, id_of, leaves, on_ticket
from bot.bootstrap import Service
from bot.channels.port import ShowsTyping
from bot.desk import access, attention, deleting, handover, livechat
from bot.desk.attention import RiskWish
from bot.desk.deleting import Deciding
from bot.desk.describing import Offers
from bot.desk.handover import FRONT_DOORS, Giving
from bot.desk.livechat import LiveChat
from bot.desk.manners import Manners
from bot.desk.referring import Basis
from bot.store import events
from bot.store.decided import Decision
from bot.store.events import Typing
from bot.store.session import Session
from bot.store.shares import Grounds
from nlu.reading import RiskLevel

router = APIRouter(prefix="/api/v1/tickets/{ticket_id}", responses=REFUSED)
type Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class NoteBody(BaseModel):
    text: Words


class RiskBody(BaseModel):
    level: RiskLevel
    reason: Words


class PassBody(BaseModel):
    """`to`: the id of a colleague."""

    to: UUID


class ReasonBody(BaseModel):
    reason: Words


class DeletionBody(BaseModel):
    decision: Decision
    reason: Words


class GroundsBody(BaseModel):
    """`why_not_told`: needed where the person was not told."""

    basis: Basis
    why: Words
    told: bool
    why_not_told: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""

    @property
    def grounds(self) -> Grounds:
        return Grounds(self.why, self.told, "" if self.told else self.why_not_told)


class HandoverBody(GroundsBody):
    """`recipient`: a front door of content/programmes."""

    recipient: str


class NoteShape(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    author: str
    text: str
    at: datetime


class RiskStepShape(BaseModel):
    """`author` null: heard in a message."""

    model_config = ConfigDict(from_attributes=True)

    at: datetime
    level: str
    author: str | None
    reason: str


class ShareShape(BaseModel):
    """What left the service, to whom, and what came back."""

    model_config = ConfigDict(from_attributes=True)

    recipient: str
    kind: str
    basis: str
    author: str
    at: datetime
    answer_due_at: datetime
    answered_at: datetime | None
    answer: str | None


class BesideShape(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    notes: list[NoteShape]
    risk: list[RiskStepShape]
    shares: list[ShareShape]


class SaidShape(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    at: datetime
    text: str
    level: RiskLevel


class DeedShape(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    at: datetime
    what: str
    who: str


class HandoverShape(BaseModel):
    """The page for the front door as values."""

    model_config = ConfigDict(from_attributes=True)

    reference: str
    made_at: datetime
    made_by: str
    channel: str
    level: str
    categories: list[str]
    facts: list[tuple[str, str]]
    said: list[SaidShape]
    risk: list[RiskStepShape]
    deeds: list[DeedShape]
    unknown: list[str]
    given: list[ShareShape]


@router.get("/beside")
async def beside(ticket_id: str, asked: WorkerAsks) -> BesideShape:
    """What staff added: notes, how the risk went, and what was shared."""
    async with asked.service.store.begin() as session:
        _, opened = await access.access_ticket(session, asked.look, id_of(ticket_id))
        found = await access.access_beside(session, asked.look, opened.thread.id)
    return BesideShape.model_validate(found)


@router.post("/note")
async def note(ticket_id: str, body: NoteBody, asked: WorkerAsks) -> shapes.TicketShape:
    """For colleagues; the person never sees it."""

    async def deed(session: Session, wanted: UUID) -> None:
        look = asked.look
        _, opened = await access.access_ticket(session, look, wanted)
        await attention.write_note(session, asked.worker, opened.thread.id, body.text, look.at)

    return await on_ticket(asked, ticket_id, deed)


@router.post("/risk")
async def risk(ticket_id: str, body: RiskBody, asked: WorkerAsks) -> shapes.TicketShape:
    """Raise or lower it, by name and with a reason."""

    async def deed(session: Session, wanted: UUID) -> None:
        wish = RiskWish(wanted, body.level, body.reason)
        await attention.change_risk(session, asked.worker, wish, asked.look.at)

    return await on_ticket(asked, ticket_id, deed)


@router.post("/pass")
async def pass_on(ticket_id: str, body: PassBody, asked: WorkerAsks) -> shapes.TicketShape:
    """To a colleague, at once."""

    async def deed(session: Session, wanted: UUID) -> None:
        await attention.pass_on(session, asked.worker, wanted, body.to, asked.look.at)

    return await on_ticket(asked, ticket_id, deed)


@router.post("/slow")
async def slow(ticket_id: str, body: ReasonBody, asked: WorkerAsks) -> shapes.TicketShape:
    """The bot answers slowly there for a day; danger is heard and answered as ever."""

    async def deed(session: Session, wanted: UUID) -> None:
        await attention.slow_down(session, asked.worker, wanted, body.reason, asked.look.at)

    return await on_ticket(asked, ticket_id, deed)


@router.post("/describe")
async def describe(ticket_id: str, asked: WorkerAsks) -> shapes.TicketShape:
    """Offers the person to say how they describe themselves."""
    service = asked.service
    offers = Offers(LiveChat(service.channels, Manners(service.book)), service.settings.public_url)

    async def deed(session: Session, wanted: UUID) -> None:
        leaves(asked, session, await offers.offer(session, asked.worker, wanted, asked.look.at))

    return await on_ticket(asked, ticket_id, deed)


@router.post("/typing", status_code=204)
async def typing(ticket_id: str, asked: WorkerAsks) -> None:
    """Shown to the person for a few seconds, where words may reach them now. Kept nowhere."""
    await show_typing(asked.service, asked.caller.id, id_of(ticket_id))


async def show_typing(service: Service, staff_id: UUID, ticket_id: UUID) -> None:
    """To the person's page, and by their carrier where it can."""
    async with service.store.begin() as session:
        now = service.clock.now()
        found = await livechat.may_show_typing(session, staff_id, ticket_id, now)
    if found is None:
        return
    await events.say_typing(service.store, Typing(found.conversation_id, is_staff=True))
    channel = service.channels[found.to.channel]
    if isinstance(channel, ShowsTyping):
        await channel.typing(found.to, found.last_in)


@router.post("/delete")
async def delete(ticket_id: str, body: DeletionBody, asked: WorkerAsks) -> shapes.TicketShape:
    """What becomes of somebody's wish to have everything deleted."""

    async def deed(session: Session, wanted: UUID) -> None:
        deciding = Deciding(wanted, body.decision, body.reason)
        leaves(
            asked, session, await deleting.decide(session, asked.look, asked.service.book, deciding)
        )

    return await on_ticket(asked, ticket_id, deed)


@router.post("/anyway")
async def send_anyway(ticket_id: str, body: ReasonBody, asked: WorkerAsks) -> shapes.TicketShape:
    """Lets words go that a safe-contact rule keeps back, by name and with a reason."""

    async def deed(session: Session, wanted: UUID) -> None:
        for row_id in await deleting.free_words(session, asked.look, wanted, body.reason):
            leaves(asked, session, row_id)

    return await on_ticket(asked, ticket_id, deed)


@router.get("/handover")
async def show_handover(ticket_id: str, asked: WorkerAsks) -> HandoverShape:
    """What stands on the page for the safeguarding front door now."""
    async with asked.service.store.begin() as session:
        made = await handover.access_handover(session, asked.look, id_of(ticket_id))
    return HandoverShape.model_validate(made)


@router.post("/handover")
async def give(ticket_id: str, body: HandoverBody, asked: WorkerAsks) -> shapes.TicketShape:
    """Writes down who got it, and on what ground."""
    if body.recipient not in FRONT_DOORS:
        raise HTTPException(422)

    async def deed(session: Session, wanted: UUID) -> None:
        _, opened = await access.access_ticket(session, asked.look, wanted)
        giving = Giving(body.recipient, body.basis, body.grounds)
        await handover.give(session, asked.look, opened, giving)

    return await on_ticket(asked, ticket_id, deed)
