"""Tables of what is learnt from life: messages put before staff, and candidate examples.

Belongs here: columns and constraints. Does not belong here: queries (bot/store/learning.py).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class SampledMessage(Base):
    """A message judged `none` that somebody is to read, so that misses are found."""

    __tablename__ = "sampled_messages"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    put_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))

    __table_args__ = (
        Index(
            "ix_sampled_messages_open",
            "put_at",
            "message_id",
            postgresql_where=text("seen_at IS NULL"),
        ),
    )


class Candidate(Base):
    """What a message should have been understood as, its personal details replaced. It becomes an
    example only when a named person has read it."""

    __tablename__ = "candidates"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id"), unique=True)
    text_sealed: Mapped[bytes]
    language: Mapped[str]
    intent: Mapped[str]
    risk_level: Mapped[str]
    risk_categories: Mapped[list[str]]
    state: Mapped[str] = mapped_column(default="proposed")
    """`proposed`, `accepted` or `refused`."""
    corrected_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    corrected_at: Mapped[datetime]
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    reviewed_at: Mapped[datetime | None]
