"""Staff and their tokens: who may ask for what.

Belongs here: making and looking up. Does not belong here: which role may do what (api).
A token is 256 random bits, shown once; only its SHA-256 is kept, so the database gives none away.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, insert, select, update

from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.tables import AccessToken, Staff


class Role(StrEnum):
    READER = "reader"
    WORKER = "worker"
    PROGRAMME = "programme"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    AUDITOR = "auditor"


class TokenKind(StrEnum):
    API = "api"
    INVITATION = "invitation"
    """Signs in once."""
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class StaffMember:
    id: UUID
    name: str
    role: Role


async def create_staff(session: Session, name: str, role: Role, now: datetime) -> UUID:
    staff_id = uuid4()
    sealed = session.vault.seal(Spot("staff", "name_sealed", staff_id), name)
    await session.db.execute(
        insert(Staff).values(
            id=staff_id, name_sealed=sealed, role=role.value, active=True, created_at=now
        )
    )
    return staff_id


async def create_token(
    session: Session, staff_id: UUID, kind: TokenKind, now: datetime, expires: datetime | None
) -> str:
    """The bearer, which nothing can show again."""
    bearer = secrets.token_urlsafe(32)
    await session.db.execute(
        insert(AccessToken).values(
            id=uuid4(),
            staff_id=staff_id,
            kind=kind.value,
            token_hash=_hash(bearer),
            created_at=now,
            expires_at=expires,
        )
    )
    return bearer


async def active_staff(session: Session) -> list[StaffMember]:
    """Everybody who works here now."""
    found = await session.db.execute(select(Staff).where(Staff.active).order_by(Staff.id))
    open_ = session.vault.open
    return [
        StaffMember(
            row.id, open_(Spot("staff", "name_sealed", row.id), row.name_sealed), Role(row.role)
        )
        for row in found.scalars()
    ]


async def staff_for_token(
    session: Session, bearer: str, kind: TokenKind, now: datetime
) -> StaffMember | None:
    """Who holds this token, if it is alive and so are they."""
    found = await session.db.execute(
        select(Staff)
        .join(AccessToken, AccessToken.staff_id == Staff.id)
        .where(_alive(bearer, kind, now), Staff.active)
    )
    row = found.scalar_one_or_none()
    if row is None:
        return None
    name = session.vault.open(Spot("staff", "name_sealed", row.id), row.name_sealed)
    return StaffMember(row.id, name, Role(row.role))


async def spend_token(
    session: Session, bearer: str, kind: TokenKind, now: datetime
) -> StaffMember | None:
    """As `staff_for_token`, and the token is dead afterwards: of two at once, one gets in."""
    member = await staff_for_token(session, bearer, kind, now)
    spent = await session.db.execute(
        update(AccessToken)
        .where(_alive(bearer, kind, now))
        .values(revoked_at=now)
        .returning(AccessToken.id)
    )
    return member if spent.first() is not None else None


def _hash(bearer: str) -> bytes:
    return hashlib.sha256(bearer.encode()).digest()


def _alive(bearer: str, kind: TokenKind, now: datetime) -> ColumnElement[bool]:
    return (
        (AccessToken.token_hash == _hash(bearer))
        & (AccessToken.kind == kind.value)
        & (AccessToken.revoked_at.is_(None))
        & ((AccessToken.expires_at.is_(None)) | (AccessToken.expires_at > now))
    )


async def all_staff(session: Session) -> list[StaffMember]:
    """Everybody who works here, by the time they came."""
    found = await session.db.execute(
        select(Staff).where(Staff.active).order_by(Staff.created_at, Staff.id)
    )
    return [
        StaffMember(
            row.id,
            session.vault.open(Spot("staff", "name_sealed", row.id), row.name_sealed),
            Role(row.role),
        )
        for row in found.scalars()
    ]
