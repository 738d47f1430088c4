"""Pages and drills as staff read them: each rung, who took it, how long it took; and stopping one.

Does not belong here: waking anybody (bot/desk/paging.py), a page's own link (api/paging.py).
"""

from datetime import timedelta
from statistics import median

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import id_in_path, told
from api.desk.pages import desk_page
from api.pages import service_of
from bot.drills import ANSWER_WITHIN, FROM
from bot.messages import ChannelName
from bot.rules.ladder import HELP_WITHIN
from bot.store import audit, drills, page_views
from bot.store.drills import DrillView
from bot.store.staff_sessions import Visit

PAGES = "/desk/pages"
DRILLS = "/desk/drills"
_SHOWN_FOR = timedelta(days=7)
_MOST = 100
_DRILLS_SHOWN = 60
_LONGEST_REASON = 500


async def show(request: Request, visit: Visit) -> Response:
    return await _page(request, visit, "", 200)


async def _page(request: Request, visit: Visit, problem: str, status: int) -> Response:
    service = service_of(request)
    async with service.store.begin() as session:
        since = service.clock.now() - _SHOWN_FOR
        found = await page_views.recent(session, since, _MOST)
    values = {
        "pages": found,
        "problem": problem,
        "help_within": int(HELP_WITHIN / timedelta(minutes=1)),
        "longest_reason": _LONGEST_REASON,
    }
    return desk_page(request, "woken.html", values, visit=visit, status=status)


async def stop(request: Request, visit: Visit) -> Response:
    """By name and with a reason, or not at all."""
    service, now = service_of(request), service_of(request).clock.now()
    page_id, reason = id_in_path(request, "page_id"), (await told(request, "reason"))
    if not reason:
        return await _page(request, visit, "desk-page-reason", 422)
    async with service.store.begin() as session:
        words = reason[:_LONGEST_REASON]
        is_done = await service.answers.stop(session, page_id, visit.member.id, words, now)
        session.announce(None, "page", now)
    if not is_done:
        return await _page(request, visit, "desk-page-over", 409)
    return RedirectResponse(PAGES, 303)


async def show_drills(request: Request, visit: Visit) -> Response:
    service = service_of(request)
    async with service.store.begin() as session:
        found = await drills.latest(session, _DRILLS_SHOWN)
    took = [seconds for one in found if (seconds := seconds_of(one)) is not None]
    values = {
        "drills": [(one, seconds_of(one)) for one in found],
        "median": round(median(took)) if took else None,
        "answered": len(took),
        "failed": sum(one.failed_at is not None and one.acknowledged_at is None for one in found),
        "daily": service.drills.at,
        "within": int(ANSWER_WITHIN / timedelta(minutes=1)),
        "channels": [name for name in FROM if service.channels[name].is_on],
    }
    return desk_page(request, "drills.html", values, visit=visit)


def seconds_of(one: DrillView) -> int | None:
    """From the made-up message to a person's answer."""
    if one.acknowledged_at is None:
        return None
    return round((one.acknowledged_at - one.started_at).total_seconds())


async def drill(request: Request, visit: Visit) -> Response:
    """A made-up message now: whoever is on call is woken by a page marked TEST."""
    service, channel = service_of(request), await told(request, "channel")
    if channel in [*FROM] and service.channels[ChannelName(channel)].is_on:
        sent = await service.drills.send(ChannelName(channel))
        async with service.store.begin() as session:
            subject = [sent or visit.member.id]
            audit.note(session, visit.member.id, "send_drill", subject, service.clock.now())
    return RedirectResponse(DRILLS, 303)
