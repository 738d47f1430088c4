"""The list of staff: inviting, enrolling again, ending somebody's access.

Belongs here: the page for whoever manages staff. Does not belong here: one's own account
(api/desk/me.py).
"""

from datetime import timedelta
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import id_in_path, told
from api.desk.pages import SIGN_IN, desk_page, notice
from api.pages import service_of
from bot.errors import NotFound
from bot.rules.rights import Role
from bot.store import audit, people, staff_sessions
from bot.store.people import TokenKind
from bot.store.session import Session
from bot.store.staff_sessions import Visit

STAFF = "/desk/staff"
PROGRAMMES = ("cirv", "step_together")
ROLES = tuple(role for role in Role if role is not Role.READER)
"""A reader is a program: `handrail token create`."""
_LINK_LASTS = timedelta(hours=24)
_LONGEST_NAME = 80


async def show_staff(request: Request, visit: Visit) -> Response:
    return await _page(request, visit)


async def _page(request: Request, visit: Visit, link: str = "", problem: str = "") -> Response:
    async with service_of(request).store.begin() as session:
        everybody = await people.staff(session)
    values = {
        "everybody": everybody,
        "roles": ROLES,
        "programmes": PROGRAMMES,
        "link": link,
        "problem": problem,
        "longest_name": _LONGEST_NAME,
    }
    status = 422 if problem else 200
    return desk_page(request, "staff.html", values, visit=visit, status=status)


async def invite(request: Request, visit: Visit) -> Response:
    """Shows the one-time link, once."""
    service, now = service_of(request), service_of(request).clock.now()
    name, role = (await told(request, "name"))[:_LONGEST_NAME], await told(request, "role")
    programme = await told(request, "programme")
    if not name or role not in [*ROLES]:
        return await _page(request, visit, problem="desk-staff-name-role")
    if (role == Role.PROGRAMME) != (programme in PROGRAMMES):
        return await _page(request, visit, problem="desk-staff-programme")
    async with service.store.begin() as session:
        staff_id = await people.create_staff(session, name, Role(role), now, programme or None)
        link = await _invitation(request, session, staff_id)
        audit.note(session, visit.member.id, "invite_staff", [staff_id], now, role)
    return await _page(request, visit, link)


async def _invitation(request: Request, session: Session, staff_id: UUID) -> str:
    service = service_of(request)
    now = service.clock.now()
    expires = now + _LINK_LASTS
    bearer = await people.create_token(session, staff_id, TokenKind.INVITATION, now, expires)
    base = service.settings.public_url or str(request.base_url).rstrip("/")
    return f"{base}{SIGN_IN}/{bearer}"


async def enrol_again(request: Request, visit: Visit) -> Response:
    """For somebody who lost phone and codes: a new link, and every session of theirs ends."""
    service, staff_id = service_of(request), id_in_path(request, "staff_id")
    now = service.clock.now()
    async with service.store.begin() as session:
        if await people.member(session, staff_id) is None:
            raise NotFound(str(staff_id))
        await staff_sessions.end_others(session, staff_id, None, now)
        link = await _invitation(request, session, staff_id)
        audit.note(session, visit.member.id, "enrol_again", [staff_id], now)
    return await _page(request, visit, link)


async def dismiss(request: Request, visit: Visit) -> Response:
    """Nothing of theirs opens anything from now on. Nobody dismisses themselves."""
    service, staff_id = service_of(request), id_in_path(request, "staff_id")
    if staff_id == visit.member.id:
        return notice(request, "desk-staff-not-yourself", 409, visit)
    now = service.clock.now()
    async with service.store.begin() as session:
        await people.dismiss(session, staff_id, now)
        await staff_sessions.end_others(session, staff_id, None, now)
        audit.note(session, visit.member.id, "dismiss_staff", [staff_id], now)
    return RedirectResponse(STAFF, 303)
