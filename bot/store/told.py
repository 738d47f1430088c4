"""What a carrier tells of a row after it took it: applied forwards, never back.

Belongs here: reports, in whatever order they come. Does not belong here: sending
(bot/store/sending.py), or what follows from a failure (bot/outcomes.py).
"""

from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    String,
    Text,
    and_,
    any_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    update,
)

from bot.messages import DELIVERY_RANK, DeliveryStatus, StatusReport
from bot.store.outgoing import RowStatus
from bot.store.sending import UNSETTLED, Settled, behind
from bot.store.session import Session
from bot.store.statement import Statement, constant, one_of
from bot.store.tables import OutboxRow

_SENT_RANK = DELIVERY_RANK[DeliveryStatus.SENT]
_NONE: ColumnElement[list[str]] = literal_column("'{}'::text[]")
_ARRIVED = (DeliveryStatus.DELIVERED.value, DeliveryStatus.READ.value)


async def advance_status(session: Session, row_id: UUID, report: StatusReport) -> Settled | None:
    """A carrier's report, applied only forwards; None when it changed nothing."""
    changed = await session.run(
        _advance(report.status, report.parts > 1),
        row_id=row_id,
        reported_id=report.provider_id,
        error=report.error_code,
        parts=report.parts,
    )
    return Settled(changed[0].behind) if changed else None


@cache
def _advance(status: DeliveryStatus, is_part: bool) -> Statement:
    reported = bindparam("reported_id", type_=String)
    ids = func.string_to_array(OutboxRow.provider_id, ",")
    is_ours = func.coalesce(reported == any_(ids), false())
    changes: dict[str, object] = {
        "status": constant(status.value),
        "provider_id": case((is_ours, OutboxRow.provider_id), else_=reported),
        "error_code": bindparam("error"),
    }
    if status in (DeliveryStatus.DELIVERED, DeliveryStatus.READ):
        changes = _arriving(status, is_part, reported, is_ours)
    return Statement(
        update(OutboxRow)
        .where(OutboxRow.id == bindparam("row_id"), _is_news(status, is_part, reported, is_ours))
        .values(changes)
        .returning(behind().label("behind"))
    )


def _arriving(
    status: DeliveryStatus,
    is_part: bool,
    reported: ColumnElement[str],
    is_ours: ColumnElement[bool],
) -> dict[str, object]:
    """The whole has arrived with the last of its parts. Where the answer with their ids was lost
    they are counted, unless the row went twice: then its parts cannot be told from the others."""
    before = func.coalesce(OutboxRow.arrived, _NONE)
    arrived = case(
        (reported == any_(before), before), else_=func.array_append(before, cast(reported, Text))
    )
    ids = func.string_to_array(OutboxRow.provider_id, ",")
    is_last = ids.op("<@", is_comparison=True)(arrived)
    found: ColumnElement[str] = reported
    stranger: ColumnElement[bool] = true()
    if is_part:
        stranger = and_(~OutboxRow.repeat, func.cardinality(arrived) >= bindparam("parts"))
        found = func.array_to_string(arrived, ",")
    is_whole = case((is_ours, is_last), else_=stranger)
    return {
        "arrived": arrived,
        "status": case((is_whole, constant(status.value)), else_=OutboxRow.status),
        "error_code": case((is_whole, bindparam("error")), else_=OutboxRow.error_code),
        "provider_id": case((or_(is_ours, ~stranger), OutboxRow.provider_id), else_=found),
    }


def _is_news(
    reported: DeliveryStatus,
    is_part: bool,
    its_id: ColumnElement[str],
    known: ColumnElement[bool],
) -> ColumnElement[bool]:
    """Whether a report moves its row. While a row is sent again, an earlier try can only prove
    that the words arrived; of several parts each may fail by itself, however far the others are,
    unless it has arrived itself."""
    status, ids = OutboxRow.status, OutboxRow.provider_id
    rank = DELIVERY_RANK[reported]
    with_carrier = [
        each.value for each in DeliveryStatus if _SENT_RANK <= DELIVERY_RANK[each] < rank
    ]
    if is_part and reported is DeliveryStatus.SENT:
        return false()  # the carrier may have the others or not
    first_try = ids.is_(None)
    queued = DeliveryStatus.QUEUED.value
    news = [
        and_(one_of(status, with_carrier), or_(first_try, known)),
        and_(status == constant(queued), first_try),
        and_(one_of(status, UNSETTLED), or_(first_try, ~known)),
    ]
    if rank >= DELIVERY_RANK[DeliveryStatus.DELIVERED]:
        news.append(and_(one_of(status, (*UNSETTLED, queued)), known))
    if reported is DeliveryStatus.FAILED:
        news.append(and_(status == constant(RowStatus.WAITING_WINDOW.value), known))
        is_among = and_(known, func.strpos(ids, ",") > 0)
        news.append(and_(one_of(status, _ARRIVED), is_among))
        goes_on = and_(known, func.right(ids, 1) == constant(","))
        news.append(and_(one_of(status, (*UNSETTLED, queued)), goes_on))
        has_arrived = its_id == any_(func.coalesce(OutboxRow.arrived, _NONE))
        return and_(or_(*news), ~has_arrived)
    return or_(*news)


async def reopen(session: Session, row_id: UUID, due_at: datetime, others_may_be: bool) -> None:
    """A carrier failed after it had accepted, for a cause that passes: it goes again, from its
    front, whatever an answer that comes later says of the try before. `others_may_be`: of several
    parts the others may have arrived, so all go marked as a repeat."""
    had_others = or_(
        func.strpos(func.coalesce(OutboxRow.provider_id, ""), ",") > 0,
        func.cardinality(func.coalesce(OutboxRow.arrived, _NONE)) > 0,
    )
    goes_on = func.right(OutboxRow.provider_id, 1) == ","
    await session.db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.status == DeliveryStatus.FAILED.value)
        .values(
            status=DeliveryStatus.QUEUED.value,
            due_at=due_at,
            claimed_at=None,
            provider_id=case((goes_on, None), else_=OutboxRow.provider_id),
            repeat=or_(OutboxRow.repeat, had_others) if others_may_be else OutboxRow.repeat,
        )
    )


async def row_of_provider_id(session: Session, channel: str, provider_id: str) -> UUID | None:
    found = await session.db.execute(
        select(OutboxRow.id).where(
            OutboxRow.channel == channel, OutboxRow.provider_id == provider_id
        )
    )
    return found.scalars().first()
