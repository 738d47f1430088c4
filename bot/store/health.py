"""Signs of life of each part, and open alarms.

Does not belong here: what makes the service degraded (bot/rules/health.py).
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from bot.store.session import Session
from bot.store.tables import Alarm, Heartbeat


async def beat(session: Session, part: str, detail: dict[str, object], now: datetime) -> None:
    statement = insert(Heartbeat).values(part=part, at=now, detail=detail)
    await session.db.execute(
        statement.on_conflict_do_update(index_elements=["part"], set_={"at": now, "detail": detail})
    )


async def last_beat(session: Session, part: str) -> tuple[datetime, dict[str, object]] | None:
    found = await session.db.execute(
        select(Heartbeat.at, Heartbeat.detail).where(Heartbeat.part == part)
    )
    row = found.one_or_none()
    return None if row is None else (row.at, row.detail)


async def open_alarms(session: Session) -> list[str]:
    """The kinds of alarm that nobody has settled."""
    found = await session.db.execute(
        select(Alarm.kind).where(Alarm.settled_at.is_(None)).distinct().order_by(Alarm.kind)
    )
    return list(found.scalars())


async def settle_alarms(session: Session, now: datetime) -> list[str]:
    """Takes every open alarm as seen: their kinds. The same trouble tomorrow is a new alarm."""
    statement = update(Alarm).where(Alarm.settled_at.is_(None)).values(settled_at=now)
    found = await session.db.execute(statement.returning(Alarm.kind))
    return sorted(set(found.scalars()))


async def settle_kind(session: Session, kind: str, now: datetime) -> None:
    """The trouble is over: its alarm ends by itself."""
    await session.db.execute(
        update(Alarm).where(Alarm.kind == kind, Alarm.settled_at.is_(None)).values(settled_at=now)
    )
