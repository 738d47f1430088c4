"""Passkeys as they are kept, and the challenge that a browser's session waits with.

Does not belong here: checking what a key signed (bot/desk/passkeys.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from bot.store.session import Session
from bot.store.tables_desk import Passkey, StaffSession


@dataclass(frozen=True, slots=True)
class Key:
    id: UUID
    credential_id: bytes
    public_key: bytes
    sign_count: int
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewKey:
    staff_id: UUID
    credential_id: bytes
    public_key: bytes
    sign_count: int
    name: str


async def of(session: Session, staff_id: UUID) -> Sequence[Key]:
    """Somebody's own, oldest first."""
    found = await session.db.execute(
        select(Passkey)
        .where(Passkey.staff_id == staff_id, Passkey.removed_at.is_(None))
        .order_by(Passkey.created_at)
    )
    return [
        Key(
            row.id,
            row.credential_id,
            row.public_key,
            row.sign_count,
            row.name,
            row.created_at,
            row.used_at,
        )
        for row in found.scalars()
    ]


async def add(session: Session, key: NewKey, now: datetime) -> UUID | None:
    """None for a key that is known already."""
    made = await session.db.execute(
        insert(Passkey)
        .values(
            id=uuid4(),
            staff_id=key.staff_id,
            credential_id=key.credential_id,
            public_key=key.public_key,
            sign_count=key.sign_count,
            name=key.name,
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(Passkey.id)
    )
    return made.scalar_one_or_none()


async def note_use(session: Session, key_id: UUID, sign_count: int, now: datetime) -> None:
    await session.db.execute(
        update(Passkey).where(Passkey.id == key_id).values(sign_count=sign_count, used_at=now)
    )


async def remove(session: Session, staff_id: UUID, key_id: UUID, now: datetime) -> bool:
    gone = await session.db.execute(
        update(Passkey)
        .where(Passkey.id == key_id, Passkey.staff_id == staff_id, Passkey.removed_at.is_(None))
        .values(removed_at=now)
        .returning(Passkey.id)
    )
    return gone.first() is not None


async def set_challenge(session: Session, session_id: UUID, challenge: bytes) -> None:
    await session.db.execute(
        update(StaffSession).where(StaffSession.id == session_id).values(challenge=challenge)
    )


async def spend_challenge(session: Session, session_id: UUID) -> bytes | None:
    """The one that this session waits with, once."""
    found = await session.db.execute(
        select(StaffSession.challenge).where(StaffSession.id == session_id).with_for_update()
    )
    challenge = found.scalar_one_or_none()
    await session.db.execute(
        update(StaffSession).where(StaffSession.id == session_id).values(challenge=None)
    )
    return challenge
