"""What is looked up beside a message, because the truth of an answer hangs on it.

Belongs here: immutable values only. Does not belong here: looking them up (bot/intake.py), the rest
of the engine's vocabulary (turn.py).
"""

from dataclasses import dataclass
from enum import StrEnum


class People(StrEnum):
    """What is true of the team at this moment; the end of the ids of emergency words."""

    TRYING = "trying"
    """Somebody can be paged."""
    NOBODY = "nobody"
    """There is nobody to page."""
    SEEN = "seen"
    """Somebody has taken what this writer wrote before."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a conversation has led to so far, whoever wrote."""

    told_of_danger: bool = False
    """A message of late did."""
    was_sent: bool = False
    """A referral from here is with the team."""


@dataclass(frozen=True, slots=True)
class Queue:
    """How long somebody may wait for a person."""

    ahead: int
    """Tickets that wait before this one."""
    minutes: int | None = None
    """Half of all waited no longer of late; None where there are too few to tell."""
