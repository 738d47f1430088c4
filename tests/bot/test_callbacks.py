"""What carriers tell afterwards: repeated, overtaking, of an earlier try, of one part of many."""

from uuid import UUID

import pytest

from bot.messages import Accepted, ChannelName, DeliveryStatus, SendResult, Unclear
from bot.rules import tries
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


async def test_callbacks_repeat_and_overtake_and_never_go_back(world: World, amir: Phone) -> None:
    """Read, then a late `sent`, then `delivered` twice: it stays read."""
    row_id = await greeted(world, amir)
    for status in (
        DeliveryStatus.DELIVERED,
        DeliveryStatus.READ,
        DeliveryStatus.SENT,
        DeliveryStatus.FAILED,
        DeliveryStatus.DELIVERED,
        DeliveryStatus.QUEUED,
    ):
        await world.reports(row_id, status)
    assert await world.rows() == [("read",)]
    await world.run_sends()
    assert len(amir.heard()) == 1


async def test_the_carriers_own_queue_never_makes_a_row_sendable_again(
    world: World, amir: Phone
) -> None:
    """Twilio's `queued` comes while the answer is still on its way; the row has left us."""
    world.carrier(ChannelName.SMS).next_results = [Unclear("ReadTimeout")]
    row_id = await greeted(world, amir)
    await world.reports(row_id, DeliveryStatus.QUEUED, "SM1")
    assert await world.rows() == [("sent",)]
    world.clock.forward(seconds=60)
    await world.run_sends()
    await swept(world)
    assert len(amir.heard()) == 1


async def test_a_failure_after_it_was_sent_is_a_task_where_there_is_risk(
    world: World, amir: Phone
) -> None:
    """The carrier took it and could not deliver it an hour later."""
    await amir.says(DANGER)
    row_id = await world.row_id()
    await world.reports(row_id, DeliveryStatus.FAILED, code="30005")
    await world.reports(row_id, DeliveryStatus.FAILED, code="30005")
    ((_, _, reasons),) = await world.tickets()
    assert "undelivered" in list(reasons)  # type: ignore[call-overload]


async def test_a_failure_that_passes_is_sent_again_once_however_often_it_is_told(
    world: World, amir: Phone
) -> None:
    """The first try's callbacks repeat while and after the second goes: it goes only once more."""
    row_id = await greeted(world, amir)
    first = f"F{row_id.hex}"
    world.carrier(ChannelName.SMS).next_results = [Accepted("SECOND")]
    await world.reports(row_id, DeliveryStatus.FAILED, first, "30008")
    await world.reports(row_id, DeliveryStatus.SENT, first)
    await world.reports(row_id, DeliveryStatus.FAILED, first, "30008")
    world.clock.forward(seconds=60)
    await world.run_sends()
    assert await world.rows("status, provider_id") == [("sent", "SECOND")]
    await world.reports(row_id, DeliveryStatus.FAILED, first, "30008")
    world.clock.forward(seconds=600)
    await world.run_sends()
    assert len(amir.heard()) == 2
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SECOND")
    assert await world.rows() == [("delivered",)]


async def test_of_several_parts_one_that_fails_is_noticed_after_the_last_arrived(
    world: World, amir: Phone
) -> None:
    """The end of a long message without its beginning is not a delivered message."""
    await amir.says(DANGER)
    world.carrier(ChannelName.SMS).next_results = [Accepted("SM1,SM2")]
    await amir.says("hello?")
    row_id = await world.row_id()
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM2", parts=2)
    await world.reports(row_id, DeliveryStatus.FAILED, "SM1", "30005", parts=2)
    assert (await world.rows())[-1] == ("failed",)
    ((_, _, reasons),) = await world.tickets()
    assert "undelivered" in list(reasons)  # type: ignore[call-overload]


@pytest.mark.parametrize(("arrives", "fails"), [("SM1", "SM2"), ("SM2", "SM1")])
@pytest.mark.parametrize("late", [DeliveryStatus.DELIVERED, DeliveryStatus.FAILED])
async def test_one_part_that_fails_is_a_task_whichever_it_is_and_whenever_it_is_told(
    world: World, amir: Phone, arrives: str, fails: str, late: DeliveryStatus
) -> None:
    """Half a message is no delivered message: failed, and with risk a person knows."""
    row_id = await in_two_parts(world, amir)
    told = [(DeliveryStatus.DELIVERED, arrives, ""), (DeliveryStatus.FAILED, fails, "30005")]
    for status, sid, code in told if late is DeliveryStatus.FAILED else reversed(told):
        await world.reports(row_id, status, sid, code, parts=2)
    assert (await world.rows())[-1] == ("failed",)
    ((_, _, reasons),) = await world.tickets()
    assert "undelivered" in list(reasons)  # type: ignore[call-overload]


async def test_parts_that_all_arrived_are_one_delivered_message(world: World, amir: Phone) -> None:
    """Delivered only with the last of them; a late failure of one that arrived changes nothing."""
    row_id = await in_two_parts(world, amir)
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM2", parts=2)
    await world.reports(row_id, DeliveryStatus.FAILED, "SM2", "30005", parts=2)
    assert (await world.rows())[-1] == ("sent",)
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM1", parts=2)
    await world.reports(row_id, DeliveryStatus.FAILED, "SM1", "30005", parts=2)
    await world.reports(row_id, DeliveryStatus.SENT, "SM1", parts=2)
    assert (await world.rows())[-1] == ("delivered",)


async def in_two_parts(world: World, amir: Phone) -> UUID:
    """To somebody at risk a reply went as two texts; its row."""
    await amir.says(DANGER)
    world.carrier(ChannelName.SMS).next_results = [Accepted("SM1,SM2")]
    await amir.says("hello?")
    return await world.row_id()


async def test_a_callback_quicker_than_the_answer_stops_nothing(world: World, amir: Phone) -> None:
    """`delivered` is told before the carrier's own answer is written: both are kept."""
    carrier = world.carrier(ChannelName.SMS)
    await amir.sends("hi")
    await world.run_turns()
    world.clock.forward(seconds=5)
    row_id = await world.row_id()

    async def told_at_once() -> None:
        await world.reports(row_id, DeliveryStatus.DELIVERED, f"F{row_id.hex}")

    carrier.before_answer = told_at_once
    await world.run_sends()
    assert await world.rows("status, provider_id") == [("delivered", f"F{row_id.hex}")]


LOST = Unclear("partial:ServerDisconnectedError")


async def half_lost(world: World, amir: Phone, *then: SendResult) -> UUID:
    """A reply went as two texts and the answer to the second was lost; its row."""
    world.carrier(ChannelName.SMS).next_results = [LOST, *then]
    row_id = await greeted(world, amir)
    assert await world.rows() == [("unclear",)]
    return row_id


@pytest.mark.parametrize("told", [DeliveryStatus.SENT, DeliveryStatus.DELIVERED])
async def test_an_early_part_never_settles_the_whole(
    world: World, amir: Phone, told: DeliveryStatus
) -> None:
    """Of two texts the first arrived, and nobody knows of the second: the carrier is asked, and
    what it says counts."""
    row_id = await half_lost(world, amir)
    await world.reports(row_id, told, "SM1", parts=2)
    assert await world.rows() == [("unclear",)]
    world.carrier(ChannelName.SMS).found_status = DeliveryStatus.SENT
    await swept(world)
    assert await world.rows() == [("sent",)]
    assert len(amir.heard()) == 1


async def test_parts_whose_answer_was_lost_are_counted(world: World, amir: Phone) -> None:
    """Each told twice: with the second of two the whole has arrived, whatever the answer was, and
    a straggler of either changes nothing."""
    row_id = await half_lost(world, amir)
    for sid in ("SM1", "SM1", "SM2", "SM2"):
        assert await world.rows() == [("unclear",)] or sid == "SM2"
        await world.reports(row_id, DeliveryStatus.DELIVERED, sid, parts=2)
    assert await world.rows("status, provider_id") == [("delivered", "SM1,SM2")]
    await world.reports(row_id, DeliveryStatus.FAILED, "SM1", "30005", parts=2)
    assert await world.rows() == [("delivered",)]


async def test_an_early_part_leaves_what_may_not_have_arrived_uncertain(
    world: World, amir: Phone
) -> None:
    """The carrier never told of the second of two texts: staff still see that it is uncertain."""
    row_id = await half_lost(world, amir)
    world.carrier(ChannelName.SMS).tells = False
    for _ in range(tries.SETTLE_TRIES + 1):
        await swept(world, 120)
    assert await world.rows("status, error_code") == [("sent", "uncertain")]
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM1", parts=2)
    assert await world.rows("status, error_code") == [("sent", "uncertain")]
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM2", parts=2)
    assert await world.rows("status, error_code") == [("delivered", "")]


async def test_a_late_part_of_the_first_try_is_none_of_its_repeat(
    world: World, amir: Phone
) -> None:
    """Emergency words went twice in two texts each: two of the four that are each a first text
    are no whole message; both texts of the repeat are."""
    sms = world.carrier(ChannelName.SMS)
    sms.tells = False
    await amir.sends(DANGER)
    await world.run_turns()
    ((found,),) = await world.query("SELECT id FROM outbox WHERE purpose = 'emergency'")
    row_id = UUID(str(found))
    sms.next_results = [LOST]
    await world.service.outbox.deliver(row_id)
    sms.next_results = [LOST]
    await world.service.outbox.settle(row_id)
    await world.service.outbox.deliver(row_id)
    ((repeat, status),) = await world.query(
        f"SELECT repeat, status FROM outbox WHERE id = '{row_id}'"
    )
    assert (repeat, status) == (True, "unclear")
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM1", parts=2)
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM3", parts=2)
    assert await world.query(f"SELECT status FROM outbox WHERE id = '{row_id}'") == [("unclear",)]


async def test_when_one_of_several_parts_fails_for_now_all_go_again_marked(
    world: World, amir: Phone
) -> None:
    """The other text may have arrived: nobody gets the same words twice unmarked."""
    world.carrier(ChannelName.SMS).next_results = [Accepted("SM1,SM2"), Accepted("SM3,SM4")]
    row_id = await greeted(world, amir)
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM2", parts=2)
    await world.reports(row_id, DeliveryStatus.FAILED, "SM1", "30008", parts=2)
    world.clock.forward(seconds=60)
    await world.run_sends()
    first, second = amir.heard()
    assert second.text.endswith(first.text)
    assert second.text != first.text
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM1", parts=2)
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM3", parts=2)
    assert await world.rows() == [("sent",)]
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM4", parts=2)
    assert await world.rows() == [("delivered",)]


async def test_a_failure_quicker_than_the_answer_is_not_forgotten(
    world: World, amir: Phone
) -> None:
    """`failed`, for a cause that passes, is told before the carrier's own answer is written: the
    words go once more."""
    carrier = world.carrier(ChannelName.SMS)
    await amir.sends("hi")
    await world.run_turns()
    world.clock.forward(seconds=5)
    row_id = await world.row_id()

    async def fails_at_once() -> None:
        carrier.before_answer = None
        await world.reports(row_id, DeliveryStatus.FAILED, "SM1", "30008")

    carrier.before_answer = fails_at_once
    carrier.next_results = [Accepted("SM1"), Accepted("SM2")]
    await world.run_sends()
    assert await world.rows() == [("queued",)]
    world.clock.forward(seconds=60)
    await world.run_sends()
    assert await world.rows("status, provider_id") == [("sent", "SM2")]
