"""Which parts of a long message arrived: each of them may still fail by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("arrived", sa.ARRAY(sa.Text()), nullable=True))
