"""Taking many referrals away: the wish, the second person, and the file.

Does not belong here: who may, and what is left out (bot/desk/exporting.py).
"""

import csv
from io import StringIO

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.figures import harmless
from api.desk.forms import id_in_path, told
from api.desk.pages import desk_page
from api.pages import service_of
from bot.desk import exporting
from bot.desk.access import Look
from bot.desk.exporting import NotBySelf, NoWish
from bot.store.decided import Standing
from bot.store.exports import NewExport
from bot.store.staff_sessions import Visit

EXPORTS = "/desk/exports"
_LONGEST = 500


async def show(request: Request, visit: Visit) -> Response:
    return await _page(request, visit, "", 200)


async def _page(request: Request, visit: Visit, problem: str, status: int) -> Response:
    service = service_of(request)
    look = Look(visit.member, service.clock.now())
    async with service.store.begin() as session:
        wishes = await exporting.access_exports(session, look)
    values = {
        "wishes": [(wish, exporting.is_ready(wish, look)) for wish in wishes],
        "days": exporting.DAYS,
        "problem": problem,
    }
    return desk_page(request, "exports.html", values, visit=visit, status=status)


async def ask(request: Request, visit: Visit) -> Response:
    service, days = service_of(request), await told(request, "days")
    span = int(days) if days in map(str, exporting.DAYS) else 0
    why, in_full = (await told(request, "reason"))[:_LONGEST], await told(request, "full") == "1"
    try:
        async with service.store.begin() as session:
            new = NewExport(visit.member.id, why, span, in_full)
            await exporting.ask(session, Look(visit.member, service.clock.now()), new)
    except NoWish:
        return await _page(request, visit, "desk-export-no-reason", 422)
    return RedirectResponse(EXPORTS, 303)


async def decide(request: Request, visit: Visit) -> Response:
    service, export_id = service_of(request), id_in_path(request, "export_id")
    chosen = await told(request, "decision")
    standing = Standing(chosen) if chosen in Standing else Standing.WAITING
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now())
            await exporting.decide(session, look, export_id, standing)
    except NotBySelf:
        return await _page(request, visit, "desk-export-not-self", 409)
    return RedirectResponse(EXPORTS, 303)


async def take(request: Request, visit: Visit) -> Response:
    """Every line says whose copy it is."""
    service, export_id = service_of(request), id_in_path(request, "export_id")
    async with service.store.begin() as session:
        look = Look(visit.member, service.clock.now())
        table = await exporting.access_table(session, look, export_id)
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow([*table.columns, "copy_of"])
    for row in table.rows:
        cells = [row.get(name, "") for name in table.columns]
        rows.writerow([harmless(cell) for cell in (*cells, table.mark)])
    name = f'attachment; filename="referrals-{str(export_id)[:8]}.csv"'
    return Response(
        out.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": name},
    )
