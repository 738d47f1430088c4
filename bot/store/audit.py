"""Who did or saw what, when and why: writing it down, asking, and proving it whole.

Does not belong here: deciding what is written down (bot/desk, api), the chain itself
(bot/store/chain.py).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bot.store import chain
from bot.store.chain import Entry
from bot.store.session import Session
from bot.store.tables import AuditEntry

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Verified:
    """`broken_at`: the first entry that does not fit, None where all do; `head`: the last mark."""

    entries: int
    head: str
    broken_at: int | None
    knows_head: bool
    """Whether the mark that was asked for is one of the chain's."""


def note(
    session: Session,
    actor: UUID,
    action: str,
    subjects: Collection[UUID],
    now: datetime,
    why: str = "",
) -> None:
    """One entry for each thing touched, so that `who saw this` is one question. Written with the
    commit: what did not happen is not noted."""
    session.noted.extend(Entry(now, str(actor), action, str(one), why) for one in subjects)


async def is_noted(session: Session, actor: UUID, action: str, subject: UUID) -> bool:
    found = await session.db.execute(
        select(AuditEntry.id).where(
            AuditEntry.subject == str(subject),
            AuditEntry.action == action,
            AuditEntry.actor == str(actor),
        )
    )
    return found.first() is not None


async def noted_since(
    session: Session, reader: tuple[UUID, str], subjects: Collection[UUID], since: datetime
) -> frozenset[UUID]:
    """Which of these an actor (with an action) has already been noted for."""
    actor, action = reader
    found = await session.db.execute(
        select(AuditEntry.subject).where(
            AuditEntry.subject.in_([str(subject) for subject in subjects]),
            AuditEntry.action == action,
            AuditEntry.actor == str(actor),
            AuditEntry.at > since,
        )
    )
    return frozenset(UUID(subject) for subject in found.scalars())


async def newest(session: Session, about: str | None, limit: int) -> list[Entry]:
    """The last entries; `about`: of one subject or actor."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if about is not None:
        query = query.where((AuditEntry.subject == about) | (AuditEntry.actor == about))
    return [_entry(row) for row in (await session.db.execute(query)).scalars()]


async def verify(session: Session, head: str = "") -> Verified:
    """Walks the whole chain. `head`: a mark that was noted earlier and must still be there."""
    after, count, mark, knows = 0, 0, chain.FIRST, not head
    while True:
        query = select(AuditEntry).where(AuditEntry.id > after).order_by(AuditEntry.id)
        rows = (await session.db.execute(query.limit(_AT_ONCE))).scalars().all()
        for row in rows:
            if row.mark_hash is None and count == 0:
                continue
            expected = chain.mark(session.vault, mark, _entry(row))
            if row.mark_hash is None or bytes(row.mark_hash) != expected:
                return Verified(count, mark.hex(), row.id, knows)
            mark, count = expected, count + 1
            knows = knows or mark.hex() == head
        if not rows:
            return Verified(count, mark.hex(), None, knows)
        after = rows[-1].id
        session.db.expunge_all()


def _entry(row: AuditEntry) -> Entry:
    return Entry(row.at, row.actor, row.action, row.subject, row.why, row.detail)
