"""Tables of what was attached to messages: sealed originals, blurred copies, who opened them.

Belongs here: columns and constraints; the rules of naming are those of bot/store/tables.py.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class Attachment(Base):
    """One photo, recording, sticker, place or file that came with a message."""

    __tablename__ = "attachments"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id"))
    position: Mapped[int]
    """Which of its message's attachments, from 0."""
    kind: Mapped[str]
    """A `MediaKind`."""
    channel: Mapped[str]
    state: Mapped[str]
    """`waiting` to be fetched, `kept`, `lost` for good, or `erased`."""
    tries: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(default="")
    """A code for why it was not fetched."""
    ref_sealed: Mapped[bytes]
    """The carrier's name for it."""
    content_type: Mapped[str] = mapped_column(default="")
    """What the bytes themselves tell; empty before they are here."""
    size: Mapped[int | None]
    """Bytes of the original."""
    content_hash: Mapped[bytes | None]
    """SHA-256 of the original: proves that nothing was changed since."""
    original_sealed: Mapped[bytes | None]
    blurred_sealed: Mapped[bytes | None]
    """A JPEG, or of a place its rough position as text; None where there is nothing to blur."""
    locked_at: Mapped[datetime | None]
    """It may be illegal to look at: only a supervisor can."""
    at: Mapped[datetime]

    __table_args__ = (Index("uq_attachments_place", "message_id", "position", unique=True),)


class AttachmentLook(Base):
    """Somebody opened, locked or unlocked one, and wrote why. Rows are only added."""

    __tablename__ = "attachment_looks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    attachment_id: Mapped[UUID] = mapped_column(ForeignKey("attachments.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    what: Mapped[str]
    """`opened`, `locked` or `unlocked`."""
    reason_sealed: Mapped[bytes]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_attachment_looks_which", "attachment_id", "at"),)
