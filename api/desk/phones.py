"""One's own phones, each proved by a code, and the secret address of the rota's calendar.

Does not belong here: other people's phones; what wakes somebody (bot/desk/paging.py).
"""

from dataclasses import dataclass
from uuid import UUID

import phonenumbers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import id_in_path, told
from api.desk.pages import desk_page
from api.pages import service_of
from bot.desk import roster
from bot.desk.roster import NoSuchRoute, TheirPhone, TooManyCodes
from bot.errors import NotFound
from bot.messages import Address, ChannelName
from bot.store import audit, contacts, people
from bot.store.people import TokenKind
from bot.store.session import Session
from bot.store.staff_sessions import Visit

PHONES = "/desk/me/phones"
CALENDAR = "/desk/me/calendar"
_REGION = "GB"
_PREMIUM = (phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST)
_LONGEST_CHAT_ID = 16


@dataclass(frozen=True, slots=True)
class Said:
    """What is said at the top of the page."""

    problem: str = ""
    link: str = ""
    status: int = 200


async def show(request: Request, visit: Visit) -> Response:
    return await _page(request, visit, Said())


async def _page(request: Request, visit: Visit, said: Said) -> Response:
    service = service_of(request)
    now = service.clock.now()
    async with service.store.begin() as session:
        phones = await contacts.phones_of(session, visit.member.id)
        since = await people.token_since(session, visit.member.id, TokenKind.CALENDAR, now)
    on = service.pager.routes.on
    values = {
        "phones": phones,
        "is_waking": lambda phone: phone.tested_at and not phone.stopped_at,
        "may_prove": lambda phone: phone.tested_at is None,
        "channels": [one for one in ChannelName if one in on],
        "calendar_since": since,
        "said": said,
    }
    return desk_page(request, "phones.html", values, visit=visit, status=said.status)


async def add(request: Request, visit: Visit) -> Response:
    """The code goes there at once."""
    to = _address(await told(request, "channel"), await told(request, "address"))
    if to is None:
        return await _page(request, visit, Said("desk-phone-bad", status=422))
    service, now = service_of(request), service_of(request).clock.now()
    try:
        async with service.store.begin() as session:
            added = await roster.add_phone(session, service.pager, visit.member.id, to, now)
            audit.note(session, visit.member.id, "add_phone", [added], now)
    except NoSuchRoute:
        return await _page(request, visit, Said("desk-phone-bad", status=422))
    except TheirPhone:
        return await _page(request, visit, Said("desk-phone-theirs", status=409))
    except TooManyCodes:
        return await _page(request, visit, Said("desk-phone-enough", status=429))
    return RedirectResponse(PHONES, 303)


def _address(channel: str, typed: str) -> Address | None:
    """None for what is no number that one can be woken at."""
    if channel == ChannelName.TELEGRAM:
        is_id = typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_CHAT_ID
        return Address(ChannelName.TELEGRAM, typed) if is_id else None
    if channel not in (ChannelName.SMS, ChannelName.VOICE):
        return None
    try:
        number = phonenumbers.parse(typed, _REGION)
    except phonenumbers.NumberParseException:
        return None
    is_ours = phonenumbers.region_code_for_country_code(number.country_code or 0) == _REGION
    if not is_ours or not phonenumbers.is_possible_number(number):
        return None
    if phonenumbers.number_type(number) in _PREMIUM:
        return None
    wanted = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Address(ChannelName(channel), wanted)


async def prove(request: Request, visit: Visit) -> Response:
    """The code that arrived there."""
    service, now = service_of(request), service_of(request).clock.now()
    code = await told(request, "code")
    async with service.store.begin() as session:
        phone_id = await _mine(session, request, visit)
        is_good = await contacts.prove_method(session, phone_id, code, now)
        if is_good:
            await service.coverage.prove(session, now)
            audit.note(session, visit.member.id, "prove_phone", [phone_id], now)
    if not is_good:
        return await _page(request, visit, Said("desk-phone-wrong-code", status=422))
    return RedirectResponse(PHONES, 303)


async def remove(request: Request, visit: Visit) -> Response:
    """Nobody is woken there from now on; what that leaves open is told at once."""
    service, now = service_of(request), service_of(request).clock.now()
    async with service.store.begin() as session:
        phone_id = await _mine(session, request, visit)
        await contacts.remove_method(session, phone_id, now)
        await service.coverage.prove(session, now)
        audit.note(session, visit.member.id, "remove_phone", [phone_id], now)
    return RedirectResponse(PHONES, 303)


async def _mine(session: Session, request: Request, visit: Visit) -> UUID:
    """Raises `NotFound` for somebody else's."""
    phone_id = id_in_path(request, "phone_id")
    if phone_id not in [one.id for one in await contacts.phones_of(session, visit.member.id)]:
        raise NotFound(str(phone_id))
    return phone_id


async def make_calendar(request: Request, visit: Visit) -> Response:
    """Shown once; the address until now is dead."""
    service, now = service_of(request), service_of(request).clock.now()
    base = service.settings.public_url or str(request.base_url).rstrip("/")
    async with service.store.begin() as session:
        await people.revoke_tokens(session, visit.member.id, TokenKind.CALENDAR, now)
        made = await people.create_token(session, visit.member.id, TokenKind.CALENDAR, now, None)
        audit.note(session, visit.member.id, "make_calendar_link", [visit.member.id], now)
    return await _page(request, visit, Said(link=f"{base}/oncall/{made}.ics"))


async def end_calendar(request: Request, visit: Visit) -> Response:
    service, now = service_of(request), service_of(request).clock.now()
    async with service.store.begin() as session:
        await people.revoke_tokens(session, visit.member.id, TokenKind.CALENDAR, now)
        audit.note(session, visit.member.id, "end_calendar_link", [visit.member.id], now)
    return RedirectResponse(PHONES, 303)
