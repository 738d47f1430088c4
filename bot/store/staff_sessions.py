"""Browsers of staff that are signed in, or half-way there: rows with hashed tokens.

Belongs here: starting, finding, listing and ending sessions. Does not belong here: cookies and
pages (api/desk), limits (bot/rules/signin.py).
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, insert, select, update

from bot.rules.signin import HALF_LASTS, SESSION_IDLE, SESSION_LASTS
from bot.store.people import StaffMember, member_of
from bot.store.session import Session
from bot.store.tables import Staff
from bot.store.tables_desk import StaffSession

_SEEN_EVERY = timedelta(minutes=1)
"""A session's last sign is written at most so often."""


class Stage(StrEnum):
    PASSWORD = "password"  # noqa: S105 - a stage, not a secret
    """The second factor is still to come."""
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Visit:
    """A live session and whose it is."""

    id: UUID
    member: StaffMember
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SessionView:
    id: UUID
    browser: str
    created_at: datetime
    seen_at: datetime


async def start(session: Session, staff_id: UUID, stage: Stage, browser: str, now: datetime) -> str:
    """The bearer, which nothing can show again."""
    bearer = secrets.token_urlsafe(32)
    lasts = SESSION_LASTS if stage is Stage.WHOLE else HALF_LASTS
    await session.db.execute(
        insert(StaffSession).values(
            id=uuid4(),
            staff_id=staff_id,
            token_hash=_hash(bearer),
            stage=stage.value,
            browser=browser,
            created_at=now,
            seen_at=now,
            expires_at=now + lasts,
        )
    )
    return bearer


async def find(session: Session, bearer: str, stage: Stage, now: datetime) -> Visit | None:
    """Who this browser is signed in as, if the session is alive and so are they."""
    found = await session.db.execute(
        select(StaffSession, Staff)
        .join(Staff, Staff.id == StaffSession.staff_id)
        .where(
            StaffSession.token_hash == _hash(bearer),
            StaffSession.stage == stage.value,
            _alive(now),
            Staff.active,
        )
    )
    row = found.one_or_none()
    if row is None:
        return None
    kept, staff = row
    return Visit(kept.id, member_of(session, staff), kept.expires_at)


async def seen(session: Session, session_id: UUID, now: datetime) -> None:
    """The person did something by hand."""
    await session.db.execute(
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.seen_at < now - _SEEN_EVERY)
        .values(seen_at=now)
    )


async def end(session: Session, staff_id: UUID, session_id: UUID, now: datetime) -> None:
    """One of somebody's own sessions."""
    await _end(session, StaffSession.id == session_id, staff_id, now)


async def end_others(session: Session, staff_id: UUID, kept: UUID | None, now: datetime) -> None:
    """All of somebody's sessions but the one that is kept."""
    which = StaffSession.id != kept if kept else StaffSession.id.is_not(None)
    await _end(session, which, staff_id, now)


async def _end(session: Session, which: ColumnElement[bool], staff_id: UUID, now: datetime) -> None:
    await session.db.execute(
        update(StaffSession)
        .where(which, StaffSession.staff_id == staff_id, StaffSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


async def of(session: Session, staff_id: UUID, now: datetime) -> Sequence[SessionView]:
    """Somebody's live sessions, the one used last first."""
    found = await session.db.execute(
        select(StaffSession)
        .where(
            StaffSession.staff_id == staff_id,
            StaffSession.stage == Stage.WHOLE.value,
            _alive(now),
        )
        .order_by(StaffSession.seen_at.desc())
    )
    return [
        SessionView(row.id, row.browser, row.created_at, row.seen_at) for row in found.scalars()
    ]


def _alive(now: datetime) -> ColumnElement[bool]:
    return (
        (StaffSession.revoked_at.is_(None))
        & (StaffSession.expires_at > now)
        & (StaffSession.seen_at > now - SESSION_IDLE)
    )


def _hash(bearer: str) -> bytes:
    return hashlib.sha256(bearer.encode()).digest()
