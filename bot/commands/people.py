"""`handrail staff invite` and `handrail token create`: who may come in.

Does not belong here: what they may do there (api).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.bootstrap import database_url, make_vault
from bot.clock import SystemClock
from bot.commands.progress import tell
from bot.settings import Settings
from bot.store.people import Role, TokenKind, create_staff, create_token
from bot.store.session import Store

INVITATION_LASTS = timedelta(hours=24)


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    store = Store(database_url(settings), make_vault(settings), pool_size=1)
    try:
        yield store
    finally:
        await store.close()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """`programme`: whose referrals somebody of the role `programme` sees."""

    name: str
    role: Role
    programme: str | None = None


async def _make(settings: Settings, who: Newcomer, kind: TokenKind, lasts: timedelta | None) -> str:
    now = SystemClock().now()
    async with opened_store(settings) as store, store.begin() as session:
        staff_id = await create_staff(session, who.name, who.role, now, who.programme)
        return await create_token(session, staff_id, kind, now, now + lasts if lasts else None)


async def invitation(settings: Settings, who: Newcomer) -> str:
    """The path of a one-time link, where somebody sets a password and a second factor."""
    bearer = await _make(settings, who, TokenKind.INVITATION, INVITATION_LASTS)
    return f"/desk/login/{bearer}"


async def invite(settings: Settings, role: str, name: str, programme: str | None) -> int:
    if programme is not None and role != Role.PROGRAMME:
        tell("--programme goes with --role programme alone")
        return 1
    base = settings.public_url or f"http://127.0.0.1:{settings.port}"
    tell(f"{base}{await invitation(settings, Newcomer(name, Role(role), programme))}")
    return 0


async def token(settings: Settings, role: str, name: str) -> int:
    tell(await _make(settings, Newcomer(name, Role(role)), TokenKind.API, None))
    return 0
