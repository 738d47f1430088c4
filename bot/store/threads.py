"""Conversations and their messages: the rows that one message travels through.

Belongs here: the queries of accept and advance. Does not belong here: what staff look at
(bot/store/views.py), outgoing rows (bot/store/outgoing.py).
"""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import structlog
from pydantic import ValidationError
from sqlalchemy import ARRAY, String, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from bot.dialogue.turn import Assessment, State
from bot.messages import (
    Address,
    ChannelName,
    DeliveryStatus,
    InboundKind,
    MediaKind,
)
from bot.rules.safety import Standing
from bot.store.crypto import Spot
from bot.store.outgoing import WAITING
from bot.store.session import Runs, Session
from bot.store.statement import Filled, Row, Statement, constant, one_of
from bot.store.tables import Conversation, Message, NoticeShown, OutboxRow
from nlu.reading import RiskCategory, RiskLevel


@dataclass(frozen=True, slots=True)
class Pending:
    """A message that waits for its turn, opened."""

    id: UUID
    seq: int
    text: str
    kind: InboundKind
    media: tuple[MediaKind, ...]
    at: datetime
    attempts: int
    danger_raised: bool
    idle_seconds: float | None
    """Since the person's own last message; None for the first."""
    answers: str = ""
    """The question of a page that it answers."""
    picked: str = ""
    """The language that was picked on the page."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation as a turn needs it, its row locked."""

    id: UUID
    address: Address
    state: State
    standing: Standing
    holder_id: UUID | None
    holder_seen_at: datetime | None
    referral_id: UUID | None
    has_held_reply: bool
    """A reply of the bot still waits for quiet."""
    has_waiting: bool
    """Words wait for the person to write, or to prove who they are."""
    slowed_until: datetime | None = None
    """The bot answers slowly until then, while no risk is open."""


log = structlog.get_logger()
_AT_ONCE = 50
_FORGIVEN = -1
"""No more than one end can be forgiven before whoever takes the job up has counted it."""


def _waiting() -> Statement:
    before = aliased(Message)
    last_at = (
        select(before.at)
        .where(
            before.conversation_id == Message.conversation_id,
            before.seq < Message.seq,
            before.direction == constant("in"),
        )
        .order_by(before.seq.desc())
        .limit(1)
        .correlate(Message)
        .scalar_subquery()
    )
    return Statement(
        select(
            Conversation.state_sealed,
            last_at.label("last_at"),
            Message.id,
            Message.seq,
            Message.text_sealed,
            Message.media_sealed,
            Message.kind,
            Message.answers,
            Message.picked,
            Message.at,
            Message.attempts,
            Message.danger_raised,
        )
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.conversation_id == bindparam("conversation_id"),
            Message.direction == constant("in"),
            Message.handled_at.is_(None),
        )
        .order_by(Message.seq)
        .limit(_AT_ONCE)
    )


_WAITING = _waiting()


async def waiting(session: Runs, conversation_id: UUID) -> tuple[State, list[Pending]]:
    """The state and the messages that have not been handled, oldest first. One that is accepted
    later has a job of its own."""
    rows = await session.run(_WAITING, conversation_id=conversation_id)
    if not rows:
        return State(), []
    state = opened_state(session, conversation_id, rows[0].state_sealed)
    return state, [_pending(session, row) for row in rows]


async def as_it_stands(session: Session, conversation_id: UUID) -> tuple[State, list[Pending]]:
    """The state and what has not been handled, for a page that shows both; nothing is locked."""
    state, messages = await waiting(session, conversation_id)
    if messages:
        return state, messages
    found = await session.db.execute(
        select(Conversation.state_sealed).where(Conversation.id == conversation_id)
    )
    return opened_state(session, conversation_id, found.scalar_one()), []


def _pending(session: Runs, row: Row) -> Pending:
    """From a row of `_WAITING`."""
    open_ = session.vault.open
    media: list[list[str]] = (
        json.loads(open_(Spot("messages", "media_sealed", row.id), row.media_sealed))
        if row.media_sealed
        else []
    )
    idle = None if row.last_at is None else max(0.0, (row.at - row.last_at).total_seconds())
    return Pending(
        id=row.id,
        seq=row.seq,
        text=open_(Spot("messages", "text_sealed", row.id), row.text_sealed),
        kind=InboundKind(row.kind),
        answers=row.answers or "",
        picked=row.picked or "",
        media=tuple(MediaKind(entry[0]) for entry in media),
        at=row.at,
        attempts=row.attempts,
        danger_raised=row.danger_raised,
        idle_seconds=idle,
    )


def opened_state(session: Runs, conversation_id: UUID | None, sealed: bytes | None) -> State:
    """An empty one where there is none yet, or none that this version understands."""
    if sealed is None or conversation_id is None:
        return State()
    spot = Spot("conversations", "state_sealed", conversation_id)
    try:
        return State.model_validate_json(session.vault.open(spot, sealed))
    except ValidationError:
        log.error("state of another version, begun anew", conversation=str(conversation_id))
        return State()


async def count_failure(session: Session, message_id: UUID) -> None:
    await session.db.execute(
        update(Message).where(Message.id == message_id).values(attempts=Message.attempts + 1)
    )


async def forgive_failure(session: Session, conversation_id: UUID) -> None:
    """One failure counted, or yet to be counted, against the first waiting message was none."""
    first = (
        select(Message.id)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == "in",
            Message.handled_at.is_(None),
        )
        .order_by(Message.seq)
        .limit(1)
        .scalar_subquery()
    )
    await session.db.execute(
        update(Message)
        .where(Message.id == first)
        .values(attempts=func.greatest(Message.attempts - 1, _FORGIVEN))
    )


def _load() -> Statement:
    holds = (
        select(OutboxRow.id)
        .where(
            OutboxRow.conversation_id == Conversation.id,
            OutboxRow.status == constant(DeliveryStatus.HELD.value),
        )
        .exists()
    )
    waits = (
        select(OutboxRow.id)
        .where(OutboxRow.conversation_id == Conversation.id, one_of(OutboxRow.status, WAITING))
        .exists()
    )
    return Statement(
        select(
            Conversation.channel,
            Conversation.address_sealed,
            Conversation.state_sealed,
            Conversation.risk_level,
            Conversation.risk_categories,
            Conversation.holder_id,
            Conversation.holder_seen_at,
            Conversation.referral_id,
            Conversation.slowed_until,
            holds.label("has_held"),
            waits.label("has_waiting"),
        )
        .where(Conversation.id == bindparam("conversation_id"))
        .with_for_update(of=Conversation)
    )


_LOAD = _load()


async def load_thread(session: Session, conversation_id: UUID) -> Thread:
    """The conversation, its row locked for this transaction."""
    (row,) = await session.run(_LOAD, conversation_id=conversation_id)
    return _thread(session, conversation_id, row)


def _thread(session: Session, conversation_id: UUID, row: Row) -> Thread:
    """From a row of `_LOAD`."""
    address_spot = Spot("conversations", "address_sealed", conversation_id)
    address = session.vault.open(address_spot, row.address_sealed)
    return Thread(
        id=conversation_id,
        address=Address(ChannelName(row.channel), address),
        state=opened_state(session, conversation_id, row.state_sealed),
        standing=Standing(
            RiskLevel(row.risk_level), frozenset(RiskCategory(c) for c in row.risk_categories)
        ),
        holder_id=row.holder_id,
        holder_seen_at=row.holder_seen_at,
        referral_id=row.referral_id,
        has_held_reply=row.has_held,
        has_waiting=row.has_waiting,
        slowed_until=row.slowed_until,
    )


_MARK_HANDLED = Statement(
    update(Message)
    .where(Message.id == bindparam("message_id"), Message.handled_at.is_(None))
    .values(
        handled_at=bindparam("now"),
        reading_sealed=bindparam("sealed"),
        risk_level=bindparam("level"),
    )
    .returning(Message.id)
)


@dataclass(frozen=True, slots=True)
class Read:
    """A message and what was understood of it, as JSON."""

    message_id: UUID
    reading_json: str
    level: RiskLevel


def _marking(session: Session, read: Read, now: datetime) -> Filled:
    spot = Spot("messages", "reading_sealed", read.message_id)
    return _MARK_HANDLED.filled(
        message_id=read.message_id,
        now=now,
        sealed=session.vault.seal(spot, read.reading_json),
        level=read.level.value,
    )


async def load_and_mark(
    session: Session, conversation_id: UUID, read: Read, now: datetime
) -> tuple[Thread, bool]:
    """The locked conversation, its message marked as handled; False when another turn was first."""
    load = _LOAD.filled(conversation_id=conversation_id)
    loaded, marked = await session.run_all(load, _marking(session, read, now))
    return _thread(session, conversation_id, loaded[0]), bool(marked)


async def mark_handled(session: Session, read: Read, now: datetime) -> None:
    """Without a look at a conversation that may not open."""
    await session.run_all(_marking(session, read, now))


_SAVE_TURN = Statement(
    update(Conversation)
    .where(Conversation.id == bindparam("conversation_id"))
    .values(
        state_sealed=bindparam("state"),
        version=Conversation.version + 1,
        language=bindparam("to_language"),
        risk_level=bindparam("level"),
        risk_categories=bindparam("categories"),
        risk_why=func.coalesce(bindparam("why", type_=ARRAY(String)), Conversation.risk_why),
    )
)


def save_turn(session: Session, thread: Thread, state: State, assessment: Assessment) -> None:
    """The engine's new state and the risk, which never falls here; written with the commit."""
    spot = Spot("conversations", "state_sealed", thread.id)
    session.with_commit(
        _SAVE_TURN.filled(
            conversation_id=thread.id,
            state=session.vault.seal(spot, state.model_dump_json()),
            to_language=state.language.value,
            level=assessment.level.value,
            categories=sorted(category.value for category in assessment.categories),
            why=list(assessment.why) if assessment.raised else None,
        )
    )


async def save_risk(session: Session, conversation_id: UUID, assessment: Assessment) -> None:
    """The risk alone, when the turn itself could not be kept."""
    await session.db.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(**_risk_values(assessment))
    )


async def mark_danger_raised(session: Session, message_id: UUID) -> None:
    await session.db.execute(
        update(Message).where(Message.id == message_id).values(danger_raised=True)
    )


_RECORD_NOTICE = Statement(
    insert(NoticeShown).values(
        id=bindparam("id"),
        conversation_id=bindparam("conversation_id"),
        version=bindparam("version"),
        at=bindparam("at"),
    )
)


async def record_notice(
    session: Session, conversation_id: UUID, version: str, now: datetime
) -> None:
    await session.run(
        _RECORD_NOTICE, id=uuid4(), conversation_id=conversation_id, version=version, at=now
    )


def _risk_values(assessment: Assessment) -> dict[str, object]:
    values: dict[str, object] = {
        "risk_level": assessment.level.value,
        "risk_categories": sorted(category.value for category in assessment.categories),
    }
    if assessment.raised:
        values["risk_why"] = list(assessment.why)
    return values


async def state_of(session: Session, conversation_id: UUID) -> State:
    """As the last turn left it; nothing is locked."""
    found = await session.db.execute(
        select(Conversation.state_sealed).where(Conversation.id == conversation_id)
    )
    return opened_state(session, conversation_id, found.scalar_one())
