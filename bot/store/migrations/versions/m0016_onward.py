"""Referrals on their way to programmes; why each share was made and what the person was told."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("why_sealed", sa.LargeBinary()),
        sa.Column("told", sa.Boolean()),
        sa.Column("why_not_told_sealed", sa.LargeBinary()),
        sa.Column("answer_reason_sealed", sa.LargeBinary()),
        sa.Column("late_told_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("shares", column)
    op.create_table(
        "onward",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("share_id", sa.Uuid(), sa.ForeignKey("shares.id"), nullable=False, unique=True),
        sa.Column("conversation_id", sa.Uuid(), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("code", sa.String(), nullable=False, server_default=""),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "onward_answers",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("request_index", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "lawful_bases",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("referral_id", sa.Uuid(), sa.ForeignKey("referrals.id"), nullable=False),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_lawful_bases_referral_id", "lawful_bases", ["referral_id"])
