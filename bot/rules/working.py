"""Working days of the offices that referrals go to. Pure.

Belongs here: when an answer is due. Does not belong here: bank holidays, which differ by place
and year: an answer that is due on one shows as late, which errs on the safe side.
"""

from datetime import UTC, datetime, timedelta

from bot.rules.hours import LOCAL

_SATURDAY = 5


def one_working_day_after(at: datetime) -> datetime:
    """The same time on the wall on the next day from Monday to Friday."""
    local = at.astimezone(LOCAL) + timedelta(days=1)
    while local.weekday() >= _SATURDAY:
        local += timedelta(days=1)
    return local.astimezone(UTC)
