"""Openers in place of words, and web sessions that can be ended by their address."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "outbox", sa.Column("opener", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.alter_column("outbox", "opener", server_default=None)
    op.add_column("web_sessions", sa.Column("address_index", sa.LargeBinary()))
    op.create_index("ix_web_sessions_address_index", "web_sessions", ["address_index"])
