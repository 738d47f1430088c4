"""How each worker can be woken: contact methods, and the code that proves one.

Belongs here: rows of methods and who is behind an address. Does not belong here: sending the
code (bot/desk/contacts.py).
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, insert, select, update

from bot.messages import Address, ChannelName
from bot.store.arrivals import address_index
from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.tables import Staff
from bot.store.tables_oncall import ContactMethod

CODE_LASTS = timedelta(minutes=30)
CODE_TRIES = 5
_CODE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Method:
    """A way to wake somebody that works now."""

    id: UUID
    staff: UUID
    to: Address


@dataclass(frozen=True, slots=True)
class Phone:
    """One of somebody's own, as they are shown it. `tested_at` None: its code is still out."""

    id: UUID
    to: Address
    tested_at: datetime | None
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """Whose address this is, and whether they may still be woken there."""

    id: UUID
    staff: UUID
    is_stopped: bool


def _alive() -> ColumnElement[bool]:
    return (
        ContactMethod.tested_at.is_not(None)
        & ContactMethod.stopped_at.is_(None)
        & ContactMethod.removed_at.is_(None)
        & Staff.active
    )


async def add_method(
    session: Session, staff_id: UUID, to: Address, now: datetime
) -> tuple[UUID, str]:
    """The method, not yet proved, and the code to send there; an earlier row for this address
    gives way."""
    await session.db.execute(update(ContactMethod).where(_at(session, to)).values(removed_at=now))
    method_id, code = uuid4(), "".join(secrets.choice("0123456789") for _ in range(_CODE_DIGITS))
    spot = Spot("contact_methods", "address_sealed", method_id)
    await session.db.execute(
        insert(ContactMethod).values(
            id=method_id,
            staff_id=staff_id,
            channel=to.channel.value,
            address_sealed=session.vault.seal(spot, to.value),
            address_index=address_index(session, to),
            code_hash=_hash(method_id, code),
            code_expires_at=now + CODE_LASTS,
            created_at=now,
        )
    )
    return method_id, code


async def prove_method(session: Session, method_id: UUID, code: str, now: datetime) -> bool:
    """Whether this code was the one; five wrong ones spend it."""
    found = await session.db.execute(
        update(ContactMethod)
        .where(
            ContactMethod.id == method_id,
            ContactMethod.removed_at.is_(None),
            ContactMethod.code_hash.is_not(None),
            ContactMethod.code_expires_at > now,
            ContactMethod.code_tries < CODE_TRIES,
        )
        .values(code_tries=ContactMethod.code_tries + 1)
        .returning(ContactMethod.code_hash)
    )
    wanted = found.scalar_one_or_none()
    if wanted is None or not hmac.compare_digest(wanted, _hash(method_id, code.strip())):
        return False
    await session.db.execute(
        update(ContactMethod)
        .where(ContactMethod.id == method_id)
        .values(tested_at=now, stopped_at=None, code_hash=None)
    )
    return True


def _hash(method_id: UUID, code: str) -> bytes:
    return hashlib.sha256(method_id.bytes + code.encode()).digest()


def _at(session: Session, to: Address) -> ColumnElement[bool]:
    return (
        (ContactMethod.channel == to.channel.value)
        & (ContactMethod.address_index == address_index(session, to))
        & ContactMethod.removed_at.is_(None)
    )


async def methods_of(session: Session, people: Collection[UUID]) -> list[Method]:
    """Every way that works now to wake these people."""
    if not people:
        return []
    found = await session.db.execute(
        select(ContactMethod)
        .join(Staff, Staff.id == ContactMethod.staff_id)
        .where(ContactMethod.staff_id.in_(people), _alive())
        .order_by(ContactMethod.created_at, ContactMethod.id)
    )
    return [_opened(session, row) for row in found.scalars()]


async def phones_of(session: Session, staff_id: UUID) -> list[Phone]:
    """All that somebody has not removed, proved or not, oldest first."""
    found = await session.db.execute(
        select(ContactMethod)
        .where(ContactMethod.staff_id == staff_id, ContactMethod.removed_at.is_(None))
        .order_by(ContactMethod.created_at, ContactMethod.id)
    )
    return [
        Phone(row.id, _opened(session, row).to, row.tested_at, row.stopped_at)
        for row in found.scalars()
    ]


async def asked_since(session: Session, staff_id: UUID, since: datetime) -> int:
    """How many codes were sent for somebody."""
    found = await session.db.execute(
        select(func.count()).where(
            ContactMethod.staff_id == staff_id, ContactMethod.created_at > since
        )
    )
    return found.scalar_one()


async def methods_by_id(session: Session, ids: Collection[UUID]) -> list[Method]:
    """Those of them that still work."""
    if not ids:
        return []
    found = await session.db.execute(
        select(ContactMethod)
        .join(Staff, Staff.id == ContactMethod.staff_id)
        .where(ContactMethod.id.in_(ids), _alive())
    )
    return [_opened(session, row) for row in found.scalars()]


def _opened(session: Session, row: ContactMethod) -> Method:
    spot = Spot("contact_methods", "address_sealed", row.id)
    address = session.vault.open(spot, row.address_sealed)
    return Method(row.id, row.staff_id, Address(ChannelName(row.channel), address))


async def reachable(session: Session, channels: Collection[ChannelName]) -> list[UUID]:
    """Who has at least one method on these channels that a code has proved and that nobody has
    stopped."""
    on = ContactMethod.channel.in_([channel.value for channel in channels])
    found = await session.db.execute(
        select(Staff.id)
        .where(select(ContactMethod.id).where(_is_theirs(), _alive(), on).exists())
        .order_by(Staff.created_at, Staff.id)
    )
    return list(found.scalars())


def _is_theirs() -> ColumnElement[bool]:
    return ContactMethod.staff_id == Staff.id


async def known_at(session: Session, address: Address) -> Known | None:
    """Whose proved address this is."""
    found = await session.db.execute(
        select(ContactMethod.id, ContactMethod.staff_id, ContactMethod.stopped_at)
        .join(Staff, Staff.id == ContactMethod.staff_id)
        .where(_at(session, address), ContactMethod.tested_at.is_not(None), Staff.active)
    )
    row = found.one_or_none()
    return None if row is None else Known(row.id, row.staff_id, row.stopped_at is not None)


async def set_stopped(session: Session, method_id: UUID, at: datetime | None) -> None:
    await session.db.execute(
        update(ContactMethod).where(ContactMethod.id == method_id).values(stopped_at=at)
    )


async def remove_method(session: Session, method_id: UUID, now: datetime) -> bool:
    gone = await session.db.execute(
        update(ContactMethod)
        .where(ContactMethod.id == method_id, ContactMethod.removed_at.is_(None))
        .values(removed_at=now)
        .returning(ContactMethod.id)
    )
    return gone.first() is not None
