"""What makes the service degraded, from facts gathered elsewhere. Pure.

Belongs here: the closed list of problems and when each holds. Does not belong here: how the
facts are gathered (api/health.py), or words about them: each problem is a code.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

WORKER_SILENCE = timedelta(seconds=15)
"""A worker that has not been heard of for longer counts as away."""


class Problem(StrEnum):
    DATABASE_AWAY = "database_away"
    SPOOL_AWAY = "spool_away"
    """Messages could not be kept on disk if the database went away."""
    SPOOL_NOT_EMPTY = "spool_not_empty"
    WORKER_AWAY = "worker_away"
    RASA_AWAY = "rasa_away"
    NOBODY_TO_PAGE = "nobody_to_page"


@dataclass(frozen=True, slots=True)
class Facts:
    """One look at the service. What only the database knows is None while it is away."""

    database_up: bool
    spool_usable: bool
    spooled: int
    pager_reaches_somebody: bool
    worker_silence: timedelta | None = None
    """Since the worker's last sign of life; None when there never was one."""
    rasa_up: bool | None = None
    """As the worker last saw it."""
    alarms: tuple[str, ...] = ()
    """Kinds of alarm that nobody has settled."""
    cover: tuple[str, ...] = ()
    """What stands against the rota of the coming days, as last proved."""


def problems(facts: Facts) -> tuple[str, ...]:
    """Codes, the gravest first; open alarms follow as `alarm:<kind>`."""
    worker_away = facts.database_up and (
        facts.worker_silence is None or facts.worker_silence > WORKER_SILENCE
    )
    holds = {
        Problem.DATABASE_AWAY: not facts.database_up,
        Problem.SPOOL_AWAY: not facts.spool_usable,
        Problem.NOBODY_TO_PAGE: not facts.pager_reaches_somebody,
        Problem.WORKER_AWAY: worker_away,
        Problem.RASA_AWAY: facts.rasa_up is False and not worker_away,
        Problem.SPOOL_NOT_EMPTY: facts.spooled > 0,
    }
    found = tuple(problem.value for problem, is_so in holds.items() if is_so) + facts.cover
    return found + tuple(f"alarm:{kind}" for kind in facts.alarms if kind not in found)


def can_take_messages(facts: Facts) -> bool:
    """Whether a message that comes now is kept somewhere."""
    return facts.database_up or facts.spool_usable
