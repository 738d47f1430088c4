"""How long a worker who has taken somebody on may be gone before anybody else may. Pure.

Belongs here: the spans by level. Does not belong here: how one knows that a browser is gone
(bot/store/holding.py), what follows (bot/desk/attention.py).
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.dialogue.turn import Priority
from bot.rules.safety import CONSOLE_AWAY

AWAY: Final[Mapping[Priority, timedelta]] = {
    Priority.IMMEDIATE: CONSOLE_AWAY,
    Priority.HIGH: timedelta(minutes=5),
    Priority.CONCERN: timedelta(minutes=30),
    Priority.ROUTINE: timedelta(minutes=30),
}
"""Nobody stays with somebody who went home: the less pressing, the longer a reload, a lift or a
walk to another room is waited out."""
