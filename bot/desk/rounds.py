"""The clockwork of paging: what the passing of time alone brings about.

Belongs here: finding what is due and having it done, each page in a transaction of its own, so
that one that breaks stops no other. Does not belong here: what a step is (bot/rules/ladder.py),
what it says (bot/desk/paging.py). Any number of these may run on one database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.channels.beacon import Beacon
from bot.clock import Clock
from bot.desk.paging import Pager, Wanted
from bot.rules import ladder as rungs
from bot.rules.deadlines import PAGE_BEFORE, concern_deadline
from bot.rules.ladder import HELP_WITHIN, JOIN_WITHIN, MOVES_ON_AFTER, PageState
from bot.store import contacts, help, holding, notices, page_wants, pages, promises
from bot.store.notices import Waiting
from bot.store.pages import NewPage
from bot.store.session import Session, Store
from bot.store.tickets import raise_alarm
from nlu.reading import RiskLevel

_AT_ONCE = 200
_POST_WITHIN = timedelta(minutes=10)
ROUTE_SILENT = "page_route_silent"
BUNDLE_QUIET = {True: timedelta(seconds=4), False: timedelta(seconds=30)}
"""How long a phone is left alone before it is told of what waits: with an immediate page among
it, and without."""


@dataclass(frozen=True, slots=True)
class Rounds:
    store: Store
    pager: Pager
    clock: Clock
    topic: Beacon

    async def tick(self) -> None:
        """Every few seconds: steps, sends that reached nobody, texts that tell of many."""
        await self.check_reach()
        await self.take_steps()
        await self.tell_bundles()

    async def post(self) -> None:
        """Every new step to the topic, where the deployment has one. What it does not take is
        posted again; in a loop of its own, because a topic may be slow."""
        if not self.topic.url:
            return
        now = self.clock.now()
        async with self.store.begin() as session:
            steps = await pages.unposted(session, now - _POST_WITHIN)
        for step in steps:
            text_id = "page-topic-test" if step.is_test else "page-topic"
            args = {"reference": step.reference, "level": step.level.value}
            words = self.pager.words.say(text_id, args)
            if await self.topic.page(words, step.level is RiskLevel.IMMEDIATE):
                async with self.store.begin() as session:
                    await pages.mark_posted(session, step.step_id, now)

    async def look_after(self) -> None:
        """Less often: pages taken without help, tickets that somebody must be woken for."""
        await self.follow_up()
        await self.take_back()
        await self.want_pages()

    async def take_steps(self) -> None:
        """Every step that is due, the most pressing page first."""
        for _ in range(_AT_ONCE):
            now = self.clock.now()
            async with self.store.begin() as session:
                stored = await pages.next_due(session, now)
                if stored is None:
                    return
                await self.pager.take_step(session, stored, now)

    async def check_reach(self) -> None:
        """A step that no carrier has taken is not waited for."""
        async with self.store.begin() as session:
            found = await notices.reach(session)
        now = self.clock.now()
        for one in found:
            silent = not one.arrived and now - one.at >= MOVES_ON_AFTER
            if one.arrived or one.all_failed or silent:
                await self._mark_reach(one.page_id, one.arrived, silent, now)

    async def _mark_reach(self, page_id: UUID, arrived: bool, silent: bool, now: datetime) -> None:
        async with self.store.begin() as session:
            stored = await pages.lock(session, page_id)
            if stored is None:
                return
            page = stored.page
            if arrived and page.state is PageState.UNREACHABLE:
                page = replace(page, state=PageState.STARTED)
            if not arrived:
                page = rungs.hurry(page, now)
            if page == stored.page:
                return
            await pages.save(session, page_id, page, now)
            if silent:
                await raise_alarm(session, ROUTE_SILENT, str(page_id), now)

    async def tell_bundles(self) -> None:
        """Each phone that has been left alone for long enough is told of all that waits."""
        now = self.clock.now()
        async with self.store.begin() as session:
            by_method: dict[UUID, list[Waiting]] = {}
            for one in await notices.waiting(session):
                by_method.setdefault(one.method_id, []).append(one)
            methods = await contacts.methods_by_id(session, by_method)
            for method in methods:
                waiting = by_method[method.id]
                last = await notices.last_told(session, method.id)
                if last is None or now - last >= _quiet(waiting):
                    await self.pager.tell_together(session, method, waiting, now)

    async def follow_up(self) -> None:
        """Taken is not helped: the next rung is woken by a page that names the first."""
        now = self.clock.now()
        async with self.store.begin() as session:
            taken = await pages.taken_before(session, now - HELP_WITHIN)
        for page_id in taken:
            async with self.store.begin() as session:
                await self._follow(session, page_id, now)

    async def _follow(self, session: Session, page_id: UUID, now: datetime) -> None:
        stored = await holding.lock_page(session, page_id)
        if stored is None or not rungs.help_is_late(stored.page, now):
            return
        if not await pages.mark_followed(session, page_id):
            return
        level = stored.page.level
        helped = await help.helped_since(session, stored.ticket_id, stored.started_at)
        rings = await pages.rings(session, stored.ticket_id, level)
        page = rungs.follow(stored.page, helped, rings, now)
        if page is not None:
            await self._take_back(session, stored.ticket_id, now)
            wanted = Wanted(stored.ticket_id, stored.reference, level)
            new = NewPage(stored.ticket_id, page, follows_id=stored.id)
            await self.pager.begin(session, wanted, new, now)

    async def take_back(self) -> None:
        """What somebody took from a phone and never came to is anybody's again, and somebody is
        woken for it again."""
        now = self.clock.now()
        async with self.store.begin() as session:
            found = await promises.unjoined(session, now - JOIN_WITHIN)
            left = await page_wants.taken_and_left(session, now - JOIN_WITHIN)
        for ticket_id, taken_at in (*found, *((one.ticket_id, one.at) for one in left)):
            async with self.store.begin() as session:
                await holding.lock_conversation(session, ticket_id)
                if not await help.helped_since(session, ticket_id, taken_at):
                    await self._take_back(session, ticket_id, now)
                    await pages.hand_back(session, ticket_id, now)

    async def _take_back(self, session: Session, ticket_id: UUID, now: datetime) -> None:
        """The conversation is locked; one that somebody has joined stays theirs."""
        conversation_id = await holding.lock_conversation(session, ticket_id)
        if await promises.take_back(session, ticket_id):
            session.announce(conversation_id, "ticket", now)

    async def want_pages(self) -> None:
        """Danger whose page was lost with its turn, and worries that the day would end on."""
        now = self.clock.now()
        async with self.store.begin() as session:
            lost = await page_wants.danger_without_page(session, now)
            worries = await page_wants.worries_without_page(session)
            late = [
                Wanted(one.ticket_id, one.reference, RiskLevel.CONCERN)
                for one in worries
                if now >= concern_deadline(one.opened_at) - PAGE_BEFORE
            ]
            await self._start_all(session, [*lost, *late], now)

    async def _start_all(
        self, session: Session, wanted: Sequence[Wanted | page_wants.Lost], now: datetime
    ) -> None:
        for one in wanted:
            page = Wanted(one.ticket_id, one.reference, one.level, left_by=one.left_by)
            await self.pager.start(session, page, now)


def _quiet(waiting: Sequence[Waiting]) -> timedelta:
    return BUNDLE_QUIET[any(one.level is RiskLevel.IMMEDIATE for one in waiting)]
