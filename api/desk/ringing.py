"""The button that rings somebody: the worker's own phone first, then theirs, from our number.

Does not belong here: whether they may be rung (bot/desk/call_backs.py).
"""

from starlette.requests import Request
from starlette.responses import Response

from api.desk.forms import id_in_path
from api.desk.tickets import ticket_page
from api.pages import service_of
from api.v1.access import as_worker
from api.v1.routes import ring_them
from bot.desk.call_backs import CannotRing
from bot.errors import NotYours
from bot.store.staff_sessions import Visit


async def ring(request: Request, visit: Visit) -> Response:
    service, ticket_id = service_of(request), id_in_path(request, "ticket_id")
    try:
        async with service.store.begin() as session:
            await ring_them(service, session, as_worker(visit.member), ticket_id)
    except NotYours:
        return await ticket_page(request, visit, "desk-not-yours", 409)
    except CannotRing as error:
        return await ticket_page(request, visit, f"desk-ring-{error.why.value}", 409)
    return await ticket_page(request, visit, "desk-rings", 200)
