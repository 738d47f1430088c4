"""`handrail staff invite` and `handrail token create`: who may come in.

Does not belong here: what they may do there (api).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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


async def _make(
    settings: Settings, role: str, name: str, kind: TokenKind, lasts: timedelta | None
) -> str:
    now = SystemClock().now()
    async with opened_store(settings) as store, store.begin() as session:
        staff_id = await create_staff(session, name, Role(role), now)
        return await create_token(session, staff_id, kind, now, now + lasts if lasts else None)


async def invitation(settings: Settings, role: str, name: str) -> str:
    """The path of a one-time sign-in link."""
    bearer = await _make(settings, role, name, TokenKind.INVITATION, INVITATION_LASTS)
    return f"/desk/login/{bearer}"


async def invite(settings: Settings, role: str, name: str) -> int:
    base = settings.public_url or f"http://127.0.0.1:{settings.port}"
    tell(f"{base}{await invitation(settings, role, name)}")
    return 0


async def token(settings: Settings, role: str, name: str) -> int:
    tell(await _make(settings, role, name, TokenKind.API, None))
    return 0
