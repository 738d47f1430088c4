"""A night on call: workers with phones, a rota, a clock that is forwarded, and no page that
nobody expected.

Belongs here: what the stories of tests/bot/oncall are told with. A story says whom it expects to
be paged; whatever else arrived fails it at the end.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from uuid import UUID

from bot.messages import Address, ChannelName, Inbound, InboundKind, Outbound, Purpose
from bot.rules.page_answers import PASS_BUTTON, TAKE_BUTTON
from bot.rules.rota import Hours, OneOff, Pattern, Slot, Weekly
from bot.store import contacts, rota
from bot.store.people import Role, create_staff
from bot.store.rota import Membership
from tests.harness import Phone, World

PAGER = "+447700900998"
DANGER = "they are outside my house now with a knife"
WORRY = "I feel unsafe at home"
ALL_DAY = Hours(time(9), time(9))
NO_TEAM = UUID(int=0)
EVERY_DAY = frozenset(range(7))
_ids = count(1)


@dataclass
class Worker:
    """Somebody who can be woken."""

    night: "Night"
    name: str
    id: UUID
    sms: str
    telegram: str
    read: int = 0

    def pages(self) -> list[Outbound]:
        """All that woke them, on any phone, in the order of arrival."""
        mine = {(ChannelName.SMS, self.sms), (ChannelName.TELEGRAM, self.telegram)}
        return [one for one in self.night.sent() if (one.to.channel, one.to.value) in mine]

    def unread(self) -> list[Outbound]:
        return self.pages()[self.read :]

    def is_paged(self, times: int = 1) -> str:
        """They were woken so often since they last looked; the words of the last one."""
        new = self.unread()
        assert len(new) == times, f"{self.name} was paged {len(new)} times, not {times}"
        self.read += times
        return new[-1].text

    def sleeps(self) -> None:
        assert not self.unread(), f"{self.name} was paged and should sleep"

    async def replies(self, words: str) -> str | None:
        """Texts the pager; the words that come back."""
        sender = Address(ChannelName.SMS, self.sms)
        said = Inbound(sender, f"R{next(_ids)}", words, recipient=PAGER)
        night = self.night.world
        answer = await night.service.answers.handle(said, night.clock.now())
        await self.night.deliver()
        return answer

    async def takes(self) -> str | None:
        return await self.replies(self.night.code(self.pages()[-1]))

    async def passes(self) -> str | None:
        return await self.replies(f"PASS {self.night.code(self.pages()[-1])}")

    async def taps(self, takes: bool = True) -> str | None:
        """The button under a page on Telegram."""
        button = TAKE_BUTTON if takes else PASS_BUTTON
        code = self.night.code(self.pages()[-1])
        sender = Address(ChannelName.TELEGRAM, self.telegram)
        said = Inbound(sender, f"R{next(_ids)}", f"{button}{code}", InboundKind.BUTTON)
        night = self.night.world
        answer = await night.service.answers.handle(said, night.clock.now())
        self.read += 1  # the words that went back
        await self.night.deliver()
        return answer


@dataclass
class Night:
    """One deployment with a rota."""

    world: World
    team: UUID = NO_TEAM
    workers: list[Worker] = field(default_factory=list)

    async def begins(self) -> None:
        async with self.world.service.store.begin() as session:
            self.team = await rota.add_team(session, "nights", self.world.clock.now())

    async def worker(
        self, name: str, role: Role = Role.WORKER, sms: bool = True, telegram: bool = False
    ) -> Worker:
        """Somebody of the team with proved phones."""
        n, now = len(self.workers), self.world.clock.now()
        number, chat = f"+4477009005{n:02}", f"55500{n}"
        async with self.world.service.store.begin() as session:
            staff_id = await create_staff(session, name, role, now)
            if role is Role.WORKER:
                await rota.join_team(session, Membership(self.team, staff_id), now)
            for wanted, channel, value in (
                (sms, ChannelName.SMS, number),
                (telegram, ChannelName.TELEGRAM, chat),
            ):
                if wanted:
                    to = Address(channel, value)
                    method, code = await contacts.add_method(session, staff_id, to, now)
                    assert await contacts.prove_method(session, method, code, now)
        self.workers.append(Worker(self, name, staff_id, number, chat))
        return self.workers[-1]

    async def on(self, worker: Worker, slot: Slot = Slot.FIRST) -> UUID:
        """On call every day, all day."""
        pattern = Weekly(worker.id, EVERY_DAY, ALL_DAY, date(2026, 1, 1))
        return await self.shift(slot, pattern)

    async def once(self, worker: Worker, slot: Slot, hours: float) -> UUID:
        """On call from now on for so long."""
        now = self.world.clock.now()
        return await self.shift(slot, OneOff(worker.id, now, now + timedelta(hours=hours)))

    async def shift(self, slot: Slot, pattern: Pattern) -> UUID:
        async with self.world.service.store.begin() as session:
            now = self.world.clock.now()
            return await rota.add_shift(session, (self.team, slot, pattern), now)

    def sent(self) -> list[Outbound]:
        """Every page that left, in order for each carrier."""
        names = (ChannelName.SMS, ChannelName.TELEGRAM)
        both = [one for name in names for one in self.world.carrier(name).sent]
        return [one for one in both if one.purpose is Purpose.PAGE]

    def code(self, page: Outbound) -> str:
        (code,) = {word for word in page.text.replace(",", " ").split() if _is_code(word)}
        return code

    async def danger(self, phone: Phone | None = None, words: str = DANGER) -> Phone:
        """Somebody writes of danger, and what is due at once leaves."""
        phone = phone or self.world.phone(f"+44770090010{next(_ids) % 10}")
        await phone.sends(words)
        await self.world.run_turns()
        await self.deliver()
        return phone

    async def deliver(self) -> None:
        rows = await self.world.query(
            "SELECT id FROM outbox WHERE purpose = 'page' AND status = 'queued' ORDER BY seq"
        )
        for (row_id,) in rows:
            await self.world.service.outbox.deliver(UUID(str(row_id)))

    async def tick(self) -> None:
        """What the clockwork does in this moment."""
        await self.world.service.rounds.tick()
        await self.world.service.rounds.look_after()
        await self.deliver()

    async def forward(self, minutes: float = 0, seconds: float = 0) -> None:
        """Time passes, and the clockwork is there at every moment at which something is due."""
        clock = self.world.clock
        until = clock.now() + timedelta(minutes=minutes, seconds=seconds)
        while clock.now() < until:
            clock.at = min([until, *await self._due(until)])
            await self.tick()

    async def _due(self, until: datetime) -> list[datetime]:
        """Steps, sends that are tried again, and looks at what was sent or taken."""
        rows = await self.world.query(
            "SELECT next_at FROM pages WHERE state IN ('started', 'unreachable')"
            " UNION SELECT due_at FROM outbox WHERE purpose = 'page' AND status = 'queued'"
            " UNION SELECT acknowledged_at + interval '3 minutes' FROM pages WHERE NOT followed"
            " UNION SELECT at + interval '60 seconds' FROM page_notices"
        )
        moments = [at for (at,) in rows if isinstance(at, datetime)]
        return [at for at in moments if self.world.clock.now() < at < until]

    def nobody_else_was_paged(self) -> None:
        for worker in self.workers:
            worker.sleeps()

    async def only_id(self, table: str) -> UUID:
        ((found,),) = await self.world.query(f"SELECT id FROM {table}")
        return UUID(str(found))

    async def states(self) -> list[object]:
        return [
            row[0] for row in await self.world.query("SELECT state FROM pages ORDER BY started_at")
        ]


def _is_code(word: str) -> bool:
    word = word.strip(".;")
    return word.isdigit() and len(word) == 5
