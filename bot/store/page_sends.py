"""What a failed text means for the pages that it tells of.

Belongs here: the writes, inside the transaction that records the failure. Does not belong here:
the next step (bot/desk/rounds.py takes it).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import aliased

from bot.messages import DeliveryStatus
from bot.rules.ladder import PageState
from bot.store.session import Session
from bot.store.tables import OutboxRow
from bot.store.tables_oncall import ContactMethod, Page, PageNotice
from bot.store.tickets import raise_alarm


async def failed(session: Session, outbox_id: UUID) -> None:
    """Where nothing else of a page has arrived or may yet arrive, it has reached nobody, so the
    next danger starts another; the ladder goes on all the same."""
    other, row = aliased(PageNotice), aliased(OutboxRow)
    alive = (
        exists()
        .where(
            other.page_id == Page.id,
            or_(other.outbox_id.is_(None), other.outbox_id != outbox_id),
        )
        .where(
            or_(
                other.outbox_id.is_(None),
                exists().where(
                    and_(row.id == other.outbox_id, row.status != DeliveryStatus.FAILED.value)
                ),
            )
        )
    )
    mine = select(PageNotice.page_id).where(PageNotice.outbox_id == outbox_id)
    await session.db.execute(
        update(Page)
        .where(Page.id.in_(mine), Page.state == PageState.STARTED.value, ~alive)
        .values(state=PageState.UNREACHABLE.value)
        .execution_options(synchronize_session=False)
    )


async def opted_out(session: Session, outbox_id: UUID, now: datetime) -> None:
    """The carrier says that this worker's phone takes no texts of ours: it is taken off."""
    mine = select(PageNotice.method_id).where(PageNotice.outbox_id == outbox_id)
    stopped = await session.db.execute(
        update(ContactMethod)
        .where(ContactMethod.id.in_(mine), ContactMethod.stopped_at.is_(None))
        .values(stopped_at=now)
        .returning(ContactMethod.staff_id)
        .execution_options(synchronize_session=False)
    )
    for staff_id in stopped.scalars():
        await raise_alarm(session, "worker_stopped", str(staff_id), now)
