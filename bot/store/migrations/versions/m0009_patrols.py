"""Reports from the walk home, and who has checked in there."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "patrol_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("worry", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", moment, nullable=False),
        sa.Column("last_at", moment, nullable=False),
        sa.Column("sent_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_patrol_reports"),
        sa.UniqueConstraint("week", "place", "day", "time", "worry", name="uq_patrol_reports_same"),
    )
    op.create_table(
        "patrol_presence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("is_there", sa.Boolean(), nullable=False),
        sa.Column(
            "staff_id",
            sa.Uuid(),
            sa.ForeignKey("staff.id", name="fk_patrol_presence_staff_id_staff"),
            nullable=False,
        ),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_patrol_presence"),
    )
    op.create_index("ix_patrol_presence_place", "patrol_presence", ["place", "at"])
