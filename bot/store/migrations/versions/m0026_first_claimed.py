"""When somebody first took a ticket, whoever has it now."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("first_claimed_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE tickets SET first_claimed_at = claimed_at")
