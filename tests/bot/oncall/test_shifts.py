"""The end of a shift: offered, taken, or said aloud; nothing falls between two people."""

import asyncio
from uuid import UUID

import pytest

from bot.desk import queue, shifts
from bot.desk.attention import Absence, CannotTake, NoReason
from bot.desk.queue import Manner
from bot.desk.queue import Worker as DeskWorker
from bot.desk.shifts import ShiftEnd
from bot.errors import AlreadyTaken
from bot.rules.handing_over import TAKEN_WITHIN
from bot.rules.rota import Slot
from bot.store import holding, shift_offers
from bot.store.people import Role
from tests.bot.oncall.night import Night, Worker

HIGH = "my uncle hits me and I am scared he will do it again"
WORD = "She is home. Ring at nine."


@pytest.fixture
async def ada(night: Night) -> Worker:
    """On until eight hours from now; has taken somebody."""
    ada = await night.worker("Ada")
    await night.once(ada, Slot.FIRST, hours=8)
    await night.danger(words=HIGH)
    ada.is_paged()
    now, ticket_id = night.world.clock.now(), await night.only_id("tickets")
    async with night.world.service.store.begin() as session:
        await queue.claim(session, DeskWorker(ada.id), ticket_id, now, Manner(is_watched=True))
    return ada


@pytest.fixture
async def ben(night: Night) -> Worker:
    return await night.worker("Ben")


@pytest.fixture
async def sol(night: Night) -> Worker:
    return await night.worker("Sol", Role.SUPERVISOR)


async def offers(night: Night, giver: Worker, to: Worker, word: str = WORD) -> None:
    ticket_id, service = await night.only_id("tickets"), night.world.service
    async with service.store.begin() as session:
        ended = ShiftEnd(to.id, {ticket_id: word})
        await service.shifts.offer(session, DeskWorker(giver.id), ended, service.clock.now())
    await night.deliver()


async def takes(night: Night, worker: Worker) -> bool:
    store, now = night.world.service.store, night.world.clock.now()
    try:
        async with store.begin() as session:
            ((offer_id,),) = await night.world.query("SELECT id FROM shift_offers")
            await shifts.take_over(session, DeskWorker(worker.id), [UUID(str(offer_id))], now)
    except AlreadyTaken:
        return False
    return True


async def looks(night: Night) -> None:
    """What the clockwork does of shifts and of browsers that are gone."""
    service, now = night.world.service, night.world.clock.now()
    await service.shifts.look()
    await Absence(service.store, service.pager).sweep(now)
    await night.tick()


async def holder(night: Night) -> object:
    ((found,),) = await night.world.query("SELECT claimed_by FROM tickets")
    return found


async def test_until_it_is_taken_the_giver_holds_it(night: Night, ada: Worker, ben: Worker) -> None:
    """Ben's phone tells him that something waits, without a word of anybody; he takes it."""
    await offers(night, ada, ben)
    assert "1 conversation is handed to you" in ben.is_paged()
    assert WORD not in ben.pages()[-1].text
    assert await holder(night) == ada.id
    assert await takes(night, ben)
    assert await holder(night) == ben.id
    assert not await takes(night, ben)
    night.world.clock.forward(minutes=2)
    await looks(night)
    assert await night.world.alarms() == []


async def test_not_taken_in_time_the_supervisor_hears_of_it_once(
    night: Night, ada: Worker, ben: Worker, sol: Worker
) -> None:
    """Ada is gone and Ben does not come: it is back in the queue, somebody is woken for it, and
    Sol is told that the handover failed."""
    await offers(night, ada, ben)
    ben.is_paged()
    night.world.clock.forward(minutes=5, seconds=1)
    await looks(night)
    assert await holder(night) is None
    ben.read = len(ben.pages())
    assert not await takes(night, ben)
    night.world.clock.at += TAKEN_WITHIN
    sol.read = len(sol.pages())
    for _ in range(2):
        await night.world.service.shifts.look()
    await night.deliver()
    assert "not taken" in sol.is_paged()
    assert "handover_not_taken" in await night.world.alarms()
    for worker in (ada, ben):
        worker.read = len(worker.pages())


async def test_a_giver_who_stays_keeps_it_and_the_supervisor_is_told(
    night: Night, ada: Worker, ben: Worker, sol: Worker
) -> None:
    """She cannot go home before somebody has it; once Ben takes it the alarm is over."""
    await offers(night, ada, ben)
    ben.is_paged()
    for _ in range(11):
        night.world.clock.forward(minutes=1)
        async with night.world.service.store.begin() as session:
            await holding.seen(session, ada.id, night.world.clock.now())
        await night.world.service.shifts.look()
    await night.deliver()
    assert "not taken" in sol.is_paged()
    assert await holder(night) == ada.id
    assert await night.world.alarms() == ["handover_not_taken"]
    assert await takes(night, ben)
    await night.world.service.shifts.look()
    rows = await night.world.query("SELECT count(*) FROM alarms WHERE settled_at IS NULL")
    assert rows == [(0,)]


async def test_a_shift_that_begins_soon_is_waited_for(
    night: Night, ada: Worker, ben: Worker, sol: Worker
) -> None:
    """Ten minutes after its beginning, not after the offer; one in six hours is not waited for."""
    clock = night.world.clock
    start = clock.now()
    clock.forward(minutes=30)
    await night.once(ben, Slot.FIRST, hours=8)
    clock.at = start
    await offers(night, ada, ben)
    ben.is_paged()
    rows = await night.world.query("SELECT due_at - at FROM shift_offers")
    assert [str(row[0]) for row in rows] == ["0:40:00"]
    sol.sleeps()


async def test_two_hands_at_once_and_one_has_it(night: Night, ada: Worker, ben: Worker) -> None:
    """Ben takes on two devices at the same moment."""
    await offers(night, ada, ben)
    ben.is_paged()
    assert sorted(await asyncio.gather(takes(night, ben), takes(night, ben))) == [False, True]


async def test_offered_anew_the_first_offer_is_over(night: Night, ada: Worker, ben: Worker) -> None:
    """Ben cannot come after all: Cleo is asked instead."""
    cleo = await night.worker("Cleo")
    await offers(night, ada, ben)
    ben.is_paged()
    await offers(night, ada, cleo)
    cleo.is_paged()
    async with night.world.service.store.begin() as session:
        assert await shift_offers.to_take(session, ben.id) == []
        (found,) = await shift_offers.to_take(session, cleo.id)
        (given,) = await shift_offers.given(session, ada.id)
    assert (found.other, found.word) == ("Ada", WORD)
    assert given.other == "Cleo"


async def test_nothing_is_offered_without_a_word_or_to_nobody(
    night: Night, ada: Worker, ben: Worker
) -> None:
    """Nor to oneself, nor to somebody who does not work with people."""
    auditor = await night.worker("Ola", Role.AUDITOR)
    with pytest.raises(NoReason):
        await offers(night, ada, ben, word="")
    for whom in (ada, auditor):
        with pytest.raises(CannotTake):
            await offers(night, ada, whom)
    assert await night.world.query("SELECT id FROM shift_offers") == []
    ben.sleeps()
