"""The way of an outgoing row to its carrier: claimed once, sent, settled, never backwards.

Belongs here: the queries of bot/outbox.py. Does not belong here: making rows
(bot/store/outgoing.py), or what follows from a carrier's answer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ScalarSelect, and_, case, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.dialogue.turn import Priority
from bot.messages import (
    DELIVERY_RANK,
    Address,
    ChannelName,
    DeliveryStatus,
    Outbound,
    Purpose,
    StatusReport,
)
from bot.rules.safety import priority_of
from bot.store.crypto import Spot
from bot.store.outgoing import OPEN, READY, RowStatus, joined, load_parts
from bot.store.session import Session
from bot.store.tables import Conversation, OptOut, OutboxRow, Ticket
from nlu.reading import RiskLevel

WINDOW = timedelta(hours=24)
"""WhatsApp: free words may go only so long after the person's last message."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claimed row, opened."""

    id: UUID
    conversation_id: UUID | None
    ticket_id: UUID | None
    message: Outbound
    attempts: int
    repeat: bool
    created_at: datetime
    opted_out_at: datetime | None
    job_id: int | None


@dataclass(frozen=True, slots=True)
class Settled:
    """`behind`: the row of the same conversation that waited for this one."""

    behind: UUID | None


async def claim(session: Session, row_id: UUID, now: datetime) -> Row | None:
    """Takes a due row for sending, once; None when it is not due, not ready, or not its turn.

    Within a conversation rows leave in order; emergency words and pages wait for nothing.
    """
    earlier = aliased(OutboxRow)
    blocked = (
        select(earlier.id)
        .where(
            earlier.conversation_id == OutboxRow.conversation_id,
            earlier.seq < OutboxRow.seq,
            earlier.status.in_(OPEN),
        )
        .exists()
    )
    urgent = OutboxRow.purpose.in_((Purpose.EMERGENCY.value, Purpose.PAGE.value))
    claimed = await session.db.execute(
        update(OutboxRow)
        .where(
            OutboxRow.id == row_id,
            OutboxRow.status.in_(READY),
            OutboxRow.due_at <= now,
            or_(urgent, ~blocked),
        )
        .values(
            status=RowStatus.SENDING.value,
            claimed_at=now,
            attempts=OutboxRow.attempts + 1,
        )
        .returning(OutboxRow, _last_in_at(), _opted_out_at())
        .execution_options(synchronize_session=False)
    )
    found = claimed.one_or_none()
    return None if found is None else _opened(session, *found, now)


def _last_in_at() -> ScalarSelect[datetime]:
    return (
        select(Conversation.last_in_at)
        .where(Conversation.id == OutboxRow.conversation_id)
        .correlate(OutboxRow)
        .scalar_subquery()
    )


def _opted_out_at() -> ScalarSelect[datetime | None]:
    """When the row's person last asked not to be written to; NULL when they may be."""
    return (
        select(case((OptOut.out, OptOut.at)))
        .join(
            Conversation,
            and_(
                Conversation.channel == OptOut.channel,
                Conversation.address_index == OptOut.address_index,
            ),
        )
        .where(Conversation.id == OutboxRow.conversation_id)
        .order_by(OptOut.at.desc())
        .limit(1)
        .correlate(OutboxRow)
        .scalar_subquery()
    )


def _opened(
    session: Session,
    row: OutboxRow,
    last_in_at: datetime | None,
    opted_out_at: datetime | None,
    now: datetime,
) -> Row:
    open_ = session.vault.open
    parts = load_parts(open_(Spot("outbox", "body_sealed", row.id), row.body_sealed))
    address = open_(Spot("outbox", "address_sealed", row.id), row.address_sealed)
    message = Outbound(
        id=row.id,
        to=Address(ChannelName(row.channel), address),
        text=joined(parts),
        purpose=Purpose(row.purpose),
        choices=parts[-1].choices if parts else (),
        window_open=last_in_at is None or now - last_in_at < WINDOW,
    )
    return Row(
        id=row.id,
        conversation_id=row.conversation_id,
        ticket_id=row.ticket_id,
        message=message,
        attempts=row.attempts,
        repeat=row.repeat,
        created_at=row.created_at,
        opted_out_at=opted_out_at,
        job_id=row.job_id,
    )


async def load_row(session: Session, row_id: UUID, now: datetime) -> Row | None:
    found = await session.db.execute(
        select(OutboxRow, _last_in_at(), _opted_out_at()).where(OutboxRow.id == row_id)
    )
    row = found.one_or_none()
    return None if row is None else _opened(session, *row, now)


async def settle_row(session: Session, row: Row, **values: object) -> Settled | None:
    """Writes what became of a row that was being sent; None when somebody settled it before."""
    behind = aliased(OutboxRow)
    waits = (
        select(behind.id)
        .where(
            behind.conversation_id == OutboxRow.conversation_id,
            behind.seq > OutboxRow.seq,
            behind.status.in_(READY),
        )
        .order_by(behind.seq)
        .limit(1)
        .correlate(OutboxRow)
        .scalar_subquery()
    )
    changed = await session.db.execute(
        update(OutboxRow)
        .where(
            OutboxRow.id == row.id,
            OutboxRow.status.in_((RowStatus.SENDING.value, RowStatus.UNCLEAR.value)),
        )
        .values(**values)
        .returning(waits)
        .execution_options(synchronize_session=False)
    )
    found = changed.one_or_none()
    return None if found is None else Settled(found[0])


async def advance_status(session: Session, row_id: UUID, report: StatusReport) -> bool:
    """A carrier's report, applied only forwards; whether it changed anything."""
    below = [
        status.value
        for status, rank in DELIVERY_RANK.items()
        if rank < DELIVERY_RANK[report.status] and status is not DeliveryStatus.HELD
    ]
    changed = await session.db.execute(
        update(OutboxRow)
        .where(
            OutboxRow.id == row_id,
            OutboxRow.status.in_((*below, RowStatus.SENDING.value, RowStatus.UNCLEAR.value)),
        )
        .values(
            status=report.status.value,
            provider_id=func.coalesce(OutboxRow.provider_id, report.provider_id),
            error_code=report.error_code,
        )
        .returning(OutboxRow.id)
    )
    return changed.first() is not None


async def reopen(session: Session, row_id: UUID, due_at: datetime) -> None:
    """A carrier failed after it had accepted, for a cause that passes: it goes again."""
    await session.db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.status == DeliveryStatus.FAILED.value)
        .values(status=DeliveryStatus.QUEUED.value, due_at=due_at)
    )


async def row_of_provider_id(session: Session, channel: str, provider_id: str) -> UUID | None:
    """A row may have several ids, one a part; joined by commas."""
    found = await session.db.execute(
        select(OutboxRow.id).where(
            OutboxRow.channel == channel, OutboxRow.provider_id == provider_id
        )
    )
    return found.scalar_one_or_none()


async def overdue(session: Session, now: datetime, grace: timedelta) -> list[UUID]:
    """Ready rows that should have left by now: the safety net under the jobs."""
    found = await session.db.execute(
        select(OutboxRow.id)
        .where(OutboxRow.status.in_(READY), OutboxRow.due_at < now - grace)
        .order_by(OutboxRow.seq)
        .limit(200)
    )
    return list(found.scalars())


async def stuck(session: Session, now: datetime, grace: timedelta) -> list[UUID]:
    """Rows whose sender died, or lost the answer: to be settled before they go again."""
    found = await session.db.execute(
        select(OutboxRow.id)
        .where(
            or_(
                and_(
                    OutboxRow.status == RowStatus.SENDING.value,
                    OutboxRow.claimed_at < now - grace,
                ),
                and_(OutboxRow.status == RowStatus.UNCLEAR.value, OutboxRow.due_at <= now),
            )
        )
        .order_by(OutboxRow.seq)
        .limit(200)
    )
    return list(found.scalars())


async def open_risk(session: Session, conversation_id: UUID) -> Priority | None:
    """The priority that a failure on this conversation has; None where nobody is at risk."""
    level = (
        await session.db.execute(
            select(Conversation.risk_level).where(Conversation.id == conversation_id)
        )
    ).scalar_one()
    if RiskLevel(level) > RiskLevel.NONE:
        return priority_of(RiskLevel(level))
    ticket = await session.db.execute(
        select(Ticket.priority).where(
            Ticket.conversation_id == conversation_id, Ticket.state != "closed"
        )
    )
    priority = ticket.scalar_one_or_none()
    return None if priority is None else Priority(priority)
