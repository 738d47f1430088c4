"""Figures for supervision: tables with bars, and the same as CSV.

Does not belong here: counting and hiding small numbers (bot/rules/figures.py).
"""

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from io import StringIO

from starlette.requests import Request
from starlette.responses import Response

from api.desk.pages import desk_page, named
from api.pages import service_of
from bot.desk import access
from bot.desk.access import Look
from bot.rules import figures
from bot.rules.figures import SPLITS as SPLITS
from bot.rules.figures import Figure
from bot.store.staff_sessions import Visit

FIGURES = "/desk/figures"
MEASURES = ("group", "count", "taken", "answered", "in_time", "unanswered")
_DAYS = (7, 28, 91, 365)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_NAMED = {"level": "priority", "channel": "channel", "outcome": "outcome"}


async def show(request: Request, visit: Visit) -> Response:
    split, days = _asked(request)
    found = await _figures(request, visit, split, days)
    longest = max((one.answered for one in found if one.answered), default=timedelta(0))
    values = {
        "found": [
            (one, _group(request, split, one.group), figures.meets_target(one)) for one in found
        ],
        "split": split,
        "splits": SPLITS,
        "days": days,
        "all_days": _DAYS,
        "longest": longest,
        "smallest": figures.SMALLEST,
    }
    return desk_page(request, "figures.html", values, visit=visit)


async def as_csv(request: Request, visit: Visit) -> Response:
    split, days = _asked(request)
    book = service_of(request).book
    out = StringIO()
    table = csv.writer(out)
    table.writerow([named(book, "measure", one) for one in MEASURES])
    for one in await _figures(request, visit, split, days):
        table.writerow([harmless(cell) for cell in _cells(one, _group(request, split, one.group))])
    headers = {"Content-Disposition": f'attachment; filename="figures-{split}-{days}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(one: Figure, group: str) -> Sequence[str]:
    if one.count is None:
        return (group, f"<{figures.SMALLEST}", "", "", "", "")
    share = "" if one.in_time is None else f"{one.in_time:.2f}"
    return (group, str(one.count), _seconds(one.taken), _seconds(one.answered), share,
            str(one.unanswered))  # fmt: skip


def _seconds(span: timedelta | None) -> str:
    return "" if span is None else str(int(span.total_seconds()))


def _group(request: Request, split: str, group: str) -> str:
    kind = _NAMED.get(split)
    return partial(named, service_of(request).book)(kind, group) if kind and group else group


def _asked(request: Request) -> tuple[str, int]:
    asked = request.query_params
    split = asked.get("split", "")
    days = asked.get("days", "")
    known = [str(one) for one in _DAYS]
    return split if split in SPLITS else SPLITS[0], int(days) if days in known else _DAYS[1]


async def _figures(request: Request, visit: Visit, split: str, days: int) -> Sequence[Figure]:
    service = service_of(request)
    now: datetime = service.clock.now()
    look = Look(visit.member, now, "figures")
    async with service.store.begin() as session:
        waits = await access.access_waits(session, look, now - timedelta(days=days))
    return figures.figures(waits, split)
