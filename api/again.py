"""Coming back from another phone: five words, and the code word, said as the chat would hear them.

Belongs here: the page that asks for both. Does not belong here: whether they open anything
(bot/store/receipts.py), how often one may try (bot/rules/references.py).
"""

from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import cookies, writers
from api.errors import trouble
from api.forms import goes_to, is_own_form
from api.pages import chosen, link_in, page, service_of
from api.tickets import ticket
from api.writers import Posted

_LONGEST = 120
_ID = 64


async def ask(request: Request) -> Response:
    service = service_of(request)
    client_id = ticket(service.store.vault, service.clock.now())
    return page(request, "again.html", {"client_id": client_id})


async def take(request: Request) -> Response:
    """Both are messages like any other; the chat shows what they led to."""
    if not is_own_form(request):
        raise HTTPException(403)
    form, service = await request.form(max_files=0, max_fields=20), service_of(request)
    said = [str(form.get(name, "")).strip()[:_LONGEST] for name in ("words", "code")]
    given = str(form.get("client_id", ""))
    sound = given if writers.CLIENT_ID.fullmatch(given) else uuid4().hex
    arrived = Posted(" ".join(said), sound, chip=False)
    writer = await writers.writer_of(request, arrived)
    if writer is None:
        return trouble(request, 429, "web-too-fast", back="/again")
    for number, words in enumerate(said):
        # The page has one id: the same words sent twice are said once.
        once = f"{number}-{arrived.client_id}"[:_ID]
        posted = Posted(words.replace("\0", ""), once, chip=False)
        if words:
            await service.intake.accept(writers.said_by(writer, posted, request))
    answer = goes_to(request, link_in(chosen(request))("/chat?sent=1#latest"))
    if writer.is_known:
        cookies.give(answer, service, writer.token)
    else:
        cookies.promise(answer, service, writer.claim)
    return answer


ROUTES = [
    Route("/again", ask, methods=["GET"]),
    Route("/again", take, methods=["POST"]),
]
