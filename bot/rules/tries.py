"""How often something is tried before a person gets it. Pure."""

from datetime import timedelta

TURN_TRIES = 3
"""A message whose turn fails, or kills its worker, so many times becomes a ticket."""
TURN_WAITS = (timedelta(seconds=1), timedelta(seconds=2))
"""Tried at 0, 1 and 3 seconds."""
SPOOL_TRIES = 3
"""Looks at a message on disk that breaks each time, before it is set aside for a person."""
STORE_WAIT = timedelta(seconds=5)
SEND_TRIES = 8
"""Urgent words that a carrier certainly never had are tried for ever."""
SEND_LONGEST_WAIT = timedelta(minutes=5)
SETTLE_TRIES = 6
"""How often a carrier is asked what became of a message before staff are told."""


def turn_wait(failures: int) -> timedelta:
    """The wait after so many failures of one turn, one or more."""
    return TURN_WAITS[min(failures, len(TURN_WAITS)) - 1]


def send_wait(attempts: int, asked_seconds: float) -> timedelta:
    """At least what the carrier asked for, doubling with each attempt."""
    return min(timedelta(seconds=max(asked_seconds, 2.0 ** min(attempts, 9))), SEND_LONGEST_WAIT)
