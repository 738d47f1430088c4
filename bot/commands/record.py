"""`handrail audit verify`: is the record of who did what whole?

Does not belong here: how it is chained (bot/store/chain.py).
"""

from bot.bootstrap import database_url, make_vault
from bot.commands.progress import tell
from bot.settings import Settings
from bot.store import audit
from bot.store.session import Store


async def verify(settings: Settings, head: str) -> int:
    store = Store(database_url(settings), make_vault(settings), pool_size=1)
    try:
        async with store.begin() as session:
            found = await audit.verify(session, head)
    finally:
        await store.close()
    if found.broken_at is not None:
        tell(f"broken at entry {found.broken_at}, after {found.entries} that fit")
        return 1
    if not found.knows_head:
        tell(f"{found.entries} entries fit, but that mark is gone: entries were taken off the end")
        return 1
    tell(f"whole: {found.entries} entries, mark {found.head or 'none'}")
    return 0
