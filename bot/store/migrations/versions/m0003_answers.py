"""Which question of a page a message answers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("answers", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("messages", "answers")
