"""One's own passkeys: adding one, taking one away.

Does not belong here: signing in with one (api/desk/door.py), checking one (bot/desk/passkeys.py).
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import id_in_path, told
from api.desk.guard import site_of
from api.desk.pages import desk_page
from api.pages import service_of
from bot.desk import passkeys as asking
from bot.desk.passkeys import LONGEST_NAME, MOST, NotThisKey
from bot.errors import NotFound
from bot.store import audit, passkeys
from bot.store.staff_sessions import Visit

KEYS = "/desk/me/keys"


async def show(request: Request, visit: Visit) -> Response:
    return await _page(request, visit, "", 200)


async def _page(request: Request, visit: Visit, problem: str, status: int) -> Response:
    async with service_of(request).store.begin() as session:
        keys = await passkeys.of(session, visit.member.id)
        asked = await asking.ask_for_new(session, site_of(request), visit)
    values = {
        "keys": keys,
        "asked": asked,
        "problem": problem,
        "is_full": len(keys) >= MOST,
        "longest_name": LONGEST_NAME,
    }
    return desk_page(request, "keys.html", values, visit=visit, status=status)


async def add(request: Request, visit: Visit) -> Response:
    """What the browser's authenticator answered."""
    service, said = service_of(request), await told(request, "answer")
    name, now = await told(request, "name"), service.clock.now()
    if not name:
        return await _page(request, visit, "desk-key-name-it", 422)
    try:
        async with service.store.begin() as session:
            await asking.add(session, site_of(request), visit, (said, name), now)
    except NotThisKey:
        return await _page(request, visit, "desk-key-refused", 422)
    return RedirectResponse(KEYS, 303)


async def remove(request: Request, visit: Visit) -> Response:
    service, key_id = service_of(request), id_in_path(request, "key_id")
    now = service.clock.now()
    async with service.store.begin() as session:
        if not await passkeys.remove(session, visit.member.id, key_id, now):
            raise NotFound(str(key_id))
        audit.note(session, visit.member.id, "remove_passkey", [key_id], now)
    return RedirectResponse(KEYS, 303)
