"""Failures to get in, counted in the database: a restart or a second process forgives nothing.

Does not belong here: the limits (bot/rules/signin.py).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from bot.rules.signin import Limit, Tries, after_failure
from bot.store.session import Session
from bot.store.tables_desk import SignInTry

type Counted = tuple[str, Limit]
"""What is counted, as a text that is only kept as a keyed hash, and how."""


async def is_locked(session: Session, counted: Sequence[Counted], now: datetime) -> bool:
    """Whether any of these doors is shut."""
    subjects = [_subject(session, name) for name, _ in counted]
    found = await session.db.execute(
        select(SignInTry.subject_index)
        .where(SignInTry.subject_index.in_(subjects), SignInTry.locked_until > now)
        .limit(1)
    )
    return found.first() is not None


async def count(session: Session, counted: Sequence[Counted], now: datetime) -> None:
    """One failure more for each. In order of the hash, so that two at once never deadlock."""
    for subject, limit in sorted(
        ((_subject(session, name), limit) for name, limit in counted), key=lambda pair: pair[0]
    ):
        known = await session.db.execute(
            select(SignInTry.failures, SignInTry.since, SignInTry.locked_until)
            .where(SignInTry.subject_index == subject)
            .with_for_update()
        )
        row = known.one_or_none()
        before = Tries(row.failures, row.since, row.locked_until) if row else None
        after = after_failure(before, limit, now)
        values = {
            "failures": after.failures,
            "since": after.since,
            "locked_until": after.locked_until,
        }
        statement = insert(SignInTry).values(subject_index=subject, **values)
        # Of two first failures at once, the second adds to the first's.
        again = {**values, "failures": SignInTry.failures + 1} if before is None else values
        await session.db.execute(
            statement.on_conflict_do_update(index_elements=["subject_index"], set_=again)
        )


async def forget(session: Session, counted: Sequence[Counted]) -> None:
    """Somebody got in: their own failures are forgiven."""
    subjects = [_subject(session, name) for name, _ in counted]
    await session.db.execute(delete(SignInTry).where(SignInTry.subject_index.in_(subjects)))


def _subject(session: Session, name: str) -> bytes:
    return session.vault.index("sign_in", name)
