"""Tables of what people trust us with: references, waiting for a person, copies to delete.

Belongs here: columns and constraints; the rules of naming are those of bot/store/tables.py.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class Receipt(Base):
    """Five words that were given for a referral; only their keyed hash is kept."""

    __tablename__ = "receipts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), index=True)
    words_index: Mapped[bytes] = mapped_column(unique=True)
    made_at: Mapped[datetime]


class Try(Base):
    """Somebody gave a reference, or a code word for one: counted, right or wrong."""

    __tablename__ = "tries"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    address_index: Mapped[bytes]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_tries_address", "address_index", "at"),)


class Wait(Base):
    """Somebody in danger who waits for a first sign of a person."""

    __tablename__ = "waits"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    since: Mapped[datetime]
    told: Mapped[int] = mapped_column(default=0)
    """How many of the marks of bot/rules/waiting.py were told of."""


class Copy(Base):
    """A message that was erased here and is still to be deleted at its carrier."""

    __tablename__ = "copies"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    provider_id: Mapped[str]
    next_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
