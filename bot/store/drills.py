"""Drills: made-up messages, the page that came of each, and how long a person took.

Belongs here: their rows. Does not belong here: sending one (bot/desk/drill.py).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from bot.store.session import Session
from bot.store.tables import Ticket
from bot.store.tables_oncall import Drill, Page


@dataclass(frozen=True, slots=True)
class DrillView:
    id: UUID
    channel: str
    started_at: datetime
    paged_at: datetime | None
    acknowledged_at: datetime | None
    failed_at: datetime | None


async def add(session: Session, drill_id: UUID, channel: str, now: datetime) -> bool:
    """False where this very drill was begun before."""
    made = await session.db.execute(
        insert(Drill)
        .values(id=drill_id, channel=channel, started_at=now)
        .on_conflict_do_nothing()
        .returning(Drill.id)
    )
    return made.first() is not None


async def answered(session: Session, page_id: UUID, now: datetime) -> None:
    """Somebody took the test page."""
    await session.db.execute(
        update(Drill)
        .where(Drill.page_id == page_id, Drill.acknowledged_at.is_(None))
        .values(acknowledged_at=now)
    )


async def paged(session: Session, drill_id: UUID, page_id: UUID, now: datetime) -> None:
    await session.db.execute(
        update(Drill).where(Drill.id == drill_id).values(page_id=page_id, paged_at=now)
    )


async def fail_older(session: Session, before: datetime, now: datetime) -> list[UUID]:
    """Drills that nobody has answered in time: their ids, once."""
    found = await session.db.execute(
        update(Drill)
        .where(
            Drill.started_at <= before, Drill.acknowledged_at.is_(None), Drill.failed_at.is_(None)
        )
        .values(failed_at=now)
        .returning(Drill.id)
    )
    return list(found.scalars())


async def tickets_done(session: Session) -> list[UUID]:
    """Tickets of drills, not closed yet, that were answered or have failed."""
    over = Drill.acknowledged_at.is_not(None) | Drill.failed_at.is_not(None)
    found = await session.db.execute(
        select(Ticket.id)
        .join(Page, Page.ticket_id == Ticket.id)
        .join(Drill, Drill.page_id == Page.id)
        .where(over, Ticket.state != "closed")
    )
    return list(found.scalars())


async def latest(session: Session, most: int) -> list[DrillView]:
    """The newest first."""
    found = await session.db.execute(select(Drill).order_by(Drill.started_at.desc()).limit(most))
    return [
        DrillView(
            row.id, row.channel, row.started_at, row.paged_at, row.acknowledged_at, row.failed_at
        )
        for row in found.scalars()
    ]
