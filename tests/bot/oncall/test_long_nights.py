"""Floods, restarts, drills, worries, proofs and the auditor."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID

import pytest

from bot.channels.beacon import Beacon
from bot.drills import FROM
from bot.messages import Address, ChannelName, Inbound, Refused, drill_of
from bot.rules.rota import Leave, OneOff, Override, Slot
from bot.store import rota
from bot.store.people import Role
from tests.bot.oncall.night import DANGER, PAGER, Night, Worker
from tests.channels.fake import FakeChannel

pytestmark = pytest.mark.edge


@pytest.fixture
async def ada(night: Night) -> Worker:
    """First on call."""
    worker = await night.worker("Ada")
    await night.on(worker, Slot.FIRST)
    return worker


async def flood(night: Night, people: int) -> None:
    """So many people write of danger at one moment."""
    for n in range(people):
        await night.world.phone(f"+4477009002{n:02}").sends(DANGER)
    await night.world.run_turns()
    await night.deliver()


async def test_many_pages_at_once_are_told_together_and_none_is_dropped(
    night: Night, ada: Worker
) -> None:
    """Twenty at once: three texts, and one that names the others, within ten seconds."""
    await flood(night, 20)
    ada.is_paged(times=3)
    night.world.clock.forward(seconds=5)
    await night.world.service.rounds.tick()
    await night.deliver()
    together = ada.is_paged()
    assert "17 more wait" in together
    assert "and 9 more on the desk" in together
    told = await night.world.query(
        "SELECT count(DISTINCT page_id) FROM page_notices WHERE outbox_id IS NOT NULL"
    )
    assert told == [(20,)]


async def test_a_flood_of_lesser_pages_does_not_hold_back_an_immediate_one(
    night: Night, ada: Worker
) -> None:
    """Thirty high pages wait for the next text; the immediate one is told within ten seconds,
    and is the first in it."""
    scared = "my uncle hits me and I am scared he will do it again"
    for n in range(30):
        await night.world.phone(f"+4477009003{n:02}").sends(scared)
    await night.world.run_turns()
    await night.deliver()
    ada.is_paged(times=3)
    await night.danger(night.world.phone("+447700900399"))
    night.world.clock.forward(seconds=8)
    await night.world.service.rounds.tick()
    await night.deliver()
    first = ada.is_paged().split("one. ")[1].split(";")[0]
    assert "immediate" in first


async def test_pages_of_danger_go_ahead_of_pages_that_wait(night: Night, ada: Worker) -> None:
    """On the queue of pages an immediate one is taken before any other."""
    scared = "my uncle hits me and I am scared he will do it again"
    await night.world.phone("+447700900397").sends(scared)
    await night.world.phone("+447700900398").sends(DANGER)
    await night.world.run_turns()
    jobs = await night.world.query(
        "SELECT priority FROM procrastinate_jobs WHERE queue_name = 'pages' ORDER BY id"
    )
    assert {priority for (priority,) in jobs} == {0, 10}
    await night.deliver()
    ada.is_paged(times=2)


async def test_a_restart_in_mid_ladder_takes_up_where_it_was(night: Night, ada: Worker) -> None:
    """Everything is down for four minutes: one step is taken late, none twice."""
    ben = await night.worker("Ben")
    await night.on(ben, Slot.SECOND)
    await night.danger()
    ada.is_paged()
    night.world.clock.forward(minutes=6)
    await night.tick()
    await night.tick()
    ben.is_paged()
    ada.sleeps()
    steps = await night.world.query("SELECT n FROM page_steps ORDER BY n")
    assert steps == [(0,), (1,)]
    await ben.takes()


async def test_two_clockworks_take_a_step_once(night: Night, ada: Worker) -> None:
    """A worker and the pager's own process look at the same moment."""
    ben = await night.worker("Ben")
    await night.on(ben, Slot.SECOND)
    await night.danger()
    ada.is_paged()
    night.world.clock.forward(minutes=2)
    rounds = night.world.service.rounds
    await asyncio.gather(*(rounds.take_steps() for _ in range(4)))
    await night.deliver()
    ben.is_paged()
    await ben.takes()


async def test_a_swap_during_a_page_redirects_the_next_page_and_not_this_one(
    night: Night, ada: Worker
) -> None:
    """Ben takes Ada's place while her page rings."""
    ben = await night.worker("Ben")
    await night.danger()
    ada.is_paged()
    now = night.world.clock.now()
    async with night.world.service.store.begin() as session:
        change = Override(night.team, Slot.FIRST, now, now + timedelta(hours=2), ben.id, ada.id)
        await rota.add_override(session, change, now)
    await ada.takes()
    await ada.replies(f"CALLED {night.code(ada.pages()[-1])}")
    await night.danger(night.world.phone("+447700900397"))
    ben.is_paged()
    ada.sleeps()


async def test_a_dead_phone_is_no_end(night: Night, ada: Worker) -> None:
    """The carrier refuses Ada's number for good: Ben is woken with the next look."""
    ben = await night.worker("Ben")
    await night.on(ben, Slot.SECOND)
    night.world.carrier(ChannelName.SMS).next_results = [Refused("unreachable", "30005")]
    await night.danger()
    await night.tick()
    ben.is_paged()
    ada.sleeps()
    assert "page_not_sent" in await night.world.alarms()
    await ben.takes()


async def test_danger_whose_page_was_lost_gets_one(night: Night, ada: Worker) -> None:
    """A ticket of danger stands without any page: the clockwork makes one."""
    phone = await night.danger(words="hi")
    assert not ada.unread()
    (row,) = await night.world.query("SELECT id FROM conversations")
    await night.world.query(
        "INSERT INTO tickets (id, reference, conversation_id, priority, priority_rank, state,"
        f" reasons, opened_at) VALUES (gen_random_uuid(), 'BROKEN', '{row[0]}', 'immediate', 3,"
        f" 'open', '{{broken_turn}}', '{night.world.clock.now()}') RETURNING 1"
    )
    await night.forward(seconds=10)
    assert "BROKEN" in ada.is_paged()
    assert phone.address.value not in ada.pages()[-1].text


async def test_a_worry_is_paged_when_its_day_ends(night: Night, ada: Worker) -> None:
    """Nobody is woken for it at once; an hour before the deadline somebody is."""
    night.world.clock.at = datetime(2026, 3, 10, 11, tzinfo=UTC)
    await night.danger(words="I feel really low lately and my mates are getting into trouble")
    tickets = await night.world.query("SELECT priority FROM tickets")
    assert tickets == [("concern",)]
    await night.tick()
    night.nobody_else_was_paged()
    night.world.clock.at = datetime(2026, 3, 10, 19, 1, tzinfo=UTC)
    await night.tick()
    assert "concern" in ada.is_paged()
    await ada.takes()
    await night.forward(minutes=10)


@pytest.mark.parametrize("channel", FROM)
async def test_a_drill_goes_the_whole_way_and_its_time_is_kept(
    night: Night, ada: Worker, channel: ChannelName
) -> None:
    """From acceptance on any channel to a page marked TEST; no carrier is given the made-up
    writer; afterwards its ticket is closed."""
    drills = night.world.service.drills
    await drills.send(channel)
    await night.world.run_turns()
    await night.deliver()
    await night.world.run_sends()
    assert ada.is_paged().startswith("TEST.")
    night.world.clock.forward(seconds=40)
    await ada.takes()
    await drills.look()
    await night.forward(minutes=10)
    kept = await night.world.query("SELECT acknowledged_at - started_at FROM drills")
    assert kept == [(timedelta(seconds=40),)]
    assert await night.world.query("SELECT state FROM tickets") == [("closed",)]
    carriers = [
        one for one in night.world.service.channels.values() if isinstance(one, FakeChannel)
    ]
    assert not any(drill_of(each.to) for one in carriers for each in one.sent)


async def test_a_drill_that_nobody_answers_is_an_alarm(night: Night, ada: Worker) -> None:
    """After a quarter of an hour the supervisor hears of it, once, and the page ends."""
    sol = await night.worker("Sol", Role.SUPERVISOR)
    await night.world.service.drills.send(ChannelName.SMS)
    await night.world.run_turns()
    await night.deliver()
    ada.is_paged()
    night.world.clock.forward(minutes=16)
    for _ in range(2):
        await night.world.service.drills.look()
    await night.deliver()
    assert "test page" in sol.is_paged()
    assert "drill_failed" in await night.world.alarms()
    await night.forward(minutes=10)
    assert await night.states() == ["ended"]


class Topic(Beacon):
    """A topic that can be away; it writes down what it was told."""

    told: ClassVar[list[str]] = []
    is_away: ClassVar[bool] = False

    async def page(self, words: str, urgent: bool) -> bool:
        self.told.append(words)
        return not self.is_away


async def test_every_step_is_posted_to_the_topic_until_it_takes_it(
    night: Night, ada: Worker
) -> None:
    """A third route that shares nothing: it names the page as the others do, and what it did not
    take is posted again."""
    rounds = replace(night.world.service.rounds, topic=Topic("https://ntfy.example/handrail"))
    await night.danger()
    ada.is_paged()
    Topic.is_away = True
    await rounds.post()
    Topic.is_away = False
    await rounds.post()
    await rounds.post()
    ((reference,),) = await night.world.query("SELECT reference FROM tickets")
    assert Topic.told == [f"Handrail {reference}: immediate. Open the desk."] * 2
    await ada.takes()


async def test_a_gap_is_told_at_once_and_once(night: Night, ada: Worker) -> None:
    """The proof at a change of the rota: the supervisor's phone, the alarm, and no repeat; when
    the gap is filled the alarm ends by itself."""
    sol = await night.worker("Sol", Role.SUPERVISOR)
    coverage, clock = night.world.service.coverage, night.world.clock
    async with night.world.service.store.begin() as session:
        assert await coverage.prove(session, clock.now()) == ()
        away = Leave(ada.id, clock.now() + timedelta(days=2), clock.now() + timedelta(days=3))
        await rota.add_leave(session, away, clock.now())
        (gap,) = await coverage.prove(session, clock.now())
    assert gap.ends - gap.starts == timedelta(days=1)
    await night.deliver()
    assert "nobody on call" in sol.is_paged()
    assert "rota_gap" in await night.world.alarms()
    clock.forward(minutes=61)
    await coverage.prove_if_due()
    await night.deliver()
    sol.sleeps()
    async with night.world.service.store.begin() as session:
        cover = OneOff(sol.id, away.starts, away.ends)
        await rota.add_shift(session, (night.team, Slot.FIRST, cover), clock.now())
        assert await coverage.prove(session, clock.now()) == ()
    open_ = await night.world.query("SELECT count(*) FROM alarms WHERE settled_at IS NULL")
    assert open_ == [(0,)]


async def test_the_auditor_cries_when_the_clockwork_stands_still(night: Night, ada: Worker) -> None:
    """No worker runs: three minutes after the first page nobody has taken the second step, and
    the supervisor hears it without the outbox. When all is well again the alarm ends."""
    sol = await night.worker("Sol", Role.SUPERVISOR)
    auditor = night.world.service.auditor()
    await night.danger()
    ada.is_paged()
    assert await auditor.look() == ()
    night.world.clock.forward(minutes=2, seconds=61)
    (late,) = await auditor.look()
    assert UUID(late)
    assert "late" in sol.is_paged()
    assert "page_late" in await night.world.alarms()
    await auditor.look()
    sol.sleeps()
    await night.tick()
    for worker in (ada, sol):
        worker.read = len(worker.pages())
    assert await auditor.look() == ()
    open_ = await night.world.query("SELECT count(*) FROM alarms WHERE settled_at IS NULL")
    assert open_ == [(0,)]


async def test_what_a_stranger_texts_to_the_pager_is_for_the_bot(night: Night) -> None:
    """A young person who writes to the wrong number of ours is heard like anybody."""
    lost = Inbound(Address(ChannelName.SMS, "+447700900888"), "S1", "STOP", recipient=PAGER)
    now = night.world.clock.now()
    assert await night.world.service.answers.handle(lost, now) is None


async def test_somebody_elses_code_takes_nothing(night: Night, ada: Worker) -> None:
    """A worker who was not told of a page cannot take it by guessing, nor can a wrong code."""
    dan = await night.worker("Dan")
    await night.danger()
    ada.is_paged()
    code = night.code(ada.pages()[-1])
    assert "No such page" in (await dan.replies(code) or "")
    assert "No such page" in (await ada.replies("00000") or "")
    assert await night.states() == ["started"]
    await ada.takes()
