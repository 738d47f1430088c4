"""Tables of referrals on their way to a programme's own system, and of lawful bases.

Belongs here: columns and constraints; the rules of naming are those of bot/store/tables.py.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class Onward(Base):
    """One referral that a programme's own system is told of."""

    __tablename__ = "onward"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Also the request's id: the same however often it is sent."""
    share_id: Mapped[UUID] = mapped_column(ForeignKey("shares.id"), unique=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    programme: Mapped[str]
    body_sealed: Mapped[bytes]
    state: Mapped[str]
    """`waiting`, `taken`, `failed` or `stopped`."""
    tries: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(default="")
    """Why the last try failed."""
    at: Mapped[datetime]
    taken_at: Mapped[datetime | None]


class OnwardAnswer(Base):
    """An answer that a programme's own system gave: a repeat of its id does nothing again."""

    __tablename__ = "onward_answers"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    programme: Mapped[str]
    request_index: Mapped[bytes] = mapped_column(unique=True)
    at: Mapped[datetime]


class LawfulBasis(Base):
    """On what lawful basis staff handle a referral: neither the agreement nor the notice. Rows are
    only added; the newest counts."""

    __tablename__ = "lawful_bases"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), index=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    basis: Mapped[str]
    reason_sealed: Mapped[bytes]
    at: Mapped[datetime]
