"""`handrail spool`: messages that were set aside on disk wait again, once their cause is mended.

Does not belong here: taking them in, which the web service does (bot/backlog.py).
"""

from bot.bootstrap import make_vault, spool_of
from bot.commands.progress import tell
from bot.settings import Settings


def retry(settings: Settings) -> int:
    put_back = spool_of(settings, make_vault(settings)).put_back()
    tell(f"  {put_back} messages wait again; the web service takes them in within seconds")
    return 0
