"""Tables of what comes after: timers, what people say of the service, and of themselves.

Belongs here: columns and constraints; the rules of naming are those of bot/store/tables.py.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class Timer(Base):
    """Something is due in a conversation; one of each kind."""

    __tablename__ = "timers"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    """A `TimerKind`."""
    due_at: Mapped[datetime] = mapped_column(index=True)


class Feedback(Base):
    """A tap, and words where somebody gave some. Not read as a message and never shown by it."""

    __tablename__ = "feedback"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    helped: Mapped[str]
    """A `Helped`."""
    words_sealed: Mapped[bytes | None]
    at: Mapped[datetime] = mapped_column(index=True)


class SelfDescribed(Base):
    """Somebody was offered to say how they describe themselves. Counted, and read by nobody: no
    rule, no model and no page about a person has it."""

    __tablename__ = "self_described"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), unique=True)
    offered_at: Mapped[datetime]
    group_sealed: Mapped[bytes | None]
