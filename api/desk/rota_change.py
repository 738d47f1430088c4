"""Changing the rota: shifts, overrides, swaps, leave, teams, a calendar brought in.

Belongs here: one handler for each form; every change is proved and noted in its own transaction.
Does not belong here: reading what was typed (api/desk/rota_forms.py), what a change means
(bot/desk/roster.py, bot/rules/rota.py).
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from uuid import UUID

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import id_in_path
from api.desk.pages import desk_page
from api.desk.rota import ROTA
from api.desk.rota_forms import LONGEST_TURN, TURN, BadForm, Typed, typed_of
from api.pages import service_of
from bot.desk import roster
from bot.desk.roster import Place
from bot.errors import AlreadyTaken, BadContent, NotFound
from bot.rules.rights import Right, may
from bot.rules.rota import Rotating, Shift, Slot
from bot.store import audit, people, rota, rota_rows
from bot.store.people import Colleague
from bot.store.rota import Membership
from bot.store.rota_rows import Kind
from bot.store.session import Session
from bot.store.staff_sessions import Visit

CHANGE = f"{ROTA}/change"
_LONGEST_NAME = 60

type Work = Callable[[Session, Typed, datetime], Awaitable[UUID | None]]
"""Makes one change; the id of what it made, if it made something."""


async def show(request: Request, visit: Visit) -> Response:
    return await _page(request, visit, Typed())


async def show_shift(request: Request, visit: Visit) -> Response:
    """One shift in its form, to be altered."""
    service, shift_id = service_of(request), id_in_path(request, "shift_id")
    async with service.store.begin() as session:
        shift = await _shift(session, shift_id, service.clock.now())
    typed = typed_of(Place(shift.team, shift.slot), shift.pattern)
    return await _page(request, visit, typed, altered=shift)


async def _shift(session: Session, shift_id: UUID, now: datetime) -> Shift:
    for shift in (await rota.load_rota(session, now)).shifts:
        if shift.id == shift_id:
            return shift
    raise NotFound(str(shift_id))


async def _page(
    request: Request,
    visit: Visit,
    typed: Typed,
    problem: str = "",
    altered: Shift | None = None,
) -> Response:
    service = service_of(request)
    now = service.clock.now()
    async with service.store.begin() as session:
        everybody = await people.staff(session)
        values: dict[str, object] = {
            "shifts": (await rota.load_rota(session, now)).shifts,
            "overrides": await rota_rows.overrides(session, now),
            "away": await rota_rows.away(session, now),
            "teams": await rota_rows.teams(session),
        }
    values |= {
        "names": {one.member.id: one.member.name for one in everybody},
        "people": _can_be_on(everybody),
        "typed": typed,
        "problem": problem,
        "altered": altered,
        "slots": [*Slot],
        "turn": TURN,
        "longest_turn": LONGEST_TURN,
        "longest_name": _LONGEST_NAME,
        "is_rotating": lambda pattern: isinstance(pattern, Rotating),
    }
    status = 422 if problem else 200
    return desk_page(request, "rota_change.html", values, visit=visit, status=status)


def _can_be_on(everybody: Sequence[Colleague]) -> list[Colleague]:
    """Whoever may talk with people can be on call."""
    return [one for one in everybody if one.is_active and may(one.member.role, Right.TALK)]


def _changes(action: str, work: Work) -> Callable[[Request, Visit], Awaitable[Response]]:
    """A handler that makes the change, proves the coming days, and shows the rota as it is then."""

    async def handler(request: Request, visit: Visit) -> Response:
        service, typed = service_of(request), await Typed.of(request)
        now = service.clock.now()
        try:
            async with service.store.begin() as session:
                made = await work(session, typed, now)
                await service.coverage.prove(session, now)
                audit.note(session, visit.member.id, action, [made or visit.member.id], now)
                session.announce(None, "rota", now)
        except BadForm as bad:
            return await _page(request, visit, typed, bad.text_id)
        except BadContent:
            return await _page(request, visit, typed, "desk-rota-bad-calendar")
        return RedirectResponse(ROTA, 303)

    return handler


async def _on_the_rota(session: Session, *wanted: UUID | None) -> None:
    """Raises `BadForm` for anybody who cannot be on call."""
    known = {one.member.id for one in _can_be_on(await people.staff(session))}
    if not {one for one in wanted if one is not None} <= known:
        raise BadForm("desk-rota-choose")


async def _place(session: Session, typed: Typed) -> Place:
    """Raises `BadForm` for a team that there is not."""
    place = typed.place()
    if place.team not in [one.id for one in await rota_rows.teams(session)]:
        raise BadForm("desk-rota-choose")
    return place


async def _add_shift(session: Session, typed: Typed, now: datetime) -> UUID:
    """With `instead`: in the place of that shift."""
    place, pattern = await _place(session, typed), typed.pattern()
    instead = typed.id_or_none("instead")
    on = pattern.people if isinstance(pattern, Rotating) else (pattern.person,)
    await _on_the_rota(session, *on)
    if instead is not None:
        await rota_rows.remove(session, Kind.SHIFT, instead, now)
    return await rota.add_shift(session, (place.team, place.slot, pattern), now)


async def _add_override(session: Session, typed: Typed, now: datetime) -> UUID:
    await _place(session, typed)
    change = typed.override()
    await _on_the_rota(session, change.into, change.out)
    return await rota.add_override(session, change, now)


async def _swap(session: Session, typed: Typed, now: datetime) -> UUID:
    place, pair, when = await _place(session, typed), typed.pair(), typed.when()
    await _on_the_rota(session, *pair)
    if not await roster.swap(session, place, pair, when, now):
        raise BadForm("desk-rota-nothing-to-swap")
    return pair[0]


async def _add_leave(session: Session, typed: Typed, now: datetime) -> UUID:
    leave = typed.leave()
    await _on_the_rota(session, leave.person)
    return await rota.add_leave(session, leave, now)


async def _add_team(session: Session, typed: Typed, now: datetime) -> UUID:
    name = typed.get("name")[:_LONGEST_NAME]
    if not name:
        raise BadForm("desk-rota-team-name")
    try:
        await roster.need_new_team(session, name)
    except AlreadyTaken as error:
        raise BadForm("desk-rota-team-name") from error
    return await rota.add_team(session, name, now)


async def _member(session: Session, typed: Typed, now: datetime) -> UUID:
    """Joins, or with `leaves` leaves."""
    team, person = typed.id("team"), typed.id("person")
    if typed.get("leaves"):
        await rota_rows.leave_team(session, team, person)
        return person
    await _on_the_rota(session, person)
    teams = {one.id: one for one in await rota_rows.teams(session)}
    if team not in teams or person in teams[team].members:
        raise BadForm("desk-rota-choose")
    await rota.join_team(session, Membership(team, person), now)
    return person


async def _drop(session: Session, typed: Typed, now: datetime) -> UUID:
    kind, row_id = typed.get("kind"), typed.id("row")
    if kind not in [*Kind]:
        raise BadForm("desk-rota-choose")
    await rota_rows.remove(session, Kind(kind), row_id, now)
    return row_id


add_shift = _changes("add_shift", _add_shift)
add_override = _changes("add_override", _add_override)
swap = _changes("swap_turns", _swap)
add_leave = _changes("add_leave", _add_leave)
add_team = _changes("add_team", _add_team)
member = _changes("change_team", _member)
drop = _changes("drop_from_rota", _drop)


async def bring_in(request: Request, visit: Visit) -> Response:
    """A calendar file in place of what an earlier one made."""
    file = (await request.form()).get("file")
    data = b""
    if isinstance(file, UploadFile):
        data = await file.read()
        await file.close()

    async def work(session: Session, typed: Typed, now: datetime) -> UUID:
        place = await _place(session, typed)
        if not await roster.bring_in(session, place, data, now):
            raise BadForm("desk-rota-bad-calendar")
        return place.team

    return await _changes("import_rota", work)(request, visit)
