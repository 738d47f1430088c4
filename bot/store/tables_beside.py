"""Tables of what staff put beside a referral: that two are of one person, and when to look again.

Belongs here: columns and constraints; the rules of naming are those of bot/store/tables.py.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class SamePerson(Base):
    """A worker is sure that two referrals are of one person. Taken back, not removed."""

    __tablename__ = "same_person"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    one_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), index=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), index=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    reason_sealed: Mapped[bytes]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))


class FollowUp(Base):
    """When a worker wants to look at a referral again, and what for."""

    __tablename__ = "follow_ups"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), index=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    due_at: Mapped[datetime]
    note_sealed: Mapped[bytes]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
