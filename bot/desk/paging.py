"""Waking somebody: the ladder that is in force now, the page, and the texts of each step.

Belongs here: starting a page inside the transaction that found the danger, and taking its steps.
Does not belong here: what a ladder is (bot/rules/ladder.py), the clockwork that asks for the next
step (bot/desk/rounds.py), what workers answer (bot/desk/answers.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from bot.channels.port import Channel, RingsStaff
from bot.desk.page_words import PageWords
from bot.messages import Address, ChannelName, Purpose
from bot.rules import ladder as rungs
from bot.rules.ladder import Ladder, Rung, Step, Team
from bot.rules.rota import OnCall, who_is_on
from bot.settings import Settings
from bot.store import drills, notices, pages
from bot.store import rota as rotas
from bot.store.contacts import Method, methods_of, reachable
from bot.store.outgoing import Draft, Part, queue_row
from bot.store.pages import NewPage, Stored
from bot.store.session import Session
from bot.store.tickets import raise_alarm
from nlu.reading import RiskLevel

NOBODY_TO_PAGE = "nobody_to_page"
ON_CALL_PHONE: Final = UUID(int=1)
"""Stands on a ladder for the one phone that is paged while there is no rota."""
BUNDLE_FROM = 3
"""A phone that had so many texts in the last minute is told of the next pages together."""
WAKES: Final = frozenset({ChannelName.SMS, ChannelName.TELEGRAM})
"""Channels that wake somebody by themselves; a call comes on top."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to be started."""

    ticket_id: UUID
    reference: str
    level: RiskLevel
    drill_id: UUID | None = None
    left_by: UUID | None = None
    """Who had it and gave it up: woken for it last."""


@dataclass(frozen=True, slots=True)
class Routes:
    """What can carry a page in this deployment."""

    on: frozenset[ChannelName]
    phone: Address | None
    """The one that is paged until a rota exists."""
    prefixes: tuple[str, ...] = ()
    """Beginnings of the numbers that may be rung and texted."""


@dataclass(slots=True)
class LastSeen:
    """What this process last saw of the rota."""

    reaches: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """Who is woken now, and how."""

    routes: Routes
    words: PageWords
    last_seen: LastSeen

    @property
    def reached_lately(self) -> bool:
        """As `reaches_somebody` last found: for where nothing may be looked up."""
        return self.last_seen.reaches

    async def reaches_somebody(self, session: Session, now: datetime) -> bool:
        """Whether a page that starts now would wake anybody at all."""
        self.last_seen.reaches = bool((await self.ladder(session, RiskLevel.IMMEDIATE, now)).steps)
        return self.last_seen.reaches

    async def start(self, session: Session, wanted: Wanted, now: datetime) -> None:
        """One ringing page for a ticket, at its worst level; nobody to wake is an alarm, not
        silence."""
        if await pages.rings(session, wanted.ticket_id, wanted.level):
            return
        await pages.end_of_ticket(session, wanted.ticket_id, now)
        ladder = await self.ladder(session, wanted.level, now)
        page = rungs.begin(ladder, wanted.level, now)
        if wanted.left_by is not None:
            page = replace(page, passed=frozenset({wanted.left_by}))
        new = NewPage(wanted.ticket_id, page, wanted.drill_id is not None)
        page_id = await self.begin(session, wanted, new, now)
        if wanted.drill_id is not None:
            await drills.paged(session, wanted.drill_id, page_id, now)

    async def begin(self, session: Session, wanted: Wanted, new: NewPage, now: datetime) -> UUID:
        """The page and its first step."""
        page_id, code = await pages.add(session, new, now)
        if not new.page.ladder.steps:
            await raise_alarm(session, NOBODY_TO_PAGE, str(wanted.ticket_id), now)
        first = new.page.taken
        stored = Stored(
            page_id, wanted.ticket_id, wanted.reference, code, new.page, first, new.is_test, now
        )
        await self.take_step(session, stored, now, follows=new.follows_id is not None)
        return page_id

    async def take_step(
        self, session: Session, stored: Stored, now: datetime, follows: bool = False
    ) -> None:
        """The next step of a page, if it is due."""
        if not stored.page.ladder.steps:
            stored = await self._look_again(session, stored, now)
        page, step = rungs.due(stored.page, now)
        if step is not None:
            n = page.taken - 1
            await pages.record_step(session, stored.id, n, step.rung, now)
            await self._tell(session, replace(stored, page=page), step, now, follows)
        await pages.save(session, stored.id, page, now)

    async def _look_again(self, session: Session, stored: Stored, now: datetime) -> Stored:
        ladder = await self.ladder(session, stored.page.level, now)
        page = rungs.refill(stored.page, ladder, now)
        if page.ladder.steps:
            await pages.save_ladder(session, stored.id, page.ladder, stored.first)
        return replace(stored, page=page)

    async def ladder(
        self,
        session: Session,
        level: RiskLevel,
        now: datetime,
        by: frozenset[ChannelName] | None = None,
    ) -> Ladder:
        """Who would be woken, in order, if a page started now. `by`: they need a way to be
        reached on one of these."""
        rota = await rotas.load_rota(session, now)
        can_hear = await reachable(session, by or self.routes.on & WAKES)
        on = who_is_on(rota, now)
        phone = OnCall(first=(ON_CALL_PHONE,)) if self.routes.phone else OnCall()
        if not rota.exists:
            on = phone
        joined = await rotas.memberships(session)
        members = [one.staff for one in joined if one.team in on.teams or not on.teams]
        team = Team(tuple(dict.fromkeys(members)), tuple(await rotas.supervisors(session)))
        hears = (*can_hear, ON_CALL_PHONE)
        return _or_phone(rungs.build(on, team, level, hears), phone, level)

    async def _tell(
        self, session: Session, stored: Stored, step: Step, now: datetime, follows: bool
    ) -> None:
        methods = [
            method
            for method in await methods_of(session, step.people)
            if method.to.channel in self.routes.on
            and (method.to.channel is not ChannelName.VOICE or self._may_ring(stored))
        ]
        loads = await notices.loads(session, methods, now - notices.RECENT)
        n = stored.page.taken - 1
        for method in methods:
            if loads.get(method.id, 0) >= BUNDLE_FROM:
                waits = notices.NewNotice(stored.id, n, method, None)
                await notices.add(session, waits, now)
            else:
                await self._text(session, stored, (method, method.to), (step.rung, follows), now)
        if ON_CALL_PHONE in step.people and self.routes.phone is not None:
            await self._text(session, stored, (None, self.routes.phone), (step.rung, follows), now)

    def _may_ring(self, stored: Stored) -> bool:
        return stored.page.level is RiskLevel.IMMEDIATE

    async def _text(
        self,
        session: Session,
        stored: Stored,
        to: tuple[Method | None, Address],
        why: tuple[Rung, bool],
        now: datetime,
    ) -> None:
        """One page to one phone."""
        method, address = to
        link = notices.new_link()
        part = self.words.page(stored, address.channel, why, link)
        urgent = stored.page.level is RiskLevel.IMMEDIATE
        draft = _draft(address, part, now, urgent, stored.ticket_id)
        row_id = await queue_row(session, draft, now)
        notice = notices.NewNotice(stored.id, stored.page.taken - 1, method, row_id, link)
        await notices.add(session, notice, now)

    async def tell_together(
        self, session: Session, method: Method, waiting: Sequence[notices.Waiting], now: datetime
    ) -> None:
        """One text for many pages: none is dropped, the most pressing stand first."""
        part = self.words.bundle(waiting)
        urgent = any(one.level is RiskLevel.IMMEDIATE for one in waiting)
        row_id = await queue_row(session, _draft(method.to, part, now, urgent), now)
        await notices.tell_with(session, [one.notice_id for one in waiting], row_id, now)

    async def tell_people(
        self, session: Session, people: Sequence[UUID], part: Part, now: datetime
    ) -> None:
        """Words about the desk itself, to all the phones of these people; without any, to the
        one phone."""
        methods = await methods_of(session, people)
        to = [method.to for method in methods if method.to.channel in self.routes.on & WAKES]
        if not to and self.routes.phone is not None:
            to = [self.routes.phone]
        for address in to:
            await self.tell_address(session, address, part, now)

    async def tell_address(self, session: Session, to: Address, part: Part, now: datetime) -> None:
        await queue_row(session, _draft(to, part, now, urgent=False), now)

    async def tell_supervisors(self, session: Session, part: Part, now: datetime) -> None:
        await self.tell_people(session, await rotas.supervisors(session), part, now)


def _draft(
    to: Address, part: Part, now: datetime, urgent: bool, ticket_id: UUID | None = None
) -> Draft:
    return Draft(
        to=to,
        purpose=Purpose.PAGE,
        parts=(part,),
        conversation_id=None,
        due_at=now,
        ticket_id=ticket_id,
        urgent=urgent,
    )


def _or_phone(ladder: Ladder, phone: OnCall, level: RiskLevel) -> Ladder:
    """A rota that reaches nobody at all leaves the one phone, where there is one."""
    if ladder.steps:
        return ladder
    return rungs.build(phone, Team((), ()), level, phone.first)


def make_routes(settings: Settings, channels: Mapping[ChannelName, Channel]) -> Routes:
    """Pages go by text when there is a number to page from, by Telegram when it is on, and by
    call when there is a number to ring from."""
    on = {name for name in WAKES if is_on(channels, name)}
    if not settings.pager_number:
        on.discard(ChannelName.SMS)
    if isinstance(channels.get(ChannelName.VOICE), RingsStaff):
        on.add(ChannelName.VOICE)
    phone = None
    if settings.oncall_number and ChannelName.SMS in on:
        phone = Address(ChannelName.SMS, settings.oncall_number)
    return Routes(frozenset(on), phone, settings.dial_prefixes)


def is_on(channels: Mapping[ChannelName, Channel], name: ChannelName) -> bool:
    return name in channels and channels[name].is_on
