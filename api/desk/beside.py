"""What a worker puts beside a referral: joined with another, parted, planned, done.

Belongs here: forms in, the next page out. Does not belong here: what each means
(bot/desk/beside.py).
"""

from datetime import datetime, time
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.deciding import DUE
from api.desk.forms import id_in_path, told
from api.desk.referrals import REFERRALS, referral_page
from api.pages import service_of
from bot.desk import beside
from bot.desk.access import Look
from bot.desk.beside import NoWord
from bot.errors import NotFound
from bot.rules.hours import LOCAL
from bot.store.staff_sessions import Visit

_MORNING = time(9)


async def join(request: Request, visit: Visit) -> Response:
    service, referral_id = service_of(request), id_in_path(request, "referral_id")
    other, reason = _id(await told(request, "other")), await told(request, "reason")
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now())
            await beside.join(session, look, referral_id, (other, reason))
    except NoWord:
        return await referral_page(request, visit, "desk-same-no-reason", 422)
    return RedirectResponse(f"{REFERRALS}/{referral_id}", 303)


async def part(request: Request, visit: Visit) -> Response:
    service, referral_id = service_of(request), id_in_path(request, "referral_id")
    link_id = _id(await told(request, "link"))
    async with service.store.begin() as session:
        look = Look(visit.member, service.clock.now())
        await beside.part(session, look, referral_id, link_id)
    return RedirectResponse(f"{REFERRALS}/{referral_id}", 303)


async def plan(request: Request, visit: Visit) -> Response:
    """Due at nine in the morning of the day that was chosen."""
    service, referral_id = service_of(request), id_in_path(request, "referral_id")
    due_at, note = _day(await told(request, "day")), await told(request, "note")
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now())
            await beside.plan(session, look, referral_id, (due_at, note))
    except NoWord:
        return await referral_page(request, visit, "desk-follow-no-note", 422)
    return RedirectResponse(f"{REFERRALS}/{referral_id}", 303)


async def done(request: Request, visit: Visit) -> Response:
    service = service_of(request)
    async with service.store.begin() as session:
        look = Look(visit.member, service.clock.now())
        await beside.done(session, look, id_in_path(request, "follow_up_id"))
    return RedirectResponse(DUE, 303)


def _day(written: str) -> datetime | None:
    try:
        return datetime.combine(datetime.fromisoformat(written).date(), _MORNING, LOCAL)
    except ValueError:
        return None


def _id(written: str) -> UUID:
    """Raises `NotFound` for what is no id."""
    try:
        return UUID(written)
    except ValueError as error:
        raise NotFound("id") from error
