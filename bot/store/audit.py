"""Who did or saw what, and when. Append-only.

Does not belong here: deciding what is written down (bot/desk, api/v1).
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select

from bot.store.session import Session
from bot.store.tables import AuditEntry


async def note(
    session: Session, actor: UUID, action: str, subjects: Collection[UUID], now: datetime
) -> None:
    """One entry for each thing touched, so that `who saw this` is one question."""
    if not subjects:
        return
    await session.db.execute(
        insert(AuditEntry),
        [
            {"at": now, "actor": str(actor), "action": action, "subject": str(subject)}
            for subject in subjects
        ],
    )


async def is_noted(session: Session, actor: UUID, action: str, subject: UUID) -> bool:
    found = await session.db.execute(
        select(AuditEntry.id).where(
            AuditEntry.subject == str(subject),
            AuditEntry.action == action,
            AuditEntry.actor == str(actor),
        )
    )
    return found.first() is not None
