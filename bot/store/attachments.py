"""Attachments at rest: wanted, kept, lost, erased; who looked at them and why.

Belongs here: writing and reading these rows. Does not belong here: fetching and blurring
(bot/desk/keeping.py), who may look (bot/desk/attachments.py).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, insert, select, update

from bot.messages import ChannelName, Inbound, Media, MediaKind
from bot.rules.media import UNFETCHED, rough_place
from bot.store.crypto import Spot
from bot.store.jobs import defer, fetch_job
from bot.store.people import name_of
from bot.store.session import Session
from bot.store.tables import Staff
from bot.store.tables_media import Attachment, AttachmentLook

_TEXT = "text/plain"


class Stand(StrEnum):
    """Where an attachment stands."""

    WAITING = "waiting"
    KEPT = "kept"
    LOST = "lost"
    ERASED = "erased"


class LookKind(StrEnum):
    OPENED = "opened"
    LOCKED = "locked"
    UNLOCKED = "unlocked"


@dataclass(frozen=True, slots=True)
class Came:
    """With which message attachments came."""

    conversation_id: UUID
    message_id: UUID


@dataclass(frozen=True, slots=True)
class WantedMedia:
    """One that is to be fetched; `tries` counts this one."""

    id: UUID
    conversation_id: UUID
    channel: ChannelName
    media: Media
    tries: int


@dataclass(frozen=True, slots=True)
class Original:
    """What was fetched. `blurred`: a JPEG without anything but its pixels."""

    content: bytes
    content_type: str
    blurred: bytes | None


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """What a list may tell of one; none of it is its content."""

    id: UUID
    conversation_id: UUID
    message_id: UUID
    kind: str
    state: str
    failure: str
    content_type: str
    size: int | None
    has_blurred: bool
    is_locked: bool


@dataclass(frozen=True, slots=True)
class LookView:
    author: str
    what: str
    reason: str
    at: datetime


async def add(session: Session, came: Came, inbound: Inbound, now: datetime) -> None:
    """A row for each attachment, and a job for what must be fetched. What stands in the message
    itself is kept at once."""
    for position, media in enumerate(inbound.media):
        row_id = uuid4()
        values: dict[str, object] = {
            "id": row_id,
            "conversation_id": came.conversation_id,
            "message_id": came.message_id,
            "position": position,
            "kind": media.kind.value,
            "channel": inbound.sender.channel.value,
            "state": Stand.WAITING.value,
            "tries": 0,
            "ref_sealed": session.vault.seal(_spot("ref_sealed", row_id), media.ref),
            "at": now,
        }
        if media.kind in UNFETCHED:
            rough = rough_place(media.ref).encode() if media.kind is MediaKind.LOCATION else None
            values |= _kept(session, row_id, Original(media.ref.encode(), _TEXT, rough))
        else:
            defer(session, fetch_job(row_id))
        await session.db.execute(insert(Attachment).values(**values))


def _spot(column: str, row_id: UUID) -> Spot:
    return Spot("attachments", column, row_id)


def _kept(session: Session, row_id: UUID, original: Original) -> dict[str, object]:
    seal, blurred = session.vault.seal_bytes, original.blurred
    return {
        "state": Stand.KEPT.value,
        "failure": "",
        "content_type": original.content_type,
        "size": len(original.content),
        "content_hash": hashlib.sha256(original.content).digest(),
        "original_sealed": seal(_spot("original_sealed", row_id), original.content),
        "blurred_sealed": seal(_spot("blurred_sealed", row_id), blurred) if blurred else None,
    }


async def begin_try(session: Session, attachment_id: UUID) -> WantedMedia | None:
    """Counted before it is tried, so that one that kills its worker is given up too. None where
    nothing is wanted any more."""
    found = await session.db.execute(
        update(Attachment)
        .where(Attachment.id == attachment_id, Attachment.state == Stand.WAITING.value)
        .values(tries=Attachment.tries + 1)
        .returning(Attachment)
    )
    row = found.scalar_one_or_none()
    if row is None:
        return None
    ref = session.vault.open(_spot("ref_sealed", row.id), row.ref_sealed)
    media = Media(MediaKind(row.kind), ref)
    return WantedMedia(row.id, row.conversation_id, ChannelName(row.channel), media, row.tries)


async def keep(session: Session, attachment_id: UUID, original: Original) -> bool:
    """False where it was erased meanwhile."""
    return await _leave_waiting(session, attachment_id, _kept(session, attachment_id, original))


async def lose(session: Session, attachment_id: UUID, failure: str) -> bool:
    values: dict[str, object] = {"state": Stand.LOST.value, "failure": failure}
    return await _leave_waiting(session, attachment_id, values)


async def _leave_waiting(session: Session, attachment_id: UUID, values: dict[str, object]) -> bool:
    done = await session.db.execute(
        update(Attachment)
        .where(Attachment.id == attachment_id, Attachment.state == Stand.WAITING.value)
        .values(**values)
        .returning(Attachment.id)
    )
    return done.first() is not None


_SHOWN = (
    Attachment.id,
    Attachment.conversation_id,
    Attachment.message_id,
    Attachment.kind,
    Attachment.state,
    Attachment.failure,
    Attachment.content_type,
    Attachment.size,
    Attachment.blurred_sealed.is_not(None),
    Attachment.locked_at.is_not(None),
)


def _viewed(row: Row[*tuple[Any, ...]]) -> AttachmentView:
    return AttachmentView(*row)


async def of_thread(session: Session, conversation_id: UUID) -> Sequence[AttachmentView]:
    """In the order in which they came."""
    found = await session.db.execute(
        select(*_SHOWN)
        .where(Attachment.conversation_id == conversation_id)
        .order_by(Attachment.at, Attachment.position)
    )
    return [_viewed(row) for row in found]


async def one(session: Session, attachment_id: UUID) -> AttachmentView | None:
    found = await session.db.execute(select(*_SHOWN).where(Attachment.id == attachment_id))
    row = found.one_or_none()
    return None if row is None else _viewed(row)


async def original(session: Session, attachment_id: UUID) -> bytes:
    """Byte for byte as it came; to be asked for of one that is kept."""
    found = await session.db.execute(
        select(Attachment.original_sealed).where(Attachment.id == attachment_id)
    )
    sealed = found.scalar_one() or b""
    return session.vault.open_bytes(_spot("original_sealed", attachment_id), sealed)


async def blurred(session: Session, attachment_id: UUID) -> bytes:
    """To be asked for of one that has a blurred copy."""
    found = await session.db.execute(
        select(Attachment.blurred_sealed).where(Attachment.id == attachment_id)
    )
    sealed = found.scalar_one() or b""
    return session.vault.open_bytes(_spot("blurred_sealed", attachment_id), sealed)


@dataclass(frozen=True, slots=True)
class NewLook:
    attachment_id: UUID
    staff_id: UUID
    what: LookKind
    reason: str


async def add_look(session: Session, look: NewLook, now: datetime) -> None:
    look_id = uuid4()
    spot = Spot("attachment_looks", "reason_sealed", look_id)
    await session.db.execute(
        insert(AttachmentLook).values(
            id=look_id,
            attachment_id=look.attachment_id,
            staff_id=look.staff_id,
            what=look.what.value,
            reason_sealed=session.vault.seal(spot, look.reason),
            at=now,
        )
    )


async def looks(session: Session, attachment_id: UUID) -> Sequence[LookView]:
    """Newest first."""
    found = await session.db.execute(
        select(AttachmentLook, Staff)
        .join(Staff, Staff.id == AttachmentLook.staff_id)
        .where(AttachmentLook.attachment_id == attachment_id)
        .order_by(AttachmentLook.at.desc(), AttachmentLook.id)
    )
    return [
        LookView(
            name_of(session, staff),
            look.what,
            session.vault.open(
                Spot("attachment_looks", "reason_sealed", look.id), look.reason_sealed
            ),
            look.at,
        )
        for look, staff in found
    ]


async def opened_since(
    session: Session, attachment_id: UUID, staff_id: UUID, since: datetime
) -> bool:
    """Whether this person wrote a reason for opening it since then."""
    found = await session.db.execute(
        select(AttachmentLook.id)
        .where(
            AttachmentLook.attachment_id == attachment_id,
            AttachmentLook.staff_id == staff_id,
            AttachmentLook.what == LookKind.OPENED.value,
            AttachmentLook.at > since,
        )
        .limit(1)
    )
    return found.first() is not None


async def set_locked(session: Session, attachment_id: UUID, at: datetime | None) -> None:
    await session.db.execute(
        update(Attachment).where(Attachment.id == attachment_id).values(locked_at=at)
    )


async def erase(session: Session, conversation_id: UUID) -> None:
    """All of a conversation's but what is locked: that is a supervisor's to decide."""
    found = await session.db.execute(
        select(Attachment.id).where(
            Attachment.conversation_id == conversation_id, Attachment.locked_at.is_(None)
        )
    )
    for row_id in found.scalars():
        await session.db.execute(
            update(Attachment)
            .where(Attachment.id == row_id)
            .values(
                state=Stand.ERASED.value,
                ref_sealed=session.vault.seal(_spot("ref_sealed", row_id), ""),
                original_sealed=None,
                blurred_sealed=None,
                content_hash=None,
                size=None,
            )
        )
