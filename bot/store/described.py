"""How people describe themselves: offered, kept sealed, erased. Opened only to be counted.

Does not belong here: counting and hiding small numbers (bot/rules/figures.py), the page that asks
(api/describe.py).
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.tables_followup import SelfDescribed

LASTS = timedelta(days=30)
"""So long after the offer somebody may answer, change it, or take it out."""


async def offer(session: Session, conversation_id: UUID, now: datetime) -> None:
    """Offered again, the time begins anew; what was said stays."""
    row = insert(SelfDescribed).values(id=uuid4(), conversation_id=conversation_id, offered_at=now)
    await session.db.execute(
        row.on_conflict_do_update(
            index_elements=[SelfDescribed.conversation_id], set_={"offered_at": now}
        )
    )


async def is_open(session: Session, conversation_id: UUID, now: datetime) -> bool:
    """Whether this was offered of late."""
    return await _row(session, conversation_id, now) is not None


async def keep(session: Session, conversation_id: UUID, words: str, now: datetime) -> bool:
    """Empty words take out what was said before. False where nothing was offered."""
    row_id = await _row(session, conversation_id, now)
    if row_id is None:
        return False
    spot = Spot("self_described", "group_sealed", row_id)
    sealed = session.vault.seal(spot, words) if words else None
    await session.db.execute(
        update(SelfDescribed).where(SelfDescribed.id == row_id).values(group_sealed=sealed)
    )
    return True


async def _row(session: Session, conversation_id: UUID, now: datetime) -> UUID | None:
    found = await session.db.execute(
        select(SelfDescribed.id).where(
            SelfDescribed.conversation_id == conversation_id,
            SelfDescribed.offered_at > now - LASTS,
        )
    )
    return found.scalar_one_or_none()


async def erase(session: Session, conversation_id: UUID) -> None:
    await session.db.execute(
        update(SelfDescribed)
        .where(SelfDescribed.conversation_id == conversation_id)
        .values(group_sealed=None)
    )
