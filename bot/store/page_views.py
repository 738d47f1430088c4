"""Pages as staff are shown them: each rung, whom it told and how that fared, who ended it.

Belongs here: reading. Does not belong here: what happens to a page (bot/store/pages.py). A page
holds a reference and a level, and nothing of the person that it is for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from bot.rules.ladder import RINGING
from bot.store.crypto import Spot
from bot.store.people import name_of
from bot.store.session import Session
from bot.store.tables import OutboxRow, Staff, Ticket
from bot.store.tables_oncall import ContactMethod, PageNotice, PageStep
from bot.store.tables_oncall import Page as PageRow

_RINGING = tuple(state.value for state in RINGING)


@dataclass(frozen=True, slots=True)
class ToldView:
    """One phone that a rung told. `name` None: the one phone that is paged without a rota;
    `status` None: it waits to be told with others."""

    name: str | None
    channel: str
    status: str | None


@dataclass(frozen=True, slots=True)
class StepView:
    """One rung as it was taken."""

    rung: str
    at: datetime
    told: Sequence[ToldView]


@dataclass(frozen=True, slots=True)
class PageView:
    """`by`: who took it or stopped it."""

    id: UUID
    ticket_id: UUID
    reference: str
    level: str
    state: str
    rings: bool
    is_test: bool
    follows: bool
    started_at: datetime
    next_at: datetime | None
    acknowledged_at: datetime | None
    ended_at: datetime | None
    by: str | None
    reason: str
    steps: Sequence[StepView]

    @property
    def seconds(self) -> int | None:
        """From its start until somebody took it."""
        if self.acknowledged_at is None:
            return None
        return round((self.acknowledged_at - self.started_at).total_seconds())


async def recent(session: Session, since: datetime, most: int) -> Sequence[PageView]:
    """Every page that rings, and those that began since; what rings first, then the newest."""
    found = await session.db.execute(
        select(PageRow, Ticket.reference, Staff)
        .join(Ticket, Ticket.id == PageRow.ticket_id)
        .outerjoin(Staff, Staff.id == PageRow.by_id)
        .where(or_(PageRow.state.in_(_RINGING), PageRow.started_at > since))
        .order_by(PageRow.state.in_(_RINGING).desc(), PageRow.started_at.desc())
        .limit(most)
    )
    rows = found.all()
    steps = await _steps(session, [row.id for row, _, _ in rows])
    return [
        PageView(
            id=row.id,
            ticket_id=row.ticket_id,
            reference=reference,
            level=row.level,
            state=row.state,
            rings=row.state in _RINGING,
            is_test=row.is_test,
            follows=row.follows_id is not None,
            started_at=row.started_at,
            next_at=row.next_at,
            acknowledged_at=row.acknowledged_at,
            ended_at=row.ended_at,
            by=name_of(session, staff) if staff else None,
            reason=_reason(session, row),
            steps=steps.get(row.id, ()),
        )
        for row, reference, staff in rows
    ]


def _reason(session: Session, row: PageRow) -> str:
    if row.reason_sealed is None:
        return ""
    return session.vault.open(Spot("pages", "reason_sealed", row.id), row.reason_sealed)


async def _steps(session: Session, pages: Collection[UUID]) -> Mapping[UUID, Sequence[StepView]]:
    told = await _told(session, pages)
    found = await session.db.execute(
        select(PageStep).where(PageStep.page_id.in_(pages)).order_by(PageStep.n, PageStep.at)
    )
    steps: dict[UUID, list[StepView]] = {}
    for row in found.scalars():
        view = StepView(row.rung, row.at, told.get((row.page_id, row.n), ()))
        steps.setdefault(row.page_id, []).append(view)
    return steps


async def _told(
    session: Session, pages: Collection[UUID]
) -> Mapping[tuple[UUID, int], Sequence[ToldView]]:
    found = await session.db.execute(
        select(PageNotice, Staff, ContactMethod.channel, OutboxRow.status)
        .outerjoin(Staff, Staff.id == PageNotice.staff_id)
        .outerjoin(ContactMethod, ContactMethod.id == PageNotice.method_id)
        .outerjoin(OutboxRow, OutboxRow.id == PageNotice.outbox_id)
        .where(PageNotice.page_id.in_(pages))
        .order_by(PageNotice.at)
    )
    told: dict[tuple[UUID, int], list[ToldView]] = {}
    for notice, staff, channel, status in found:
        name = name_of(session, staff) if staff else None
        view = ToldView(name, channel or "sms", status)
        told.setdefault((notice.page_id, notice.step), []).append(view)
    return told
