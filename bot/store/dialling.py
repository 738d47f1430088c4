"""How often numbers were rung and texted at our expense, counted in the database: a restart or a
second process forgives nothing.

Does not belong here: the limits and the ranges (bot/rules/dialling.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, insert, select, text, true

from bot.rules import dialling
from bot.rules.dialling import Barred, Limit, Use
from bot.store.session import Session
from bot.store.tables_calls import NumberUse

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('number_uses', 0))")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number to ring or text. `staff`: the worker who asks for it, None for a caller's own."""

    use: Use
    number: str
    staff: UUID | None = None


async def barred(
    session: Session, wanted: Wanted, prefixes: Sequence[str], now: datetime
) -> Barred | None:
    """Why not now; None where it may be."""
    why = dialling.barred(wanted.number, wanted.use, prefixes)
    if why is not None:
        return why
    is_number = NumberUse.number_index == _index(session, wanted.number)
    counts = await _counts(session, wanted.use, is_number, dialling.PER_NUMBER[wanted.use], now)
    counts += await _counts(session, wanted.use, true(), dialling.IN_ALL[wanted.use], now)
    if wanted.staff is not None:
        is_theirs = NumberUse.staff_id == wanted.staff
        limits = dialling.PER_WORKER[wanted.use]
        counts += await _counts(session, wanted.use, is_theirs, limits, now)
    return Barred.OFTEN if dialling.is_over(counts) else None


async def spend(
    session: Session, wanted: Wanted, prefixes: Sequence[str], now: datetime
) -> Barred | None:
    """As `barred`, and counted where it may be: of two at once, one is the last."""
    await session.db.execute(_LOCK)
    why = await barred(session, wanted, prefixes, now)
    if why is None:
        await session.db.execute(
            insert(NumberUse).values(
                id=uuid4(),
                use=wanted.use.value,
                number_index=_index(session, wanted.number),
                staff_id=wanted.staff,
                at=now,
            )
        )
    return why


async def _counts(
    session: Session, use: Use, which: ColumnElement[bool], limits: Sequence[Limit], now: datetime
) -> list[tuple[Limit, int]]:
    counts = []
    for limit in limits:
        found = await session.db.execute(
            select(func.count()).where(
                NumberUse.use == use.value, which, NumberUse.at > now - limit.within
            )
        )
        counts.append((limit, found.scalar_one()))
    return counts


def _index(session: Session, number: str) -> bytes:
    return session.vault.index("number_use", number)
