"""The telephone: calls, the phones rung for them, calls back, and how often numbers were used."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _key() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), nullable=False)


def _to(name: str, table: str, of: str, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{of}.id", name=f"fk_{table}_{name}_{of}")
    return sa.Column(name, sa.Uuid(), key, nullable=nullable)


def _at(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, _MOMENT, nullable=nullable)


def upgrade() -> None:
    _calls()
    op.create_table(
        "call_legs",
        _key(),
        _to("call_id", "call_legs", "calls"),
        sa.Column("step", sa.Integer(), nullable=False),
        _to("staff_id", "call_legs", "staff", nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        _at("until"),
        _at("taken_at", nullable=True),
        _at("at"),
        sa.PrimaryKeyConstraint("id", name="pk_call_legs"),
    )
    op.create_index("uq_call_legs_step", "call_legs", ["call_id", "step"], unique=True)
    op.create_index("ix_call_legs_until", "call_legs", ["until"])
    _call_backs()
    op.create_table(
        "number_uses",
        _key(),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        _to("staff_id", "number_uses", "staff", nullable=True),
        _at("at"),
        sa.PrimaryKeyConstraint("id", name="pk_number_uses"),
    )
    op.create_index("ix_number_uses_number", "number_uses", ["use", "number_index", "at"])
    op.create_index("ix_number_uses_at", "number_uses", ["use", "at"])


def _calls() -> None:
    op.create_table(
        "calls",
        _key(),
        sa.Column("sid", sa.String(), nullable=False),
        _to("conversation_id", "calls", "conversations"),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("state", JSONB(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        _to("taken_by", "calls", "staff", nullable=True),
        _at("taken_at", nullable=True),
        _at("started_at"),
        _at("seen_at"),
        _at("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
        sa.UniqueConstraint("sid", name="uq_calls_sid"),
    )
    live = sa.text("stage <> 'ended'")
    op.create_index("ix_calls_live", "calls", ["seen_at"], postgresql_where=live)
    op.create_index("ix_calls_conversation_id", "calls", ["conversation_id"])


def _call_backs() -> None:
    op.create_table(
        "call_backs",
        _key(),
        _to("ticket_id", "call_backs", "tickets"),
        _to("conversation_id", "call_backs", "conversations"),
        _to("staff_id", "call_backs", "staff"),
        _to("outbox_id", "call_backs", "outbox"),
        _at("asked_at"),
        _at("pressed_at", nullable=True),
        _at("ended_at", nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_call_backs"),
        sa.UniqueConstraint("outbox_id", name="uq_call_backs_outbox_id"),
    )
    op.create_index("ix_call_backs_ticket_id", "call_backs", ["ticket_id", "asked_at"])
