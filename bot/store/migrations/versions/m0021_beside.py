"""What staff put beside a referral: that two are of one person, and when to look again."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "same_person",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("one_id", sa.Uuid(), sa.ForeignKey("referrals.id"), nullable=False),
        sa.Column("other_id", sa.Uuid(), sa.ForeignKey("referrals.id"), nullable=False),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_by", sa.Uuid(), sa.ForeignKey("staff.id")),
    )
    op.create_index("ix_same_person_one_id", "same_person", ["one_id"])
    op.create_index("ix_same_person_other_id", "same_person", ["other_id"])
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("referral_id", sa.Uuid(), sa.ForeignKey("referrals.id"), nullable=False),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("done_by", sa.Uuid(), sa.ForeignKey("staff.id")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_follow_ups_referral_id", "follow_ups", ["referral_id"])
