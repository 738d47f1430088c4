"""Procrastinate's own schema, and the function that numbers events in commit order."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The lock is held until commit, so ids are given in the order in which they become visible.
_ANNOUNCE = """
CREATE FUNCTION announce_events(threads uuid[], kinds text[], happened_at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7210119);
    INSERT INTO events (id, conversation_id, kind, at)
    SELECT nextval('event_ids'), pair.thread, pair.kind, happened_at
    FROM unnest(threads, kinds) AS pair (thread, kind);
    PERFORM pg_notify('handrail_events', currval('event_ids')::text);
END
$$
"""


def upgrade() -> None:
    # The schema of procrastinate 3.10.0, as the library ships it. A newer procrastinate brings
    # migrations of its own: each goes into a new file here.
    raw = op.get_bind().connection.driver_connection
    if raw is None:
        raise RuntimeError("migrations run on a live connection")
    raw.execute(SchemaManager.get_schema())
    op.execute("CREATE SEQUENCE event_ids")
    op.execute(_ANNOUNCE)
