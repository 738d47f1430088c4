"""The button that offers somebody to say how they describe themselves.

Does not belong here: whether it may be offered, and the link (bot/desk/describing.py).
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import id_in_path
from api.desk.pages import DESK
from api.desk.tickets import ticket_page
from api.pages import service_of
from api.v1.access import as_worker
from bot.desk.describing import Offers
from bot.desk.livechat import ChannelCannot, LiveChat, OptedOut
from bot.desk.manners import Manners
from bot.effects import Queued
from bot.errors import NotYours
from bot.store.staff_sessions import Visit


async def offer(request: Request, visit: Visit) -> Response:
    service, ticket_id = service_of(request), id_in_path(request, "ticket_id")
    now, worker = service.clock.now(), as_worker(visit.member)
    chat = LiveChat(service.channels, Manners(service.book))
    offers = Offers(chat, service.settings.public_url)
    try:
        async with service.store.begin() as session:
            row_id = await offers.offer(session, worker, ticket_id, now)
            if row_id is not None:
                session.after_commit(partial(service.outbox.hand_over, Queued(row_id, now)))
    except NotYours:
        return await ticket_page(request, visit, "desk-not-yours", 409)
    except OptedOut:
        return await ticket_page(request, visit, "desk-opted-out", 409)
    except ChannelCannot:
        return await ticket_page(request, visit, "desk-channel-cannot", 409)
    return RedirectResponse(f"{DESK}/tickets/{ticket_id}", 303)
