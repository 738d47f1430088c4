"""Leaving at once: the session ends here and now, and a page that anybody may have open comes.

Belongs here: the exit. Does not belong here: what the button looks like (templates), what staff
are shown of it (the conversation stays with them, marked).
"""

from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api import cookies
from api.forms import is_own_form
from api.pages import service_of
from bot.bootstrap import Service
from bot.channels.webchat import COOKIE
from bot.errors import StoreAway
from bot.messages import Inbound, InboundKind
from bot.store import views, websessions


async def leave(request: Request) -> Response:
    """Works as a plain link too. Whatever fails, the cookie goes and the neutral page comes."""
    if not is_own_form(request):
        raise HTTPException(403)
    service, claim = service_of(request), cookies.claim_of(request)
    if claim is not None:
        await _end(service, claim.token)
    answer: Response = RedirectResponse(str(service.book.look.leaves_to), 303)
    if request.method == "POST":
        answer = Response(status_code=204)
    answer.delete_cookie(COOKIE)
    return answer


async def _end(service: Service, token: str) -> None:
    address = websessions.address_of(service.store.vault, token)
    try:
        async with service.store.begin() as session:
            was_live = await websessions.revoke(session, token, service.clock.now())
            has_thread = await views.conversation_at(session, address) is not None
        if was_live and has_thread:
            name = f"{address.value[:32]}:{uuid4().hex}"
            await service.intake.accept(Inbound(address, name, "", InboundKind.LEFT))
    except StoreAway:
        return


ROUTES = [Route("/out", leave, methods=["GET", "POST"])]
