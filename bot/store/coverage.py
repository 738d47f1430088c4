"""The last proof of cover as it is kept.

Does not belong here: what is wrong with a rota (bot/rules/coverage.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from bot.rules.coverage import Fault, Finding
from bot.store.session import Session
from bot.store.tables_oncall import CoverageRow

_ONLY = 1


@dataclass(frozen=True, slots=True)
class Proof:
    checked_at: datetime
    findings: tuple[Finding, ...]
    told: frozenset[str]


async def last_proof(session: Session, lock: bool = False) -> Proof | None:
    """None before the first one. `lock`: nobody else proves meanwhile."""
    query = select(CoverageRow).where(CoverageRow.id == _ONLY)
    row = (
        await session.db.execute(query.with_for_update() if lock else query)
    ).scalar_one_or_none()
    if row is None:
        return None
    findings = tuple(_finding(one) for one in row.findings)
    return Proof(row.checked_at, findings, frozenset(row.told))


def _finding(kept: dict[str, str]) -> Finding:
    return Finding(
        Fault(kept["fault"]),
        datetime.fromisoformat(kept["from"]),
        datetime.fromisoformat(kept["to"]),
        UUID(kept["person"]) if "person" in kept else None,
    )


async def keep(
    session: Session, findings: Sequence[Finding], told: Sequence[str], now: datetime
) -> None:
    kept = [
        {"fault": one.fault.value, "from": one.starts.isoformat(), "to": one.ends.isoformat()}
        | ({"person": str(one.person)} if one.person else {})
        for one in findings
    ]
    values = {"checked_at": now, "findings": kept, "told": sorted(told)}
    statement = insert(CoverageRow).values(id=_ONLY, **values)
    await session.db.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
