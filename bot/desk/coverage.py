"""The proof of cover, made each hour and at each change of the rota, and who is told of it.

Belongs here: alarms and texts about the rota. Does not belong here: what is wrong with it
(bot/rules/coverage.py).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import Clock
from bot.desk.paging import WAKES, Pager
from bot.rules.coverage import CHECK_EVERY, Fault, Finding, prove
from bot.rules.rota import LOCAL
from bot.store import coverage
from bot.store import rota as rotas
from bot.store.contacts import reachable
from bot.store.health import settle_kind
from bot.store.session import Session, Store
from bot.store.tickets import raise_alarm

_WORDS: Final = {
    Fault.GAP: "page-cover-gap",
    Fault.UNTESTED: "page-cover-untested",
    Fault.BOTH_RUNGS: "page-cover-both",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    store: Store
    pager: Pager
    clock: Clock

    async def prove_if_due(self) -> None:
        """Once an hour, whoever of several workers comes first."""
        now = self.clock.now()
        async with self.store.begin() as session:
            await self.pager.reaches_somebody(session, now)
            last = await coverage.last_proof(session, lock=True)
            if last is None or now - last.checked_at >= CHECK_EVERY:
                await self.prove(session, now)

    async def prove(self, session: Session, now: datetime) -> tuple[Finding, ...]:
        """What stands against the coming days, kept and told; call it after each change of the
        rota, in the same transaction. Without any rota there is nothing to prove."""
        rota = await rotas.load_rota(session, now)
        found: tuple[Finding, ...] = ()
        if rota.exists:
            hears = await reachable(session, self.pager.routes.on & WAKES)
            found = prove(rota, hears, now)
        last = await coverage.last_proof(session, lock=True)
        known = last.told if last else frozenset()
        keys = {_key(one, now): one for one in found}
        news = [one for key, one in keys.items() if key not in known]
        await coverage.keep(session, found, list(keys), now)
        for fault in Fault:
            if any(one.fault is fault for one in found):
                await raise_alarm(session, fault.value, "", now)
            else:
                await settle_kind(session, fault.value, now)
        if news:
            await self._tell(session, found, min(news, key=lambda one: one.starts), now)
        return found

    async def _tell(
        self, session: Session, found: tuple[Finding, ...], first: Finding, now: datetime
    ) -> None:
        words = self.pager.words
        when = f"{first.starts.astimezone(LOCAL):%a %d %b %H:%M}"
        fault = words.say(_WORDS[first.fault])
        part = words.part("page-cover", {"count": len(found), "fault": fault, "when": when})
        await self.pager.tell_supervisors(session, part, now)


def _key(finding: Finding, now: datetime) -> str:
    """Names a fault as long as it is the same one, so that it is told of once: again when it
    begins, and not each hour."""
    since = "now" if finding.starts <= now else finding.starts.isoformat()
    when = "" if finding.fault is Fault.UNTESTED else since
    return f"{finding.fault.value}:{finding.person or ''}:{when}"
