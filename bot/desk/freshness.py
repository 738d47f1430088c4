"""Whether programmes are still offered: told to the operator before they go stale.

Belongs here: the daily look at the programmes of the content. Does not belong here: what stale
means (bot/rules/matching.py), how an alarm is shown.
"""

from datetime import date

from bot.clock import Clock
from bot.dialogue.book import Book
from bot.rules.matching import stale_by
from bot.store.health import settle_kind
from bot.store.session import Store
from bot.store.tickets import raise_alarm

ALARM = "programme_stale"


class Freshness:
    """One a worker; several workers only count the same alarm."""

    def __init__(self, store: Store, book: Book, clock: Clock) -> None:
        self._store, self._book, self._clock = store, book, clock
        self._looked_on: date | None = None

    async def look_if_due(self) -> None:
        """Once a day: an alarm for each programme that will not be offered in 30 days unless
        somebody checks it. The alarm ends when none is left."""
        now = self._clock.now()
        if self._looked_on == now.date():
            return
        due = stale_by(self._book, now.date())
        async with self._store.begin() as session:
            for programme in due:
                await raise_alarm(session, ALARM, programme, now)
            if not due:
                await settle_kind(session, ALARM, now)
        self._looked_on = now.date()
