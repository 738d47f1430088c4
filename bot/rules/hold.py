"""How long a routine reply waits, so that three quick lines get one sensible answer. Pure."""

from datetime import datetime, timedelta

from nlu.reading import RiskLevel

QUIET = timedelta(seconds=1.5)
LONGEST = timedelta(seconds=4)


SLOWED = timedelta(seconds=60)
"""How long a routine reply waits where the service is misused."""
SLOWED_FOR = timedelta(hours=24)
"""How long a worker's word on that holds."""


def is_slow(slowed_until: datetime | None, level: RiskLevel, now: datetime) -> bool:
    """Never while any risk is open, whatever a worker said before."""
    return slowed_until is not None and now < slowed_until and level is RiskLevel.NONE


def slowed(due_at: datetime, since: datetime) -> datetime:
    """`since`: when the reply began to wait; more lines do not put it off for ever."""
    return max(due_at, since + SLOWED)


def due(now: datetime, held_since: datetime) -> datetime:
    """After `QUIET` from now, but never later than `LONGEST` after the hold began."""
    return min(now + QUIET, max(held_since + LONGEST, now))
