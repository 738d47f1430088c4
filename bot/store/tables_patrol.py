"""Tables of the walk home: reports of places and times, and who has checked in.

Belongs here: columns and constraints; nothing here is personal. Does not belong here: queries
(bot/store/patrols.py).
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class PatrolReport(Base):
    """A worry at a place and a time, in one week; reports of the same are counted here."""

    __tablename__ = "patrol_reports"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    week: Mapped[date]
    """The Monday."""
    place: Mapped[str]
    day: Mapped[str]
    time: Mapped[str]
    worry: Mapped[str]
    count: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("week", "place", "day", "time", "worry", name="uq_patrol_reports_same"),
    )


class PatrolPresence(Base):
    """A chaperone came to a place, or left it. Append-only."""

    __tablename__ = "patrol_presence"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[str]
    is_there: Mapped[bool]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_patrol_presence_place", "place", "at"),)
