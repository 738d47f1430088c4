"""`handrail spool`: what was set aside on disk, shown, or made to wait again once its cause is
mended.

Does not belong here: taking them in, which the web service does (bot/backlog.py).
"""

from datetime import UTC, datetime

from bot.bootstrap import make_vault, spool_of
from bot.commands.progress import tell
from bot.settings import Settings


def retry(settings: Settings) -> int:
    put_back = spool_of(settings, make_vault(settings)).put_back()
    tell(f"  {put_back} messages wait again; the web service takes them in within seconds")
    return 0


def show(settings: Settings) -> int:
    """Opens what was set aside: people's own words, for whoever must answer them now."""
    spool = spool_of(settings, make_vault(settings))
    for path in spool.aside():
        at = datetime.fromtimestamp(int(path.name.split("-")[0]) / 1e9, UTC)
        whole = spool.opened(path)
        tell(f"  {at:%Y-%m-%d %H:%M:%S} UTC  {path.suffix.removeprefix('.')}")
        tell(f"    {whole if whole is not None else 'no key opens it'}")
    return 0
