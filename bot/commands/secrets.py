"""`handrail keys`: new keys and sealing everything anew.

Does not belong here: how values are sealed (bot/store/crypto.py).
"""

from bot.bootstrap import database_url, make_vault
from bot.clock import SystemClock
from bot.commands.progress import step, tell
from bot.settings import Settings
from bot.store.keys import new_key, written_keys
from bot.store.keys_held import lacking
from bot.store.rotation import rotate as seal_anew
from bot.store.session import Store


def new() -> int:
    tell(written_keys([new_key()]))
    return 0


async def rotate(settings: Settings) -> int:
    """Refuses while a running process could not read what would be sealed."""
    store = Store(database_url(settings), make_vault(settings), pool_size=2)
    try:
        without = await _without_newest(store)
        if without:
            _refuse(without)
            return 1
        async with step("sealing everything under the newest key"):
            changed = await seal_anew(store)
    finally:
        await store.close()
    tell(f"  {changed.sealed} values sealed anew; keep the oldest key: it makes the indexes")
    if changed.left:
        tell(f"  {changed.left} rows are left, {changed.damaged} values damaged: run it again")
    return 0 if changed.left == 0 else 1


async def _without_newest(store: Store) -> list[str]:
    async with store.begin() as session:
        return await lacking(session, session.vault.marks[0], SystemClock().now())


def _refuse(without: list[str]) -> None:
    tell("  nothing was changed: these run without the newest key and could not read what it seals")
    for process in without:
        tell(f"    {process}")
    tell("  put the key in front of HANDRAIL_SECRET_KEYS (or of secret.keys in the data folder),")
    tell("  start every process again, wait 15 seconds, and run this again")
