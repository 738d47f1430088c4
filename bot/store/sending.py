"""The way of an outgoing row to its carrier: claimed once, sent, settled, never backwards.

Belongs here: the queries of bot/outbox.py. Does not belong here: making rows
(bot/store/outgoing.py), what carriers tell later (bot/store/told.py), or what follows from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import (
    ScalarSelect,
    and_,
    bindparam,
    case,
    false,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.dialogue.turn import State
from bot.messages import (
    Address,
    ChannelName,
    DeliveryStatus,
    Outbound,
    Purpose,
)
from bot.rules.contact import Leaving
from bot.store.crypto import Spot
from bot.store.outgoing import OPEN, READY, RowStatus, joined, load_parts
from bot.store.session import Session
from bot.store.statement import Row as Columns
from bot.store.statement import Statement, constant, one_of
from bot.store.tables import Conversation, OptOut, OutboxRow
from bot.store.threads import opened_state
from bot.store.window import LENGTH

_URGENT = (Purpose.EMERGENCY.value, Purpose.PAGE.value, Purpose.RING.value)
UNSETTLED = (RowStatus.SENDING.value, RowStatus.UNCLEAR.value)


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
    last_in_at: datetime | None
    state: State | None
    """Of its conversation, as the last turn left it; None for a page."""
    opener: bool
    """A line that says nothing went, or goes, in place of its words."""
    job_id: int | None
    claimed_at: datetime | None
    """Names this claim: whoever claimed it later has the last word."""

    def leaving(self, now: datetime) -> Leaving:
        state = self.state or State()
        return Leaving(
            purpose=self.message.purpose,
            channel=self.message.to.channel,
            created_at=self.created_at,
            now=now,
            last_in_at=self.last_in_at,
            opted_out_at=self.opted_out_at,
            hidden=state.hidden,
            contact=state.contact,
        )


@dataclass(frozen=True, slots=True)
class Settled:
    """`behind`: the row of the same conversation that may have waited for this one."""

    behind: UUID | None


def _of_thread[Value](column: InstrumentedAttribute[Value]) -> ScalarSelect[Value]:
    """What stands beside the row's conversation."""
    return (
        select(column)
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


_OPENED = (
    OutboxRow.id,
    OutboxRow.conversation_id,
    OutboxRow.ticket_id,
    OutboxRow.channel,
    OutboxRow.address_sealed,
    OutboxRow.body_sealed,
    OutboxRow.purpose,
    OutboxRow.attempts,
    OutboxRow.repeat,
    OutboxRow.provider_id,
    OutboxRow.opener,
    OutboxRow.created_at,
    OutboxRow.job_id,
    OutboxRow.claimed_at,
    _of_thread(Conversation.last_in_at).label("last_in_at"),
    _of_thread(Conversation.state_sealed).label("state_sealed"),
    _opted_out_at().label("opted_out_at"),
)


def _claim() -> Statement:
    earlier = aliased(OutboxRow)
    blocked = (
        select(earlier.id)
        .where(
            earlier.conversation_id == OutboxRow.conversation_id,
            earlier.seq < OutboxRow.seq,
            one_of(earlier.status, OPEN),
        )
        .exists()
    )
    return Statement(
        update(OutboxRow)
        .where(
            OutboxRow.id == bindparam("row_id"),
            one_of(OutboxRow.status, (*READY, RowStatus.WAITING_TIME.value)),
            OutboxRow.due_at <= bindparam("now"),
            or_(one_of(OutboxRow.purpose, _URGENT), ~blocked),
        )
        .values(
            status=constant(RowStatus.SENDING.value),
            claimed_at=bindparam("now"),
            attempts=OutboxRow.attempts + 1,
            opener=false(),
        )
        .returning(*_OPENED)
    )


_CLAIM = _claim()


def unfinished(ids: Sequence[str]) -> str:
    """How a row's `provider_id` says that these first parts are out and more must follow."""
    return "".join(f"{each}," for each in ids)


def _parts_out(provider_id: str | None) -> tuple[str, ...]:
    is_unfinished = provider_id is not None and provider_id.endswith(",")
    return tuple((provider_id or "").split(",")[:-1]) if is_unfinished else ()


async def claim(session: Session, row_id: UUID, now: datetime) -> Row | None:
    """Takes a due row for sending, once; None when it is not due, not ready, or not its turn.

    Within a conversation rows leave in order; emergency words and pages wait for nothing.
    """
    claimed = await session.run(_CLAIM, row_id=row_id, now=now)
    return _opened(session, claimed[0], now) if claimed else None


def _opened(session: Session, row: Columns, now: datetime) -> Row:
    """From the columns of `_OPENED`."""
    open_ = session.vault.open
    parts = load_parts(open_(Spot("outbox", "body_sealed", row.id), row.body_sealed))
    address = open_(Spot("outbox", "address_sealed", row.id), row.address_sealed)
    message = Outbound(
        id=row.id,
        to=Address(ChannelName(row.channel), address),
        text=joined(parts),
        purpose=Purpose(row.purpose),
        choices=parts[-1].choices if parts else (),
        pick=parts[-1].pick if parts else "",
        parts_out=_parts_out(row.provider_id),
        window_open=row.last_in_at is None or now - row.last_in_at < LENGTH,
    )
    return Row(
        id=row.id,
        conversation_id=row.conversation_id,
        ticket_id=row.ticket_id,
        message=message,
        attempts=row.attempts,
        repeat=row.repeat,
        created_at=row.created_at,
        opted_out_at=row.opted_out_at,
        last_in_at=row.last_in_at,
        state=opened_state(session, row.conversation_id, row.state_sealed),
        opener=row.opener,
        job_id=row.job_id,
        claimed_at=row.claimed_at,
    )


_LOAD_ROW = Statement(select(*_OPENED).where(OutboxRow.id == bindparam("row_id")))


async def load_row(session: Session, row_id: UUID, now: datetime) -> Row | None:
    found = await session.run(_LOAD_ROW, row_id=row_id)
    return _opened(session, found[0], now) if found else None


def behind() -> ScalarSelect[UUID]:
    """The row of the same conversation that may have waited for the one that is changed."""
    later = aliased(OutboxRow)
    return (
        select(later.id)
        .where(
            later.conversation_id == OutboxRow.conversation_id,
            later.seq > OutboxRow.seq,
            one_of(later.status, READY),
        )
        .order_by(later.seq)
        .limit(1)
        .correlate(OutboxRow)
        .scalar_subquery()
    )


@cache
def _settle(changed: frozenset[str]) -> Statement:
    return Statement(
        update(OutboxRow)
        .where(
            OutboxRow.id == bindparam("row_id"),
            OutboxRow.claimed_at == bindparam("claim"),
            one_of(OutboxRow.status, (*UNSETTLED, DeliveryStatus.QUEUED.value)),
        )
        .values({name: bindparam(f"to_{name}") for name in changed})
        .returning(behind().label("behind"))
    )


async def settle_row(session: Session, row: Row, **values: object) -> Settled | None:
    """Writes what became of a claimed row; None when somebody settled or claimed it since."""
    settled = await session.run(
        _settle(frozenset(values)),
        row_id=row.id,
        claim=row.claimed_at,
        **{f"to_{name}": value for name, value in values.items()},
    )
    return Settled(settled[0].behind) if settled else None


async def keep_ids(session: Session, row: Row, provider_id: str) -> Settled | None:
    """A callback was quicker than the carrier's own answer: only the ids of all parts are new."""
    kept = await session.db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row.id, OutboxRow.claimed_at == row.claimed_at)
        .values(provider_id=provider_id)
        .returning(behind())
        .execution_options(synchronize_session=False)
    )
    found = kept.one_or_none()
    return None if found is None else Settled(found[0])
