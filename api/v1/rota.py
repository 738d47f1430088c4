"""The rota for programs: who is on call by which shift, and every change of it.

Belongs here: HTTP in, HTTP out; every change is proved and noted in its own transaction. Does not
belong here: shapes (api/v1/rota_shapes.py), who is on call when (bot/rules/rota.py), the same on
the console (api/desk/rota_change.py).
"""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter

from api.v1.access import REFUSED
from api.v1.given import Asked, SupervisorAsks
from api.v1.rota_shapes import (
    At,
    CalendarBody,
    DropBody,
    LeaveBody,
    LeaveShape,
    MemberBody,
    OverrideBody,
    OverrideShape,
    RotaShape,
    ShiftBody,
    ShiftShape,
    SwapBody,
    TeamBody,
    TeamShape,
)
from bot.desk import roster
from bot.desk.roster import Place, When
from bot.errors import BadContent, NotFound
from bot.rules.rights import Right, may
from bot.rules.rota import Leave, Override, Rotating
from bot.store import audit, people, rota, rota_rows
from bot.store.rota import Membership
from bot.store.rota_rows import Kind
from bot.store.session import Session

router = APIRouter(prefix="/api/v1/rota", responses=REFUSED)

type Work = Callable[[Session, datetime], Awaitable[UUID]]
"""Makes one change; the id of what it made or changed."""


@router.get("")
async def show(asked: SupervisorAsks) -> RotaShape:
    """All that bears on what comes now."""
    now = asked.look.at
    async with asked.service.store.begin() as session:
        shifts = (await rota.load_rota(session, now)).shifts
        overrides = await rota_rows.overrides(session, now)
        away = await rota_rows.away(session, now)
        teams = await rota_rows.teams(session)
    return RotaShape(
        teams=[TeamShape(id=one.id, name=one.name, members=list(one.members)) for one in teams],
        shifts=[
            ShiftShape(id=one.id, team=one.team, slot=one.slot, pattern=asdict(one.pattern))
            for one in shifts
        ],
        overrides=[OverrideShape(id=one.id, **asdict(one.change)) for one in overrides],
        leave=[LeaveShape(id=one.id, **asdict(one.leave)) for one in away],
    )


async def _change(asked: Asked, action: str, work: Work) -> RotaShape:
    """The rota as it is then."""
    service, now = asked.service, asked.look.at
    async with service.store.begin() as session:
        if await asked.is_first(session):
            made = await work(session, now)
            await service.coverage.prove(session, now)
            audit.note(session, asked.caller.id, action, [made], now)
            session.announce(None, "rota", now)
    return await show(asked)


async def _need(session: Session, at: At | None, *wanted: UUID | None) -> None:
    """Raises `NotFound` for a team that there is not, or anybody who cannot be on call."""
    if at is not None and at.team not in {one.id for one in await rota_rows.teams(session)}:
        raise NotFound(str(at.team))
    known = {
        one.member.id
        for one in await people.staff(session)
        if one.is_active and may(one.member.role, Right.TALK)
    }
    for person in wanted:
        if person is not None and person not in known:
            raise NotFound(str(person))


@router.post("/shifts")
async def add_shift(body: ShiftBody, asked: SupervisorAsks) -> RotaShape:
    async def work(session: Session, now: datetime) -> UUID:
        pattern = body.pattern.pattern()
        on = pattern.people if isinstance(pattern, Rotating) else (pattern.person,)
        await _need(session, body, *on)
        if body.instead is not None:
            await rota_rows.remove(session, Kind.SHIFT, body.instead, now)
        return await rota.add_shift(session, (body.team, body.slot, pattern), now)

    return await _change(asked, "add_shift", work)


@router.post("/overrides")
async def add_override(body: OverrideBody, asked: SupervisorAsks) -> RotaShape:
    async def work(session: Session, now: datetime) -> UUID:
        await _need(session, body, body.into, body.out)
        change = Override(body.team, body.slot, body.starts, body.ends, body.into, body.out)
        return await rota.add_override(session, change, now)

    return await _change(asked, "add_override", work)


@router.post("/swaps")
async def swap(body: SwapBody, asked: SupervisorAsks) -> RotaShape:
    """Each has what the other had, for that time."""

    async def work(session: Session, now: datetime) -> UUID:
        await _need(session, body, body.one, body.other)
        place, when = Place(body.team, body.slot), When(body.starts, body.ends)
        if not await roster.swap(session, place, (body.one, body.other), when, now):
            raise NotFound("turns")
        return body.one

    return await _change(asked, "swap_turns", work)


@router.post("/leave")
async def add_leave(body: LeaveBody, asked: SupervisorAsks) -> RotaShape:
    async def work(session: Session, now: datetime) -> UUID:
        await _need(session, None, body.person)
        return await rota.add_leave(session, Leave(body.person, body.starts, body.ends), now)

    return await _change(asked, "add_leave", work)


@router.post("/teams")
async def add_team(body: TeamBody, asked: SupervisorAsks) -> RotaShape:
    async def work(session: Session, now: datetime) -> UUID:
        await roster.need_new_team(session, body.name)
        return await rota.add_team(session, body.name, now)

    return await _change(asked, "add_team", work)


@router.post("/members")
async def member(body: MemberBody, asked: SupervisorAsks) -> RotaShape:
    async def work(session: Session, now: datetime) -> UUID:
        if body.leaves:
            await rota_rows.leave_team(session, body.team, body.person)
            return body.person
        await _need(session, None, body.person)
        members = {one.id: one.members for one in await rota_rows.teams(session)}
        if body.team not in members or body.person in members[body.team]:
            raise NotFound(str(body.team))
        await rota.join_team(session, Membership(body.team, body.person), now)
        return body.person

    return await _change(asked, "change_team", work)


@router.post("/drop")
async def drop(body: DropBody, asked: SupervisorAsks) -> RotaShape:
    async def work(session: Session, now: datetime) -> UUID:
        await rota_rows.remove(session, body.kind, body.id, now)
        return body.id

    return await _change(asked, "drop_from_rota", work)


@router.post("/import")
async def bring_in(body: CalendarBody, asked: SupervisorAsks) -> RotaShape:
    """A calendar in place of what an earlier one made here."""

    async def work(session: Session, now: datetime) -> UUID:
        await _need(session, body)
        place = Place(body.team, body.slot)
        if not await roster.bring_in(session, place, body.calendar.encode(), now):
            raise BadContent("calendar")
        return body.team

    return await _change(asked, "import_rota", work)
