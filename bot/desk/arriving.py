"""Coming in by the identity provider: who that is here, and a second factor of our own for whoever
showed none there.

Belongs here: making and following accounts of the provider's people. Does not belong here: asking
the provider (bot/desk/provider.py), passwords (bot/desk/signin.py).
"""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime

from pwdlib import PasswordHash

from bot.desk.provider import Known
from bot.desk.signin import (
    Admitted,
    Fault,
    NotIn,
    Visitor,
    begin,
    new_codes,
    secret_of_link,
    step_of,
)
from bot.rules.provider import Place
from bot.store import accounts, audit, identities, people, staff_sessions
from bot.store.accounts import NewAccount
from bot.store.people import StaffMember
from bot.store.session import Session, Store
from bot.store.staff_sessions import Stage

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Came:
    """The bearer of a session; `is_whole` False: the second factor is still to come."""

    bearer: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Arriving:
    """Every method raises `NotIn`."""

    store: Store

    async def arrive(self, known: Known, visitor: Visitor, now: datetime) -> Came:
        """Roles follow the provider's groups each time; without a place the door is shut and
        what was open is ended."""
        async with self.store.begin() as session:
            found = await identities.find(session, known.subject)
            if known.place is None or (found is not None and not found[1]):
                if found is not None:
                    await staff_sessions.end_others(session, found[0].id, None, now)
                    audit.note(session, found[0].id, "refused_by_provider", [found[0].id], now)
                member = None
            elif found is None:
                member = await self._newcomer(session, known, known.place, now)
            else:
                member = await self._follow(session, found[0], known.place, now)
            if member is not None:
                came = await self._let_in(session, member, known, (visitor, now))
        if member is None:
            raise NotIn(Fault.NO_PLACE)
        return came

    async def _newcomer(
        self, session: Session, known: Known, place: Place, now: datetime
    ) -> StaffMember:
        name = known.name.strip()[:LONGEST_NAME]
        staff_id = await people.create_staff(session, name, place.role, now, place.programme)
        if not await identities.add(session, known.subject, staff_id, now):
            raise NotIn(Fault.PROVIDER)
        audit.note(session, staff_id, "came_by_provider", [staff_id], now, place.role.value)
        return StaffMember(staff_id, name, place.role, place.programme)

    async def _follow(
        self, session: Session, member: StaffMember, place: Place, now: datetime
    ) -> StaffMember:
        if (member.role, member.programme) == (place.role, place.programme):
            return member
        await identities.set_place(session, member.id, place)
        await staff_sessions.end_others(session, member.id, None, now)
        audit.note(session, member.id, "role_by_provider", [member.id], now, place.role.value)
        return StaffMember(member.id, member.name, place.role, place.programme)

    async def _let_in(
        self, session: Session, member: StaffMember, known: Known, at: tuple[Visitor, datetime]
    ) -> Came:
        visitor, now = at
        if known.has_second_factor:
            audit.note(session, member.id, "sign_in", [member.id], now, "provider")
            return Came(await begin(session, member, visitor, now), is_whole=True)
        half = await staff_sessions.start(session, member.id, Stage.PASSWORD, visitor.browser, now)
        return Came(half, is_whole=False)

    async def enrol(self, half: str, code: str, visitor: Visitor, now: datetime) -> Admitted:
        """The authenticator of somebody who has no second factor here yet. Their account opens by
        the provider alone: its password is one that nobody knows."""
        secret = secret_of_link(self.store.vault, half)
        step = step_of(secret, code, now)
        if step is None:
            raise NotIn(Fault.BAD_CODE)
        hasher = PasswordHash.recommended()
        unknown = await asyncio.to_thread(hasher.hash, secrets.token_urlsafe())
        async with self.store.begin() as session:
            visit = await staff_sessions.find(session, half, Stage.PASSWORD, now)
            if visit is None or await accounts.of(session, visit.member.id) is not None:
                raise NotIn(Fault.SPENT)
            codes = new_codes()
            login = secrets.token_urlsafe()
            account = NewAccount(visit.member.id, login, unknown, secret, codes)
            await accounts.enrol(session, account, now)
            await accounts.take_step(session, visit.member.id, step)
            await staff_sessions.end(session, visit.member.id, visit.id, now)
            bearer = await begin(session, visit.member, visitor, now)
            audit.note(session, visit.member.id, "enrol", [visit.member.id], now)
        return Admitted(bearer, codes)
