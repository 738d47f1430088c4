"""The walk home on the desk: a drawing of places and routes, and the same as a table.

Belongs here: the page. Does not belong here: what is counted and hidden (bot/rules/walk_map.py).
No tile, no picture and no address of anybody else is asked for.
"""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from api.desk.pages import desk_page
from api.pages import service_of
from bot.desk import access
from bot.desk.access import Look
from bot.rules import walk_map
from bot.rules.patrols import HIDDEN_BELOW
from bot.rules.walk_map import Asked
from bot.store.staff_sessions import Visit

WALK = "/desk/walk"
_WEEKS = (4, 12, 26, 52)


async def show(request: Request, visit: Visit) -> Response:
    service, asked = service_of(request), request.query_params
    known = [str(one) for one in _WEEKS]
    weeks = int(asked["weeks"]) if asked.get("weeks") in known else _WEEKS[0]
    look = Look(visit.member, service.clock.now())
    async with service.store.begin() as session:
        totals = await access.access_walk(session, look, look.at - timedelta(weeks=weeks))
    counted = [(total.report, total.count) for total in totals]
    times = sorted({walk_map.hour_of(report.time) for report, _ in counted if report.time})
    days = [day for day in walk_map.DAYS if any(report.day == day for report, _ in counted)]
    others = {report.day for report, _ in counted} - {*walk_map.DAYS, ""}
    wanted = Asked(
        asked.get("day", "") if asked.get("day") in {*walk_map.DAYS, *others} else "",
        asked.get("time", "") if asked.get("time") in times else "",
    )
    cells = walk_map.grid(counted)
    values = {
        "drawing": walk_map.draw(counted, service.book.patrols, wanted),
        "asked": wanted,
        "weeks": weeks,
        "all_weeks": _WEEKS,
        "days": [*days, *sorted(others)],
        "times": times,
        "cells": {key: walk_map.step(count) for key, count in cells.items()},
        "smallest": HIDDEN_BELOW,
    }
    return desk_page(request, "walk.html", values, visit=visit)
