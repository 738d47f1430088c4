"""What was attached to messages: sealed originals, blurred copies, and who looked at them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("conversation_id", sa.Uuid(), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("message_id", sa.Uuid(), sa.ForeignKey("messages.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("failure", sa.String(), nullable=False, server_default=""),
        sa.Column("ref_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False, server_default=""),
        sa.Column("size", sa.Integer()),
        sa.Column("content_hash", sa.LargeBinary()),
        sa.Column("original_sealed", sa.LargeBinary()),
        sa.Column("blurred_sealed", sa.LargeBinary()),
        sa.Column("locked_at", sa.DateTime(timezone=True)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_attachments_conversation_id", "attachments", ["conversation_id"])
    op.create_index("uq_attachments_place", "attachments", ["message_id", "position"], unique=True)
    op.create_table(
        "attachment_looks",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("attachment_id", sa.Uuid(), sa.ForeignKey("attachments.id"), nullable=False),
        sa.Column("staff_id", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_attachment_looks_which", "attachment_looks", ["attachment_id", "at"])
