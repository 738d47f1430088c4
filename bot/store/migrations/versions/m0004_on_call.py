"""Being on call: contact methods, the rota, pages with their steps and notices, drills."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coverage",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("told", postgresql.ARRAY(sa.String()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage")),
    )
    op.create_table(
        "teams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("name", name=op.f("uq_teams_name")),
    )
    op.create_table(
        "contact_methods",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("tested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_contact_methods_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_methods")),
    )
    op.create_index("ix_contact_methods_staff_id", "contact_methods", ["staff_id"], unique=False)
    op.create_index(
        "uq_contact_methods_address",
        "contact_methods",
        ["channel", "address_index"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "leave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_leave_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    op.create_index("ix_leave_ends_at", "leave", ["ends_at"], unique=False)
    op.create_table(
        "overrides",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("out_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["into_id"], ["staff.id"], name=op.f("fk_overrides_into_id")),
        sa.ForeignKeyConstraint(["out_id"], ["staff.id"], name=op.f("fk_overrides_out_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_overrides_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
    )
    op.create_index("ix_overrides_ends_at", "overrides", ["ends_at"], unique=False)
    op.create_table(
        "shifts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("pattern", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_shifts_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_table(
        "team_members",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_team_members_staff_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_members_team_id")),
        sa.PrimaryKeyConstraint("team_id", "staff_id", name=op.f("pk_team_members")),
    )
    op.create_table(
        "help_actions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("because_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_help_actions_staff_id")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_help_actions_ticket_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_actions")),
    )
    op.create_index("ix_help_actions_ticket_id", "help_actions", ["ticket_id", "at"], unique=False)
    op.create_table(
        "drills",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=True),
        sa.Column("paged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_drills_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drills")),
    )
    op.create_index("ix_drills_started_at", "drills", ["started_at"], unique=False)
    op.create_table(
        "page_notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("method_id", sa.Uuid(), nullable=True),
        sa.Column("outbox_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["method_id"], ["contact_methods.id"], name=op.f("fk_page_notices_method_id")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_page_notices_outbox_id")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_page_notices_page_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_page_notices_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_notices")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_page_notices_token_hash")),
    )
    op.create_index("ix_page_notices_method_id", "page_notices", ["method_id", "at"], unique=False)
    op.create_index("ix_page_notices_outbox_id", "page_notices", ["outbox_id"], unique=False)
    op.create_index("ix_page_notices_page_id", "page_notices", ["page_id", "step"], unique=False)
    op.create_index(
        "ix_page_notices_waiting",
        "page_notices",
        ["at"],
        unique=False,
        postgresql_where=sa.text("outbox_id IS NULL"),
    )
    op.create_table(
        "page_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_page_steps_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_steps")),
    )
    op.create_index("ix_page_steps_page_id", "page_steps", ["page_id"], unique=False)
    op.add_column(
        "pages", sa.Column("code", sa.String(), nullable=False, server_default=sa.text("''"))
    )
    op.add_column(
        "pages", sa.Column("taken", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.add_column("pages", sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("pages", sa.Column("stepped_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "pages",
        sa.Column(
            "passed", postgresql.ARRAY(sa.Uuid()), nullable=False, server_default=sa.text("'{}'")
        ),
    )
    op.add_column("pages", sa.Column("by_id", sa.Uuid(), nullable=True))
    op.add_column("pages", sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("pages", sa.Column("reason_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("pages", sa.Column("follows_id", sa.Uuid(), nullable=True))
    op.add_column(
        "pages",
        sa.Column("followed", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.add_column(
        "pages", sa.Column("is_test", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.alter_column("pages", "code", server_default=None)
    op.alter_column("pages", "taken", server_default=None)
    op.alter_column("pages", "passed", server_default=None)
    op.alter_column("pages", "followed", server_default=None)
    op.alter_column("pages", "is_test", server_default=None)
    op.execute("UPDATE pages SET code = left(id::text, 8), next_at = started_at")
    op.create_index(
        "ix_pages_ringing",
        "pages",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('started', 'unreachable')"),
    )
    op.create_index("ix_pages_ticket_id", "pages", ["ticket_id"], unique=False)
    op.create_index(
        "uq_pages_ringing_code",
        "pages",
        ["code"],
        unique=True,
        postgresql_where=sa.text("state IN ('started', 'unreachable')"),
    )
    op.create_foreign_key(op.f("fk_pages_follows_id"), "pages", "pages", ["follows_id"], ["id"])
    op.create_foreign_key(op.f("fk_pages_by_id"), "pages", "staff", ["by_id"], ["id"])
