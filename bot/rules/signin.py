"""How often somebody may fail to get in, how long a session lives, what a password must be. Pure.

Belongs here: limits and what they are counted by. Does not belong here: counting
(bot/store/tries.py), checking a password or a code (bot/desk/signin.py).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

SESSION_LASTS = timedelta(hours=12)
"""However busy: a night shift and its hand-over."""
SESSION_IDLE = timedelta(hours=2)
"""Without anything done by hand; an open page alone keeps nothing alive."""
HALF_LASTS = timedelta(minutes=10)
"""Between the password and the second factor."""
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128
SHORTEST_LOGIN = 2
LONGEST_LOGIN = 64


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures within `window` shut the door for `locked`."""

    most: int
    window: timedelta
    locked: timedelta


# By account and address together it is tight; by account alone it is loose, because otherwise a
# stranger could lock a worker out in the middle of a night. By address alone nobody is locked
# out: a whole office stands behind one.
BY_BOTH = Limit(5, timedelta(minutes=15), timedelta(minutes=15))
BY_ACCOUNT = Limit(30, timedelta(hours=1), timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Tries:
    """What is known of one subject."""

    failures: int
    since: datetime
    locked_until: datetime | None


def after_failure(known: Tries | None, limit: Limit, now: datetime) -> Tries:
    """Counting begins anew once the window is over."""
    if known is None or now - known.since > limit.window:
        known = Tries(0, now, None)
    failures = known.failures + 1
    locked = now + limit.locked if failures >= limit.most else known.locked_until
    return Tries(failures, known.since, locked)


def is_good_password(password: str, login: str) -> bool:
    """Long, not the name it belongs to, and more than one character again and again."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return False
    plain = password.casefold()
    return login.casefold() not in plain and len(set(plain)) >= SHORTEST_PASSWORD // 2


def is_good_login(login: str) -> bool:
    return SHORTEST_LOGIN <= len(login) <= LONGEST_LOGIN and login.isprintable()
