"""The tables of the desk: how staff get in, and what they add to a conversation.

Belongs here: columns and constraints. Does not belong here: queries, or any rule. Names of
columns mean what they mean in bot/store/tables.py.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class Account(Base):
    """How a member of staff proves to be themselves; made when they spend their invitation."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), unique=True)
    login_sealed: Mapped[bytes]
    login_index: Mapped[bytes] = mapped_column(unique=True)
    password_hash: Mapped[str]
    """argon2id with its own salt and costs."""
    totp_sealed: Mapped[bytes]
    totp_step: Mapped[int] = mapped_column(BigInteger, default=0)
    """The last half minute whose code was taken: no code works twice."""
    enrolled_at: Mapped[datetime]


class RecoveryCode(Base):
    """Stands in for the second factor, once."""

    __tablename__ = "recovery_codes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    code_hash: Mapped[bytes]
    used_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("staff_id", "code_hash"),)


class StaffSession(Base):
    """A browser that is signed in, or half-way there."""

    __tablename__ = "staff_sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    stage: Mapped[str]
    """`password`: the second factor is still to come; `whole`."""
    browser: Mapped[str]
    """What it calls itself, in two words: for its owner to tell it from another."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    challenge: Mapped[bytes | None]
    """What a passkey is asked to sign in this browser next; spent by the first answer."""


class Passkey(Base):
    """A key in somebody's phone or computer that stands for their second factor."""

    __tablename__ = "passkeys"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
    """What its owner calls it."""
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class Identity(Base):
    """Who somebody is to the identity provider of the deployment."""

    __tablename__ = "identities"

    subject_index: Mapped[bytes] = mapped_column(primary_key=True)
    """A keyed hash of issuer and subject: the table names nobody."""
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime]


class SignInTry(Base):
    """Failures to get in, counted by account, by network address and by both."""

    __tablename__ = "sign_in_tries"

    subject_index: Mapped[bytes] = mapped_column(primary_key=True)
    """A keyed hash: the table names nobody."""
    failures: Mapped[int] = mapped_column(Integer, default=0)
    since: Mapped[datetime]
    locked_until: Mapped[datetime | None]


class RiskChange(Base):
    """Somebody raised or lowered a conversation's risk, by name."""

    __tablename__ = "risk_changes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    before: Mapped[str]
    after: Mapped[str]
    reason_sealed: Mapped[bytes]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_risk_changes_thread", "conversation_id", "at"),)


class Note(Base):
    """What staff write for each other; the person never sees it."""

    __tablename__ = "notes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    text_sealed: Mapped[bytes]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_notes_thread", "conversation_id", "at"),)


class ReferralEdit(Base):
    """What staff changed in a referral: the field, before and after."""

    __tablename__ = "referral_edits"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    change_sealed: Mapped[bytes]
    """JSON {field, before, after}; `state` and `programme` are fields too."""
    at: Mapped[datetime]

    __table_args__ = (Index("ix_referral_edits_referral", "referral_id", "at"),)


class Share(Base):
    """What left the service about somebody: to whom, by whom, on what ground, and their answer."""

    __tablename__ = "shares"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID | None] = mapped_column(ForeignKey("referrals.id"))
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    recipient: Mapped[str]
    """Id of a file in content/programmes."""
    kind: Mapped[str]
    """`referral` or `handover`."""
    basis: Mapped[str]
    """`consent`, or `safeguarding` where there is none."""
    at: Mapped[datetime]
    answer_due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    why_sealed: Mapped[bytes | None]
    """In the words of whoever shared it; None only of what was shared before that was asked."""
    told: Mapped[bool | None]
    """Whether the person was told of it."""
    why_not_told_sealed: Mapped[bytes | None]
    answer_reason_sealed: Mapped[bytes | None]
    """In the words of whoever answered."""
    late_told_at: Mapped[datetime | None]
    """When staff were given a ticket because no answer had come in time."""

    __table_args__ = (Index("ix_shares_thread", "conversation_id", "at"),)
