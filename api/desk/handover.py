"""The handover page: on the screen, on paper, and who got it.

Does not belong here: what stands on it (bot/desk/handover.py).
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import grounds_in, id_in_path, told
from api.desk.pages import DESK, desk_page, named, tell
from api.desk.paper import pdf
from api.pages import service_of
from bot.desk import access, handover
from bot.desk.access import Look
from bot.desk.handover import FRONT_DOORS, Giving, Handover
from bot.desk.referring import Basis, NoGrounds
from bot.errors import NotFound
from bot.store.staff_sessions import Visit


async def _made(request: Request, visit: Visit) -> Handover:
    service, ticket_id = service_of(request), id_in_path(request, "ticket_id")
    look = Look(visit.member, service.clock.now())
    async with service.store.begin() as session:
        return await handover.access_handover(session, look, ticket_id)


async def show(request: Request, visit: Visit) -> Response:
    return await _shown(request, visit, "", 200)


async def _shown(request: Request, visit: Visit, problem: str, status: int) -> Response:
    values = {
        "problem": problem,
        "made": await _made(request, visit),
        "front_doors": FRONT_DOORS,
        "bases": [*Basis],
        "place": f"{DESK}/tickets/{id_in_path(request, 'ticket_id')}",
    }
    return desk_page(request, "handover.html", values, visit=visit, status=status)


async def paper(request: Request, visit: Visit) -> Response:
    """The PDF; its name carries the reference alone."""
    made, book = await _made(request, visit), service_of(request).book
    mark = tell(book, "desk-practice") if service_of(request).settings.practice else ""
    sheet = pdf(made, partial(tell, book), partial(named, book), mark)
    name = f'attachment; filename="handover-{made.reference}.pdf"'
    return Response(sheet, media_type="application/pdf", headers={"Content-Disposition": name})


async def give(request: Request, visit: Visit) -> Response:
    service, ticket_id = service_of(request), id_in_path(request, "ticket_id")
    recipient, basis = await told(request, "recipient"), await told(request, "basis")
    if recipient not in FRONT_DOORS or basis not in Basis:
        raise NotFound("recipient")
    giving = Giving(recipient, Basis(basis), await grounds_in(request))
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now(), handover.HANDOVER)
            _, opened = await access.access_ticket(session, look, ticket_id)
            await handover.give(session, look, opened, giving)
    except NoGrounds:
        return await _shown(request, visit, "desk-share-no-grounds", 422)
    return RedirectResponse(f"{DESK}/tickets/{ticket_id}/handover", 303)
