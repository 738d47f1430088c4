"""How many wait for a person, and how long it took of late.

Does not belong here: what is said of it (content), figures for staff (bot/store/figures.py).
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import extract, func, select

from bot.dialogue.lookups import Queue
from bot.dialogue.turn import Priority
from bot.rules.safety import PRIORITY_RANK
from bot.store.session import Session
from bot.store.tables import Ticket

_LATELY = timedelta(days=7)
_LEAST = 5
"""Fewer tickets tell nothing of how long it takes."""
_ASKED = PRIORITY_RANK[Priority.CONCERN]


async def of(session: Session, conversation_id: UUID, now: datetime) -> Queue:
    """As the queue sorts: everybody more urgent, and who came before."""
    own = await session.db.execute(
        select(Ticket.priority_rank, Ticket.opened_at).where(
            Ticket.conversation_id == conversation_id, Ticket.state != "closed"
        )
    )
    mine = own.one_or_none()
    rank, since = (max(mine.priority_rank, _ASKED), mine.opened_at) if mine else (_ASKED, now)
    before = (Ticket.priority_rank > rank) | (
        (Ticket.priority_rank == rank) & (Ticket.opened_at < since)
    )
    ahead = await session.db.execute(
        select(func.count())
        .where(Ticket.state == "open", before, Ticket.conversation_id != conversation_id)
        .select_from(Ticket)
    )
    return Queue(ahead.scalar_one(), await _minutes(session, now))


async def _minutes(session: Session, now: datetime) -> int | None:
    waited = extract("epoch", Ticket.claimed_at - Ticket.opened_at)
    found = await session.db.execute(
        select(func.count(), func.percentile_cont(0.5).within_group(waited)).where(
            Ticket.claimed_at.is_not(None),
            Ticket.opened_at >= now - _LATELY,
            Ticket.priority_rank <= _ASKED,
        )
    )
    count, seconds = found.one()
    return None if count < _LEAST or seconds is None else max(1, round(float(seconds) / 60))
