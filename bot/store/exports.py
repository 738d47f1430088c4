"""Wishes to take many referrals away at once: asked for, agreed to, taken.

Does not belong here: who may (bot/desk/exporting.py), what stands in the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from bot.store.crypto import Spot
from bot.store.decided import Standing
from bot.store.people import name_of
from bot.store.session import Session
from bot.store.tables import Staff
from bot.store.tables_decided import Export


@dataclass(frozen=True, slots=True)
class NewExport:
    """`days`: of referrals back from now."""

    staff_id: UUID
    reason: str
    days: int
    in_full: bool


@dataclass(frozen=True, slots=True)
class ExportView:
    id: UUID
    asked_by: UUID
    author: str
    reason: str
    days: int
    in_full: bool
    state: str
    at: datetime
    decided_at: datetime | None
    taken_at: datetime | None


async def add(session: Session, new: NewExport, now: datetime) -> UUID:
    row_id = uuid4()
    sealed = session.vault.seal(Spot("exports", "reason_sealed", row_id), new.reason)
    await session.db.execute(
        insert(Export).values(
            id=row_id,
            asked_by=new.staff_id,
            reason_sealed=sealed,
            days=new.days,
            in_full=new.in_full,
            state=Standing.WAITING.value,
            at=now,
        )
    )
    return row_id


async def newest(session: Session, most: int) -> Sequence[ExportView]:
    query = select(Export, Staff).join(Staff, Staff.id == Export.asked_by)
    rows = await session.db.execute(query.order_by(Export.at.desc(), Export.id).limit(most))
    return [_view(session, *row) for row in rows]


async def lock(session: Session, export_id: UUID) -> ExportView | None:
    rows = await session.db.execute(
        select(Export, Staff)
        .join(Staff, Staff.id == Export.asked_by)
        .where(Export.id == export_id)
        .with_for_update(of=Export)
    )
    row = rows.one_or_none()
    return None if row is None else _view(session, *row)


async def decide(
    session: Session, export_id: UUID, standing: Standing, by: UUID, now: datetime
) -> None:
    await session.db.execute(
        update(Export)
        .where(Export.id == export_id)
        .values(state=standing.value, decided_by=by, decided_at=now)
    )


async def take(session: Session, export_id: UUID, now: datetime) -> None:
    await session.db.execute(update(Export).where(Export.id == export_id).values(taken_at=now))


def _view(session: Session, row: Export, staff: Staff) -> ExportView:
    reason = session.vault.open(Spot("exports", "reason_sealed", row.id), row.reason_sealed)
    return ExportView(
        row.id,
        row.asked_by,
        name_of(session, staff),
        reason,
        row.days,
        row.in_full,
        row.state,
        row.at,
        row.decided_at,
        row.taken_at,
    )
