"""Staff and their tokens: who may ask for what.

Belongs here: making and looking up. Does not belong here: which role may do what (api).
A token is 256 random bits, shown once; only its SHA-256 is kept, so the database gives none away.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4, uuid5

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.rules.rights import Role as Role
from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.tables import AccessToken, Staff
from bot.store.tables_desk import Account

_SYSTEMS = UUID("b5f1c3de-0d5a-4f44-9a37-6a2c1f0c9e11")
PROGRAM = "API"
"""The name of a token that was made without one: no person's."""


class TokenKind(StrEnum):
    API = "api"
    INVITATION = "invitation"
    """Enrols a password and a second factor, once."""
    CALENDAR = "calendar"
    """Stands in the address of a rota feed, and opens nothing else."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    id: UUID
    name: str
    role: Role
    programme: str | None = None


async def create_staff(
    session: Session, name: str, role: Role, now: datetime, programme: str | None = None
) -> UUID:
    staff_id = uuid4()
    sealed = session.vault.seal(Spot("staff", "name_sealed", staff_id), name)
    await session.db.execute(
        insert(Staff).values(
            id=staff_id,
            name_sealed=sealed,
            role=role.value,
            programme=programme,
            active=True,
            created_at=now,
        )
    )
    return staff_id


async def system_of(session: Session, programme: str, now: datetime) -> StaffMember:
    """Who a programme's own system acts as: named after the programme, and nobody can sign in as
    it. Made when it first answers."""
    staff_id = uuid5(_SYSTEMS, programme)
    sealed = session.vault.seal(Spot("staff", "name_sealed", staff_id), programme)
    made = insert(Staff).values(
        id=staff_id,
        name_sealed=sealed,
        role=Role.PROGRAMME.value,
        programme=programme,
        active=True,
        created_at=now,
    )
    await session.db.execute(made.on_conflict_do_nothing(index_elements=["id"]))
    return StaffMember(staff_id, programme, Role.PROGRAMME, programme)


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


async def revoke_tokens(session: Session, staff_id: UUID, kind: TokenKind, now: datetime) -> None:
    """All of this kind that somebody holds."""
    await session.db.execute(
        update(AccessToken)
        .where(
            AccessToken.staff_id == staff_id,
            AccessToken.kind == kind.value,
            AccessToken.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


async def token_since(
    session: Session, staff_id: UUID, kind: TokenKind, now: datetime
) -> datetime | None:
    """When the newest live one was made."""
    found = await session.db.execute(
        select(func.max(AccessToken.created_at)).where(
            AccessToken.staff_id == staff_id,
            AccessToken.kind == kind.value,
            AccessToken.revoked_at.is_(None),
            (AccessToken.expires_at.is_(None)) | (AccessToken.expires_at > now),
        )
    )
    return found.scalar_one()


async def active_staff(session: Session) -> list[StaffMember]:
    """Everybody who works here now."""
    found = await session.db.execute(select(Staff).where(Staff.active).order_by(Staff.id))
    return [member_of(session, row) for row in found.scalars()]


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
    return member_of(session, row)


def member_of(session: Session, row: Staff) -> StaffMember:
    return StaffMember(row.id, name_of(session, row), Role(row.role), row.programme)


def name_of(session: Session, row: Staff) -> str:
    return session.vault.open(Spot("staff", "name_sealed", row.id), row.name_sealed)


async def first_name(session: Session, staff_id: UUID) -> str:
    """What a person who writes to us is told; empty where a program acts for somebody unnamed."""
    row = await session.db.get_one(Staff, staff_id)
    name = name_of(session, row)
    return "" if name == PROGRAM else name.split()[0]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on the list of staff."""

    member: StaffMember
    is_active: bool
    is_enrolled: bool


async def staff(session: Session) -> Sequence[Colleague]:
    """Everybody, those who work here first."""
    found = await session.db.execute(
        select(Staff, Account.id)
        .outerjoin(Account, Account.staff_id == Staff.id)
        .order_by(Staff.active.desc(), Staff.created_at)
    )
    return [
        Colleague(member_of(session, row), row.active, account is not None)
        for row, account in found
    ]


async def member(session: Session, staff_id: UUID) -> StaffMember | None:
    """Somebody who still works here."""
    found = await session.db.execute(select(Staff).where(Staff.id == staff_id, Staff.active))
    row = found.scalar_one_or_none()
    return None if row is None else member_of(session, row)


async def dismiss(session: Session, staff_id: UUID, now: datetime) -> None:
    """Nothing of theirs opens anything from now on."""
    await session.db.execute(update(Staff).where(Staff.id == staff_id).values(active=False))
    await session.db.execute(
        update(AccessToken)
        .where(AccessToken.staff_id == staff_id, AccessToken.revoked_at.is_(None))
        .values(revoked_at=now)
    )


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
