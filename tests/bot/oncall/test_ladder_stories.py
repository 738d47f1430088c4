"""Up the ladder: who is woken, when, and what ends it."""

import pytest

from bot.desk.queue import Worker as DeskWorker
from bot.desk.queue import claim
from bot.messages import ChannelName, TryLater, Unclear
from bot.rules.rota import Slot
from bot.store.people import Role
from tests.bot.oncall.night import Night, Worker

pytestmark = pytest.mark.edge


@pytest.fixture
async def ada(night: Night) -> Worker:
    """First on call."""
    worker = await night.worker("Ada")
    await night.on(worker, Slot.FIRST)
    return worker


@pytest.fixture
async def ben(night: Night) -> Worker:
    """Second on call."""
    worker = await night.worker("Ben")
    await night.on(worker, Slot.SECOND)
    return worker


async def test_the_first_on_call_is_woken_at_once(night: Night, ada: Worker, ben: Worker) -> None:
    """The page leaves with the message's own transaction and names no more than it must."""
    phone = await night.danger()
    words = ada.is_paged()
    ((reference,),) = await night.world.query("SELECT reference FROM tickets")
    assert str(reference) in words
    assert "immediate" in words
    assert "knife" not in words
    assert phone.address.value not in words
    ben.sleeps()


async def test_unanswered_it_climbs_and_never_ends_in_silence(
    night: Night, ada: Worker, ben: Worker
) -> None:
    """Second after two minutes, the team after four, the supervisor after six, then everybody
    every five minutes."""
    cleo = await night.worker("Cleo")
    sol = await night.worker("Sol", Role.SUPERVISOR)
    await night.danger()
    ada.is_paged()
    await night.forward(minutes=1.5)
    night.nobody_else_was_paged()
    await night.forward(minutes=0.5)
    ben.is_paged()
    await night.forward(minutes=2)
    for worker in (ada, ben, cleo):
        worker.is_paged()
    await night.forward(minutes=2)
    sol.is_paged()
    for _ in range(2):
        await night.forward(minutes=5)
        for worker in (ada, ben, cleo, sol):
            assert "Nobody has taken it yet" in worker.is_paged()


@pytest.mark.usefixtures("ben")
async def test_taken_by_text_nobody_is_woken_again(night: Night, ada: Worker) -> None:
    """The five digits stop the ladder; the ticket still waits for what is done."""
    await night.danger()
    ada.is_paged()
    assert "You have" in (await ada.takes() or "")
    await night.forward(minutes=2.5)
    assert await night.states() == ["acknowledged"]


async def test_of_two_who_take_it_one_has_it(night: Night, ada: Worker, ben: Worker) -> None:
    """The second is told that somebody was first."""
    await night.danger()
    ada.is_paged()
    await night.forward(minutes=2)
    ben.is_paged()
    assert "You have" in (await ben.takes() or "")
    assert "somebody has it" in (await ada.takes() or "")
    assert "You have" in (await ben.takes() or "")


async def test_passed_on_the_next_is_woken_now(night: Night, ada: Worker, ben: Worker) -> None:
    """PASS does not wait out the two minutes, and whoever passed is left alone by the team's
    step."""
    await night.danger()
    ada.is_paged()
    assert "passed on" in (await ada.passes() or "")
    ben.is_paged()
    await night.forward(minutes=2)
    ben.is_paged()
    ada.sleeps()


async def test_taken_is_not_helped(night: Night, ada: Worker, ben: Worker) -> None:
    """Three minutes without a word, a call or a reason: the next rung is woken by a page of its
    own that says so."""
    await night.danger()
    ada.is_paged()
    await ada.takes()
    await night.forward(minutes=2.5)
    night.nobody_else_was_paged()
    await night.forward(minutes=0.5)
    assert "nothing was done yet" in ben.is_paged()
    linked = await night.world.query("SELECT count(*) FROM pages WHERE follows_id IS NOT NULL")
    assert linked == [(1,)]
    await ben.takes()
    await ben.replies(f"CALLED {night.code(ben.pages()[-1])}")
    await night.forward(minutes=10)


@pytest.mark.usefixtures("ben")
async def test_a_call_is_help(night: Night, ada: Worker) -> None:
    """`CALLED` with the code is written down and nobody else is woken."""
    await night.danger()
    ada.is_paged()
    assert "noted" in (await ada.replies(f"called {night.code(ada.pages()[-1])}") or "")
    await night.forward(minutes=10)
    assert await night.world.query("SELECT kind FROM help_actions") == [("called",)]


async def test_an_empty_rung_is_skipped_without_waiting(night: Night, ada: Worker) -> None:
    """With no second on call the team is next, two minutes after the first."""
    cleo = await night.worker("Cleo")
    await night.danger()
    ada.is_paged()
    await night.forward(minutes=2)
    ada.is_paged()
    cleo.is_paged()


async def test_in_a_gap_the_team_and_the_supervisor_are_woken(night: Night) -> None:
    """Nobody is on call: the team is woken at once, and the writer is told the truth, that
    somebody is being reached."""
    ada = await night.worker("Ada")
    sol = await night.worker("Sol", Role.SUPERVISOR)
    await night.once(ada, Slot.FIRST, hours=1)
    night.world.clock.forward(hours=2)
    phone = await night.danger()
    ada.is_paged()
    await night.forward(minutes=2)
    sol.is_paged()
    await night.world.run_sends()
    (row,) = await night.world.query("SELECT count(*) FROM outbox WHERE purpose = 'emergency'")
    assert row == (1,)
    assert phone.heard()


async def test_a_supervisor_stops_it_by_name_with_a_reason(night: Night, ada: Worker) -> None:
    """Without a reason nothing stops; with one the page is over and says by whom."""
    sol = await night.worker("Sol", Role.SUPERVISOR)
    await night.danger()
    ada.is_paged()
    page_id = await night.only_id("pages")
    answers, now = night.world.service.answers, night.world.clock.now()
    async with night.world.service.store.begin() as session:
        assert not await answers.stop(session, page_id, sol.id, "  ", now)
        assert await answers.stop(session, page_id, sol.id, "police are with them", now)
    await night.forward(minutes=20)
    assert await night.states() == ["stopped"]
    assert await night.world.query("SELECT by_id FROM pages") == [(sol.id,)]


async def test_the_ladder_is_the_one_it_started_with(
    night: Night, ada: Worker, ben: Worker
) -> None:
    """The rota changes while a page rings: the page goes on as it began."""
    await night.danger()
    ada.is_paged()
    dan = await night.worker("Dan")
    await night.world.query("UPDATE shifts SET removed_at = now() RETURNING 1")
    await night.on(dan, Slot.FIRST)
    await night.forward(minutes=2)
    ben.is_paged()
    await night.danger()
    dan.is_paged()


async def test_both_routes_wake_and_the_button_takes_it(night: Night) -> None:
    """SMS and Telegram at once; a tap on one stops both."""
    ada = await night.worker("Ada", telegram=True)
    await night.on(ada)
    await night.danger()
    ada.is_paged(times=2)
    await ada.taps()
    await night.forward(minutes=2.5)
    assert await night.states() == ["acknowledged"]


@pytest.mark.usefixtures("ada")
async def test_a_carrier_that_is_away_moves_paging_on_within_90_seconds(night: Night) -> None:
    """Ada has only a texting phone and texts do not leave; Eve on Telegram is woken instead."""
    eve = await night.worker("Eve", sms=False, telegram=True)
    await night.on(eve, Slot.SECOND)
    sms = night.world.carrier(ChannelName.SMS)
    sms.next_results = [TryLater(30, "20500") for _ in range(50)]
    await night.danger()
    await night.forward(seconds=89)
    eve.is_paged()
    assert "page_route_silent" in await night.world.alarms()


async def test_a_worker_who_texts_stop_is_taken_off(night: Night, ada: Worker, ben: Worker) -> None:
    """The next is paged at once, the supervisor is told, and START brings the phone back."""
    sol = await night.worker("Sol", Role.SUPERVISOR)
    await night.danger()
    ada.is_paged()
    await ada.replies("STOP")
    ben.is_paged()
    assert "stopped" in sol.is_paged()
    assert "worker_stopped" in await night.world.alarms()
    await ben.takes()
    await ben.replies(f"999 {night.code(ben.pages()[-1])}")
    await night.danger(night.world.phone("+447700900199"))
    ada.sleeps()
    ben.is_paged()
    await ada.replies("start")
    await night.danger(night.world.phone("+447700900198"))
    ada.is_paged()


async def test_a_page_taken_while_its_text_waits_never_leaves(
    night: Night, ada: Worker, ben: Worker
) -> None:
    """Ben's carrier is slow; Ada takes it; when the carrier is back Ben sleeps on."""
    sms = night.world.carrier(ChannelName.SMS)
    await night.danger()
    ada.is_paged()
    sms.next_results = [TryLater(20, "20429")]
    await night.forward(minutes=2)
    await ada.takes()
    night.world.clock.forward(seconds=30)
    await night.deliver()
    ben.sleeps()


async def test_a_page_that_may_have_arrived_says_repeat(night: Night) -> None:
    """Telegram lost the answer and cannot be asked: the same page, marked."""
    eve = await night.worker("Eve", sms=False, telegram=True)
    await night.on(eve)
    telegram = night.world.carrier(ChannelName.TELEGRAM)
    telegram.next_results = [Unclear("ReadTimeout")]
    await night.danger()
    first = eve.is_paged()
    night.world.clock.forward(seconds=4)
    await night.world.service.outbox.sweep()
    await night.deliver()
    again = eve.is_paged()
    assert again == f"REPEAT. {first}"


async def test_claimed_at_the_desk_the_phones_are_silent(night: Night, ada: Worker) -> None:
    """Whoever opens the ticket has taken the page."""
    await night.danger()
    ada.is_paged()
    ticket_id = await night.only_id("tickets")
    async with night.world.service.store.begin() as session:
        await claim(session, DeskWorker(ada.id), ticket_id, night.world.clock.now())
    await night.forward(minutes=2.5)
    assert await night.states() == ["acknowledged"]


async def test_a_worse_danger_takes_the_place_of_the_lesser_page(night: Night, ada: Worker) -> None:
    """High first, then immediate: one page rings, the worse."""
    phone = await night.danger(words="my uncle hits me and I am scared he will do it again")
    before = await night.world.query("SELECT level FROM pages")
    assert before == [("high",)]
    ada.is_paged()
    await night.danger(phone)
    ada.is_paged()
    assert await night.states() == ["ended", "started"]
    await ada.takes()
