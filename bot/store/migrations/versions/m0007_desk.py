"""The desk: accounts, sessions, notes, risk changed by name, shares, and a chained audit."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_REFUSE = """
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only';
END
$$
"""
_TRIGGER = """
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()
"""


def upgrade() -> None:
    op.add_column("staff", sa.Column("programme", sa.String()))
    op.add_column("audit", sa.Column("why", sa.String(), nullable=False, server_default=""))
    op.alter_column("audit", "why", server_default=None)
    op.add_column("audit", sa.Column("mark_hash", sa.LargeBinary()))
    op.create_index("ix_audit_subject", "audit", ["subject", "action"])
    op.execute(_REFUSE)
    op.execute(_TRIGGER)
    op.add_column(
        "tickets", sa.Column("is_watched", sa.Boolean(), nullable=False, server_default="false")
    )
    _ways_in()
    _added_by_staff()


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Uuid(), nullable=False)


def _of(table: str, column: str, nullable: bool = False) -> sa.Column[Any]:
    target = {"staff_id": "staff.id", "referral_id": "referrals.id"}.get(column, "conversations.id")
    key = sa.ForeignKey(target, name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)


def _when(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _bytes(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _key(table: str, column: str = "id") -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(column, name=f"pk_{table}")


def _ways_in() -> None:
    op.create_table(
        "accounts",
        _id(),
        _of("accounts", "staff_id"),
        _bytes("login_sealed"),
        _bytes("login_index"),
        _text("password_hash"),
        _bytes("totp_sealed"),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        _when("enrolled_at"),
        _key("accounts"),
        sa.UniqueConstraint("staff_id", name="uq_accounts_staff_id"),
        sa.UniqueConstraint("login_index", name="uq_accounts_login_index"),
    )
    op.create_table(
        "recovery_codes",
        _id(),
        _of("recovery_codes", "staff_id"),
        _bytes("code_hash"),
        _when("used_at", nullable=True),
        _key("recovery_codes"),
        sa.UniqueConstraint("staff_id", "code_hash", name="uq_recovery_codes_staff_id_code_hash"),
    )
    op.create_index("ix_recovery_codes_staff_id", "recovery_codes", ["staff_id"])
    op.create_table(
        "staff_sessions",
        _id(),
        _of("staff_sessions", "staff_id"),
        _bytes("token_hash"),
        _text("stage"),
        _text("browser"),
        _when("created_at"),
        _when("seen_at"),
        _when("expires_at"),
        _when("revoked_at", nullable=True),
        _key("staff_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_staff_sessions_token_hash"),
    )
    op.create_index("ix_staff_sessions_staff_id", "staff_sessions", ["staff_id"])
    op.create_table(
        "sign_in_tries",
        _bytes("subject_index"),
        sa.Column("failures", sa.Integer(), nullable=False),
        _when("since"),
        _when("locked_until", nullable=True),
        _key("sign_in_tries", "subject_index"),
    )


def _added_by_staff() -> None:
    op.create_table(
        "risk_changes",
        _id(),
        _of("risk_changes", "conversation_id"),
        _of("risk_changes", "staff_id"),
        _text("before"),
        _text("after"),
        _bytes("reason_sealed"),
        _when("at"),
        _key("risk_changes"),
    )
    op.create_index("ix_risk_changes_thread", "risk_changes", ["conversation_id", "at"])
    op.create_table(
        "notes",
        _id(),
        _of("notes", "conversation_id"),
        _of("notes", "staff_id"),
        _bytes("text_sealed"),
        _when("at"),
        _key("notes"),
    )
    op.create_index("ix_notes_thread", "notes", ["conversation_id", "at"])
    op.create_table(
        "referral_edits",
        _id(),
        _of("referral_edits", "referral_id"),
        _of("referral_edits", "staff_id"),
        _bytes("change_sealed"),
        _when("at"),
        _key("referral_edits"),
    )
    op.create_index("ix_referral_edits_referral", "referral_edits", ["referral_id", "at"])
    op.create_table(
        "shares",
        _id(),
        _of("shares", "referral_id", nullable=True),
        _of("shares", "conversation_id"),
        _of("shares", "staff_id"),
        _text("recipient"),
        _text("kind"),
        _text("basis"),
        _when("at"),
        _when("answer_due_at"),
        _when("answered_at", nullable=True),
        _text("answer", nullable=True),
        _key("shares"),
    )
    op.create_index("ix_shares_thread", "shares", ["conversation_id", "at"])
