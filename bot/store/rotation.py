"""Seals everything anew under the newest key, while the service runs.

Belongs here: walking every sealed column of every table. Does not belong here: keys (keys.py),
or the blind indexes, which stay as they are: their key is the oldest one and must be kept.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Table, func, or_, select, update

from bot.errors import BadSettings
from bot.store.crypto import Spot
from bot.store.schema import METADATA
from bot.store.session import Session, Store

_BATCH = 200
_PASSES = 10
_PAUSE_SECONDS = 0.5
_FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Rotated:
    """Values sealed anew; values that do not open; rows still under an older key, which are
    the damaged ones and those in use all the while: run it again."""

    sealed: int
    damaged: int
    left: int


def sealed_columns() -> Iterator[tuple[Table, list[str]]]:
    """Every table with a sealed column, and the names of those columns."""
    for table in METADATA.sorted_tables:
        names = [column.name for column in table.columns if column.name.endswith("_sealed")]
        if names:
            yield table, names


async def rotate(store: Store) -> Rotated:
    """Stopped half-way it can be run again: what is done is found done."""
    sealed = damaged = left = 0
    for table, names in sealed_columns():
        for _ in range(_PASSES):
            made, damaged_now = await _walk(store, table, names)
            sealed += made
            left_now = await _count_stale(store, table, names)
            if left_now == 0 or made == 0 == left_now - damaged_now:
                break
            await asyncio.sleep(_PAUSE_SECONDS)
        damaged += damaged_now
        left += left_now
    return Rotated(sealed, damaged, left)


async def _walk(store: Store, table: Table, names: list[str]) -> tuple[int, int]:
    """One pass: how many values were sealed anew, how many do not open."""
    after, made, damaged = _FIRST, 0, 0
    while True:
        async with store.begin() as session:
            rows = await _batch(session, table, names, after)
            for row_id, values in rows:
                fresh, bad = _reseal(session, table, row_id, values)
                damaged += bad
                made += len(fresh)
                if fresh:
                    await session.db.execute(
                        update(table).where(table.c.id == row_id).values(fresh)
                    )
        if not rows:
            return made, damaged
        after = rows[-1][0]


async def _batch(
    session: Session, table: Table, names: list[str], after: UUID
) -> list[tuple[UUID, dict[str, bytes | None]]]:
    """Rows in use are passed over, so that neither waits for the other; a later pass has them."""
    found = await session.db.execute(
        select(table.c.id, *(table.c[name] for name in names))
        .where(table.c.id > after, _is_stale(session, table, names))
        .order_by(table.c.id)
        .limit(_BATCH)
        .with_for_update(key_share=True, skip_locked=True)
    )
    return [(row[0], dict(zip(names, row[1:], strict=True))) for row in found.all()]


def _reseal(
    session: Session, table: Table, row_id: UUID, values: dict[str, bytes | None]
) -> tuple[dict[str, bytes], int]:
    fresh: dict[str, bytes] = {}
    damaged = 0
    for name, value in values.items():
        if value is None or session.vault.is_current(value):
            continue
        spot = Spot(table.name, name, row_id)
        try:
            fresh[name] = session.vault.seal_bytes(spot, session.vault.open_bytes(spot, value))
        except BadSettings:
            damaged += 1
    return fresh, damaged


async def _count_stale(store: Store, table: Table, names: list[str]) -> int:
    async with store.begin() as session:
        found = await session.db.execute(
            select(func.count()).select_from(table).where(_is_stale(session, table, names))
        )
        return found.scalar_one()


def _is_stale(session: Session, table: Table, names: list[str]) -> ColumnElement[bool]:
    mark = session.vault.newest_mark
    return or_(*(func.substring(table.c[name], 1, len(mark)) != mark for name in names))
