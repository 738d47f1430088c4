"""The rota as it is kept: teams, shifts, overrides, leave.

Belongs here: reading it whole and adding to it. Does not belong here: who is on call
(bot/rules/rota.py), who may change it (bot/commands, api).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import func, insert, select, update

from bot.errors import NotFound
from bot.rules.rota import Leave, OneOff, Override, Pattern, Rota, Rotating, Shift, Slot, Weekly
from bot.store.session import Session
from bot.store.tables import Staff
from bot.store.tables_oncall import LeaveRow, OverrideRow, ShiftRow, Team, TeamMember

_PATTERN: TypeAdapter[Weekly | Rotating | OneOff] = TypeAdapter(Weekly | Rotating | OneOff)


@dataclass(frozen=True, slots=True)
class Membership:
    team: UUID
    staff: UUID


async def load_rota(session: Session, since: datetime) -> Rota:
    """All that bears on what comes after `since`."""
    shifts = await session.db.execute(
        select(ShiftRow).where(ShiftRow.removed_at.is_(None)).order_by(ShiftRow.created_at)
    )
    changes = await session.db.execute(
        select(OverrideRow)
        .where(OverrideRow.removed_at.is_(None), OverrideRow.ends_at > since)
        .order_by(OverrideRow.created_at)
    )
    away = await session.db.execute(
        select(LeaveRow).where(LeaveRow.removed_at.is_(None), LeaveRow.ends_at > since)
    )
    return Rota(
        shifts=tuple(_shift(row) for row in shifts.scalars()),
        overrides=tuple(
            Override(
                row.team_id, Slot(row.slot), row.starts_at, row.ends_at, row.into_id, row.out_id
            )
            for row in changes.scalars()
        ),
        leave=tuple(Leave(row.staff_id, row.starts_at, row.ends_at) for row in away.scalars()),
    )


def _shift(row: ShiftRow) -> Shift:
    return Shift(row.id, row.team_id, Slot(row.slot), _PATTERN.validate_python(row.pattern))


async def memberships(session: Session) -> list[Membership]:
    """Who is in which team, of those who still work here."""
    found = await session.db.execute(
        select(TeamMember.team_id, TeamMember.staff_id)
        .join(Staff, Staff.id == TeamMember.staff_id)
        .where(Staff.active)
        .order_by(TeamMember.since, TeamMember.staff_id)
    )
    return [Membership(row.team_id, row.staff_id) for row in found]


async def supervisors(session: Session) -> list[UUID]:
    found = await session.db.execute(
        select(Staff.id)
        .where(Staff.active, Staff.role == "supervisor")
        .order_by(Staff.created_at, Staff.id)
    )
    return list(found.scalars())


async def add_team(session: Session, name: str, now: datetime) -> UUID:
    team_id = uuid4()
    await session.db.execute(insert(Team).values(id=team_id, name=name, created_at=now))
    return team_id


async def team_named(session: Session, name: str) -> UUID:
    """Raises `NotFound`."""
    found = await session.db.execute(select(Team.id).where(func.lower(Team.name) == name.lower()))
    team_id = found.scalar_one_or_none()
    if team_id is None:
        raise NotFound(f"team {name}")
    return team_id


async def join_team(session: Session, membership: Membership, now: datetime) -> None:
    await session.db.execute(
        insert(TeamMember).values(team_id=membership.team, staff_id=membership.staff, since=now)
    )


async def add_shift(
    session: Session, shift: tuple[UUID, Slot, Pattern], now: datetime, source: str = ""
) -> UUID:
    """`shift`: team, slot, pattern. `source`: the calendar event that it came from."""
    team_id, slot, pattern = shift
    shift_id = uuid4()
    await session.db.execute(
        insert(ShiftRow).values(
            id=shift_id,
            team_id=team_id,
            slot=slot.value,
            pattern=_PATTERN.dump_python(pattern, mode="json"),
            source=source,
            created_at=now,
        )
    )
    return shift_id


async def remove_imported(session: Session, team_id: UUID, slot: Slot, now: datetime) -> None:
    """What an earlier import of a calendar made: a new import takes its place."""
    await session.db.execute(
        update(ShiftRow)
        .where(
            ShiftRow.team_id == team_id,
            ShiftRow.slot == slot.value,
            ShiftRow.source != "",
            ShiftRow.removed_at.is_(None),
        )
        .values(removed_at=now)
    )


async def add_override(session: Session, change: Override, now: datetime) -> UUID:
    override_id = uuid4()
    await session.db.execute(
        insert(OverrideRow).values(
            id=override_id,
            team_id=change.team,
            slot=change.slot.value,
            starts_at=change.starts,
            ends_at=change.ends,
            into_id=change.into,
            out_id=change.out,
            created_at=now,
        )
    )
    return override_id


async def add_leave(session: Session, leave: Leave, now: datetime) -> UUID:
    leave_id = uuid4()
    await session.db.execute(
        insert(LeaveRow).values(
            id=leave_id,
            staff_id=leave.person,
            starts_at=leave.starts,
            ends_at=leave.ends,
            created_at=now,
        )
    )
    return leave_id
