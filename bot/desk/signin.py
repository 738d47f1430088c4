"""Proving to be somebody: a password and always a second factor.

Belongs here: enrolling, checking, counting failures. Does not belong here: limits
(bot/rules/signin.py), SQL (bot/store/accounts.py), cookies and pages (api/desk).
A password is hashed by argon2id in a thread of its own and outside of any transaction.
"""

import asyncio
import base64
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from hmac import compare_digest

import pyotp
from pwdlib import PasswordHash

from bot.desk import passkeys
from bot.desk.passkeys import Site
from bot.errors import Refuse
from bot.rules.signin import (
    BY_ACCOUNT,
    BY_BOTH,
    is_good_login,
    is_good_password,
)
from bot.store import accounts, audit, people, staff_sessions, tries
from bot.store.accounts import Credentials, NewAccount
from bot.store.crypto import Vault
from bot.store.people import StaffMember, TokenKind
from bot.store.session import Session, Store
from bot.store.staff_sessions import Stage, Visit

ISSUER = "Handrail"
_HASHER = PasswordHash.recommended()
_STEP_SECONDS = 30
_STEPS_AROUND = (0, -1, 1)
"""A phone's clock may be half a minute off."""
_CODES = 10
_CODE_LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789"
_CODE_LENGTH = 12
_SECRET_BYTES = 20


class Fault(StrEnum):
    """Why somebody did not get in: text ids end in these."""

    WRONG = "wrong"
    LOCKED = "locked"
    SPENT = "spent"
    BAD_LOGIN = "bad-login"
    TAKEN_LOGIN = "taken-login"
    BAD_PASSWORD = "bad-password"  # noqa: S105 - a code, not a secret
    DIFFERENT = "different"
    BAD_CODE = "bad-code"
    BAD_KEY = "bad-key"
    NO_PLACE = "no-place"
    """The identity provider knows them, and none of their groups has a role here."""
    PROVIDER = "provider"
    """The identity provider is away, or its answer is not believed."""


class NotIn(Refuse):
    """Somebody did not get in."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who knocks: their network address and what their browser calls itself."""

    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What somebody chose on the page behind their one-time link."""

    link: str
    login: str
    password: str
    code: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """The bearer of a whole session; `codes` are shown once, after enrolment."""

    bearer: str
    codes: tuple[str, ...] = ()


def secret_of_link(vault: Vault, link: str) -> str:
    """The code secret that a link enrols: the same each time the page is opened, so that opening
    it spends and stores nothing."""
    return base64.b32encode(vault.index("totp_of_link", link)[:_SECRET_BYTES]).decode()


def totp_uri(secret: str, login: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


type Check = Callable[[Session, Visit], Awaitable[bool]]
"""Whether a second factor is good, in the transaction that lets its owner in."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """The door of the desk. Every method raises `NotIn`."""

    store: Store

    async def enrol(self, wanted: Enrolment, visitor: Visitor, now: datetime) -> Admitted:
        """Spends the link once everything else is right."""
        secret, login = secret_of_link(self.store.vault, wanted.link), wanted.login.strip()
        if not is_good_login(login):
            raise NotIn(Fault.BAD_LOGIN)
        if not is_good_password(wanted.password, login):
            raise NotIn(Fault.BAD_PASSWORD)
        step = step_of(secret, wanted.code, now)
        if step is None:
            raise NotIn(Fault.BAD_CODE)
        hashed = await asyncio.to_thread(_HASHER.hash, wanted.password)
        async with self.store.begin() as session:
            member = await people.spend_token(session, wanted.link, TokenKind.INVITATION, now)
            if member is None:
                raise NotIn(Fault.SPENT)
            codes = new_codes()
            account = NewAccount(member.id, login, hashed, secret, codes)
            if not await accounts.enrol(session, account, now):
                raise NotIn(Fault.TAKEN_LOGIN)
            await accounts.take_step(session, member.id, step)
            await staff_sessions.end_others(session, member.id, None, now)
            bearer = await begin(session, member, visitor, now)
            audit.note(session, member.id, "enrol", [member.id], now)
        return Admitted(bearer, codes)

    async def password(self, login: str, password: str, visitor: Visitor, now: datetime) -> str:
        """The bearer of a session that still lacks its second factor."""
        counted = _counted(login, visitor)
        async with self.store.begin() as session:
            if await tries.is_locked(session, counted, now):
                raise NotIn(Fault.LOCKED)
            known = await accounts.find(session, login)
        # An unknown name takes as long as a known one.
        hashed = known.password_hash if known else await asyncio.to_thread(_no_password)
        is_right = await asyncio.to_thread(_HASHER.verify, password, hashed)
        if known is None or not is_right:
            await self._failed(counted, now)
            raise NotIn(Fault.WRONG)
        async with self.store.begin() as session:
            return await staff_sessions.start(
                session, known.member.id, Stage.PASSWORD, visitor.browser, now
            )

    async def second(self, half: str, code: str, visitor: Visitor, now: datetime) -> Admitted:
        """A code of the authenticator or a recovery code: the session becomes whole."""

        async def is_right(session: Session, visit: Visit) -> bool:
            known = await accounts.of(session, visit.member.id)
            return known is not None and await _is_second_factor(session, known, code, now)

        return await self._complete(half, is_right, Fault.BAD_CODE, (visitor, now))

    async def second_by_key(
        self, half: str, said: str, site: Site, visitor: Visitor, now: datetime
    ) -> Admitted:
        """What a passkey signed: the session becomes whole."""

        async def is_right(session: Session, visit: Visit) -> bool:
            return await passkeys.is_theirs(session, site, visit, said, now)

        return await self._complete(half, is_right, Fault.BAD_KEY, (visitor, now))

    async def _complete(
        self, half: str, is_right: Check, fault: Fault, at: tuple[Visitor, datetime]
    ) -> Admitted:
        visitor, now = at
        async with self.store.begin() as session:
            visit = await staff_sessions.find(session, half, Stage.PASSWORD, now)
            if visit is None:
                raise NotIn(Fault.SPENT)
            counted = _counted(f"second {visit.member.id}", visitor)
            if await tries.is_locked(session, counted, now):
                raise NotIn(Fault.LOCKED)
            is_good = await is_right(session, visit)
            if is_good:
                await tries.forget(session, counted)
                await staff_sessions.end(session, visit.member.id, visit.id, now)
                bearer = await begin(session, visit.member, visitor, now)
                audit.note(session, visit.member.id, "sign_in", [visit.member.id], now)
        if not is_good:
            await self._failed(counted, now)
            raise NotIn(fault)
        return Admitted(bearer)

    async def change_password(self, visit: Visit, old: str, new: str, now: datetime) -> None:
        """Ends every other session of theirs."""
        member = visit.member
        counted = _counted(f"old {member.id}", Visitor("", ""))[1:2]
        async with self.store.begin() as session:
            if await tries.is_locked(session, counted, now):
                raise NotIn(Fault.LOCKED)
            known = await accounts.of(session, member.id)
        if known is None or not await asyncio.to_thread(_HASHER.verify, old, known.password_hash):
            await self._failed(counted, now)
            raise NotIn(Fault.WRONG)
        if not is_good_password(new, member.name):
            raise NotIn(Fault.BAD_PASSWORD)
        hashed = await asyncio.to_thread(_HASHER.hash, new)
        async with self.store.begin() as session:
            await accounts.set_password(session, member.id, hashed)
            await staff_sessions.end_others(session, member.id, visit.id, now)
            audit.note(session, member.id, "change_password", [member.id], now)

    async def new_codes(self, member: StaffMember, code: str, now: datetime) -> tuple[str, ...]:
        """Ten more recovery codes; the old ones are dead."""
        codes = new_codes()
        async with self.store.begin() as session:
            known = await accounts.of(session, member.id)
            if known is None or not await _is_second_factor(session, known, code, now):
                raise NotIn(Fault.BAD_CODE)
            await accounts.replace_codes(session, member.id, codes)
            audit.note(session, member.id, "new_recovery_codes", [member.id], now)
        return codes

    async def _failed(self, counted: Sequence[tries.Counted], now: datetime) -> None:
        async with self.store.begin() as session:
            await tries.count(session, counted, now)


async def begin(session: Session, member: StaffMember, visitor: Visitor, now: datetime) -> str:
    return await staff_sessions.start(session, member.id, Stage.WHOLE, visitor.browser, now)


async def _is_second_factor(session: Session, known: Credentials, code: str, now: datetime) -> bool:
    plain = "".join(code.split()).replace("-", "").upper()
    step = step_of(known.totp_secret, plain, now)
    if step is not None:
        return await accounts.take_step(session, known.member.id, step)
    return await accounts.spend_code(session, known.member.id, plain, now)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute that a code belongs to."""
    plain = "".join(code.split())
    current = int(now.timestamp()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for around in _STEPS_AROUND:
        if compare_digest(totp.generate_otp(current + around).encode(), plain.encode()):
            return current + around
    return None


def new_codes() -> tuple[str, ...]:
    return tuple(
        "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH)) for _ in range(_CODES)
    )


def _counted(login: str, visitor: Visitor) -> Sequence[tries.Counted]:
    account = login.strip().casefold()
    return (
        (f"both {account} {visitor.address}", BY_BOTH),
        (f"account {account}", BY_ACCOUNT),
    )


@cache
def _no_password() -> str:
    return _HASHER.hash(secrets.token_urlsafe())
