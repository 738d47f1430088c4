"""The tables: where every piece of state lives.

Belongs here: columns and constraints. Does not belong here: queries, or any rule.
A column whose name ends in `_sealed` holds AES-GCM text bound to its table, column and row
(bot/store/crypto.py); one that ends in `_index` is a keyed blind index; all else is plain
because queues must sort by it and it tells nothing about a person.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own way of saying it
        datetime: DateTime(timezone=True),
        bytes: LargeBinary,
        list[str]: ARRAY(String),
    }


class Conversation(Base):
    """One thread with one address. An address is not a person."""

    __tablename__ = "conversations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    address_sealed: Mapped[bytes]
    address_index: Mapped[bytes]
    state_sealed: Mapped[bytes | None]
    """The engine's `State` as JSON; None before the first turn."""
    version: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(default="en")
    risk_level: Mapped[str] = mapped_column(default="none")
    risk_categories: Mapped[list[str]] = mapped_column(default=list)
    risk_why: Mapped[list[str]] = mapped_column(default=list)
    holder_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    """The worker who has it; the bot is silent meanwhile."""
    holder_seen_at: Mapped[datetime | None]
    referral_id: Mapped[UUID | None]
    """The draft that is being filled in; None between referrals."""
    continues_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"))
    """An earlier conversation, elsewhere, whose writer has proved to be this one's."""
    opened_at: Mapped[datetime]
    last_in_at: Mapped[datetime]
    last_out_at: Mapped[datetime | None]
    slowed_until: Mapped[datetime | None]
    """A worker slowed the bot's answers here, because the service is misused."""

    __table_args__ = (UniqueConstraint("channel", "address_index"),)


class Message(Base):
    """Append-only: inbox and transcript in one. Its words may be erased, its ids stay."""

    __tablename__ = "messages"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    """Order of acceptance within a conversation: taken under the conversation's row lock."""
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    direction: Mapped[str]
    """`in` or `out`."""
    author: Mapped[str] = mapped_column(default="person")
    """`person`, `bot` or `staff`."""
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    channel: Mapped[str]
    provider_id: Mapped[str | None]
    fingerprint: Mapped[bytes | None]
    """Keyed hash of what came, so that one id with two bodies is noticed."""
    kind: Mapped[str] = mapped_column(default="message")
    answers: Mapped[str | None]
    """The question that it answers, where a page of questions was filled in."""
    picked: Mapped[str | None]
    """The language that was picked on the page it was written on."""
    text_sealed: Mapped[bytes]
    media_sealed: Mapped[bytes | None]
    reading_sealed: Mapped[bytes | None]
    """What was understood, as JSON, with the evidence: for the person who reads it."""
    risk_level: Mapped[str] = mapped_column(default="none")
    danger_raised: Mapped[bool] = mapped_column(default=False)
    """Its ticket, page and emergency words are committed, whatever became of the turn."""
    at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    """Turns that failed, or killed their worker; at the third a person gets it."""
    outbox_id: Mapped[UUID | None]

    __table_args__ = (
        UniqueConstraint("channel", "provider_id"),
        Index("ix_messages_thread", "conversation_id", "seq"),
        Index(
            "ix_messages_unhandled",
            "conversation_id",
            "seq",
            postgresql_where=text("direction = 'in' AND handled_at IS NULL"),
        ),
    )


class OutboxRow(Base):
    """One message on its way out. Its random id stands in the carrier's status callback."""

    __tablename__ = "outbox"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"))
    """None for a page to staff."""
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id"))
    channel: Mapped[str]
    address_sealed: Mapped[bytes]
    purpose: Mapped[str]
    body_sealed: Mapped[bytes]
    """JSON: a list of parts {text_id, text, choices, keep}."""
    status: Mapped[str]
    """A `DeliveryStatus`, or one of `sending`, `unclear`, `replaced`, `waiting_window`,
    `waiting_time`."""
    provider_id: Mapped[str | None]
    arrived: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    """Ids of the parts that the carrier said arrived."""
    attempts: Mapped[int] = mapped_column(default=0)
    repeat: Mapped[bool] = mapped_column(default=False)
    """It may have arrived before: it goes out marked as a repeat."""
    opener: Mapped[bool] = mapped_column(default=False)
    """What went is a line that says nothing; the words wait for an answer to it."""
    error_code: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime]
    """Not before; a held reply's end of quiet, or the next try."""
    held_since: Mapped[datetime | None]
    """When the first reply of this hold was made: four seconds at most."""
    claimed_at: Mapped[datetime | None]
    job_id: Mapped[int | None] = mapped_column(BigInteger)
    """The job that stands behind it; taken away once the row has left."""
    created_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_outbox_provider", "provider_id"),
        Index(
            "ix_outbox_open",
            "conversation_id",
            "seq",
            postgresql_where=text("status IN ('held', 'queued', 'sending', 'unclear')"),
        ),
    )


class Ticket(Base):
    """A person must look. At most one open for each conversation."""

    __tablename__ = "tickets"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    """Short, random, says nothing: what a page carries."""
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"))
    priority: Mapped[str]
    priority_rank: Mapped[int]
    """3 immediate to 0 routine: what the queue sorts by."""
    state: Mapped[str] = mapped_column(default="open")
    reasons: Mapped[list[str]] = mapped_column(default=list)
    opened_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    first_claimed_at: Mapped[datetime | None]
    """By whomever: how long the person waited, whoever has it now."""
    claimed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    is_watched: Mapped[bool] = mapped_column(server_default=text("false"))
    """Taken in a browser that shows when it is gone."""
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]

    __table_args__ = (
        Index(
            "uq_tickets_one_open",
            "conversation_id",
            unique=True,
            postgresql_where=text("state <> 'closed'"),
        ),
        Index(
            "ix_tickets_queue",
            text("priority_rank DESC"),
            "opened_at",
            postgresql_where=text("state <> 'closed'"),
        ),
    )


class Referral(Base):
    """What a programme needs to know to get in touch."""

    __tablename__ = "referrals"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    kind: Mapped[str]
    programme: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="draft")
    fields_sealed: Mapped[bytes]
    name_index: Mapped[bytes | None]
    reasons: Mapped[list[str]] = mapped_column(default=list)
    flags: Mapped[list[str]] = mapped_column(default=list)
    age_band: Mapped[str | None]
    area_id: Mapped[str | None]
    created_at: Mapped[datetime]
    filed_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]

    __table_args__ = (Index("ix_referrals_thread", "conversation_id", "created_at"),)


class NoticeShown(Base):
    """Which privacy notice somebody was shown, and when."""

    __tablename__ = "notices_shown"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    version: Mapped[str]
    at: Mapped[datetime]


class Consent(Base):
    """What a person agreed to or took back. Kept apart from lawful basis and notice."""

    __tablename__ = "consents"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    referral_id: Mapped[UUID | None] = mapped_column(ForeignKey("referrals.id"))
    kind: Mapped[str]
    given: Mapped[bool]
    at: Mapped[datetime]


class OptOut(Base):
    """Our own ledger of who may not be written to, whatever the carrier believes."""

    __tablename__ = "opt_outs"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    address_index: Mapped[bytes]
    out: Mapped[bool]
    source: Mapped[str]
    """`person`, or `carrier` when a send was refused for it."""
    at: Mapped[datetime]

    __table_args__ = (Index("ix_opt_outs_address", "channel", "address_index", "at"),)


class Staff(Base):
    """Somebody who works here, or a system that acts for them."""

    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name_sealed: Mapped[bytes]
    role: Mapped[str]
    """`reader`, `worker`, `programme`, `supervisor`, `editor` or `auditor`."""
    programme: Mapped[str | None]
    """The one whose referrals a `programme` member sees."""
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime]


class AccessToken(Base):
    """A bearer token for /api/v1, or a one-time invitation; only its hash is kept."""

    __tablename__ = "access_tokens"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str]
    """`api` or `invitation`."""
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class WebSession(Base):
    """A browser that chats: the cookie's hash, and nothing else about it."""

    __tablename__ = "web_sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    address_token_sealed: Mapped[bytes]
    address_index: Mapped[bytes | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Alarm(Base):
    """Something the operator must know; never holds anything personal."""

    __tablename__ = "alarms"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    """An id or a code."""
    at: Mapped[datetime]
    last_at: Mapped[datetime]
    count: Mapped[int] = mapped_column(Integer, default=1)
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_alarms_open",
            "kind",
            "subject",
            unique=True,
            postgresql_where=text("settled_at IS NULL"),
        ),
    )


class AuditEntry(Base):
    """Who did or saw what, when and why. Append-only: a trigger refuses everything else."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    """A staff id, or `bot`, `person`, `system`."""
    action: Mapped[str]
    subject: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    """A code: what gave the right to, or what the reader said."""
    detail: Mapped[dict[str, object]] = mapped_column(JSONB, default=dict)
    mark_hash: Mapped[bytes | None]
    """Keyed hash of this entry and of the mark before it; None only before the chain began."""

    __table_args__ = (Index("ix_audit_subject", "subject", "action"),)


class Event(Base):
    """What browsers are told of; ids rise in commit order (advisory lock before commit)."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    """Given just before commit under the advisory lock: bot/store/session.py."""
    conversation_id: Mapped[UUID | None] = mapped_column(index=True)
    kind: Mapped[str]
    at: Mapped[datetime]


class Heartbeat(Base):
    """When each part of the service was last seen alive."""

    __tablename__ = "heartbeats"

    part: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    detail: Mapped[dict[str, object]] = mapped_column(JSONB, default=dict)
