"""The audit's chain: each entry's mark is a keyed hash of it and of the mark before it.

Whoever has the database but not the key cannot change, insert or remove an entry unseen;
removing the last ones is seen by whoever noted a later mark. Does not belong here: what is
written down, and reading it (bot/store/audit.py).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.crypto import Vault
from bot.store.tables import AuditEntry

FIRST = b""
_LOCK = text("SELECT pg_advisory_xact_lock(7210121)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `why`: a code; `detail`: ids, codes and counts, never words of a person."""

    at: datetime
    actor: str
    action: str
    subject: str
    why: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


async def append(db: AsyncSession, vault: Vault, entries: Sequence[Entry]) -> None:
    """Just before a commit: until then everybody else who writes here waits."""
    await db.execute(_LOCK)
    newest = select(AuditEntry.mark_hash).order_by(AuditEntry.id.desc()).limit(1)
    last = (await db.execute(newest)).scalar_one_or_none() or FIRST
    rows = []
    for entry in entries:
        last = mark(vault, last, entry)
        rows.append(
            {
                "at": entry.at,
                "actor": entry.actor,
                "action": entry.action,
                "subject": entry.subject,
                "why": entry.why,
                "detail": dict(entry.detail),
                "mark_hash": last,
            }
        )
    await db.execute(insert(AuditEntry), rows)


def mark(vault: Vault, before: bytes, entry: Entry) -> bytes:
    told = [
        bytes(before).hex(),
        entry.at.astimezone(UTC).isoformat(),
        entry.actor,
        entry.action,
        entry.subject,
        entry.why,
        dict(entry.detail),
    ]
    return vault.index("audit", json.dumps(told, sort_keys=True))
