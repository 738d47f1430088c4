"""The way of an outgoing row to its carrier: claimed once, sent, settled, never backwards.

Belongs here: the queries of bot/outbox.py. Does not belong here: making rows
(bot/store/outgoing.py), or what follows from a carrier's answer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    and_,
    any_,
    case,
    func,
    literal,
    or_,
    select,
    update,
)
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

_URGENT = (Purpose.EMERGENCY.value, Purpose.PAGE.value)
_UNSETTLED = (RowStatus.SENDING.value, RowStatus.UNCLEAR.value)
_SENT_RANK = DELIVERY_RANK[DeliveryStatus.SENT]
_ARRIVED = (DeliveryStatus.DELIVERED.value, DeliveryStatus.READ.value)


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
    claimed_at: datetime | None
    """Names this claim: whoever claimed it later has the last word."""


@dataclass(frozen=True, slots=True)
class Settled:
    """`behind`: the row of the same conversation that may have waited for this one."""

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
    urgent = OutboxRow.purpose.in_(_URGENT)
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
        claimed_at=row.claimed_at,
    )


async def load_row(session: Session, row_id: UUID, now: datetime) -> Row | None:
    found = await session.db.execute(
        select(OutboxRow, _last_in_at(), _opted_out_at()).where(OutboxRow.id == row_id)
    )
    row = found.one_or_none()
    return None if row is None else _opened(session, *row, now)


async def settle_row(session: Session, row: Row, **values: object) -> Settled | None:
    """Writes what became of a claimed row; None when somebody settled or claimed it since."""
    changed = await session.db.execute(
        update(OutboxRow)
        .where(
            OutboxRow.id == row.id,
            OutboxRow.claimed_at == row.claimed_at,
            OutboxRow.status.in_((*_UNSETTLED, DeliveryStatus.QUEUED.value)),
        )
        .values(**values)
        .returning(_behind())
        .execution_options(synchronize_session=False)
    )
    found = changed.one_or_none()
    return None if found is None else Settled(found[0])


def _behind() -> ScalarSelect[UUID]:
    behind = aliased(OutboxRow)
    return (
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


async def keep_ids(session: Session, row: Row, provider_id: str) -> Settled | None:
    """A callback was quicker than the carrier's own answer: only the ids of all parts are new."""
    kept = await session.db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row.id, OutboxRow.claimed_at == row.claimed_at)
        .values(provider_id=provider_id)
        .returning(_behind())
        .execution_options(synchronize_session=False)
    )
    found = kept.one_or_none()
    return None if found is None else Settled(found[0])


async def advance_status(session: Session, row_id: UUID, report: StatusReport) -> Settled | None:
    """A carrier's report, applied only forwards; None when it changed nothing."""
    known = or_(
        OutboxRow.provider_id == report.provider_id,
        literal(report.provider_id) == any_(func.string_to_array(OutboxRow.provider_id, ",")),
    )
    changed = await session.db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, _is_news(report, known))
        .values(
            status=report.status.value,
            provider_id=case((known, OutboxRow.provider_id), else_=report.provider_id),
            error_code=report.error_code,
        )
        .returning(_behind())
        .execution_options(synchronize_session=False)
    )
    found = changed.one_or_none()
    return None if found is None else Settled(found[0])


def _is_news(report: StatusReport, known: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a report moves its row. While a row is sent again, an earlier try can only prove
    that the words arrived; of several parts each may fail by itself, however far the last is."""
    status, ids = OutboxRow.status, OutboxRow.provider_id
    rank = DELIVERY_RANK[report.status]
    with_carrier = [
        each.value for each in DeliveryStatus if _SENT_RANK <= DELIVERY_RANK[each] < rank
    ]
    first_try = ids.is_(None)
    news = [
        and_(status.in_(with_carrier), or_(first_try, known)),
        and_(status == DeliveryStatus.QUEUED.value, first_try),
        and_(status.in_(_UNSETTLED), or_(first_try, ~known)),
    ]
    if rank >= DELIVERY_RANK[DeliveryStatus.DELIVERED]:
        news.append(and_(status.in_((*_UNSETTLED, DeliveryStatus.QUEUED.value)), known))
    if report.status is DeliveryStatus.FAILED:
        news.append(and_(status == RowStatus.WAITING_WINDOW.value, known))
        earlier_part = ids.contains(f"{report.provider_id},", autoescape=True)
        news.append(and_(status.in_(_ARRIVED), earlier_part))
    return or_(*news)


async def reopen(session: Session, row_id: UUID, due_at: datetime) -> None:
    """A carrier failed after it had accepted, for a cause that passes: it goes again."""
    await session.db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.status == DeliveryStatus.FAILED.value)
        .values(status=DeliveryStatus.QUEUED.value, due_at=due_at)
    )


async def window_is_open(session: Session, conversation_id: UUID, now: datetime) -> bool:
    """Whether the person wrote within the last 24 hours. The conversation stays locked, so that
    a message accepted at this very moment comes before or after, never between."""
    last = await session.db.execute(
        select(Conversation.last_in_at)
        .where(Conversation.id == conversation_id)
        .with_for_update(read=True)
    )
    return now - last.scalar_one() < WINDOW


async def shut_window(session: Session, conversation_id: UUID, now: datetime) -> None:
    """The carrier says that the person's last message is longer ago than we thought."""
    await session.db.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(last_in_at=now - WINDOW)
    )


async def template_is_out(session: Session, row: Row) -> bool:
    """Whether another row of the conversation waits behind a template already."""
    found = await session.db.execute(
        select(OutboxRow.id)
        .where(
            OutboxRow.conversation_id == row.conversation_id,
            OutboxRow.status == RowStatus.WAITING_WINDOW.value,
        )
        .limit(1)
    )
    return found.first() is not None


async def row_of_provider_id(session: Session, channel: str, provider_id: str) -> UUID | None:
    found = await session.db.execute(
        select(OutboxRow.id).where(
            OutboxRow.channel == channel, OutboxRow.provider_id == provider_id
        )
    )
    return found.scalars().first()


async def overdue(session: Session, now: datetime, grace: timedelta) -> list[UUID]:
    """Ready rows that should have left by now: the safety net under the jobs."""
    found = await session.db.execute(
        select(OutboxRow.id)
        .where(OutboxRow.status.in_(READY), OutboxRow.due_at < now - grace)
        .order_by(OutboxRow.purpose.not_in(_URGENT), OutboxRow.seq)
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
