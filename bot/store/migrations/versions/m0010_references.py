"""References, the counting of tries, and conversations that go on from another."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "receipts",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("conversation_id", sa.Uuid(), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("referral_id", sa.Uuid(), sa.ForeignKey("referrals.id"), nullable=False),
        sa.Column("words_index", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("made_at", moment, nullable=False),
    )
    op.create_index("ix_receipts_conversation_id", "receipts", ["conversation_id"])
    op.create_index("ix_receipts_referral_id", "receipts", ["referral_id"])
    op.create_table(
        "tries",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("at", moment, nullable=False),
    )
    op.create_index("ix_tries_address", "tries", ["address_index", "at"])
    op.add_column(
        "conversations",
        sa.Column("continues_id", sa.Uuid(), sa.ForeignKey("conversations.id")),
    )
