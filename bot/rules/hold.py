"""How long a routine reply waits, so that three quick lines get one sensible answer. Pure."""

from datetime import datetime, timedelta

QUIET = timedelta(seconds=1.5)
LONGEST = timedelta(seconds=4)


def due(now: datetime, held_since: datetime) -> datetime:
    """After `QUIET` from now, but never later than `LONGEST` after the hold began."""
    return min(now + QUIET, max(held_since + LONGEST, now))
