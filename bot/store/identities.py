"""Who at the identity provider is who here.

Belongs here: looking up, making, and following what the provider says of somebody's role. Does
not belong here: asking the provider (bot/desk/provider.py).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from bot.rules.provider import Place
from bot.store.people import StaffMember, member_of
from bot.store.session import Session
from bot.store.tables import Staff
from bot.store.tables_desk import Identity


async def find(session: Session, subject: str) -> tuple[StaffMember, bool] | None:
    """Somebody who signed in this way before, and whether they still work here."""
    found = await session.db.execute(
        select(Staff)
        .join(Identity, Identity.staff_id == Staff.id)
        .where(Identity.subject_index == _index(session, subject))
        .with_for_update(of=Staff)
    )
    row = found.scalar_one_or_none()
    return None if row is None else (member_of(session, row), row.active)


async def add(session: Session, subject: str, staff_id: UUID, now: datetime) -> bool:
    """False where somebody was first."""
    made = await session.db.execute(
        insert(Identity)
        .values(subject_index=_index(session, subject), staff_id=staff_id, created_at=now)
        .on_conflict_do_nothing()
        .returning(Identity.staff_id)
    )
    return made.first() is not None


async def set_place(session: Session, staff_id: UUID, place: Place) -> None:
    await session.db.execute(
        update(Staff)
        .where(Staff.id == staff_id)
        .values(role=place.role.value, programme=place.programme)
    )


def _index(session: Session, subject: str) -> bytes:
    return session.vault.index("identity", subject)
