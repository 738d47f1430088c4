"""Which phone was told of which page, by which outbox row.

Belongs here: making and reading notices, and what became of their sends. Does not belong here:
pages themselves (bot/store/pages.py).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import and_, exists, func, insert, select, update

from bot.messages import DeliveryStatus
from bot.rules.ladder import RINGING, PageState
from bot.store.contacts import Method
from bot.store.session import Session
from bot.store.tables import OutboxRow, Ticket
from bot.store.tables_oncall import Page, PageNotice
from nlu.reading import RiskLevel

_RINGING = tuple(state.value for state in RINGING)
_WITH_CARRIER = (
    DeliveryStatus.SENT.value,
    DeliveryStatus.DELIVERED.value,
    DeliveryStatus.READ.value,
)


@dataclass(frozen=True, slots=True)
class NewNotice:
    """`method` is None for the one phone that is paged without a rota; `outbox_id` None while it
    waits to be told with others; `link` is the secret in the link, kept as a hash."""

    page_id: UUID
    step: int
    method: Method | None
    outbox_id: UUID | None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page that one phone has not been told of yet, because it is being told of others."""

    notice_id: UUID
    page_id: UUID
    method_id: UUID
    reference: str
    level: RiskLevel
    code: str
    is_test: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A page that somebody was told of, by its code."""

    page_id: UUID
    state: PageState


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the sends of a page's last step have come."""

    page_id: UUID
    arrived: bool
    all_failed: bool
    at: datetime


def new_link() -> str:
    return secrets.token_urlsafe(16)


def _hash(link: str) -> bytes:
    return hashlib.sha256(link.encode()).digest()


async def add(session: Session, notice: NewNotice, now: datetime) -> None:
    await session.db.execute(
        insert(PageNotice).values(
            id=uuid4(),
            page_id=notice.page_id,
            step=notice.step,
            staff_id=notice.method.staff if notice.method else None,
            method_id=notice.method.id if notice.method else None,
            outbox_id=notice.outbox_id,
            token_hash=_hash(notice.link) if notice.link else None,
            at=now,
        )
    )


async def loads(session: Session, methods: list[Method], since: datetime) -> dict[UUID, int]:
    """How many texts each method was sent since then; a method without any is left out."""
    if not methods:
        return {}
    found = await session.db.execute(
        select(PageNotice.method_id, func.count(PageNotice.outbox_id.distinct()))
        .where(
            PageNotice.method_id.in_([method.id for method in methods]),
            PageNotice.outbox_id.is_not(None),
            PageNotice.at > since,
        )
        .group_by(PageNotice.method_id)
    )
    return {method_id: count for method_id, count in found.all() if method_id is not None}


async def waiting(session: Session) -> list[Waiting]:
    """What waits to be told with others, of pages that still ring, locked."""
    found = await session.db.execute(
        select(
            PageNotice.id,
            Page.id,
            PageNotice.method_id,
            Ticket.reference,
            Page.level,
            Page.code,
            Page.is_test,
        )
        .join(Page, Page.id == PageNotice.page_id)
        .join(Ticket, Ticket.id == Page.ticket_id)
        .where(
            PageNotice.outbox_id.is_(None),
            PageNotice.method_id.is_not(None),
            Page.state.in_(_RINGING),
        )
        .order_by(PageNotice.at)
        .with_for_update(of=PageNotice, skip_locked=True)
    )
    return [
        Waiting(row[0], row[1], method_id, row[3], RiskLevel(row[4]), row[5], row[6])
        for row in found
        if (method_id := row[2]) is not None
    ]


async def tell_with(session: Session, notices: list[UUID], outbox_id: UUID, now: datetime) -> None:
    """These are told by one text."""
    await session.db.execute(
        update(PageNotice).where(PageNotice.id.in_(notices)).values(outbox_id=outbox_id, at=now)
    )


async def last_told(session: Session, method_id: UUID) -> datetime | None:
    found = await session.db.execute(
        select(func.max(PageNotice.at)).where(
            PageNotice.method_id == method_id, PageNotice.outbox_id.is_not(None)
        )
    )
    return found.scalar_one()


async def told_of(session: Session, staff_id: UUID | None, code: str) -> Told | None:
    """The newest page with this code that this person was told of; None: of the one phone."""
    found = await session.db.execute(
        select(Page.id, Page.state)
        .where(
            Page.code == code,
            exists().where(
                PageNotice.page_id == Page.id,
                PageNotice.staff_id.is_(None)
                if staff_id is None
                else PageNotice.staff_id == staff_id,
            ),
        )
        .order_by(Page.state.in_(_RINGING).desc(), Page.started_at.desc())
        .limit(1)
    )
    row = found.one_or_none()
    return None if row is None else Told(row.id, PageState(row.state))


async def behind_link(session: Session, link: str) -> tuple[UUID, UUID | None] | None:
    """The page and the person that a link was made for."""
    found = await session.db.execute(
        select(PageNotice.page_id, PageNotice.staff_id).where(PageNotice.token_hash == _hash(link))
    )
    row = found.one_or_none()
    return None if row is None else (row.page_id, row.staff_id)


async def pages_ringing_for(session: Session, staff_id: UUID) -> list[UUID]:
    """Pages whose last step woke this person."""
    found = await session.db.execute(
        select(Page.id)
        .join(PageNotice, PageNotice.page_id == Page.id)
        .where(
            Page.state.in_(_RINGING),
            PageNotice.staff_id == staff_id,
            PageNotice.step == Page.taken - 1,
        )
        .distinct()
    )
    return list(found.scalars())


async def reach(session: Session) -> list[Reach]:
    """How the last step of every ringing page fares."""
    arrived = func.bool_or(OutboxRow.status.in_(_WITH_CARRIER))
    failed = func.bool_and(OutboxRow.status == DeliveryStatus.FAILED.value)
    found = await session.db.execute(
        select(Page.id, arrived, failed, func.min(PageNotice.at))
        .join(PageNotice, and_(PageNotice.page_id == Page.id, PageNotice.step == Page.taken - 1))
        .join(OutboxRow, OutboxRow.id == PageNotice.outbox_id)
        .where(Page.state.in_(_RINGING))
        .group_by(Page.id)
    )
    return [Reach(*row) for row in found]


async def is_stale(session: Session, outbox_id: UUID) -> bool:
    """Whether every page that this text tells of has been taken, stopped or closed. A text that
    tells of no page is never stale."""
    mine = PageNotice.outbox_id == outbox_id
    rings = exists().where(mine, Page.id == PageNotice.page_id, Page.state.in_(_RINGING))
    found = await session.db.execute(select(exists().where(mine), rings))
    tells, still = found.one()
    return bool(tells) and not still


RECENT = timedelta(seconds=60)
"""The stretch over which a phone's texts are counted."""


async def called_by(session: Session, outbox_id: UUID) -> list[tuple[UUID, UUID | None]]:
    """The pages that this row tells of, and whom."""
    found = await session.db.execute(
        select(PageNotice.page_id, PageNotice.staff_id).where(PageNotice.outbox_id == outbox_id)
    )
    return [(row.page_id, row.staff_id) for row in found]
