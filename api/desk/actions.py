"""What a worker does with one conversation: answer, hand back, close, note, risk, pass on.

Belongs here: forms in, the next page out. Does not belong here: what each means (bot/desk).
"""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import id_in_path, told
from api.desk.pages import DESK
from api.desk.tickets import ticket_page
from api.pages import service_of
from api.v1.access import as_worker
from api.v1.routes import say_goodbye, send_reply
from api.v1.shapes import LONGEST_REPLY
from bot.desk import access, attention, queue
from bot.desk.access import Look
from bot.desk.attention import CannotTake, NoReason, RiskWish
from bot.desk.livechat import ChannelCannot, OptedOut, Reply
from bot.desk.manners import CHAT_ENDED, HANDED_BACK
from bot.errors import NotYours
from bot.rules.closing import Outcome
from bot.store.help import Help, HelpKind
from bot.store.staff_sessions import Visit
from nlu.reading import RiskLevel

LONGEST_NOTE = 2000
_LONGEST_KEY = 200


async def reply(request: Request, visit: Visit) -> Response:
    """A form sent twice by a double press carries the same `once` and writes once."""
    service = service_of(request)
    words, once = await told(request, "text"), await told(request, "once")
    if not 0 < len(words) <= LONGEST_REPLY:
        return await ticket_page(request, visit, "desk-reply-length", 422, words)
    try:
        async with service.store.begin() as session:
            answer = Reply(id_in_path(request, "ticket_id"), words, once[:_LONGEST_KEY] or None)
            await send_reply(service, session, visit.member, answer)
    except NotYours:
        return await ticket_page(request, visit, "desk-not-yours", 409)
    except OptedOut:
        return await ticket_page(request, visit, "desk-opted-out", 409, words)
    except ChannelCannot:
        return await ticket_page(request, visit, "desk-channel-cannot", 409, words)
    return _back(request)


async def release(request: Request, visit: Visit) -> Response:
    service, ticket_id = service_of(request), id_in_path(request, "ticket_id")
    try:
        async with service.store.begin() as session:
            await say_goodbye(service, session, ticket_id, HANDED_BACK)
            await queue.release(session, as_worker(visit.member), ticket_id, service.clock.now())
    except NotYours:
        return await ticket_page(request, visit, "desk-not-yours", 409)
    return RedirectResponse(DESK, 303)


async def close(request: Request, visit: Visit) -> Response:
    service, ticket_id = service_of(request), id_in_path(request, "ticket_id")
    chosen = await told(request, "outcome")
    if chosen not in Outcome:
        return await ticket_page(request, visit, "desk-choose-outcome", 422)
    try:
        async with service.store.begin() as session:
            worker, now = as_worker(visit.member), service.clock.now()
            await say_goodbye(service, session, ticket_id, CHAT_ENDED)
            await queue.close(session, worker, ticket_id, Outcome(chosen), now)
    except NotYours:
        return await ticket_page(request, visit, "desk-not-yours", 409)
    return RedirectResponse(DESK, 303)


async def note(request: Request, visit: Visit) -> Response:
    """Whoever may read the thread may write one."""
    service, words = service_of(request), await told(request, "note")
    if not 0 < len(words) <= LONGEST_NOTE:
        return await ticket_page(request, visit, "desk-note-length", 422)
    now = service.clock.now()
    async with service.store.begin() as session:
        look, ticket_id = Look(visit.member, now), id_in_path(request, "ticket_id")
        _, opened = await access.access_ticket(session, look, ticket_id)
        worker = as_worker(visit.member)
        await attention.write_note(session, worker, opened.thread.id, words, now)
    return _back(request)


async def risk(request: Request, visit: Visit) -> Response:
    service, level = service_of(request), await told(request, "level")
    if level not in RiskLevel:
        return await ticket_page(request, visit, "desk-choose-level", 422)
    try:
        async with service.store.begin() as session:
            ticket_id, why = id_in_path(request, "ticket_id"), await told(request, "reason")
            wish = RiskWish(ticket_id, RiskLevel(level), why[:LONGEST_NOTE])
            worker = as_worker(visit.member)
            await attention.change_risk(session, worker, wish, service.clock.now())
    except NoReason:
        return await ticket_page(request, visit, "desk-risk-reason", 422)
    except NotYours:
        return await ticket_page(request, visit, "desk-not-yours", 409)
    return _back(request)


async def helped(request: Request, visit: Visit) -> Response:
    """What was done beside writing."""
    service, kind = service_of(request), await told(request, "kind")
    if kind not in HelpKind:
        return await ticket_page(request, visit, "desk-help-choose", 422)
    try:
        async with service.store.begin() as session:
            ticket_id, because = id_in_path(request, "ticket_id"), await told(request, "because")
            done = Help(ticket_id, HelpKind(kind), because[:LONGEST_NOTE])
            now = service.clock.now()
            await attention.note_help(session, as_worker(visit.member), done, now)
    except NoReason:
        return await ticket_page(request, visit, "desk-help-reason", 422)
    except NotYours:
        return await ticket_page(request, visit, "desk-not-yours", 409)
    return _back(request)


async def slow_down(request: Request, visit: Visit) -> Response:
    """For those who misuse the service: never a door shut, and nothing while risk is open."""
    service, why = service_of(request), await told(request, "reason")
    try:
        async with service.store.begin() as session:
            ticket_id, now = id_in_path(request, "ticket_id"), service.clock.now()
            worker = as_worker(visit.member)
            await attention.slow_down(session, worker, ticket_id, why[:LONGEST_NOTE], now)
    except NoReason:
        return await ticket_page(request, visit, "desk-slow-reason", 422)
    except NotYours:
        return await ticket_page(request, visit, "desk-not-yours", 409)
    return _back(request)


async def pass_on(request: Request, visit: Visit) -> Response:
    service, ticket_id = service_of(request), id_in_path(request, "ticket_id")
    try:
        to = UUID(await told(request, "to"))
        async with service.store.begin() as session:
            worker, now = as_worker(visit.member), service.clock.now()
            await attention.pass_on(session, worker, ticket_id, to, now)
    except (CannotTake, ValueError):
        return await ticket_page(request, visit, "desk-cannot-take", 422)
    except NotYours:
        return await ticket_page(request, visit, "desk-not-yours", 409)
    return RedirectResponse(DESK, 303)


def _back(request: Request) -> Response:
    return RedirectResponse(f"{DESK}/tickets/{id_in_path(request, 'ticket_id')}", 303)
