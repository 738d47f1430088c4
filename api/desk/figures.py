"""Figures for supervision: tables with bars, and the same as CSV.

Does not belong here: counting and hiding small numbers (bot/rules/figures.py).
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import timedelta
from io import StringIO

from starlette.requests import Request
from starlette.responses import Response

from api.desk.pages import desk_page, named
from api.pages import service_of
from bot.desk import access
from bot.desk.access import Look
from bot.dialogue.turn import Helped
from bot.rules import figures
from bot.rules.closing import Outcome
from bot.rules.figures import DESCRIBED, OTHER_WORDS, SPLITS, Ends, Figure, Wait
from bot.rules.patrols import shown
from bot.store.feedback import Opinion
from bot.store.staff_sessions import Visit

FIGURES = "/desk/figures"
MEASURES = ("group", "count", "taken", "answered", "in_time", "unanswered", "abandoned")
TABLES = ("waits", "ends", "feedback")
"""What there is to take away as CSV."""
_DAYS = (7, 28, 91, 365)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_NAMED = {"level": "priority", "channel": "channel", "outcome": "outcome"}
_OPINIONS = 50


async def show(request: Request, visit: Visit) -> Response:
    split, days = _asked(request)
    waits = await _waits(request, visit, days)
    found = figures.figures(waits, split)
    told, opinions = await _feedback(request, visit, days)
    longest = max((one.answered for one in found if one.answered), default=timedelta(0))
    values = {
        "found": [(one, _group(request, split, one.group)) for one in found],
        "measures": MEASURES,
        "split": split,
        "splits": SPLITS,
        "days": days,
        "all_days": _DAYS,
        "longest": longest,
        "smallest": figures.SMALLEST,
        "coarse": split == DESCRIBED,
        "ends": [
            (_group(request, DESCRIBED, one.group), one.outcomes) for one in figures.ends(waits)
        ],
        "came_back": figures.came_back(waits),
        "outcomes": [*Outcome],
        "told": {one: shown(count) for one, count in told.items()},
        "opinions": opinions,
    }
    return desk_page(request, "figures.html", values, visit=visit)


async def as_csv(request: Request, visit: Visit) -> Response:
    """`table`: one of `TABLES`."""
    split, days = _asked(request)
    table = request.query_params.get("table", TABLES[0])
    rows: Sequence[Sequence[str]]
    if table == "feedback":
        told, _ = await _feedback(request, visit, days)
        rows = _feedback_rows(request, told)
    elif table == "ends":
        rows = _ends_rows(request, figures.ends(await _waits(request, visit, days)))
    else:
        table, rows = split, _rows(request, split, await _waits(request, visit, days))
    out = StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="figures-{table}-{days}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _rows(request: Request, split: str, waits: Sequence[Wait]) -> list[Sequence[str]]:
    book = service_of(request).book
    head = [named(book, "measure", one) for one in MEASURES]
    found = figures.figures(waits, split)
    return [head, *(_cells(one, _group(request, split, one.group)) for one in found)]


def _ends_rows(request: Request, ends: Sequence[Ends]) -> list[Sequence[str]]:
    book = service_of(request).book
    head = [named(book, "measure", "group"), *(named(book, "outcome", one) for one in Outcome)]
    return [
        head,
        *(
            [_group(request, DESCRIBED, one.group), *(_few(one.outcomes, code) for code in Outcome)]
            for one in ends
        ),
    ]


def _few(outcomes: Mapping[str, int | None], code: str) -> str:
    """An outcome that nobody had and one that a few had look the same."""
    return str(outcomes.get(code) or f"<{figures.SMALLEST}")


def _feedback_rows(request: Request, told: Mapping[Helped, int]) -> list[Sequence[str]]:
    """Counts alone: nobody's words leave in a table."""
    book = service_of(request).book
    return [
        [named(book, "feedback", one), str(shown(count) or f"<{figures.SMALLEST}")]
        for one, count in told.items()
    ]


def _cells(one: Figure, group: str) -> Sequence[str]:
    if one.count is None:
        return (group, f"<{figures.SMALLEST}", *[""] * (len(MEASURES) - 2))
    share = "" if one.in_time is None else f"{one.in_time:.2f}"
    left = "" if one.unanswered is None else str(one.unanswered)
    gone = "" if one.abandoned is None else str(one.abandoned)
    return (group, str(one.count), _seconds(one.taken), _seconds(one.answered), share, left, gone)


def _seconds(span: timedelta | None) -> str:
    return "" if span is None else str(int(span.total_seconds()))


def _group(request: Request, split: str, group: str) -> str:
    book = service_of(request).book
    if split == DESCRIBED:
        return named(book, "described", group or "nothing") if group in ("", OTHER_WORDS) else group
    kind = _NAMED.get(split)
    return named(book, kind, group) if kind and group else group


def _asked(request: Request) -> tuple[str, int]:
    asked = request.query_params
    split = asked.get("split", "")
    days = asked.get("days", "")
    known = [str(one) for one in _DAYS]
    return split if split in SPLITS else SPLITS[0], int(days) if days in known else _DAYS[1]


async def _waits(request: Request, visit: Visit, days: int) -> Sequence[Wait]:
    service = service_of(request)
    now = service.clock.now()
    async with service.store.begin() as session:
        look = Look(visit.member, now, "figures")
        return await access.access_waits(session, look, now - timedelta(days=days))


async def _feedback(
    request: Request, visit: Visit, days: int
) -> tuple[Mapping[Helped, int], Sequence[Opinion]]:
    service = service_of(request)
    now = service.clock.now()
    async with service.store.begin() as session:
        look = Look(visit.member, now, "figures")
        since = now - timedelta(days=days)
        return await access.access_feedback(session, look, since, _OPINIONS)
