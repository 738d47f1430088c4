"""What a program asks for with a key of its own is done once, however often it asks.

Belongs here: telling the first time from the next. Does not belong here: what is done.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from bot.store import audit
from bot.store.session import Session

_ACTION = "asked_once"
_LOCK_BITS = 63


async def is_first(session: Session, staff_id: UUID, mark: UUID, now: datetime) -> bool:
    """Of any number at once one is the first; the others wait until it has committed."""
    lock = mark.int % 2**_LOCK_BITS
    await session.db.execute(select(func.pg_advisory_xact_lock(lock)))
    if await audit.is_noted(session, staff_id, _ACTION, mark):
        return False
    audit.note(session, staff_id, _ACTION, [mark], now)
    return True
