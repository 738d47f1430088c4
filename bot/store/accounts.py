"""What staff prove themselves with: sign-in names, password hashes, code secrets, recovery codes.

Belongs here: each as one atomic change. Does not belong here: checking a password or a code
(bot/desk/signin.py), sessions (bot/store/staff_sessions.py).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.store.crypto import Spot
from bot.store.people import StaffMember, member_of
from bot.store.session import Session
from bot.store.tables import Staff
from bot.store.tables_desk import Account, RecoveryCode


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an account is checked against. Never leaves bot/desk/signin.py."""

    member: StaffMember
    password_hash: str
    totp_secret: str


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What somebody enrols with; `codes` as they were shown."""

    staff_id: UUID
    login: str
    password_hash: str
    totp_secret: str
    codes: Collection[str]


async def enrol(session: Session, account: NewAccount, now: datetime) -> bool:
    """Makes the account, or replaces what this person had. False: somebody else has this name."""
    index = login_index(session, account.login)
    taken = await session.db.execute(
        select(Account.id).where(Account.login_index == index, Account.staff_id != account.staff_id)
    )
    if taken.first() is not None:
        return False
    known = await session.db.execute(select(Account.id).where(Account.staff_id == account.staff_id))
    row_id = known.scalar_one_or_none() or uuid4()
    seal = session.vault.seal
    values: dict[str, object] = {
        "login_sealed": seal(Spot("accounts", "login_sealed", row_id), account.login),
        "login_index": index,
        "password_hash": account.password_hash,
        "totp_sealed": seal(Spot("accounts", "totp_sealed", row_id), account.totp_secret),
        "totp_step": 0,
        "enrolled_at": now,
    }
    statement = upsert(Account).values(id=row_id, staff_id=account.staff_id, **values)
    await session.db.execute(
        statement.on_conflict_do_update(index_elements=["staff_id"], set_=values)
    )
    await replace_codes(session, account.staff_id, account.codes)
    return True


async def find(session: Session, login: str) -> Credentials | None:
    """Of somebody who still works here."""
    return await _load(session, Account.login_index == login_index(session, login))


async def of(session: Session, staff_id: UUID) -> Credentials | None:
    return await _load(session, Account.staff_id == staff_id)


async def _load(session: Session, wanted: object) -> Credentials | None:
    found = await session.db.execute(
        select(Account, Staff).join(Staff, Staff.id == Account.staff_id).where(wanted, Staff.active)  # type: ignore[arg-type]
    )
    row = found.one_or_none()
    if row is None:
        return None
    account, staff = row
    secret = session.vault.open(Spot("accounts", "totp_sealed", account.id), account.totp_sealed)
    return Credentials(member_of(session, staff), account.password_hash, secret)


async def set_password(session: Session, staff_id: UUID, password_hash: str) -> None:
    await session.db.execute(
        update(Account).where(Account.staff_id == staff_id).values(password_hash=password_hash)
    )


async def take_step(session: Session, staff_id: UUID, step: int) -> bool:
    """Whether the code of this half minute was still to be used; of two at once one gets in."""
    taken = await session.db.execute(
        update(Account)
        .where(Account.staff_id == staff_id, Account.totp_step < step)
        .values(totp_step=step)
        .returning(Account.id)
    )
    return taken.first() is not None


async def replace_codes(session: Session, staff_id: UUID, codes: Collection[str]) -> None:
    await session.db.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    await session.db.execute(
        insert(RecoveryCode),
        [
            {"id": uuid4(), "staff_id": staff_id, "code_hash": _code_hash(session, code)}
            for code in codes
        ],
    )


async def spend_code(session: Session, staff_id: UUID, code: str, now: datetime) -> bool:
    spent = await session.db.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.staff_id == staff_id,
            RecoveryCode.code_hash == _code_hash(session, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    return spent.first() is not None


async def codes_left(session: Session, staff_id: UUID) -> int:
    found = await session.db.execute(
        select(func.count()).where(
            RecoveryCode.staff_id == staff_id, RecoveryCode.used_at.is_(None)
        )
    )
    return found.scalar_one()


def login_index(session: Session, login: str) -> bytes:
    return session.vault.index("login", login.strip().casefold())


def _code_hash(session: Session, code: str) -> bytes:
    return session.vault.index("recovery_code", code)
