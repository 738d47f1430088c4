"""What carriers tell afterwards: repeated, overtaking, of an earlier try, of one part of many."""

from uuid import UUID

import pytest

from bot.messages import Accepted, ChannelName, DeliveryStatus, Unclear
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
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM2")
    await world.reports(row_id, DeliveryStatus.FAILED, "SM1", "30005")
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
        await world.reports(row_id, status, sid, code)
    assert (await world.rows())[-1] == ("failed",)
    ((_, _, reasons),) = await world.tickets()
    assert "undelivered" in list(reasons)  # type: ignore[call-overload]


async def test_parts_that_all_arrived_are_one_delivered_message(world: World, amir: Phone) -> None:
    """Delivered only with the last of them; a late failure of one that arrived changes nothing."""
    row_id = await in_two_parts(world, amir)
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM2")
    await world.reports(row_id, DeliveryStatus.FAILED, "SM2", "30005")
    assert (await world.rows())[-1] == ("sent",)
    await world.reports(row_id, DeliveryStatus.DELIVERED, "SM1")
    await world.reports(row_id, DeliveryStatus.FAILED, "SM1", "30005")
    await world.reports(row_id, DeliveryStatus.SENT, "SM1")
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
