"""The desk as it changes: one stream for each open page, and the sign that somebody sits there.

Belongs here: what wakes a page. Does not belong here: what the page then asks for.
"""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.desk.forms import id_in_path
from api.desk.pages import COOKIE
from api.pages import service_of
from api.stream import STREAMS, Hub, Waiter
from api.v1.deeds import show_typing
from bot.bootstrap import Service
from bot.errors import StoreAway
from bot.store import holding, staff_sessions
from bot.store.staff_sessions import Stage, Visit

BEAT = 15.0
"""Seconds between signs of life; each asks the page for one of its own."""
_TOGETHER = 0.4
"""Seconds in which changes are told as one."""


async def events(request: Request, _: Visit) -> Response:
    """`queue`: something changed; `thread`: the conversation `?thread=` did; `typing`: the person
    writes there now; `beat`: say that
    you are there; `lapsed`: the session is over."""
    hub: Hub = request.app.state.hub
    if len(hub.waiters) >= STREAMS:
        return Response(status_code=503)
    thread = _id(request.query_params.get("thread", ""))
    stream = _tell(hub, service_of(request), request.cookies[COOKIE], thread)
    return StreamingResponse(stream, media_type="text/event-stream")


async def _tell(hub: Hub, service: Service, bearer: str, thread: UUID | None) -> AsyncIterator[str]:
    yield "retry: 2000\n\n" + _event("beat")
    with hub.waiting(Waiter(None)) as waiter:
        # What changed between the page and this stream is on neither: the page looks once more.
        yield _event("queue") + (_event("thread") if thread else "")
        while not hub.ended.is_set():
            try:
                await asyncio.wait_for(waiter.woken.wait(), BEAT)
            except TimeoutError:
                if not await _is_signed_in(service, bearer):
                    yield _event("lapsed")
                    return
                yield _event("beat")
                continue
            await asyncio.sleep(_TOGETHER)
            waiter.woken.clear()
            if waiter.is_stirred:
                yield _event("queue")
            if thread in waiter.changed:
                yield _event("thread")
            if thread in waiter.typing:
                yield _event("typing")
            waiter.is_stirred, waiter.changed, waiter.typing = False, set(), set()


async def _is_signed_in(service: Service, bearer: str) -> bool:
    try:
        async with service.store.begin() as session:
            now = service.clock.now()
            return await staff_sessions.find(session, bearer, Stage.WHOLE, now) is not None
    except StoreAway:
        return True


async def here(request: Request, visit: Visit) -> Response:
    """The page is open in a living browser: whoever this person holds is not abandoned."""
    service = service_of(request)
    async with service.store.begin() as session:
        await holding.seen(session, visit.member.id, service.clock.now())
    return Response(status_code=204)


async def typing(request: Request, visit: Visit) -> Response:
    """Whoever holds the conversation writes; the person is shown it where words may reach them
    now. Kept nowhere."""
    await show_typing(service_of(request), visit.member.id, id_in_path(request, "ticket_id"))
    return Response(status_code=204)


def _event(name: str) -> str:
    return f"event: {name}\ndata: {{}}\n\n"


def _id(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
