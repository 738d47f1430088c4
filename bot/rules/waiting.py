"""What somebody in danger is told while nobody has answered yet. Pure.

Does not belong here: who is waking whom (bot/rules/ladder.py), the words (content).
"""

from datetime import timedelta

MARKS = (timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=10))
TEXTS = ("nobody-yet-2", "nobody-yet-5", "nobody-yet-10")
SEEN = "someone-has-seen"


def passed(waited: timedelta) -> int:
    """How many of the marks lie behind somebody who has waited so long."""
    return sum(waited >= mark for mark in MARKS)


def text_due(waited: timedelta, told: int) -> str | None:
    """The newest text that is due; an older one that was missed is not made up for."""
    count = passed(waited)
    return TEXTS[count - 1] if count > told else None
