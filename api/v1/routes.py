"""The JSON API for staff systems, version 1.

Belongs here: HTTP in, HTTP out. Does not belong here: rights (api/v1/access.py), shapes
(api/v1/shapes.py), reading what somebody told us (bot/desk/access.py), what a claim or a close
means (bot/desk/queue.py).
"""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.openapi.utils import get_openapi

from api.pages import service_of
from api.v1 import (
    cursors,
    deciding,
    deeds,
    learning,
    oncall,
    patrols,
    referring,
    rota,
    shapes,
    shift,
    supervision,
)
from api.v1.access import REFUSED, ReaderCaller, WorkerCaller, as_worker
from api.v1.given import Once, id_of, ticket_of
from bot.bootstrap import Service
from bot.desk import access, queue
from bot.desk.access import Look, Page
from bot.desk.livechat import LiveChat, Reply
from bot.desk.manners import CHAT_ENDED, HANDED_BACK, Manners
from bot.desk.queue import Worker
from bot.dialogue.turn import Priority
from bot.effects import Queued
from bot.messages import Address
from bot.store.people import StaffMember
from bot.store.session import Session
from bot.store.views import ReferralFilter, TicketFilter

router = APIRouter(prefix="/api/v1", responses=REFUSED)
for _part in (oncall, deeds, shift, referring, deciding, supervision, rota):
    router.routes.extend(_part.router.routes)
learning.add_to(router)

_MOST = 200
Cursor = Annotated[str | None, Query(max_length=400)]
Limit = Annotated[int, Query(ge=1, le=_MOST)]


def described() -> dict[str, Any]:
    """Every route of the API in one description."""
    routes = [*router.routes, *patrols.router.routes]
    return get_openapi(title="Handrail", version="1", routes=routes)


@router.get("/openapi.json", include_in_schema=False)
async def openapi() -> dict[str, Any]:
    """The description of this API; it tells nothing about anybody."""
    return described()


@router.post("/conversations/search")
async def search(
    request: Request, wanted: shapes.Search, caller: ReaderCaller
) -> shapes.Listed[shapes.ConversationFound]:
    """The conversations of an address, newest first; the address never stands in a URL."""
    look = _look(request, caller)
    async with service_of(request).store.begin() as session:
        address = Address(wanted.channel, wanted.address)
        threads = await access.access_address(session, look, address)
    items = [shapes.ConversationFound.model_validate(thread) for thread in threads]
    return shapes.Listed(items=items, next=None)


@router.get("/conversations/{conversation_id}")
async def conversation(
    request: Request, conversation_id: str, caller: ReaderCaller
) -> shapes.ConversationShape:
    """One conversation with its messages in order. Read by its holder, it counts as a sign that
    the holder is there."""
    async with service_of(request).store.begin() as session:
        opened = await access.access_thread(session, _look(request, caller), id_of(conversation_id))
    return shapes.conversation(opened)


@router.get("/tickets")
async def tickets(
    request: Request,
    caller: ReaderCaller,
    state: shapes.TicketState | None = None,
    priority: Priority | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> shapes.Listed[shapes.TicketShape]:
    """Tickets by priority, then age."""
    wanted = TicketFilter(state=state, priority=priority.value if priority else None)
    place = cursors.ticket_place(cursor)
    look = _look(request, caller)
    async with service_of(request).store.begin() as session:
        found = await access.access_tickets(session, look, wanted, place, limit + 1)
    items = [shapes.TicketShape.of(view) for view in found[:limit]]
    goes_on = len(found) > limit
    return shapes.Listed(
        items=items, next=cursors.after_ticket(found[limit - 1]) if goes_on else None
    )


@router.post("/tickets/{ticket_id}/claim")
async def claim(request: Request, ticket_id: str, caller: WorkerCaller) -> shapes.TicketShape:
    """Take an open ticket; the bot is silent in its conversation from now on."""
    service, wanted = service_of(request), id_of(ticket_id)
    async with service.store.begin() as session:
        await queue.claim(session, as_worker(caller), wanted, service.clock.now())
        return await ticket_of(session, _look(request, caller), wanted)


@router.post("/tickets/{ticket_id}/reply")
async def reply(
    request: Request,
    ticket_id: str,
    body: shapes.ReplyBody,
    caller: WorkerCaller,
    once: Once = None,
) -> shapes.TicketShape:
    """Write to the person in their own thread. With an `Idempotency-Key` a repeated request
    sends nothing twice."""
    service, wanted = service_of(request), id_of(ticket_id)
    async with service.store.begin() as session:
        await send_reply(service, session, caller, Reply(wanted, body.text, once))
        return await ticket_of(session, _look(request, caller), wanted)


@router.post("/tickets/{ticket_id}/ring")
async def ring(request: Request, ticket_id: str, caller: WorkerCaller) -> shapes.TicketShape:
    """Ring the caller's own phone and, once they press 1 on it, the person's, from our number."""
    service, wanted = service_of(request), id_of(ticket_id)
    async with service.store.begin() as session:
        await ring_them(service, session, as_worker(caller), wanted)
        return await ticket_of(session, _look(request, caller), wanted)


@router.post("/tickets/{ticket_id}/release")
async def release(request: Request, ticket_id: str, caller: WorkerCaller) -> shapes.TicketShape:
    """Put a ticket back into the queue; the bot answers again."""
    service, wanted = service_of(request), id_of(ticket_id)
    async with service.store.begin() as session:
        await say_goodbye(service, session, wanted, HANDED_BACK)
        await queue.release(session, as_worker(caller), wanted, service.clock.now())
        return await ticket_of(session, _look(request, caller), wanted)


@router.post("/tickets/{ticket_id}/close")
async def close(
    request: Request, ticket_id: str, body: shapes.CloseBody, caller: WorkerCaller
) -> shapes.TicketShape:
    """Say how it ended; the bot answers again."""
    service, wanted = service_of(request), id_of(ticket_id)
    async with service.store.begin() as session:
        worker = as_worker(caller)
        await say_goodbye(service, session, wanted, CHAT_ENDED)
        await queue.close(session, worker, wanted, body.outcome, service.clock.now())
        return await ticket_of(session, _look(request, caller), wanted)


@router.get("/referrals")
async def referrals(
    request: Request, caller: ReaderCaller, cursor: Cursor = None, limit: Limit = 50
) -> shapes.Listed[shapes.ReferralShape]:
    """Referrals, newest first."""
    look, place = _look(request, caller), cursors.referral_place(cursor)
    page = Page(place, limit)
    async with service_of(request).store.begin() as session:
        found = await access.access_referrals(session, look, ReferralFilter(), page)
    return shapes.Listed(
        items=[shapes.ReferralShape.of(view) for view in found.items],
        next=cursors.after_referral(found.items[-1]) if found.goes_on else None,
    )


@router.get("/referrals/{referral_id}")
async def referral(
    request: Request, referral_id: str, caller: ReaderCaller
) -> shapes.ReferralShape:
    async with service_of(request).store.begin() as session:
        found = await access.access_referral(session, _look(request, caller), id_of(referral_id))
    return shapes.ReferralShape.of(found)


async def send_reply(service: Service, session: Session, member: StaffMember, words: Reply) -> None:
    """Queues a worker's words and starts the send once they are committed."""
    now = service.clock.now()
    desk = LiveChat(service.channels, Manners(service.book))
    row_id = await desk.reply(session, as_worker(member), words, now)
    if row_id is not None:
        session.after_commit(partial(service.outbox.hand_over, Queued(row_id, now)))


async def say_goodbye(service: Service, session: Session, ticket_id: UUID, text_id: str) -> None:
    """Every end of a chat leaves a next step; taken back with the rest where the end is refused."""
    now, manners = service.clock.now(), Manners(service.book)
    row_id = await manners.part(session, ticket_id, text_id, now)
    if row_id is not None:
        session.after_commit(partial(service.outbox.hand_over, Queued(row_id, now)))


async def ring_them(service: Service, session: Session, worker: Worker, ticket_id: UUID) -> None:
    """The worker's phone rings once this is committed. Raises `NotYours`, `CannotRing`."""
    now = service.clock.now()
    row_id = await service.telephone.call_backs.ask(session, worker, ticket_id, now)
    if row_id is not None:
        session.after_commit(partial(service.outbox.hand_over, Queued(row_id, now)))


def _look(request: Request, caller: StaffMember) -> Look:
    return Look(caller, service_of(request).clock.now())
