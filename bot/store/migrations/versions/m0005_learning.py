"""Messages put before staff, and candidate examples."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "sampled_messages",
        sa.Column(
            "message_id",
            sa.Uuid(),
            sa.ForeignKey("messages.id", name="fk_sampled_messages_message_id_messages"),
            nullable=False,
        ),
        sa.Column("put_at", moment, nullable=False),
        sa.Column("seen_at", moment, nullable=True),
        sa.Column(
            "seen_by",
            sa.Uuid(),
            sa.ForeignKey("staff.id", name="fk_sampled_messages_seen_by_staff"),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("message_id", name="pk_sampled_messages"),
    )
    op.create_index(
        "ix_sampled_messages_open",
        "sampled_messages",
        ["put_at", "message_id"],
        postgresql_where=sa.text("seen_at IS NULL"),
    )
    op.create_table(
        "candidates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "message_id",
            sa.Uuid(),
            sa.ForeignKey("messages.id", name="fk_candidates_message_id_messages"),
            nullable=False,
        ),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("intent", sa.String(), nullable=False),
        sa.Column("risk_level", sa.String(), nullable=False),
        sa.Column("risk_categories", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column(
            "corrected_by",
            sa.Uuid(),
            sa.ForeignKey("staff.id", name="fk_candidates_corrected_by_staff"),
            nullable=False,
        ),
        sa.Column("corrected_at", moment, nullable=False),
        sa.Column(
            "reviewed_by",
            sa.Uuid(),
            sa.ForeignKey("staff.id", name="fk_candidates_reviewed_by_staff"),
            nullable=True,
        ),
        sa.Column("reviewed_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_candidates"),
        sa.UniqueConstraint("message_id", name="uq_candidates_message_id"),
    )
