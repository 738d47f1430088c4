"""When somebody may be reached, as far as a machine is sure of what they said. Pure.

Belongs here: `after 16:00`, `between 4 and 6pm`, `not after 21:00`. Does not belong here:
anything less plain, such as `after 9`, which may be morning or night: a person reads that.
"""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/London")
type Span = tuple[time, time]
"""From and until, on one day; a last before the first goes past midnight."""

_MORNING = time(7)
"""Nobody who says `before 9am` means the middle of the night."""
_MIDNIGHT = time(0)
_NOON, _HOURS, _MINUTES = 12, 24, 60
_LAST_AFTERNOON_HOUR = 7
_TIME = r"(\d{1,2})(?::(\d\d))? ?(am|pm)?"
_ONE = re.compile(rf"(not )?(after|past|from|before|until|till|til) {_TIME}")
_TWO = re.compile(rf"(not )?(?:between|from) {_TIME} ?(?:and|to|-)? ?{_TIME}")


def span(said: str) -> Span | None:
    """The hours that the words allow; None where they may mean something else."""
    plain = " ".join(said.casefold().split())
    two, one = _TWO.fullmatch(plain), _ONE.fullmatch(plain)
    if two is not None:
        half = two[4] or two[7] or ""
        first, last = _time(two[2], two[3], half), _time(two[5], two[6], half)
        if first is None or last is None:
            return None
        return (last, first) if two[1] else (first, last)
    moment = _time(one[3], one[4], one[5] or "") if one is not None else None
    if one is None or moment is None:
        return None
    is_after = (one[2] in ("after", "past", "from")) != bool(one[1])
    return (moment, _MIDNIGHT) if is_after else (_MORNING, moment)


def _time(hour: str, minutes: str | None, half: str) -> time | None:
    """None for no time, and for a bare hour that may be morning or night."""
    number = int(hour)
    if half and 0 < number <= _NOON:
        number = number % _NOON + (_NOON if half == "pm" else 0)
    elif minutes is None and 0 < number <= _LAST_AFTERNOON_HOUR:
        number += _NOON
    elif minutes is None and number <= _NOON:
        return None
    is_time = number < _HOURS and int(minutes or 0) < _MINUTES
    return time(number, int(minutes or 0)) if is_time else None


def is_within(allowed: Span, at: datetime) -> bool:
    """`at`: any zone."""
    first, last = allowed
    moment = at.astimezone(LOCAL).time()
    if first < last:
        return first <= moment < last
    return moment >= first or moment < last


def opens_at(allowed: Span, at: datetime) -> datetime:
    """The next moment, after `at`, at which the span begins."""
    local = at.astimezone(LOCAL)
    today = local.replace(hour=allowed[0].hour, minute=allowed[0].minute, second=0, microsecond=0)
    begins = today if today > local else today + timedelta(days=1)
    return begins.astimezone(at.tzinfo)
