"""Leaving at once, and asking for the chat to be deleted: the session ends here and now.

Belongs here: the exit, the end of a chat. Does not belong here: what the button looks like
(templates), what staff are shown of it (the conversation stays with them, marked).
"""

from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api import cookies
from api.forms import is_own_form
from api.guards import policy
from api.pages import chosen, link_in, page, service_of
from bot.bootstrap import Service
from bot.errors import StoreAway
from bot.messages import Inbound, InboundKind
from bot.store import views, websessions
from nlu.reading import Language


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
    cookies.drop(answer, service)
    return answer


async def delete(request: Request) -> Response:
    """Closes the chat on this device, and asks for its deletion in the person's name: the one
    way that a request in words goes too."""
    if not is_own_form(request):
        raise HTTPException(403)
    service, claim = service_of(request), cookies.claim_of(request)
    if claim is None or not await _asked_to_delete(service, claim.token):
        return RedirectResponse(link_in(chosen(request))("/chat"), 303)
    # Nobody can come back to this address: other languages of it lead to the start.
    answer = page(request, "closed.html", {"here": "/"})
    # Where the chat may stand in a frame, its end may too.
    answer.headers["Content-Security-Policy"] = policy(service.book.look.framed_by)
    cookies.drop(answer, service)
    return answer


async def _asked_to_delete(service: Service, token: str) -> bool:
    """False where there is nothing of theirs. Raises `StoreAway`: a page says to try again."""
    address = websessions.address_of(service.store.vault, token)
    async with service.store.begin() as session:
        is_live = await websessions.peek(session, token, service.clock.now()) is not None
        has_thread = await views.conversation_at(session, address) is not None
    if not (is_live and has_thread):
        return False
    name, said = f"{address.value[:32]}:{uuid4().hex}", service.book.topics[Language.EN].erases[0]
    await service.intake.accept(Inbound(address, name, said))
    async with service.store.begin() as session:
        await websessions.revoke(session, token, service.clock.now())
    return True


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


ROUTES = [
    Route("/out", leave, methods=["GET", "POST"]),
    Route("/chat/delete", delete, methods=["POST"]),
]
