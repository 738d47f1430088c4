"""The end of a shift: what somebody holds is offered with a written word on each, and taken by
the next person.

Does not belong here: what an offer is (bot/desk/shifts.py), passing on a single conversation
(api/desk/actions.py).
"""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.actions import LONGEST_NOTE
from api.desk.forms import told
from api.desk.pages import DESK, desk_page
from api.desk.tickets import colleagues_of
from api.pages import service_of
from api.v1.access import as_worker
from bot.desk import access, shifts
from bot.desk.access import Look
from bot.desk.attention import CannotTake, NoReason
from bot.desk.shifts import ShiftEnd
from bot.errors import AlreadyTaken, NotYours
from bot.store.session import Session
from bot.store.staff_sessions import Visit
from bot.store.views import TicketFilter, TicketView

SHIFT = "/desk/shift"
_MOST = 200


async def show(request: Request, visit: Visit) -> Response:
    return await _page(request, visit, "", 200)


async def _page(request: Request, visit: Visit, problem: str, status: int) -> Response:
    service = service_of(request)
    async with service.store.begin() as session:
        look = Look(visit.member, service.clock.now())
        waiting, given = await shifts.access_offers(session, as_worker(visit.member), look.at)
        mine = await mine_of(session, look)
        colleagues = await colleagues_of(session, visit)
    # What was offered already can be offered to somebody else without writing it anew.
    words = {str(one.ticket_id): one.word for one in given}
    if problem:
        words = {str(one.id): await told(request, f"note-{one.id}") for one in mine}
    values = {
        "waiting": waiting,
        "given": given,
        "mine": mine,
        "colleagues": colleagues,
        "problem": problem,
        "words": words,
        "longest": LONGEST_NOTE,
    }
    return desk_page(request, "shift.html", values, visit=visit, status=status)


async def mine_of(session: Session, look: Look) -> list[TicketView]:
    """What the reader holds."""
    taken = await access.access_tickets(session, look, TicketFilter(state="claimed"), None, _MOST)
    return [one for one in taken if one.claimed_by is not None and one.claimed_by.id == look.by.id]


async def end(request: Request, visit: Visit) -> Response:
    """All of them or none: nothing is handed over without a word."""
    service, now = service_of(request), service_of(request).clock.now()
    try:
        to = UUID(await told(request, "to"))
        async with service.store.begin() as session:
            mine = await mine_of(session, Look(visit.member, now))
            notes = {one.id: (await told(request, f"note-{one.id}"))[:LONGEST_NOTE] for one in mine}
            ended = ShiftEnd(to, notes)
            await service.shifts.offer(session, as_worker(visit.member), ended, now)
    except NoReason:
        return await _page(request, visit, "desk-shift-note", 422)
    except (CannotTake, ValueError):
        return await _page(request, visit, "desk-cannot-take", 422)
    except NotYours:
        return await _page(request, visit, "desk-not-yours", 409)
    return RedirectResponse(SHIFT, 303)


async def take(request: Request, visit: Visit) -> Response:
    """`offer`: one of them, or `all`."""
    service, now = service_of(request), service_of(request).clock.now()
    worker, chosen = as_worker(visit.member), await told(request, "offer")
    try:
        async with service.store.begin() as session:
            waiting, _ = await shifts.access_offers(session, worker, now)
            wanted = [one.id for one in waiting] if chosen == "all" else [UUID(chosen)]
            await shifts.take_over(session, worker, wanted, now)
    except (AlreadyTaken, ValueError):
        return await _page(request, visit, "desk-shift-gone", 409)
    return RedirectResponse(DESK, 303)
