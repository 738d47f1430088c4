"""The page behind a link that a worker offered: how somebody describes themselves, if they want.

Belongs here: asking and keeping. What was said is never shown again, here or to staff. Does not
belong here: who is offered it (bot/desk/describing.py), counting (bot/rules/figures.py).
"""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.forms import is_own_form
from api.pages import page, service_of
from bot.desk import describing
from bot.store import described, views
from nlu.normalise import fold
from nlu.reading import Language

LONGEST = 80
_ADDRESS = describing.PATH + "{link}"


async def ask(request: Request) -> Response:
    return await _page(request, await _offered(request), is_kept=False)


async def take(request: Request) -> Response:
    """Nothing chosen takes out what was said before."""
    if not is_own_form(request):
        raise HTTPException(403)
    conversation_id, service = await _offered(request), service_of(request)
    form = await request.form(max_files=0, max_fields=5)
    own = " ".join(str(form.get("own", "")).replace("\0", "").split())[:LONGEST]
    ready = {fold(one): one for one in service.book.deployment.groups}
    picked = ready.get(fold(own)) or fold(own) or ready.get(fold(str(form.get("group", ""))), "")
    async with service.store.begin() as session:
        await described.keep(session, conversation_id, picked, service.clock.now())
    return await _page(request, conversation_id, is_kept=True)


async def _offered(request: Request) -> UUID:
    service = service_of(request)
    conversation_id = describing.behind(service.store.vault, request.path_params["link"])
    if conversation_id is not None:
        async with service.store.begin() as session:
            if await described.is_open(session, conversation_id, service.clock.now()):
                return conversation_id
    raise HTTPException(404)


async def _page(request: Request, conversation_id: UUID, *, is_kept: bool) -> Response:
    service = service_of(request)
    async with service.store.begin() as session:
        spoken, _ = await views.company_of(session, conversation_id)
    groups = service.book.deployment.groups
    values = {"groups": groups, "is_kept": is_kept, "longest": LONGEST}
    return page(request, "describe.html", values, language=Language(spoken))


ROUTES = [
    Route(_ADDRESS, ask, methods=["GET"]),
    Route(_ADDRESS, take, methods=["POST"]),
]
