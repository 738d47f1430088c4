"""Pages as they are kept: the ladder's value in a row, and the steps that were taken.

Belongs here: reading, locking and writing pages. Does not belong here: what happens to a page
(bot/rules/ladder.py), notices to phones (bot/store/notices.py).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Case, Row, Select, case, select, text, update
from sqlalchemy.dialects.postgresql import insert

from bot.rules.ladder import RINGING, Ladder, Page, PageState, Rung, Step
from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.tables import Ticket
from bot.store.tables_oncall import Page as PageRow
from bot.store.tables_oncall import PageStep
from nlu.reading import RiskLevel

_RINGING = tuple(state.value for state in RINGING)
_IS_RINGING = text("state IN ('started', 'unreachable')")
"""Written out, not bound: in a prepared statement a bound value matches no partial index."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A page and what the ladder need not know of it."""

    id: UUID
    ticket_id: UUID
    reference: str
    code: str
    page: Page
    first: int
    """The step that it began with."""
    is_test: bool
    started_at: datetime


@dataclass(frozen=True, slots=True)
class NewPage:
    ticket_id: UUID
    page: Page
    is_test: bool = False
    follows_id: UUID | None = None


async def rings(session: Session, ticket_id: UUID, level: RiskLevel) -> bool:
    """Whether somebody is being woken for this ticket at this level or a worse one."""
    found = await session.db.execute(
        select(PageRow.level).where(PageRow.ticket_id == ticket_id, PageRow.state == "started")
    )
    return any(RiskLevel(running) >= level for running in found.scalars())


async def add(session: Session, new: NewPage, now: datetime) -> tuple[UUID, str]:
    """Id and code. The ladder is copied: a later change of the rota never redirects it."""
    while True:
        page_id, code = uuid4(), str(secrets.randbelow(90_000) + 10_000)
        made = await session.db.execute(
            insert(PageRow)
            .values(
                id=page_id,
                ticket_id=new.ticket_id,
                level=new.page.level.value,
                policy=_policy(new.page.ladder, new.page.taken),
                state=new.page.state.value,
                code=code,
                taken=new.page.taken,
                next_at=new.page.next_at,
                passed=sorted(new.page.passed),
                follows_id=new.follows_id,
                is_test=new.is_test,
                started_at=now,
            )
            .on_conflict_do_nothing(index_elements=["code"], index_where=_IS_RINGING)
            .returning(PageRow.id)
        )
        if made.first() is not None:
            return page_id, code


def _policy(ladder: Ladder, first: int) -> dict[str, object]:
    steps = [
        {
            "rung": step.rung.value,
            "people": [str(person) for person in step.people],
            "wait": step.wait.total_seconds(),
        }
        for step in ladder.steps
    ]
    return {"steps": steps, "first": first}


def _ladder(policy: dict[str, Any]) -> Ladder:
    return Ladder(
        tuple(
            Step(
                Rung(step["rung"]),
                tuple(UUID(person) for person in step["people"]),
                timedelta(seconds=step["wait"]),
            )
            for step in policy.get("steps", ())
        )
    )


def _query() -> Select[PageRow, str]:
    return select(PageRow, Ticket.reference).join(Ticket, Ticket.id == PageRow.ticket_id)


def _stored(found: Row[PageRow, str] | None) -> Stored | None:
    if found is None:
        return None
    row, reference = found
    policy: dict[str, Any] = row.policy
    page = Page(
        ladder=_ladder(policy),
        level=RiskLevel(row.level),
        state=PageState(row.state),
        taken=row.taken,
        next_at=row.next_at,
        by=row.by_id,
        at=row.acknowledged_at,
        passed=frozenset(row.passed),
    )
    first = int(policy.get("first", 0))
    return Stored(
        row.id, row.ticket_id, reference, row.code, page, first, row.is_test, row.started_at
    )


async def next_due(session: Session, now: datetime) -> Stored | None:
    """The most pressing page whose next step is due, locked; one that somebody else is at is
    passed over."""
    found = await session.db.execute(
        _query()
        .where(PageRow.state.in_(_RINGING), PageRow.next_at <= now)
        .order_by(_level_rank(), PageRow.next_at)
        .limit(1)
        .with_for_update(of=PageRow, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return _stored(found.one_or_none())


def _level_rank() -> Case[int]:
    return case((PageRow.level == "immediate", 0), (PageRow.level == "high", 1), else_=2)


async def lock(session: Session, page_id: UUID) -> Stored | None:
    found = await session.db.execute(
        _query()
        .where(PageRow.id == page_id)
        .with_for_update(of=PageRow)
        .execution_options(populate_existing=True)
    )
    return _stored(found.one_or_none())


async def ringing(session: Session) -> list[Stored]:
    """Every page that somebody is being woken for, the most pressing first."""
    found = await session.db.execute(
        _query().where(PageRow.state.in_(_RINGING)).order_by(_level_rank(), PageRow.started_at)
    )
    return [stored for row in found if (stored := _stored(row)) is not None]


async def taken_before(session: Session, at: datetime) -> list[UUID]:
    """Immediate pages that somebody took so long ago that help must have begun, and that nobody
    has looked at since; drills aside."""
    found = await session.db.execute(
        select(PageRow.id).where(
            PageRow.state == PageState.ACKNOWLEDGED.value,
            PageRow.level == RiskLevel.IMMEDIATE.value,
            PageRow.acknowledged_at <= at,
            PageRow.followed.is_(False),
            PageRow.is_test.is_(False),
        )
    )
    return list(found.scalars())


async def save(session: Session, page_id: UUID, page: Page, now: datetime) -> None:
    """Writes what the ladder made of it; the row is locked by whoever calls."""
    values: dict[str, object] = {
        "state": page.state.value,
        "taken": page.taken,
        "next_at": page.next_at,
        "by_id": page.by,
        "acknowledged_at": page.at,
        "passed": sorted(page.passed),
    }
    if page.state not in RINGING:
        values["ended_at"] = now
    await session.db.execute(update(PageRow).where(PageRow.id == page_id).values(values))


async def save_ladder(session: Session, page_id: UUID, ladder: Ladder, first: int) -> None:
    """For a page that had nobody to wake and now has."""
    await session.db.execute(
        update(PageRow).where(PageRow.id == page_id).values(policy=_policy(ladder, first))
    )


async def keep_reason(session: Session, page_id: UUID, reason: str) -> None:
    sealed = session.vault.seal(Spot("pages", "reason_sealed", page_id), reason)
    await session.db.execute(
        update(PageRow).where(PageRow.id == page_id).values(reason_sealed=sealed)
    )


async def mark_followed(session: Session, page_id: UUID) -> bool:
    """Of any number at once exactly one may start the page that follows."""
    marked = await session.db.execute(
        update(PageRow)
        .where(PageRow.id == page_id, PageRow.followed.is_(False))
        .values(followed=True)
        .returning(PageRow.id)
    )
    return marked.first() is not None


async def record_step(session: Session, page_id: UUID, n: int, rung: Rung, now: datetime) -> None:
    await session.db.execute(
        insert(PageStep).values(id=uuid4(), page_id=page_id, n=n, rung=rung.value, at=now)
    )


@dataclass(frozen=True, slots=True)
class Unposted:
    step_id: UUID
    reference: str
    level: RiskLevel
    is_test: bool


async def unposted(session: Session, since: datetime) -> list[Unposted]:
    """Steps of ringing pages that the topic has not been told of, the most pressing first."""
    found = await session.db.execute(
        select(PageStep.id, Ticket.reference, PageRow.level, PageRow.is_test)
        .join(PageRow, PageRow.id == PageStep.page_id)
        .join(Ticket, Ticket.id == PageRow.ticket_id)
        .where(PageStep.posted_at.is_(None), PageStep.at > since, PageRow.state.in_(_RINGING))
        .order_by(_level_rank(), PageStep.at)
    )
    return [Unposted(row.id, row.reference, RiskLevel(row.level), row.is_test) for row in found]


async def mark_posted(session: Session, step_id: UUID, now: datetime) -> None:
    await session.db.execute(update(PageStep).where(PageStep.id == step_id).values(posted_at=now))


async def end_of_ticket(session: Session, ticket_id: UUID, now: datetime) -> None:
    """The ticket is closed, or a worse page takes its place: nobody is woken for it any more,
    nor looked after for having taken it."""
    await session.db.execute(
        update(PageRow)
        .where(PageRow.ticket_id == ticket_id, PageRow.state.in_(_RINGING))
        .values(state=PageState.ENDED.value, next_at=None, ended_at=now)
    )


async def hand_back(session: Session, ticket_id: UUID, now: datetime) -> None:
    """Whoever took it has given it up: having been taken keeps nobody asleep any more."""
    await session.db.execute(
        update(PageRow)
        .where(PageRow.ticket_id == ticket_id, PageRow.state == PageState.ACKNOWLEDGED.value)
        .values(state=PageState.ENDED.value, ended_at=now)
    )


async def taken_at_console(
    session: Session, ticket_id: UUID, staff_id: UUID, now: datetime
) -> None:
    """Whoever was being woken for it may sleep."""
    await session.db.execute(
        update(PageRow)
        .where(PageRow.ticket_id == ticket_id, PageRow.state.in_(_RINGING))
        .values(
            state=PageState.ACKNOWLEDGED.value,
            by_id=staff_id,
            acknowledged_at=now,
            next_at=None,
            ended_at=now,
        )
    )


async def ticket_of(session: Session, page_id: UUID) -> UUID | None:
    found = await session.db.execute(select(PageRow.ticket_id).where(PageRow.id == page_id))
    return found.scalar_one_or_none()


async def ticket_reference(session: Session, ticket_id: UUID) -> str | None:
    found = await session.db.execute(select(Ticket.reference).where(Ticket.id == ticket_id))
    return found.scalar_one_or_none()
