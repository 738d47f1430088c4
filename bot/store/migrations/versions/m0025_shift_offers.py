"""What is handed over at the end of a shift waits until the next person takes it."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "shift_offers",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("ticket_id", sa.Uuid(), sa.ForeignKey("tickets.id"), nullable=False),
        sa.Column("from_id", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("to_id", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("note_id", sa.Uuid(), sa.ForeignKey("notes.id"), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("taken_at", moment),
        sa.Column("told_at", moment),
        sa.Column("ended_at", moment),
    )
    op.create_index("ix_shift_offers_to_id", "shift_offers", ["to_id"])
    op.create_index(
        "ix_shift_offers_open",
        "shift_offers",
        ["ticket_id"],
        unique=True,
        postgresql_where=sa.text("taken_at IS NULL AND ended_at IS NULL"),
    )
