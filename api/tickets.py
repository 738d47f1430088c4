"""The id that a page gives to the message written on it: when the page was made, and our mark.

Belongs here: making one, and telling whether somebody opened a page and took a moment. Does not
belong here: what that is worth (api/pace.py).
"""

import re
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from uuid import uuid4

from bot.store.crypto import Vault

MOMENT = timedelta(seconds=1)
"""Nobody reads a page and writes on it sooner."""
LASTS = timedelta(hours=12)
_SHAPE = re.compile(r"c?([0-9a-f]{16}-[0-9a-f]{9})-([0-9a-f]{16})")


def ticket(vault: Vault, now: datetime) -> str:
    """42 characters, good for a client id."""
    told = f"{uuid4().hex[:16]}-{int(now.timestamp()):09x}"
    return f"{told}-{_mark(vault, told)}"


def is_from_page(vault: Vault, client_id: str, now: datetime) -> bool:
    found = _SHAPE.fullmatch(client_id)
    if found is None or not compare_digest(found[2], _mark(vault, found[1])):
        return False
    age = now - datetime.fromtimestamp(int(found[1][-9:], 16), UTC)
    return MOMENT <= age <= LASTS


def _mark(vault: Vault, told: str) -> str:
    return vault.index("web_ticket", told).hex()[:16]
