"""Who is on call, the pages that ring, and what workers say they did.

Belongs here: HTTP in, HTTP out. Does not belong here: the rota (bot/rules/rota.py), what an
answer does (bot/desk/answers.py).
"""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.exceptions import HTTPException

from api.pages import service_of
from api.v1.access import READS, REFUSED, SupervisorCaller, WorkerCaller, as_worker
from bot.bootstrap import Service
from bot.desk import attention
from bot.desk.paging import WAKES
from bot.errors import AlreadyTaken
from bot.messages import ChannelName
from bot.rules.coverage import AHEAD, Fault, prove
from bot.rules.ladder import PageState
from bot.rules.rota import who_is_on
from bot.store import contacts, drills, pages, people
from bot.store import rota as rotas
from bot.store.drills import DrillView
from bot.store.help import Help, HelpKind
from bot.store.session import Session
from nlu.reading import RiskLevel

_DRILLS_SHOWN = 100
router = APIRouter(prefix="/api/v1", responses=REFUSED)
type Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class OnCall(BaseModel):
    """Somebody who is paged now. Without id and name it is the one phone that is paged until a
    rota exists."""

    channel: ChannelName
    id: UUID | None = None
    name: str | None = None
    rung: str | None = None
    """`first` or `second`."""


class Gap(BaseModel):
    """A time in which nobody is first on call."""

    model_config = ConfigDict(populate_by_name=True)

    since: datetime = Field(serialization_alias="from")
    until: datetime = Field(serialization_alias="to")


class Cover(BaseModel):
    """Who is on call now, and every gap in the next 14 days."""

    now: list[OnCall]
    gaps: list[Gap]
    faults: list[str]
    """Codes of whatever else stands against the coming days."""


class RingingPage(BaseModel):
    """A page that nobody has taken."""

    id: UUID
    ticket_id: UUID
    reference: str
    level: RiskLevel
    state: PageState
    test: bool
    started_at: datetime
    steps: int
    next_at: datetime | None


class PageList(BaseModel):
    items: list[RingingPage]
    next: None = None


class DrillShape(BaseModel):
    """A made-up message through the whole path to a page marked TEST."""

    id: UUID
    channel: ChannelName
    started_at: datetime
    seconds: float | None
    """From the message to a person's answer; null where nobody has answered."""
    failed: bool

    @classmethod
    def of(cls, view: DrillView) -> Self:
        answered = view.acknowledged_at
        return cls(
            id=view.id,
            channel=ChannelName(view.channel),
            started_at=view.started_at,
            seconds=(answered - view.started_at).total_seconds() if answered else None,
            failed=view.failed_at is not None,
        )


class DrillList(BaseModel):
    items: list[DrillShape]
    next: None = None


class StopBody(BaseModel):
    reason: Words


class HelpBody(BaseModel):
    """What was done beside writing. `because` is needed where contact is not safe."""

    kind: HelpKind
    because: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


@router.get("/oncall", dependencies=READS, response_model_exclude_none=True)
async def oncall(request: Request) -> Cover:
    """Who is on call now, and every gap in the next 14 days."""
    service = service_of(request)
    async with service.store.begin() as session:
        return await _cover(service, session, service.clock.now())


async def _cover(service: Service, session: Session, now: datetime) -> Cover:
    routes = service.pager.routes
    rota = await rotas.load_rota(session, now)
    if not rota.exists:
        phone = [OnCall(channel=routes.phone.channel)] if routes.phone else []
        gaps = [] if phone else [Gap(since=now, until=now + AHEAD)]
        return Cover(now=phone, gaps=gaps, faults=[])
    on = who_is_on(rota, now)
    names = {member.id: member.name for member in await people.active_staff(session)}
    methods = await contacts.methods_of(session, (*on.first, *on.second))
    channel = {one.staff: one.to.channel for one in reversed(methods) if one.to.channel in WAKES}
    listed = [
        OnCall(channel=channel[person], id=person, name=names.get(person, ""), rung=rung)
        for rung, who in (("first", on.first), ("second", on.second))
        for person in who
        if person in channel
    ]
    found = prove(rota, await contacts.reachable(session, routes.on & WAKES), now)
    gaps = [Gap(since=one.starts, until=one.ends) for one in found if one.fault is Fault.GAP]
    faults = dict.fromkeys(one.fault.value for one in found)
    return Cover(now=listed, gaps=gaps, faults=list(faults))


@router.get("/pages", dependencies=READS)
async def ringing(request: Request) -> PageList:
    """Pages that nobody has taken, the most pressing first."""
    async with service_of(request).store.begin() as session:
        found = await pages.ringing(session)
    return PageList(
        items=[
            RingingPage(
                id=one.id,
                ticket_id=one.ticket_id,
                reference=one.reference,
                level=one.page.level,
                state=one.page.state,
                test=one.is_test,
                started_at=one.started_at,
                steps=one.page.taken,
                next_at=one.page.next_at,
            )
            for one in found
        ]
    )


@router.get("/drills", dependencies=READS)
async def list_drills(request: Request) -> DrillList:
    """The last drills and how long a person took to answer, newest first."""
    async with service_of(request).store.begin() as session:
        found = await drills.latest(session, _DRILLS_SHOWN)
    return DrillList(items=[DrillShape.of(one) for one in found])


@router.post("/pages/{page_id}/stop", status_code=204)
async def stop(request: Request, page_id: UUID, body: StopBody, caller: SupervisorCaller) -> None:
    """End a page by name and with a reason."""
    service = service_of(request)
    async with service.store.begin() as session:
        now = service.clock.now()
        if not await service.answers.stop(session, page_id, caller.id, body.reason, now):
            raise AlreadyTaken(str(page_id))


@router.post("/tickets/{ticket_id}/help", status_code=204)
async def record(request: Request, ticket_id: UUID, body: HelpBody, caller: WorkerCaller) -> None:
    """Note a call, a 999 call, or why contact is not safe, of somebody one holds, or nobody
    does yet: once the page is taken nobody else is woken then."""
    if body.kind is HelpKind.NOT_SAFE and not body.because:
        raise HTTPException(422)
    service, now = service_of(request), service_of(request).clock.now()
    async with service.store.begin() as session:
        done = Help(ticket_id, body.kind, body.because)
        await attention.report_help(session, as_worker(caller), done, now)
