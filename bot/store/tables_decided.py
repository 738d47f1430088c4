"""Tables of what staff decide for somebody: a first message to a person named, a deletion,
many referrals taken away at once.

Belongs here: columns and constraints; the rules of naming are those of bot/store/tables.py.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class FirstContact(Base):
    """Somebody wants to write first to a young person whom a referral names."""

    __tablename__ = "first_contacts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), index=True)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    channel: Mapped[str]
    address_sealed: Mapped[bytes]
    reason_sealed: Mapped[bytes]
    state: Mapped[str]
    """`waiting` for a supervisor, `approved` or `refused`."""
    at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"))
    """The thread that the first message is in; nothing there leads back to the referral."""


class Deletion(Base):
    """What a worker decided when somebody wanted what they said deleted."""

    __tablename__ = "deletions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"), unique=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    decision: Mapped[str]
    """`erased` or `kept`."""
    reason_sealed: Mapped[bytes]
    at: Mapped[datetime]


class Export(Base):
    """Somebody wants many referrals at once; somebody else must agree."""

    __tablename__ = "exports"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    reason_sealed: Mapped[bytes]
    days: Mapped[int]
    in_full: Mapped[bool]
    state: Mapped[str]
    """`waiting`, `approved` or `refused`."""
    at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
