"""The rota's rows one by one, for whoever changes it: what there is, and taking it away.

Does not belong here: reading the rota whole and adding to it (bot/store/rota.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select, update

from bot.errors import NotFound
from bot.rules.rota import Leave, Override, Slot
from bot.store.session import Session
from bot.store.tables_oncall import LeaveRow, OverrideRow, ShiftRow, Team, TeamMember


class Kind(StrEnum):
    """What can be taken out of a rota."""

    SHIFT = "shift"
    OVERRIDE = "override"
    LEAVE = "leave"


_TABLES: Mapping[Kind, type[ShiftRow] | type[OverrideRow] | type[LeaveRow]] = {
    Kind.SHIFT: ShiftRow,
    Kind.OVERRIDE: OverrideRow,
    Kind.LEAVE: LeaveRow,
}


@dataclass(frozen=True, slots=True)
class TeamView:
    id: UUID
    name: str
    members: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class OverrideView:
    id: UUID
    change: Override


@dataclass(frozen=True, slots=True)
class LeaveView:
    id: UUID
    leave: Leave


async def teams(session: Session) -> Sequence[TeamView]:
    """By name; members as they joined."""
    joined = await session.db.execute(select(TeamMember).order_by(TeamMember.since))
    members: dict[UUID, list[UUID]] = {}
    for row in joined.scalars():
        members.setdefault(row.team_id, []).append(row.staff_id)
    found = await session.db.execute(select(Team).order_by(Team.name))
    return [TeamView(row.id, row.name, tuple(members.get(row.id, ()))) for row in found.scalars()]


async def overrides(session: Session, since: datetime) -> Sequence[OverrideView]:
    """Those that are not over, the next one first."""
    found = await session.db.execute(
        select(OverrideRow)
        .where(OverrideRow.removed_at.is_(None), OverrideRow.ends_at > since)
        .order_by(OverrideRow.starts_at, OverrideRow.created_at)
    )
    return [OverrideView(row.id, _override(row)) for row in found.scalars()]


def _override(row: OverrideRow) -> Override:
    slot = Slot(row.slot)
    return Override(row.team_id, slot, row.starts_at, row.ends_at, row.into_id, row.out_id)


async def away(session: Session, since: datetime) -> Sequence[LeaveView]:
    """Leave that is not over, the next one first."""
    found = await session.db.execute(
        select(LeaveRow)
        .where(LeaveRow.removed_at.is_(None), LeaveRow.ends_at > since)
        .order_by(LeaveRow.starts_at)
    )
    return [
        LeaveView(row.id, Leave(row.staff_id, row.starts_at, row.ends_at))
        for row in found.scalars()
    ]


async def leave_team(session: Session, team_id: UUID, staff_id: UUID) -> None:
    await session.db.execute(
        delete(TeamMember).where(TeamMember.team_id == team_id, TeamMember.staff_id == staff_id)
    )


async def remove(session: Session, kind: Kind, row_id: UUID, now: datetime) -> None:
    """Raises `NotFound` for what is not there any more."""
    table = _TABLES[kind]
    gone = await session.db.execute(
        update(table)
        .where(table.id == row_id, table.removed_at.is_(None))
        .values(removed_at=now)
        .returning(table.id)
    )
    if gone.first() is None:
        raise NotFound(str(row_id))
