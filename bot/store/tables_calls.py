"""The tables of the telephone: calls that came in, the phones rung for them, calls back, and how
often numbers were used.

Belongs here: columns and constraints, as in tables.py. Does not belong here: queries.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class CallRow(Base):
    """One call of somebody who rang. Its random id stands in the addresses that the carrier asks
    next, so that no address names a number."""

    __tablename__ = "calls"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sid: Mapped[str] = mapped_column(unique=True)
    """The carrier's id."""
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    stage: Mapped[str]
    """A `Stage` of bot/rules/voice.py."""
    state: Mapped[dict[str, object]] = mapped_column(JSONB)
    """The rest of the `Call`: ids of staff and codes, nothing of the caller."""
    step: Mapped[int] = mapped_column(default=0)
    """Counts what was answered: a webhook that names an earlier step comes again."""
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    taken_at: Mapped[datetime | None]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """When the carrier asked or told something of it last."""
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_calls_live", "seen_at", postgresql_where=text("stage <> 'ended'")),
        Index("ix_calls_conversation_id", "conversation_id"),
    )


class CallLeg(Base):
    """A worker's phone, rung for somebody who waits."""

    __tablename__ = "call_legs"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id"))
    step: Mapped[int]
    """The step of the call that rings it."""
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    """None for the one phone that is rung while there is no rota."""
    address_sealed: Mapped[bytes]
    until: Mapped[datetime]
    """By when it has been taken, or not."""
    taken_at: Mapped[datetime | None]
    at: Mapped[datetime]

    __table_args__ = (
        Index("uq_call_legs_step", "call_id", "step", unique=True),
        Index("ix_call_legs_until", "until"),
    )


class CallBack(Base):
    """A worker asked to be put through to somebody: their own phone rings first."""

    __tablename__ = "call_backs"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"))
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    outbox_id: Mapped[UUID] = mapped_column(ForeignKey("outbox.id"), unique=True)
    asked_at: Mapped[datetime]
    pressed_at: Mapped[datetime | None]
    """When the worker pressed 1, and the other side was rung."""
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    """`talked`, `no_answer`, or the code of what forbade it."""

    __table_args__ = (Index("ix_call_backs_ticket_id", "ticket_id", "asked_at"),)


class NumberUse(Base):
    """A number was rung or texted at our expense: what limits are counted from."""

    __tablename__ = "number_uses"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    use: Mapped[str]
    number_index: Mapped[bytes]
    """A keyed hash: the table names nobody."""
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    """The worker who asked for it; None where a caller did."""
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_number_uses_number", "use", "number_index", "at"),
        Index("ix_number_uses_at", "use", "at"),
    )
