"""The table of a shift's end: what one worker offers to the next, until it is taken.

Belongs here: columns and constraints; the rules of naming are those of bot/store/tables.py.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class ShiftOffer(Base):
    """One conversation handed over at the end of a shift. Until it is taken the giver has it."""

    __tablename__ = "shift_offers"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"))
    from_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    note_id: Mapped[UUID] = mapped_column(ForeignKey("notes.id"))
    """What the next person must know stands among the notes on the conversation."""
    at: Mapped[datetime]
    due_at: Mapped[datetime]
    """By when it must be taken; then the supervisors hear of it."""
    taken_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    """When the supervisors heard that it was not taken in time."""
    ended_at: Mapped[datetime | None]
    """Another offer took its place, or its ticket went another way."""

    __table_args__ = (
        Index(
            "ix_shift_offers_open",
            "ticket_id",
            unique=True,
            postgresql_where=text("taken_at IS NULL AND ended_at IS NULL"),
        ),
    )
