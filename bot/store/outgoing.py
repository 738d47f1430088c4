"""Outgoing rows, made beside the state that wished for them, in one transaction.

Belongs here: making, holding and replacing rows. Does not belong here: their way to a carrier
(bot/store/sending.py), or which words go (bot/effects.py).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import bindparam, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.messages import (
    Address,
    Choice,
    DeliveryStatus,
    Purpose,
)
from bot.store.crypto import Spot
from bot.store.jobs import LAST_JOB, deferring, deliver_job
from bot.store.session import Session
from bot.store.statement import Statement, constant
from bot.store.tables import Message, OutboxRow

UNCERTAIN = "uncertain"
"""`error_code` of a sent row whose carrier's answer was lost, and which cannot be asked after."""
JOB_GRACE = timedelta(seconds=2)


class RowStatus(StrEnum):
    """Where a row stands before a carrier has it; afterwards it is a `DeliveryStatus`."""

    SENDING = "sending"
    UNCLEAR = "unclear"
    REPLACED = "replaced"
    WAITING_WINDOW = "waiting_window"
    """For the person's next message, or for their code word."""
    WAITING_TIME = "waiting_time"
    """For an hour that the person called safe."""


OPEN = (
    DeliveryStatus.HELD.value,
    DeliveryStatus.QUEUED.value,
    RowStatus.SENDING.value,
    RowStatus.UNCLEAR.value,
)
WAITING = (RowStatus.WAITING_WINDOW.value, RowStatus.WAITING_TIME.value)
READY = (DeliveryStatus.HELD.value, DeliveryStatus.QUEUED.value)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of one reply. `keep`: still said when a newer reply replaces this one."""

    text_id: str
    text: str
    choices: tuple[Choice, ...] = ()
    keep: bool = False
    pick: str = ""
    """What opens the choices where a channel shows them as a list."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A row to be made."""

    to: Address
    purpose: Purpose
    parts: tuple[Part, ...]
    conversation_id: UUID | None
    due_at: datetime
    held_since: datetime | None = None
    ticket_id: UUID | None = None
    staff_id: UUID | None = None
    urgent: bool = False
    """A page that goes ahead of other pages."""


@dataclass(frozen=True, slots=True)
class Held:
    """A reply that waits for quiet."""

    id: UUID
    parts: tuple[Part, ...]
    held_since: datetime


def joined(parts: Sequence[Part]) -> str:
    return "\n\n".join(part.text for part in parts if part.text)


_ROW = (
    "id",
    "conversation_id",
    "ticket_id",
    "channel",
    "address_sealed",
    "purpose",
    "body_sealed",
    "status",
    "due_at",
    "held_since",
    "created_at",
)
_LINE = (
    "id",
    "conversation_id",
    "direction",
    "author",
    "staff_id",
    "channel",
    "text_sealed",
    "at",
    "outbox_id",
)
_ADD_ROW = Statement(
    insert(OutboxRow).values(
        {name: bindparam(name) for name in _ROW} | {"job_id": literal_column(LAST_JOB)}
    )
)
_ADD_LINE = Statement(insert(Message).values({name: bindparam(name) for name in _LINE}))


async def queue_row(session: Session, draft: Draft, now: datetime) -> UUID:
    """The outbox row, its job and, in a conversation, its line in the transcript.

    The process that commits starts the send itself; its job is due a little later, in case that
    process dies. A page leaves by its job at once: pages have a worker of their own.
    """
    row_id = uuid4()
    is_page = draft.purpose in (Purpose.PAGE, Purpose.RING)
    not_before = None if is_page else draft.due_at + JOB_GRACE
    added = [
        deferring(deliver_job(row_id, is_page, not_before, draft.urgent)),
        _ADD_ROW.filled(**_row_values(session, row_id, draft, now)),
    ]
    if draft.conversation_id is not None:
        added.append(_ADD_LINE.filled(**_line_values(session, row_id, draft, now)))
    await session.run_all(*added)
    return row_id


def _row_values(session: Session, row_id: UUID, draft: Draft, now: datetime) -> dict[str, object]:
    seal = session.vault.seal
    status = DeliveryStatus.HELD if draft.held_since else DeliveryStatus.QUEUED
    return {
        "id": row_id,
        "conversation_id": draft.conversation_id,
        "ticket_id": draft.ticket_id,
        "channel": draft.to.channel.value,
        "address_sealed": seal(Spot("outbox", "address_sealed", row_id), draft.to.value),
        "purpose": draft.purpose.value,
        "body_sealed": seal(Spot("outbox", "body_sealed", row_id), _dump(draft.parts)),
        "status": status.value,
        "due_at": draft.due_at,
        "held_since": draft.held_since,
        "created_at": now,
    }


def _line_values(session: Session, row_id: UUID, draft: Draft, now: datetime) -> dict[str, object]:
    message_id = uuid4()
    spot = Spot("messages", "text_sealed", message_id)
    return {
        "id": message_id,
        "conversation_id": draft.conversation_id,
        "direction": "out",
        "author": "staff" if draft.purpose is Purpose.STAFF else "bot",
        "staff_id": draft.staff_id,
        "channel": draft.to.channel.value,
        "text_sealed": session.vault.seal(spot, joined(draft.parts)),
        "at": now,
        "outbox_id": row_id,
    }


_TAKE_HELD = Statement(
    update(OutboxRow)
    .where(
        OutboxRow.conversation_id == bindparam("thread_id"),
        OutboxRow.status == constant(DeliveryStatus.HELD.value),
    )
    .values(status=constant(RowStatus.REPLACED.value))
    .returning(OutboxRow.id, OutboxRow.body_sealed, OutboxRow.held_since, OutboxRow.seq)
)


async def take_held(session: Session, conversation_id: UUID) -> Held | None:
    """Takes back the reply that still waits for quiet, so that a newer one replaces it."""
    taken = await session.run(_TAKE_HELD, thread_id=conversation_id)
    if not taken:
        return None
    taken = sorted(taken, key=lambda row: row.seq)
    parts: list[Part] = []
    for row in taken:
        parts += load_parts(
            session.vault.open(Spot("outbox", "body_sealed", row.id), row.body_sealed)
        )
    return Held(taken[-1].id, tuple(parts), min(row.held_since for row in taken))


async def hush(session: Session, conversation_id: UUID, now: datetime) -> None:
    """A person takes over: the bot's waiting question goes no more. What must be said (the
    greeting with its notice, an answer of truth) leaves now, ahead of the person's words."""
    held = await session.db.execute(
        select(OutboxRow.id, OutboxRow.body_sealed)
        .where(
            OutboxRow.conversation_id == conversation_id,
            OutboxRow.status == DeliveryStatus.HELD.value,
        )
        .with_for_update()
    )
    for row in held.all():
        spot = Spot("outbox", "body_sealed", row.id)
        kept = [part for part in load_parts(session.vault.open(spot, row.body_sealed)) if part.keep]
        changed: dict[str, object] = {"status": RowStatus.REPLACED.value}
        if kept:
            body = session.vault.seal(spot, _dump(kept))
            changed = {"status": DeliveryStatus.QUEUED.value, "due_at": now, "body_sealed": body}
            await _say_instead(session, row.id, joined(kept))
        await session.db.execute(update(OutboxRow).where(OutboxRow.id == row.id).values(**changed))


async def _say_instead(session: Session, row_id: UUID, words: str) -> None:
    """The transcript's line of a row whose words changed before they left."""
    line = await session.db.execute(select(Message.id).where(Message.outbox_id == row_id))
    message_id = line.scalar_one()
    sealed = session.vault.seal(Spot("messages", "text_sealed", message_id), words)
    await session.db.execute(
        update(Message).where(Message.id == message_id).values(text_sealed=sealed)
    )


async def take_back(session: Session, conversation_id: UUID) -> None:
    """Nothing that is said in this conversation, or waits in it, leaves any more."""
    await session.db.execute(
        update(OutboxRow)
        .where(
            OutboxRow.conversation_id == conversation_id,
            OutboxRow.status.in_((*READY, *WAITING)),
        )
        .values(status=RowStatus.REPLACED.value)
    )


def _dump(parts: Sequence[Part]) -> str:
    return json.dumps(
        [
            {
                "id": part.text_id,
                "text": part.text,
                "choices": [[choice.value, choice.label] for choice in part.choices],
                "keep": part.keep,
                "pick": part.pick,
            }
            for part in parts
        ]
    )


def load_parts(body: str) -> tuple[Part, ...]:
    return tuple(
        Part(
            entry["id"],
            entry["text"],
            tuple(Choice(value, label) for value, label in entry["choices"]),
            entry["keep"],
            entry.get("pick", ""),
        )
        for entry in json.loads(body)
    )
