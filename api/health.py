"""Whether the service lives, can take messages, and how it does.

Belongs here: gathering the facts and answering. Does not belong here: what makes it degraded
(bot/rules/health.py).
"""

from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.pages import service_of
from bot.bootstrap import Service
from bot.errors import StoreAway
from bot.rules.coverage import Fault
from bot.rules.health import Facts, can_take_messages, problems
from bot.store.coverage import last_proof
from bot.store.health import last_beat, open_alarms
from bot.store.pages import ringing as ringing_pages
from bot.store.session import Session
from bot.store.views import count_open_tickets

_OPEN_TICKETS = Gauge("handrail_open_tickets", "Tickets not closed.", ["priority", "state"])
_SPOOLED = Gauge("handrail_spooled", "Messages on disk that wait for the database.")
_GAP_MINUTES = Gauge("handrail_oncall_gap_minutes", "Minutes without cover, next 14 days.")
_RINGING = Gauge("handrail_pages_ringing", "Pages that nobody has taken.")
_PROBLEMS = Gauge("handrail_problems", "Problems that /health/ready names.")


async def gather(service: Service) -> Facts:
    """One look; the database being away is one of the facts."""
    spool_usable, spooled = service.spool.is_usable(), len(service.spool.waiting())
    reaches, now = service.pager.reached_lately, service.clock.now()
    try:
        async with service.store.begin() as session:
            beat = await last_beat(session, "worker")
            alarms = tuple(await open_alarms(session))
            reaches = await service.pager.reaches_somebody(session, now)
            proof = await last_proof(session)
    except StoreAway:
        return Facts(False, spool_usable, spooled, reaches)
    return Facts(
        database_up=True,
        spool_usable=spool_usable,
        spooled=spooled,
        pager_reaches_somebody=reaches,
        worker_silence=now - beat[0] if beat else None,
        rasa_up=beat[1].get("rasa") is True if beat else None,
        cover=tuple(dict.fromkeys(one.fault.value for one in proof.findings)) if proof else (),
        alarms=alarms,
    )


async def paging_figures(session: Session) -> tuple[float, int]:
    """Seconds without cover as last proved, and how many pages ring."""
    proof = await last_proof(session)
    gaps = [one for one in proof.findings if one.fault is Fault.GAP] if proof else []
    seconds = sum((gap.ends - gap.starts).total_seconds() for gap in gaps)
    return seconds, len(await ringing_pages(session))


async def live(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def ready(request: Request) -> Response:
    """200 while a message that comes now is kept, however degraded the rest is."""
    service = service_of(request)
    facts = await gather(service)
    found = problems(facts)
    answer = {
        "status": "degraded" if found else "ok",
        "problems": list(found),
        "channels": {name.value: part.is_on for name, part in service.channels.items()},
    }
    return JSONResponse(answer, 200 if can_take_messages(facts) else 503)


async def metrics(request: Request) -> Response:
    service = service_of(request)
    facts = await gather(service)
    _PROBLEMS.set(len(problems(facts)))
    _SPOOLED.set(facts.spooled)
    if facts.database_up:
        async with service.store.begin() as session:
            counts = await count_open_tickets(session)
            gap_seconds, ringing = await paging_figures(session)
        _GAP_MINUTES.set(gap_seconds / 60)
        _RINGING.set(ringing)
        _OPEN_TICKETS.clear()
        for (priority, state), count in counts.items():
            _OPEN_TICKETS.labels(priority, state).set(count)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


ROUTES = [
    Route("/health/live", live),
    Route("/health/ready", ready),
    Route("/metrics", metrics),
]
