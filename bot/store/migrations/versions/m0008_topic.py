"""Which steps of a page the deployment's topic has been told of."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page_steps", sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True))
