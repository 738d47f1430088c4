"""Attachments on the desk: the page of one, its blurred copy, and itself for a written reason.

Belongs here: forms in, bytes out, each with headers under which it can do nothing. Does not belong
here: who may see what (bot/desk/attachments.py).
"""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import id_in_path, told
from api.desk.pages import desk_page
from api.pages import service_of
from bot.desk import attachments, pictures
from bot.desk.access import Look
from bot.desk.attachments import NoLookReason
from bot.rules.media import PLAYS
from bot.store.session import Session
from bot.store.staff_sessions import Visit

MEDIA = "/desk/media"
_JPEG = "image/jpeg"
_ALONE = {"Content-Security-Policy": "default-src 'none'; sandbox"}


async def show(request: Request, visit: Visit) -> Response:
    return await _page(request, visit, "", 200)


async def _page(request: Request, visit: Visit, problem: str, status: int) -> Response:
    service, attachment_id = service_of(request), id_in_path(request, "attachment_id")
    async with service.store.begin() as session:
        look = Look(visit.member, service.clock.now())
        shown = await attachments.access_attachment(session, look, attachment_id)
    item = shown.item
    values = {
        "shown": shown,
        "item": item,
        "place": f"{MEDIA}/{item.id}",
        "plays": item.content_type in PLAYS,
        "is_picture": item.content_type.startswith("image/") and item.has_blurred,
        "problem": problem,
    }
    return desk_page(request, "media.html", values, visit=visit, status=status)


async def blurred(request: Request, visit: Visit) -> Response:
    service = service_of(request)
    async with service.store.begin() as session:
        look = Look(visit.member, service.clock.now())
        found = await attachments.access_blurred(
            session, look, id_in_path(request, "attachment_id")
        )
    return Response(found, media_type=_JPEG, headers=_ALONE)


async def clear(request: Request, visit: Visit) -> Response:
    """A picture is drawn anew and a recording plays; anything else can only be saved."""
    service = service_of(request)
    async with service.store.begin() as session:
        look = Look(visit.member, service.clock.now())
        item, content = await attachments.access_clear(
            session, look, id_in_path(request, "attachment_id")
        )
    if item.content_type.startswith("image/"):
        drawn = await asyncio.to_thread(pictures.clear, content)
        if drawn is not None:
            return Response(drawn, media_type=_JPEG, headers=_ALONE)
    elif item.content_type in PLAYS:
        return Response(content, media_type=item.content_type, headers=_ALONE)
    saved = {"Content-Disposition": f'attachment; filename="{item.id}.bin"'}
    return Response(content, media_type="application/octet-stream", headers=_ALONE | saved)


async def open_one(request: Request, visit: Visit) -> Response:
    return await _deed(request, visit, attachments.open_one)


async def lock(request: Request, visit: Visit) -> Response:
    return await _deed(request, visit, attachments.lock)


async def unlock(request: Request, visit: Visit) -> Response:
    return await _deed(request, visit, attachments.unlock)


type _Deed = Callable[[Session, Look, UUID, str], Awaitable[None]]


async def _deed(request: Request, visit: Visit, deed: _Deed) -> Response:
    service, attachment_id = service_of(request), id_in_path(request, "attachment_id")
    reason = await told(request, "reason")
    try:
        async with service.store.begin() as session:
            await deed(session, Look(visit.member, service.clock.now()), attachment_id, reason)
    except NoLookReason:
        return await _page(request, visit, "desk-media-reason", 422)
    return RedirectResponse(f"{MEDIA}/{attachment_id}", 303)
