"""The walk home for staff systems: check-in and check-out, who is there, and what was reported.

Belongs here: routes and shapes of the patrol. Does not belong here: which counts may be shown
(bot/rules/patrols.py).
"""

from datetime import datetime, timedelta
from typing import Annotated, Self

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from api.pages import service_of
from api.v1.access import REFUSED, ReaderCaller, WorkerCaller
from bot.errors import NotFound
from bot.rules.patrols import shown
from bot.store import patrols
from bot.store.patrols import Total

router = APIRouter(prefix="/api/v1/patrol", tags=["patrol"], responses=REFUSED)
_LONGEST_SHIFT = timedelta(hours=12)
_MOST_WEEKS = 52


class Place(BaseModel):
    """A place of the area, by its gazetteer name."""

    place: str


class Present(BaseModel):
    """Somebody checked in there and has not checked out."""

    place: str
    since: datetime


class Presence(BaseModel):
    items: list[Present]


class Reported(BaseModel):
    """`count` is null where it is too small to be shown."""

    place: str
    day: str
    time: str
    worry: str
    count: int | None

    @classmethod
    def of(cls, total: Total) -> Self:
        said = total.report
        return cls(
            place=said.place,
            day=said.day,
            time=said.time,
            worry=said.worry,
            count=shown(total.count),
        )


class Reports(BaseModel):
    items: list[Reported]


@router.get("/reports")
async def reports(
    request: Request, _: ReaderCaller, weeks: Annotated[int, Query(ge=1, le=_MOST_WEEKS)] = 4
) -> Reports:
    """Places and times over the last weeks, the most frequent first."""
    service = service_of(request)
    async with service.store.begin() as session:
        found = await patrols.totals(session, service.clock.now() - timedelta(weeks=weeks))
    return Reports(items=[Reported.of(total) for total in found])


@router.get("/presence")
async def presence(request: Request, _: ReaderCaller) -> Presence:
    """Who is out there now: check-ins of the last 12 hours that no check-out has ended."""
    service = service_of(request)
    async with service.store.begin() as session:
        found = await patrols.present(session, service.clock.now() - _LONGEST_SHIFT)
    return Presence(items=[Present(place=place, since=since) for place, since in found.items()])


@router.post("/check-in")
async def check_in(request: Request, where: Place, caller: WorkerCaller) -> Presence:
    return await _check(request, where, caller, True)


@router.post("/check-out")
async def check_out(request: Request, where: Place, caller: WorkerCaller) -> Presence:
    return await _check(request, where, caller, False)


async def _check(request: Request, where: Place, caller: WorkerCaller, is_there: bool) -> Presence:
    service = service_of(request)
    now = service.clock.now()
    if where.place not in service.book.places:
        raise NotFound(where.place)
    async with service.store.begin() as session:
        await patrols.check(session, where.place, is_there, caller.id, now)
    return await presence(request, caller)
