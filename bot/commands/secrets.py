"""`handrail keys`: new keys and sealing everything anew.

Does not belong here: how values are sealed (bot/store/crypto.py).
"""

from bot.bootstrap import database_url, make_vault
from bot.commands.progress import step, tell
from bot.settings import Settings
from bot.store.keys import new_key, written_keys
from bot.store.rotation import rotate as seal_anew
from bot.store.session import Store


def new() -> int:
    tell(written_keys([new_key()]))
    return 0


async def rotate(settings: Settings) -> int:
    store = Store(database_url(settings), make_vault(settings), pool_size=2)
    try:
        async with step("sealing everything under the newest key"):
            changed = await seal_anew(store)
    finally:
        await store.close()
    tell(f"  {changed.sealed} values sealed anew; keep the oldest key: it makes the indexes")
    if changed.left:
        tell(f"  {changed.left} rows are left, {changed.damaged} values damaged: run it again")
    return 0 if changed.left == 0 else 1
