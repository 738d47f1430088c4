"""The rota as everybody on it reads it: who is on call now, and each of the coming 14 days.

Belongs here: the page. Does not belong here: changing anything (api/desk/rota_change.py), who is
on call when (bot/rules/rota.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api.desk.pages import desk_page
from api.pages import service_of
from bot.desk.paging import WAKES
from bot.rules.coverage import AHEAD, Fault, Finding, prove
from bot.rules.rota import LOCAL, Rota, Slot, Span, moment, spans
from bot.store import contacts, people
from bot.store import rota as rotas
from bot.store.session import Session
from bot.store.staff_sessions import Visit

ROTA = "/desk/rota"


@dataclass(frozen=True, slots=True)
class Day:
    """One local day, whatever begins on it, and where nothing does, what goes on."""

    at: datetime
    spans: Sequence[Span]
    goes_on: Span | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page."""

    rota: Rota
    days: Sequence[Day]
    findings: Sequence[Finding]
    names: Mapping[UUID, str]
    reachable: frozenset[UUID]


async def show(request: Request, visit: Visit) -> Response:
    service = service_of(request)
    now = service.clock.now()
    async with service.store.begin() as session:
        hears = await contacts.reachable(session, service.pager.routes.on & WAKES)
        shown = await shown_of(session, frozenset(hears), now)
    phone = service.pager.routes.phone
    values = {
        "shown": shown,
        "on_now": shown.days[0].spans[0].on,
        "has_phone": phone is not None,
        "is_mine": lambda span: visit.member.id in (*span.on.first, *span.on.second),
        "slots": [*Slot],
        "gap": Fault.GAP,
    }
    return desk_page(request, "rota.html", values, visit=visit)


async def shown_of(session: Session, reachable: frozenset[UUID], now: datetime) -> Shown:
    rota = await rotas.load_rota(session, now)
    names = {one.member.id: one.member.name for one in await people.staff(session)}
    found = prove(rota, reachable, now) if rota.exists else ()
    return Shown(rota, _days(spans(rota, now, now + AHEAD)), found, names, reachable)


def _days(found: Sequence[Span]) -> list[Day]:
    """Each local day with the spans that begin on it."""
    days, at, last = [], found[0].starts, found[-1].ends
    while at < last:
        today = at.astimezone(LOCAL).date()
        begun = [span for span in found if span.starts.astimezone(LOCAL).date() == today]
        held = next(span for span in found if span.starts <= at < span.ends)
        days.append(Day(at, begun, None if begun else held))
        at = moment(today + timedelta(days=1), time())
    return days
