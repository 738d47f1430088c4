"""Reports from the walk home, joined and counted, and who is out there.

Does not belong here: what a report may hold and which counts are shown (bot/rules/patrols.py).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from bot.rules.patrols import Report
from bot.store.session import Session
from bot.store.tables_patrol import PatrolPresence, PatrolReport


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as it stands, this one counted."""

    id: UUID
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Total:
    """How often a worry at a place and a time was reported since a moment."""

    report: Report
    count: int


async def keep(session: Session, report: Report, now: datetime) -> Kept:
    """Joined to the report of the same place, time and worry of this week, or new."""
    statement = insert(PatrolReport).values(
        id=uuid4(),
        week=_monday(now),
        place=report.place,
        day=report.day,
        time=report.time,
        worry=report.worry,
        first_at=now,
        last_at=now,
    )
    found = await session.db.execute(
        statement.on_conflict_do_update(
            constraint="uq_patrol_reports_same",
            set_={"count": PatrolReport.count + 1, "last_at": now},
        ).returning(PatrolReport.id, PatrolReport.sent_at)
    )
    row = found.one()
    return Kept(row.id, row.sent_at)


async def take_back(session: Session, report: Report, at: datetime) -> None:
    """One less of what was counted at that moment: the same report has been told in full since."""
    await session.db.execute(
        update(PatrolReport)
        .where(
            PatrolReport.week == _monday(at),
            PatrolReport.place == report.place,
            PatrolReport.day == report.day,
            PatrolReport.time == report.time,
            PatrolReport.worry == report.worry,
        )
        .values(count=PatrolReport.count - 1)
    )


async def mark_sent(session: Session, report_id: UUID, now: datetime) -> None:
    await session.db.execute(
        update(PatrolReport).where(PatrolReport.id == report_id).values(sent_at=now)
    )


async def totals(session: Session, since: datetime) -> list[Total]:
    """Every place, time and worry reported since then, the most frequent first."""
    columns = (PatrolReport.place, PatrolReport.day, PatrolReport.time, PatrolReport.worry)
    count = func.sum(PatrolReport.count)
    found = await session.db.execute(
        select(*columns, count.label("total"))
        .where(PatrolReport.last_at >= since)
        .group_by(*columns)
        .having(count > 0)
        .order_by(count.desc(), PatrolReport.place)
    )
    return [Total(Report(row.place, row.day, row.time, row.worry), int(row.total)) for row in found]


async def check(
    session: Session, place: str, is_there: bool, staff_id: UUID, now: datetime
) -> None:
    """A chaperone comes or leaves."""
    row = PatrolPresence(id=uuid4(), place=place, is_there=is_there, staff_id=staff_id, at=now)
    session.db.add(row)
    await session.db.flush()


async def present(session: Session, since: datetime) -> dict[str, datetime]:
    """Places where somebody has checked in since then and nobody who did is known to have left
    all of them: place to the last check-in."""
    latest = (
        select(PatrolPresence.place, PatrolPresence.is_there, PatrolPresence.at)
        .where(PatrolPresence.at >= since)
        .ext(distinct_on(PatrolPresence.place, PatrolPresence.staff_id))
        .order_by(PatrolPresence.place, PatrolPresence.staff_id, PatrolPresence.at.desc())
    )
    there: dict[str, datetime] = {}
    for row in await session.db.execute(latest):
        if row.is_there:
            there[row.place] = max(row.at, there.get(row.place, row.at))
    return there


def _monday(at: datetime) -> date:
    return at.date() - timedelta(days=at.weekday())
