"""Conversations in which the bot answers slowly, because the service is misused."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("conversations", sa.Column("slowed_until", moment, nullable=True))
