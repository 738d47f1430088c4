"""Taken and given up again: danger that is nobody's wakes somebody, whatever was done before."""

from datetime import timedelta
from uuid import UUID

import pytest

from bot.desk import attention, queue
from bot.desk.attention import Absence, RiskWish
from bot.desk.queue import Manner
from bot.desk.queue import Worker as DeskWorker
from bot.rules.rota import Slot
from bot.store.help import Help, HelpKind
from bot.store.people import Role
from nlu.reading import RiskLevel
from tests.bot.oncall.night import Night, Worker

HIGH = "my uncle hits me and I am scared he will do it again"
CONCERN = "I feel really low lately and my mates are getting into trouble"
SOON = 6


@pytest.fixture
async def ada(night: Night) -> Worker:
    """First on call, all night."""
    ada = await night.worker("Ada")
    await night.on(ada)
    return ada


@pytest.fixture
async def ben(night: Night) -> Worker:
    """Second."""
    ben = await night.worker("Ben")
    await night.on(ben, Slot.SECOND)
    return ben


async def sits_down(night: Night, worker: Worker) -> None:
    """In a browser that shows when it is gone."""
    ticket_id, now = await night.only_id("tickets"), night.world.clock.now()
    async with night.world.service.store.begin() as session:
        await queue.claim(session, DeskWorker(worker.id), ticket_id, now, Manner(is_watched=True))


async def hands_back(night: Night, worker: Worker) -> None:
    ticket_id, now = await night.only_id("tickets"), night.world.clock.now()
    async with night.world.service.store.begin() as session:
        await queue.release(session, DeskWorker(worker.id), ticket_id, now)


async def calls(night: Night, worker: Worker) -> None:
    done = Help(await night.only_id("tickets"), HelpKind.CALLED)
    async with night.world.service.store.begin() as session:
        await attention.note_help(session, DeskWorker(worker.id), done, night.world.clock.now())


async def lowers(night: Night, worker: Worker) -> None:
    wish = RiskWish(await night.only_id("tickets"), RiskLevel.CONCERN, "spoke to her, she is home")
    async with night.world.service.store.begin() as session:
        await attention.change_risk(session, DeskWorker(worker.id), wish, night.world.clock.now())


async def gone_for(night: Night, minutes: float) -> int:
    """How many conversations came back after so long without a sign of any browser."""
    await night.forward(minutes=minutes)
    service = night.world.service
    back = await Absence(service.store, service.pager).sweep(night.world.clock.now())
    await night.forward(seconds=SOON)
    return back


@pytest.mark.parametrize("words", ["they are outside my house now with a knife", HIGH])
@pytest.mark.parametrize("helped", [False, True])
async def test_danger_handed_back_wakes_the_next(
    night: Night, ada: Worker, ben: Worker, words: str, helped: bool
) -> None:
    """Ada took it, perhaps rang, and gave it back to the queue with its risk as it was: Ben is
    woken within seconds, and Ada only with everybody."""
    await night.danger(words=words)
    ada.is_paged()
    await sits_down(night, ada)
    if helped:
        await calls(night, ada)
    await hands_back(night, ada)
    await night.forward(seconds=SOON)
    ben.is_paged()
    ada.sleeps()
    await ben.takes()


async def test_handed_back_with_its_risk_lowered_wakes_nobody(
    night: Night, ada: Worker, ben: Worker
) -> None:
    """She lowered it by name and with a reason first: it waits in the queue as a worry does."""
    await night.danger(words=HIGH)
    ada.is_paged()
    await sits_down(night, ada)
    await lowers(night, ada)
    await hands_back(night, ada)
    await night.forward(minutes=20)
    ben.sleeps()


async def test_stopped_by_a_supervisor_stays_stopped(night: Night, ada: Worker) -> None:
    """By name and with a reason; taking it and handing it back is no new danger."""
    eve = await night.worker("Eve", Role.SUPERVISOR)
    await night.danger(words=HIGH)
    ada.is_paged()
    now, page_id = night.world.clock.now(), await night.only_id("pages")
    async with night.world.service.store.begin() as session:
        await night.world.service.answers.stop(session, page_id, eve.id, "known prank", now)
    await sits_down(night, ada)
    await hands_back(night, ada)
    await night.forward(minutes=20)


@pytest.mark.parametrize(("words", "stays", "wakes"), [(HIGH, 4, True), (CONCERN, 25, False)])
async def test_nobody_stays_with_a_worker_who_went_home(
    night: Night, ada: Worker, ben: Worker, words: str, stays: float, wakes: bool
) -> None:
    """The lesser the danger, the longer a browser that is gone is waited for, and then it is
    anybody's: of high danger the next is woken, a worry stands in the queue."""
    await night.danger(words=words)
    if wakes:
        ada.is_paged()
    await sits_down(night, ada)
    assert await gone_for(night, stays) == 0
    assert await gone_for(night, 6) == 1
    rows = await night.world.query("SELECT state, claimed_by FROM tickets")
    assert rows == [("open", None)]
    if wakes:
        ben.is_paged()


async def test_the_one_phone_that_took_it_and_did_nothing_rings_again(night: Night) -> None:
    """Without a rota a taken page has no holder: after a quarter of an hour it rings anew."""
    number = night.world.service.settings.oncall_number
    phone = Worker(night, "the phone", UUID(int=0), number, "")
    await night.danger(words=HIGH)
    phone.is_paged()
    await phone.takes()
    await night.forward(minutes=14)
    assert await night.states() == ["acknowledged"]
    await night.forward(minutes=2)
    phone.is_paged()
    assert await night.states() == ["ended", "started"]


async def test_the_one_phone_that_rang_them_is_left_alone(night: Night) -> None:
    """`CALLED` is help: the ticket waits in the queue for whoever comes next."""
    number = night.world.service.settings.oncall_number
    phone = Worker(night, "the phone", UUID(int=0), number, "")
    await night.danger(words=HIGH)
    phone.is_paged()
    await phone.replies(f"CALLED {night.code(phone.pages()[-1])}")
    await night.forward(minutes=30)
    phone.sleeps()


async def test_the_auditor_gives_the_clockwork_its_minute(night: Night, ada: Worker) -> None:
    """Handed back this moment is not late; a minute later, with no clockwork, it is."""
    await night.danger(words=HIGH)
    ada.is_paged()
    await night.forward(minutes=1)
    await sits_down(night, ada)
    await hands_back(night, ada)
    auditor, clock = night.world.service.auditor(), night.world.clock
    assert await auditor.look() == ()
    clock.at += timedelta(seconds=90)
    assert str(await night.only_id("tickets")) in await auditor.look()
    ada.read = len(ada.pages())
