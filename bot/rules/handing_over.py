"""By when the next person must have taken what was handed over. Pure.

Does not belong here: offering and taking (bot/desk/shifts.py), who is on call when (rota.py).
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from bot.rules.rota import Rota, spans

TAKEN_WITHIN: Final = timedelta(minutes=10)
"""From the offer, or from the beginning of the next person's shift where that is still to come."""
COMES_WITHIN: Final = timedelta(hours=1)
"""Nothing is kept longer for somebody whose shift is not about to begin."""


def due_at(rota: Rota, to: UUID, now: datetime) -> datetime:
    """When the supervisors hear that it was not taken."""
    for span in spans(rota, now, now + COMES_WITHIN):
        if to in (*span.on.first, *span.on.second):
            return max(span.starts, now) + TAKEN_WITHIN
    return now + TAKEN_WITHIN
