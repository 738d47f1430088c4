"""The staff console: the queue, a thread, and what a worker does with it.

Belongs here: forms in, pages out, and a line in the audit for every thread shown. Does not
belong here: who may come in (api/desk/access.py), what a claim or a close means
(bot/desk/queue.py). Titles and addresses of pages carry a reference, never a personal word.
"""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.access import SIGN_IN, ask_link, offer, sign_in, sign_out, staff_only
from api.desk.pages import desk_page, notice
from api.pages import service_of
from api.v1.access import as_worker
from api.v1.routes import send_reply
from api.v1.shapes import LONGEST_REPLY, evidence
from bot.desk import queue
from bot.desk.livechat import ChannelCannot, OptedOut, Reply
from bot.errors import AlreadyTaken, NotFound, NotYours
from bot.messages import ChannelName
from bot.rules.closing import Outcome
from bot.store import audit, holding, views
from bot.store.people import Role, StaffMember
from bot.store.session import Session
from bot.store.views import TicketFilter, TicketView

_MOST = 200


async def show_queue(request: Request, member: StaffMember) -> Response:
    """Who waits, the most pressing first, then those whom somebody has."""
    async with service_of(request).store.begin() as session:
        waiting = await views.tickets(session, TicketFilter(state="open"), None, _MOST)
        taken = await views.tickets(session, TicketFilter(state="claimed"), None, _MOST)
        ids = {ticket.conversation_id for ticket in (*waiting, *taken)} - {None}
        threads = await views.threads_by_id(session, [found for found in ids if found])
    channels = {thread.id: thread.channel for thread in threads}
    values = {"member": member, "waiting": waiting, "taken": taken, "channels": channels}
    return desk_page(request, "queue.html", values)


async def show_ticket(request: Request, member: StaffMember) -> Response:
    return await _ticket_page(request, member, None, 200)


async def claim(request: Request, member: StaffMember) -> Response:
    service = service_of(request)
    try:
        async with service.store.begin() as session:
            ticket_id = _ticket_id(request)
            await queue.claim(session, as_worker(member), ticket_id, service.clock.now())
    except AlreadyTaken:
        return await _ticket_page(request, member, "desk-already-taken", 409)
    except NotFound:
        return notice(request, "desk-no-ticket", 404)
    return _back(request)


async def release(request: Request, member: StaffMember) -> Response:
    service = service_of(request)
    try:
        async with service.store.begin() as session:
            ticket_id = _ticket_id(request)
            await queue.release(session, as_worker(member), ticket_id, service.clock.now())
    except NotYours:
        return await _ticket_page(request, member, "desk-not-yours", 409)
    except NotFound:
        return notice(request, "desk-no-ticket", 404)
    return _back(request)


async def close(request: Request, member: StaffMember) -> Response:
    service = service_of(request)
    chosen = (await request.form()).get("outcome")
    if not isinstance(chosen, str) or chosen not in Outcome:
        return await _ticket_page(request, member, "desk-choose-outcome", 422)
    try:
        async with service.store.begin() as session:
            worker, ticket_id = as_worker(member), _ticket_id(request)
            await queue.close(session, worker, ticket_id, Outcome(chosen), service.clock.now())
    except NotYours:
        return await _ticket_page(request, member, "desk-not-yours", 409)
    except NotFound:
        return notice(request, "desk-no-ticket", 404)
    return RedirectResponse("/desk", 303)


async def reply(request: Request, member: StaffMember) -> Response:
    """A form sent twice by a double press carries the same `once` and writes once."""
    service, form = service_of(request), await request.form()
    text, once = form.get("text"), form.get("once")
    words = text.strip() if isinstance(text, str) else ""
    if not 0 < len(words) <= LONGEST_REPLY:
        return await _ticket_page(request, member, "desk-reply-length", 422, words)
    key = once[:_MOST] if isinstance(once, str) and once else None
    try:
        async with service.store.begin() as session:
            answer = Reply(_ticket_id(request), words, key)
            await send_reply(service, session, member, answer)
    except NotYours:
        return await _ticket_page(request, member, "desk-not-yours", 409)
    except OptedOut:
        return await _ticket_page(request, member, "desk-opted-out", 409, words)
    except ChannelCannot:
        return await _ticket_page(request, member, "desk-channel-cannot", 409, words)
    except NotFound:
        return notice(request, "desk-no-ticket", 404)
    return _back(request)


async def _ticket_page(
    request: Request, member: StaffMember, problem: str | None, status: int, draft: str = ""
) -> Response:
    """The thread with what can be done; `draft`: words that could not be sent, kept in the form."""
    try:
        async with service_of(request).store.begin() as session:
            values = await _shown(request, session, member)
    except NotFound:
        return notice(request, "desk-no-ticket", 404)
    return desk_page(
        request, "ticket.html", values | {"problem": problem, "draft": draft}, status=status
    )


async def _shown(request: Request, session: Session, member: StaffMember) -> dict[str, object]:
    ticket_id, now = _ticket_id(request), service_of(request).clock.now()
    found = await views.tickets(session, TicketFilter(ticket_id=ticket_id), None, 1)
    if not found or found[0].conversation_id is None:
        raise NotFound(str(ticket_id))
    ticket, thread_id = found[0], found[0].conversation_id
    (thread,) = await views.threads_by_id(session, [thread_id])
    lines = await views.lines(session, thread_id)
    referrals = await views.referrals(session, thread_id, None, _MOST)
    if _is_mine(ticket, member):
        await holding.seen(session, member.id, now)
    await audit.note(session, member.id, "read_conversation", [thread_id], now)
    seen = [referral.id for referral in referrals]
    await audit.note(session, member.id, "read_referral", seen, now)
    return {
        "member": member,
        "ticket": ticket,
        "thread": thread,
        "address": "" if thread.channel == ChannelName.WEB.value else thread.address,
        "lines": lines,
        "evidence": [piece for line in lines for piece in evidence(line)],
        "referrals": referrals,
        "mine": _is_mine(ticket, member),
        "may_end": ticket.state == "claimed"
        and (_is_mine(ticket, member) or member.role is Role.SUPERVISOR),
        "outcomes": [outcome.value for outcome in Outcome],
        "longest_reply": LONGEST_REPLY,
        "once": f"{len(lines)}-{lines[-1].id}" if lines else "",
    }


def _is_mine(ticket: TicketView, member: StaffMember) -> bool:
    holder = ticket.claimed_by
    return ticket.state == "claimed" and holder is not None and holder.id == member.id


def _ticket_id(request: Request) -> UUID:
    """Raises `NotFound` for what is no id: it names nothing."""
    try:
        return UUID(request.path_params["ticket_id"])
    except ValueError as error:
        raise NotFound("id") from error


def _back(request: Request) -> Response:
    return RedirectResponse(f"/desk/tickets/{_ticket_id(request)}", 303)


router = APIRouter()
router.add_route(SIGN_IN, ask_link, methods=["GET"])
router.add_route(f"{SIGN_IN}/{{token}}", offer, methods=["GET"])
router.add_route(f"{SIGN_IN}/{{token}}", sign_in, methods=["POST"])
router.add_route("/desk/logout", staff_only(sign_out), methods=["POST"])
router.add_route("/desk", staff_only(show_queue), methods=["GET"])
router.add_route("/desk/tickets/{ticket_id}", staff_only(show_ticket), methods=["GET"])
for _name, _handler in (("claim", claim), ("reply", reply), ("release", release), ("close", close)):
    router.add_route(f"/desk/tickets/{{ticket_id}}/{_name}", staff_only(_handler), methods=["POST"])
