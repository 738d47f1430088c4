"""What becomes of a message on its way out: sent once, settled before it is sent again, and never
backwards, whatever the carrier answers."""

import asyncio
from uuid import UUID

import pytest

from bot.dialogue.turn import TicketReason
from bot.messages import (
    Accepted,
    ChannelName,
    DeliveryStatus,
    Purpose,
    RefusalCause,
    Refused,
    TryLater,
    Unclear,
)
from bot.rules import tries
from bot.store import views
from bot.store.tickets import set_opt_out
from tests.harness import Phone, World

pytestmark = pytest.mark.edge

DANGER = "they are outside my house now with a knife"


@pytest.fixture
def amir(world: World) -> Phone:
    """Somebody who texts."""
    return world.phone("+447700900001")


async def swept(world: World, seconds: float = 4) -> None:
    """Time passes, the net looks for what lies about, and what it found leaves."""
    world.clock.forward(seconds=seconds)
    await world.service.outbox.sweep()
    await world.run_sends()


async def greeted(world: World, phone: Phone) -> UUID:
    """One reply is on its way to the carrier; its row."""
    await phone.sends("hi")
    await world.settle()
    return await world.row_id()


async def test_a_lost_answer_is_settled_by_asking_the_carrier(world: World, amir: Phone) -> None:
    """The carrier took it and its answer was lost: it is found there and not sent again."""
    world.carrier(ChannelName.SMS).next_results = [Unclear("ReadTimeout")]
    await greeted(world, amir)
    assert await world.rows() == [("unclear",)]
    await swept(world)
    assert await world.rows() == [("sent",)]
    assert len(amir.heard()) == 1


async def test_a_lost_answer_is_settled_by_the_callback(world: World, amir: Phone) -> None:
    """The callback comes first: the row's own id stands in it, and nothing is asked or sent."""
    world.carrier(ChannelName.SMS).next_results = [Unclear("ReadTimeout")]
    row_id = await greeted(world, amir)
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM1")
    await swept(world)
    assert await world.rows("status, provider_id") == [("delivered", "SM1")]
    assert len(amir.heard()) == 1


async def test_what_the_carrier_never_had_is_sent_again(world: World, amir: Phone) -> None:
    """Asked afterwards the carrier does not know it, so it goes again, unmarked."""
    carrier = world.carrier(ChannelName.SMS)
    carrier.next_results = [Unclear("ReadTimeout")]
    await greeted(world, amir)
    lost = carrier.sent.pop()
    await swept(world)
    assert [message.text for message in amir.heard()] == [lost.text]
    assert await world.rows() == [("sent",)]


async def test_found_failed_where_somebody_is_at_risk_is_a_task(world: World, amir: Phone) -> None:
    """The carrier, asked, says that it failed for good: a person hears of it."""
    await amir.says(DANGER)
    carrier = world.carrier(ChannelName.SMS)
    carrier.next_results = [Unclear("ReadTimeout")]
    carrier.found_status = DeliveryStatus.FAILED
    await amir.says("hello?")
    await swept(world)
    ((_, _, reasons),) = await world.tickets()
    assert TicketReason.UNDELIVERED.value in list(reasons)  # type: ignore[call-overload]


async def test_what_waited_behind_a_lost_answer_leaves_when_it_is_settled(
    world: World, amir: Phone
) -> None:
    """Order is kept while one row is unclear; the next leaves with the settling."""
    world.carrier(ChannelName.SMS).next_results = [Unclear("ReadTimeout")]
    await greeted(world, amir)
    await amir.sends("i need help for myself")
    await world.run_turns()
    world.clock.forward(seconds=4)
    await world.run_sends()
    assert len(amir.heard()) == 1
    await world.service.outbox.sweep()
    assert len(amir.heard()) == 2
    assert await world.rows() == [("sent",), ("sent",)]


async def test_a_carrier_that_never_tells_ends_at_a_person(world: World, amir: Phone) -> None:
    """Asked again and again without an answer, staff learn that it may not have arrived."""
    carrier = world.carrier(ChannelName.SMS)
    carrier.next_results = [Unclear("ReadTimeout")]
    carrier.tells = False
    await greeted(world, amir)
    for _ in range(tries.SETTLE_TRIES + 1):
        await swept(world, 120)
    assert await world.rows("status, error_code") == [("sent", "uncertain")]
    ((_, _, reasons),) = await world.tickets()
    assert reasons == ["uncertain_delivery"]
    assert len(amir.heard()) == 1


async def test_on_telegram_an_unclear_reply_is_for_staff_to_know(world: World) -> None:
    """Nothing can be asked there: a routine reply is not sent twice, a ticket says so."""
    robin = world.phone("900001", ChannelName.TELEGRAM)
    world.carrier(ChannelName.TELEGRAM).next_results = [Unclear("TimedOut")]
    await greeted(world, robin)
    await swept(world)
    assert len(robin.heard()) == 1
    ((_, _, reasons),) = await world.tickets()
    assert reasons == ["uncertain_delivery"]
    ((conversation,),) = await world.query("SELECT id FROM conversations")
    async with world.service.store.begin() as session:
        told = await views.lines(session, UUID(str(conversation)))
    assert [line.status for line in told] == ["received", "uncertain"]


async def test_on_telegram_unclear_emergency_words_go_again_marked(world: World) -> None:
    """Better twice than not at all, and the second says that it is a repeat."""
    robin = world.phone("900001", ChannelName.TELEGRAM)
    world.carrier(ChannelName.TELEGRAM).next_results = [Unclear("TimedOut")]
    await robin.sends(DANGER)
    await world.run_turns()
    await world.run_sends()
    await swept(world)
    first, second = (m for m in robin.heard() if m.purpose is Purpose.EMERGENCY)
    assert second.text.endswith(first.text)
    assert second.text != first.text


async def test_repeats_of_emergency_words_have_an_end(world: World) -> None:
    """A carrier that loses every answer does not make a phone ring for ever: a person gets it."""
    robin = world.phone("900001", ChannelName.TELEGRAM)
    world.carrier(ChannelName.TELEGRAM).next_results = [Unclear("TimedOut")] * 50
    await robin.sends(DANGER)
    await world.run_turns()
    await world.run_sends()
    for _ in range(30):
        await swept(world, 300)
    emergencies = [m for m in robin.heard() if m.purpose is Purpose.EMERGENCY]
    assert len(emergencies) == tries.SEND_TRIES
    ((priority, _, reasons),) = await world.tickets()
    assert priority == "immediate"
    assert "uncertain_delivery" in list(reasons)  # type: ignore[call-overload]
    assert "urgent_uncertain" in await world.alarms()


async def test_a_page_that_cannot_be_settled_goes_again_marked(world: World, amir: Phone) -> None:
    """Nobody stays asleep because an answer was lost."""
    carrier = world.carrier(ChannelName.SMS)
    await amir.sends(DANGER)
    await world.run_turns()
    carrier.next_results = [Unclear("ReadTimeout"), Accepted("F1")]
    carrier.tells = False
    ((page_id,),) = await world.query("SELECT id FROM outbox WHERE purpose = 'page'")
    await world.service.outbox.deliver(UUID(str(page_id)))
    await swept(world)
    first, second = world.pages()
    assert second.text.endswith(first.text)
    assert second.text != first.text


async def test_later_means_later_and_not_for_ever(world: World, amir: Phone) -> None:
    """Each try waits longer than the last, and the last one ends it."""
    carrier = world.carrier(ChannelName.SMS)
    carrier.next_results = [TryLater(1, "20429")] * 20
    await greeted(world, amir)
    waits = []
    while (await world.rows())[0][0] == "queued":
        ((due_at,),) = await world.rows("due_at")
        waits.append((due_at - world.clock.now()).total_seconds())  # type: ignore[operator]
        world.clock.forward(seconds=waits[-1])
        await world.run_sends()
    assert waits == sorted(waits)
    assert max(waits) <= tries.SEND_LONGEST_WAIT.total_seconds()
    assert await world.rows("status, attempts") == [("failed", tries.SEND_TRIES)]
    assert amir.heard() == []


async def test_emergency_words_are_never_given_up(world: World, amir: Phone) -> None:
    """The carrier is overloaded for an hour; the words arrive afterwards and it alarmed."""
    carrier = world.carrier(ChannelName.SMS)
    await amir.sends(DANGER)
    await world.run_turns()
    carrier.next_results = [TryLater(1, "20429")] * 30
    for _ in range(15):
        await world.run_sends()
        world.clock.forward(seconds=301)
    carrier.next_results = []
    await world.run_sends()
    assert Purpose.EMERGENCY in [message.purpose for message in amir.heard()]
    assert "urgent_not_sent" in await world.alarms()


async def test_a_carrier_that_says_opted_out_is_believed(world: World, amir: Phone) -> None:
    """The refusal is kept in our own ledger, and the next reply is not even tried."""
    carrier = world.carrier(ChannelName.SMS)
    carrier.next_results = [Refused("opted_out", "21610")]
    await greeted(world, amir)
    assert await world.query("SELECT out, source FROM opt_outs") == [(True, "carrier")]
    world.clock.forward(seconds=1)
    assert await amir.says("hello again") == ""
    assert await world.query("SELECT count(*) FROM opt_outs") == [(1,)]


async def test_what_the_operator_must_mend_alarms_and_is_kept(world: World, amir: Phone) -> None:
    """Our account is at fault: nothing is lost, and the words leave once it is mended."""
    world.carrier(ChannelName.SMS).next_results = [Refused("operator", "20003")]
    await greeted(world, amir)
    assert await world.alarms() == ["carrier_settings"]
    world.clock.forward(seconds=61)
    await world.run_sends()
    assert len(amir.heard()) == 1


@pytest.mark.parametrize("cause", ["unreachable", "invalid", "opted_out"])
async def test_words_that_will_never_arrive_are_a_task_where_there_is_risk(
    world: World, amir: Phone, cause: RefusalCause
) -> None:
    """In the very transaction that says so, for a conversation in which danger was heard."""
    await amir.says(DANGER)
    world.carrier(ChannelName.SMS).next_results = [Refused(cause, "21211")]
    await amir.says("hello?")
    ((priority, _, reasons),) = await world.tickets()
    assert priority == "immediate"
    assert "undelivered" in list(reasons)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        ("unreachable", "30005"),
        ("invalid", "21602"),
        ("needs_template", "no_template"),
    ],
)
async def test_without_risk_words_that_will_never_arrive_are_a_routine_task(
    world: World, amir: Phone, cause: RefusalCause, code: str
) -> None:
    """Nobody is woken for a greeting to a number that is gone, and yet somebody learns of it."""
    carrier = world.carrier(ChannelName.SMS)
    carrier.next_results = [Refused(cause, code)] * tries.SEND_TRIES
    await greeted(world, amir)
    for _ in range(tries.SEND_TRIES):
        world.clock.forward(seconds=1)
        await world.run_sends()
    assert ("failed",) in await world.rows()
    ((priority, state, reasons),) = await world.tickets()
    assert (priority, state, reasons) == ("routine", "open", ["undelivered"])
    assert await world.query("SELECT 1 FROM pages") == []


async def test_whoever_opted_out_is_nobodys_task(world: World, amir: Phone) -> None:
    """Neither the carrier's refusal nor our own ledger's makes one."""
    world.carrier(ChannelName.SMS).next_results = [Refused("opted_out", "21610")]
    await greeted(world, amir)
    robin = world.phone("+447700900002")
    await robin.sends("hi")
    await world.run_turns()
    world.clock.forward(seconds=1)
    async with world.service.store.begin() as session:
        await set_opt_out(session, robin.address, True, "person", world.clock.now())
    await world.settle()
    assert await world.rows() == [("failed",), ("failed",)]
    assert await world.tickets() == []


async def test_two_workers_on_one_row_send_it_once(world: World, amir: Phone) -> None:
    """The job, the hint and the net meet on the same row."""
    await amir.sends("hi")
    await world.run_turns()
    world.clock.forward(seconds=5)
    row_id = await world.row_id()
    await asyncio.gather(*(world.service.outbox.deliver(row_id) for _ in range(8)))
    assert len(amir.heard()) == 1


async def test_replies_of_one_conversation_leave_in_order(world: World, amir: Phone) -> None:
    """The first is put off by the carrier; the second waits for it."""
    carrier = world.carrier(ChannelName.SMS)
    carrier.next_results = [TryLater(30, "20429")]
    await greeted(world, amir)
    await amir.sends("i need help for myself")
    await world.settle()
    assert amir.heard() == []
    world.clock.forward(seconds=60)
    await world.run_sends()
    made = await world.query("SELECT id FROM outbox ORDER BY seq")
    assert [(message.id,) for message in amir.heard()] == made


async def test_other_people_do_not_wait_for_a_conversation_that_is_put_off(
    world: World, amir: Phone
) -> None:
    """Telegram's or Twilio's `later` is for that one chat."""
    world.carrier(ChannelName.SMS).next_results = [TryLater(300, "20429")]
    await greeted(world, amir)
    other = world.phone("+447700900002")
    assert await other.says("hi")


async def test_emergency_words_overtake_what_waits(world: World, amir: Phone) -> None:
    """A reply stands in the way for minutes; danger goes past it."""
    world.carrier(ChannelName.SMS).next_results = [TryLater(300, "20429")]
    await greeted(world, amir)
    await amir.sends(DANGER)
    await world.run_turns()
    await world.run_sends()
    assert [message.purpose for message in amir.heard()] == [Purpose.EMERGENCY]


async def test_a_sender_that_died_is_settled_and_not_blindly_repeated(
    world: World, amir: Phone
) -> None:
    """It handed the message over and died before it could write that down."""
    await greeted(world, amir)
    old = (world.clock.now()).isoformat()
    await world.query(f"UPDATE outbox SET status='sending', claimed_at='{old}' RETURNING id")
    await swept(world, 10)
    assert await world.rows() == [("sending",)]
    await swept(world, 20)
    assert await world.rows() == [("sent",)]
    assert len(amir.heard()) == 1


async def test_a_row_that_breaks_the_sender_each_time_ends_at_a_person(
    world: World, amir: Phone
) -> None:
    """A defect in sending one message: it is tried so often, then it failed."""
    await amir.says(DANGER)
    carrier = world.carrier(ChannelName.SMS)
    await amir.sends("hello?")
    await world.run_turns()
    carrier.breaks = True
    for _ in range(2 * tries.SEND_TRIES):
        await swept_past_defects(world)
    assert (await world.rows())[-1] == ("failed",)
    ((_, _, reasons),) = await world.tickets()
    assert "undelivered" in list(reasons)  # type: ignore[call-overload]


async def swept_past_defects(world: World) -> None:
    world.clock.forward(seconds=30)
    await world.service.outbox.sweep()


async def test_one_row_that_no_key_opens_does_not_keep_the_others(world: World) -> None:
    """The net goes on past it, and the operator is told."""
    for n in (1, 2):
        await world.phone(f"+44770090000{n}").sends("hi")
    await world.run_turns()
    await world.query(
        "UPDATE outbox SET body_sealed = 'gone' WHERE seq = (SELECT min(seq) FROM outbox)"
        " RETURNING id"
    )
    world.clock.forward(seconds=60)
    await world.service.outbox.sweep()
    assert await world.rows() == [("held",), ("sent",)]
    assert await world.alarms() == ["unreadable_outbox"]
