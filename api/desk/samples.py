"""Messages that were read as harmless, put before staff by chance, to be judged: misses are found
so.

Belongs here: the page and its forms. Does not belong here: what a judgement leads to
(bot/desk/learning.py). The words here leave this page in no file.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import id_in_path, told
from api.desk.pages import desk_page
from api.pages import service_of
from api.v1.access import as_worker
from bot.desk import access, learning
from bot.desk.access import Look
from bot.errors import AlreadyTaken
from bot.store.learning import Label
from bot.store.staff_sessions import Visit
from nlu.reading import Intent, RiskCategory, RiskLevel

SAMPLES = "/desk/samples"
_AT_ONCE = 20
MISSED = tuple(level for level in RiskLevel if level is not RiskLevel.NONE)


async def show(request: Request, visit: Visit) -> Response:
    return await _page(request, visit, "", 200)


async def _page(request: Request, visit: Visit, problem: str, status: int) -> Response:
    service = service_of(request)
    look = Look(visit.member, service.clock.now(), "sample")
    async with service.store.begin() as session:
        found = await access.access_samples(session, look, _AT_ONCE)
    values = {
        "found": found,
        "levels": MISSED,
        "categories": [*RiskCategory],
        "problem": problem,
    }
    return desk_page(request, "samples.html", values, visit=visit, status=status)


async def judge(request: Request, visit: Visit) -> Response:
    """`level` empty: it was rightly read as harmless. Otherwise danger was missed: of what kind."""
    service, message_id = service_of(request), id_in_path(request, "message_id")
    level, category = await told(request, "level"), await told(request, "category")
    missed = level in MISSED and category in RiskCategory
    if not missed and level:
        return await _page(request, visit, "desk-samples-choose", 422)
    try:
        async with service.store.begin() as session:
            now, worker = service.clock.now(), as_worker(visit.member)
            if missed:
                kinds = frozenset({RiskCategory(category)})
                label = Label(Intent.SHARE_CONCERN, RiskLevel(level), kinds)
                await service.learning.correct(session, worker, message_id, label, now)
            else:
                await learning.confirm(session, worker, message_id, now)
    except AlreadyTaken:
        return await _page(request, visit, "desk-samples-taken", 409)
    return RedirectResponse(SAMPLES, 303)
