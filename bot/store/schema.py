"""Every table there is, for migrations and for the rotation of keys.

Does not belong here: a table (tables.py and its siblings). A sibling must be named here, or its
tables are not migrated.
"""

from bot.store import (
    tables,
    tables_beside,
    tables_calls,
    tables_decided,
    tables_desk,
    tables_followup,
    tables_learning,
    tables_media,
    tables_oncall,
    tables_onward,
    tables_patrol,
    tables_shift,
    tables_trust,
)

METADATA = tables.Base.metadata
PARTS = (
    tables,
    tables_beside,
    tables_calls,
    tables_decided,
    tables_desk,
    tables_followup,
    tables_learning,
    tables_media,
    tables_oncall,
    tables_onward,
    tables_patrol,
    tables_shift,
    tables_trust,
)
