"""What waits for a named person's decision: first messages, deletions, words behind a code word.

Belongs here: forms in, pages out, and the page of all that is due. Does not belong here: who may,
and what follows (bot/desk/starting.py, bot/desk/deleting.py).
"""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import id_in_path, told
from api.desk.pages import DESK, desk_page
from api.desk.referrals import REFERRALS, referral_page
from api.desk.tickets import ticket_page
from api.pages import service_of
from bot.bootstrap import Service
from bot.desk import access, beside, deleting, starting
from bot.desk.access import Look
from bot.desk.deleting import NoDecisionReason, NothingWaits
from bot.desk.starting import CannotStart, Starting, Why
from bot.effects import Queued
from bot.errors import NotFound
from bot.messages import ChannelName
from bot.rules.starting import CHANNELS
from bot.store.decided import Decision
from bot.store.staff_sessions import Visit

DUE = "/desk/due"


async def show_due(request: Request, visit: Visit) -> Response:
    return await _due(request, visit, "", 200)


async def _due(request: Request, visit: Visit, problem: str, status: int) -> Response:
    service = service_of(request)
    look = Look(visit.member, service.clock.now())
    async with service.store.begin() as session:
        values = {
            "wishes": await deleting.access_wishes(session, look),
            "contacts": await starting.access_waiting_contacts(session, look),
            "follow_ups": await beside.access_follow_ups(session, look),
            "late": await access.access_late(session, look),
            "now": look.at,
            "problem": problem,
        }
    return desk_page(request, "due.html", values, visit=visit, status=status)


async def ask_contact(request: Request, visit: Visit) -> Response:
    service, referral_id = service_of(request), id_in_path(request, "referral_id")
    channel = await told(request, "channel")
    if channel not in CHANNELS:
        return await referral_page(request, visit, "desk-referral-unknown", 422)
    number, reason = await told(request, "number"), await told(request, "reason")
    wanted = Starting(referral_id, ChannelName(channel), number, reason)
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now())
            row_id = await service.first_contacts.ask(session, look, wanted)
    except CannotStart as error:
        return await referral_page(request, visit, _said(error.why), 409)
    _leaves(service, row_id)
    return RedirectResponse(f"{REFERRALS}/{referral_id}", 303)


async def decide_contact(request: Request, visit: Visit) -> Response:
    """`decision`: `approved` or `refused`."""
    service, contact_id = service_of(request), id_in_path(request, "contact_id")
    decision, row_id = await told(request, "decision"), None
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now())
            if decision == "approved":
                row_id = await service.first_contacts.approve(session, look, contact_id)
            elif decision == "refused":
                await service.first_contacts.refuse(session, look, contact_id)
            else:
                raise NotFound("decision")
    except CannotStart as error:
        return await _due(request, visit, _said(error.why), 409)
    _leaves(service, row_id)
    return RedirectResponse(DUE, 303)


def _said(why: Why) -> str:
    return f"desk-cannot-start-{why.value.replace('_', '-')}"


async def decide_deletion(request: Request, visit: Visit) -> Response:
    service, ticket_id = service_of(request), id_in_path(request, "ticket_id")
    decision, reason = await told(request, "decision"), await told(request, "reason")
    if decision not in Decision:
        return await ticket_page(request, visit, "desk-delete-choose", 422)
    deciding = deleting.Deciding(ticket_id, Decision(decision), reason)
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now())
            row_id = await deleting.decide(session, look, service.book, deciding)
    except NoDecisionReason:
        return await ticket_page(request, visit, "desk-delete-choose", 422)
    _leaves(service, row_id)
    return RedirectResponse(f"{DESK}/tickets/{ticket_id}", 303)


async def send_anyway(request: Request, visit: Visit) -> Response:
    service, ticket_id = service_of(request), id_in_path(request, "ticket_id")
    reason = await told(request, "reason")
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now())
            freed = await deleting.free_words(session, look, ticket_id, reason)
    except (NoDecisionReason, NothingWaits):
        return await ticket_page(request, visit, "desk-anyway-refused", 422)
    for row_id in freed:
        _leaves(service, row_id)
    return RedirectResponse(f"{DESK}/tickets/{ticket_id}", 303)


def _leaves(service: Service, row_id: UUID | None) -> None:
    if row_id is not None:
        service.outbox.hand_over(Queued(row_id, service.clock.now()))
