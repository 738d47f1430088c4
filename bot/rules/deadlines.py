"""By when somebody must have looked. Pure.

Belongs here: deadlines in local time. Does not belong here: what is done when one nears
(bot/desk/rounds.py).
"""

from datetime import UTC, datetime, time, timedelta

from bot.rules.rota import LOCAL

DAY_ENDS = time(20, 0)
"""A worry is looked at on the day it comes, by this local time."""
LATE_FROM = time(18, 0)
"""One that comes later than this is looked at by noon of the next day."""
NEXT_NOON = time(12, 0)
PAGE_BEFORE = timedelta(hours=1)
"""Somebody is woken so long before the deadline if nobody has taken it."""


def concern_deadline(opened_at: datetime) -> datetime:
    local = opened_at.astimezone(LOCAL)
    day, wall = local.date(), DAY_ENDS
    if local.time() >= LATE_FROM:
        day, wall = day + timedelta(days=1), NEXT_NOON
    return datetime.combine(day, wall, tzinfo=LOCAL).astimezone(UTC)
