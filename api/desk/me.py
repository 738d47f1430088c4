"""One's own account: sessions, password, recovery codes.

Does not belong here: other people's accounts (api/desk/staff.py).
"""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import told
from api.desk.pages import desk_page
from api.pages import service_of
from bot.desk.signin import Fault, NotIn, SignIn
from bot.rules.signin import LONGEST_PASSWORD, SHORTEST_PASSWORD
from bot.store import accounts, staff_sessions
from bot.store.staff_sessions import Visit

ME = "/desk/me"


async def show_me(request: Request, visit: Visit) -> Response:
    return await _page(request, visit, None)


async def _page(request: Request, visit: Visit, fault: Fault | None) -> Response:
    service = service_of(request)
    async with service.store.begin() as session:
        sessions = await staff_sessions.of(session, visit.member.id, service.clock.now())
        left = await accounts.codes_left(session, visit.member.id)
    values = {
        "sessions": sessions,
        "this": visit.id,
        "codes_left": left,
        "fault": fault,
        "shortest_password": SHORTEST_PASSWORD,
        "longest_password": LONGEST_PASSWORD,
    }
    return desk_page(request, "me.html", values, visit=visit, status=422 if fault else 200)


async def end_session(request: Request, visit: Visit) -> Response:
    """One of one's own, or all but this."""
    service, which = service_of(request), await told(request, "session")
    now = service.clock.now()
    async with service.store.begin() as session:
        try:
            await staff_sessions.end(session, visit.member.id, UUID(which), now)
        except ValueError:
            await staff_sessions.end_others(session, visit.member.id, visit.id, now)
    return RedirectResponse(ME, 303)


async def change_password(request: Request, visit: Visit) -> Response:
    service, new = service_of(request), await told(request, "password")
    if new != await told(request, "again"):
        return await _page(request, visit, Fault.DIFFERENT)
    try:
        old, now = await told(request, "old"), service.clock.now()
        await SignIn(service.store).change_password(visit, old, new, now)
    except NotIn as refused:
        return await _page(request, visit, refused.fault)
    return RedirectResponse(ME, 303)


async def new_codes(request: Request, visit: Visit) -> Response:
    """Shown once, for a code of the authenticator."""
    service, code = service_of(request), await told(request, "code")
    try:
        codes = await SignIn(service.store).new_codes(visit.member, code, service.clock.now())
    except NotIn as refused:
        return await _page(request, visit, refused.fault)
    return desk_page(request, "codes.html", {"codes": codes}, visit=visit)
