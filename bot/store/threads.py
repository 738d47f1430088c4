"""Conversations and their messages: the rows that one message travels through.

Belongs here: the queries of accept and advance. Does not belong here: what staff look at
(bot/store/views.py), outgoing rows (bot/store/outgoing.py).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import structlog
from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from bot.dialogue.turn import Assessment, State
from bot.messages import (
    Address,
    ChannelName,
    DeliveryStatus,
    Inbound,
    InboundKind,
    MediaKind,
)
from bot.rules.safety import Standing
from bot.store.crypto import Spot
from bot.store.session import Session
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
    """Since anything was said in either direction; None for the first message."""


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


log = structlog.get_logger()
_AT_ONCE = 50


def address_index(session: Session, address: Address) -> bytes:
    return session.vault.index(f"address:{address.channel.value}", address.value)


def fingerprint(session: Session, inbound: Inbound) -> bytes:
    """Equal for a redelivery, different when one id comes with another body."""
    content = [inbound.sender.value, inbound.kind.value, inbound.text]
    content += [f"{media.kind.value} {media.ref}" for media in inbound.media]
    return session.vault.index("inbound", json.dumps(content))


async def open_thread(session: Session, address: Address, now: datetime) -> UUID:
    """The conversation of an address, made if there is none. Its row stays locked until
    commit, so that messages of one conversation are numbered in the order they are accepted."""
    new_id = uuid4()
    spot = Spot("conversations", "address_sealed", new_id)
    statement = (
        insert(Conversation)
        .values(
            id=new_id,
            channel=address.channel.value,
            address_sealed=session.vault.seal(spot, address.value),
            address_index=address_index(session, address),
            opened_at=now,
            last_in_at=now,
        )
        .on_conflict_do_update(
            index_elements=["channel", "address_index"], set_={"last_in_at": now}
        )
        .returning(Conversation.id)
    )
    return (await session.db.execute(statement)).scalar_one()


async def add_inbound(
    session: Session, conversation_id: UUID, inbound: Inbound, now: datetime
) -> UUID | None:
    """The new message's id, or None when this provider id was accepted before."""
    new_id = uuid4()
    media = [[m.kind.value, m.ref, m.content_type, m.size] for m in inbound.media]
    seal = session.vault.seal
    statement = (
        insert(Message)
        .values(
            id=new_id,
            conversation_id=conversation_id,
            direction="in",
            channel=inbound.sender.channel.value,
            provider_id=inbound.provider_id,
            fingerprint=fingerprint(session, inbound),
            kind=inbound.kind.value,
            text_sealed=seal(Spot("messages", "text_sealed", new_id), inbound.text),
            media_sealed=seal(Spot("messages", "media_sealed", new_id), json.dumps(media))
            if media
            else None,
            at=now,
        )
        .on_conflict_do_nothing(index_elements=["channel", "provider_id"])
        .returning(Message.id)
    )
    return (await session.db.execute(statement)).scalar_one_or_none()


async def same_body(session: Session, inbound: Inbound) -> bool:
    """Whether the accepted message with this provider id is this very one."""
    known = await session.db.execute(
        select(Message.fingerprint).where(
            Message.channel == inbound.sender.channel.value,
            Message.provider_id == inbound.provider_id,
        )
    )
    return known.scalar_one_or_none() == fingerprint(session, inbound)


async def known_ids(
    session: Session, channel: ChannelName, provider_ids: Sequence[str]
) -> frozenset[str]:
    """Which of these were accepted before."""
    found = await session.db.execute(
        select(Message.provider_id).where(
            Message.channel == channel.value, Message.provider_id.in_(provider_ids)
        )
    )
    return frozenset(each for each in found.scalars() if each is not None)


async def waiting(session: Session, conversation_id: UUID) -> tuple[State, list[Pending]]:
    """The state and the messages that have not been handled, oldest first. One that is accepted
    later has a job of its own."""
    before = aliased(Message)
    last_at = (
        select(before.at)
        .where(before.conversation_id == Message.conversation_id, before.seq < Message.seq)
        .order_by(before.seq.desc())
        .limit(1)
        .correlate(Message)
        .scalar_subquery()
    )
    rows = (
        await session.db.execute(
            select(Message, Conversation.state_sealed, last_at.label("last_at"))
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(
                Message.conversation_id == conversation_id,
                Message.direction == "in",
                Message.handled_at.is_(None),
            )
            .order_by(Message.seq)
            .limit(_AT_ONCE)
        )
    ).all()
    if not rows:
        return State(), []
    state = _state(session, conversation_id, rows[0].state_sealed)
    return state, [_pending(session, row.Message, row.last_at) for row in rows]


def _pending(session: Session, row: Message, last_at: datetime | None) -> Pending:
    open_ = session.vault.open
    media: list[list[str]] = (
        json.loads(open_(Spot("messages", "media_sealed", row.id), row.media_sealed))
        if row.media_sealed
        else []
    )
    return Pending(
        id=row.id,
        seq=row.seq,
        text=open_(Spot("messages", "text_sealed", row.id), row.text_sealed),
        kind=InboundKind(row.kind),
        media=tuple(MediaKind(entry[0]) for entry in media),
        at=row.at,
        attempts=row.attempts,
        danger_raised=row.danger_raised,
        idle_seconds=None if last_at is None else max(0.0, (row.at - last_at).total_seconds()),
    )


def _state(session: Session, conversation_id: UUID, sealed: bytes | None) -> State:
    if sealed is None:
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


async def load_thread(session: Session, conversation_id: UUID) -> Thread:
    """The conversation, its row locked for this transaction."""
    holds = (
        select(OutboxRow.id)
        .where(
            OutboxRow.conversation_id == conversation_id,
            OutboxRow.status == DeliveryStatus.HELD.value,
        )
        .exists()
    )
    found = await session.db.execute(
        select(Conversation, holds.label("holds"))
        .where(Conversation.id == conversation_id)
        .with_for_update(of=Conversation)
    )
    row, has_held = found.one()
    address_spot = Spot("conversations", "address_sealed", row.id)
    address = session.vault.open(address_spot, row.address_sealed)
    return Thread(
        id=row.id,
        address=Address(ChannelName(row.channel), address),
        state=_state(session, row.id, row.state_sealed),
        standing=Standing(
            RiskLevel(row.risk_level), frozenset(RiskCategory(c) for c in row.risk_categories)
        ),
        holder_id=row.holder_id,
        holder_seen_at=row.holder_seen_at,
        referral_id=row.referral_id,
        has_held_reply=has_held,
    )


async def mark_handled(
    session: Session, pending: Pending, reading_json: str, level: RiskLevel, now: datetime
) -> bool:
    """False when another turn has handled it. Ask with its thread locked."""
    sealed = session.vault.seal(Spot("messages", "reading_sealed", pending.id), reading_json)
    marked = await session.db.execute(
        update(Message)
        .where(Message.id == pending.id, Message.handled_at.is_(None))
        .values(handled_at=now, reading_sealed=sealed, risk_level=level.value)
        .returning(Message.id)
    )
    return marked.first() is not None


async def save_turn(session: Session, thread: Thread, state: State, assessment: Assessment) -> None:
    """The engine's new state and the risk, which never falls here."""
    spot = Spot("conversations", "state_sealed", thread.id)
    await session.db.execute(
        update(Conversation)
        .where(Conversation.id == thread.id)
        .values(
            state_sealed=session.vault.seal(spot, state.model_dump_json()),
            version=Conversation.version + 1,
            language=state.language.value,
            **_risk_values(assessment),
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


async def record_notice(
    session: Session, conversation_id: UUID, version: str, now: datetime
) -> None:
    await session.db.execute(
        insert(NoticeShown).values(
            id=uuid4(), conversation_id=conversation_id, version=version, at=now
        )
    )


def _risk_values(assessment: Assessment) -> dict[str, object]:
    values: dict[str, object] = {
        "risk_level": assessment.level.value,
        "risk_categories": sorted(category.value for category in assessment.categories),
    }
    if assessment.raised:
        values["risk_why"] = list(assessment.why)
    return values
