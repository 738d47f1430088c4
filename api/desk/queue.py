"""The queue: who waits, why, for how long, and who is offered next.

Belongs here: the page, its filters, and taking somebody on. Does not belong here: what a claim
means (bot/desk/queue.py), the open conversation (api/desk/tickets.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import id_in_path, told
from api.desk.marking import Piece, excerpt
from api.desk.pages import DESK, desk_page
from api.desk.tickets import ticket_page
from api.pages import service_of
from api.v1.access import as_worker
from bot.desk import access, queue
from bot.desk.access import Look
from bot.desk.queue import Manner
from bot.dialogue.turn import Priority
from bot.errors import AlreadyTaken
from bot.messages import ChannelName
from bot.store import coverage, promises, shift_offers
from bot.store.session import Session
from bot.store.staff_sessions import Visit
from bot.store.views import TicketFilter, TicketView
from bot.store.waiting import Hint

REASONS = ("knows_them", "language", "asked_for_me", "their_time", "together", "other")
"""Why somebody is taken before a more pressing one: codes."""
BANDS = ("under_14", "14_17", "18_25", "over_25")
_MOST = 200
_FAULTS = 3
_NOTHING = Hint("", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue."""

    ticket: TicketView
    hint: Hint

    @property
    def quote(self) -> Sequence[Piece]:
        return excerpt(self.hint.quote) if self.hint.quote else ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader filtered by; empty means all."""

    level: str = ""
    channel: str = ""
    band: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        def one(name: str, known: Sequence[str]) -> str:
            return asked[name] if asked.get(name) in known else ""

        return cls(one("level", [*Priority]), one("channel", [*ChannelName]), one("band", BANDS))

    def lets(self, row: Row) -> bool:
        pairs = (
            (self.level, row.ticket.priority),
            (self.channel, row.hint.channel),
            (self.band, row.hint.age_band),
        )
        return all(not wanted or wanted == there for wanted, there in pairs)

    @property
    def query(self) -> str:
        given = {"level": self.level, "channel": self.channel, "band": self.band}
        return "&".join(f"{name}={value}" for name, value in given.items() if value)


async def show_queue(request: Request, visit: Visit) -> Response:
    return desk_page(request, "queue.html", await _shown(request, visit), visit=visit)


async def show_part(request: Request, visit: Visit) -> Response:
    """What refreshes itself."""
    return desk_page(request, "queue_part.html", await _shown(request, visit), visit=visit)


async def _shown(request: Request, visit: Visit) -> dict[str, object]:
    service = service_of(request)
    look = Look(visit.member, service.clock.now(), "queue")
    async with service.store.begin() as session:
        waiting = await _tickets(session, look, "open")
        taken = await _tickets(session, look, "claimed")
        ids = [one.conversation_id for one in (*waiting, *taken) if one.conversation_id]
        hints = await access.access_hints(session, look, ids)
        proof = await coverage.last_proof(session)
        offers = await shift_offers.to_take(session, visit.member.id)
        reached = await service.pager.reaches_somebody(session, look.at)
    wanted = Wanted.of(request.query_params)
    return {
        "offered": waiting[0] if waiting else None,
        "waiting": len(waiting),
        "pressing": [one for one in waiting if one.priority in ("immediate", "high")],
        "rows": [row for row in _rows(waiting, hints) if wanted.lets(row)],
        "mine": [row for row in _rows(taken, hints) if _holds(row.ticket, visit)],
        "taken": [row for row in _rows(taken, hints) if not _holds(row.ticket, visit)],
        "offers": len(offers),
        "reached": reached,
        "faults": sorted(proof.findings, key=lambda one: one.starts)[:_FAULTS] if proof else [],
        "wanted": wanted,
        "levels": [*Priority],
        "channels": [*ChannelName],
        "bands": BANDS,
    }


async def _tickets(session: Session, look: Look, state: str) -> list[TicketView]:
    return await access.access_tickets(session, look, TicketFilter(state=state), None, _MOST)


def _rows(tickets: Sequence[TicketView], hints: Mapping[UUID, Hint]) -> list[Row]:
    return [
        Row(
            ticket,
            hints.get(ticket.conversation_id, _NOTHING) if ticket.conversation_id else _NOTHING,
        )
        for ticket in tickets
    ]


def _holds(ticket: TicketView, visit: Visit) -> bool:
    return ticket.claimed_by is not None and ticket.claimed_by.id == visit.member.id


async def claim(request: Request, visit: Visit) -> Response:
    """The next most pressing is offered; anybody else is taken for a reason."""
    service, ticket_id = service_of(request), id_in_path(request, "ticket_id")
    why, now = await told(request, "why"), service.clock.now()
    look = Look(visit.member, now)
    try:
        async with service.store.begin() as session:
            wanted = TicketFilter(state="open")
            first = await access.access_tickets(session, look, wanted, None, 1)
            is_theirs = await promises.is_promised(session, ticket_id, visit.member.id)
            jumps = bool(first) and first[0].id != ticket_id and not is_theirs
            if not (jumps and why not in REASONS):
                manner = Manner(is_watched=True, why=why if jumps else "offered")
                await queue.claim(session, as_worker(visit.member), ticket_id, now, manner)
                return RedirectResponse(f"{DESK}/tickets/{ticket_id}", 303)
    except AlreadyTaken:
        return await ticket_page(request, visit, "desk-already-taken", 409)
    return await ticket_page(request, visit, "desk-say-why", 422)
