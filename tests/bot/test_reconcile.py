"""What a webhook missed is asked for and taken in, once."""

from datetime import timedelta
from random import Random

import pytest

from bot.errors import StoreAway
from bot.messages import Address, ChannelName, Inbound
from bot.reconcile import FIRST_LOOK, OVERLAP, Reconciler
from bot.rules import tries
from tests.harness import World

pytestmark = pytest.mark.edge

AMIR = Address(ChannelName.SMS, "+447700900001")


@pytest.fixture
def reconciler(world: World) -> Reconciler:
    """Asks the carriers of this world."""
    service = world.service
    return Reconciler(service.store, service.clock, service.intake, service.channels, "")


async def test_a_message_that_no_webhook_brought_is_taken_in_once(
    world: World, reconciler: Reconciler
) -> None:
    """It is answered, the operator hears of the silent webhook, and a second look does nothing."""
    world.carrier(ChannelName.SMS).waiting = [Inbound(AMIR, "SM1", "hi")]
    assert await reconciler.run() == 1
    assert await reconciler.run() == 0
    await world.settle()
    assert len(world.phone(AMIR.value).heard()) == 1
    assert await world.alarms() == ["webhook_missed"]


async def test_what_came_by_its_webhook_is_known(world: World, reconciler: Reconciler) -> None:
    """The carrier's list tells less of a message than its webhook did; that is no conflict."""
    await world.phone(AMIR.value).sends("hi, with more to it", "SM1")
    world.carrier(ChannelName.SMS).waiting = [Inbound(AMIR, "SM1", "hi")]
    assert await reconciler.run() == 0
    assert await world.alarms() == []


async def test_a_webhook_that_comes_late_is_a_repeat(world: World, reconciler: Reconciler) -> None:
    """Taken in from the list first, delivered by the webhook afterwards: answered once."""
    world.carrier(ChannelName.SMS).waiting = [Inbound(AMIR, "SM1", "hi")]
    await reconciler.run()
    amir = world.phone(AMIR.value)
    await amir.sends("hi", "SM1")
    await world.settle()
    assert len(amir.heard()) == 1


async def test_a_carrier_that_is_away_keeps_no_other_from_being_asked(
    world: World, reconciler: Reconciler
) -> None:
    """SMS does not answer; what waits at WhatsApp is taken in."""
    robin = Address(ChannelName.WHATSAPP, "+447700900003")
    world.carrier(ChannelName.WHATSAPP).waiting = [Inbound(robin, "SM9", "hi")]
    world.carrier(ChannelName.SMS).is_away = True
    assert await reconciler.run() == 1


async def test_after_an_absence_everything_since_is_asked_for(
    world: World, reconciler: Reconciler
) -> None:
    """The first look goes back half a day; a carrier that was away is asked from where it left
    off; each look overlaps the last."""
    carrier = world.carrier(ChannelName.SMS)
    start = world.clock.now()
    await reconciler.run()
    world.clock.forward(minutes=1)
    carrier.is_away = True
    await reconciler.run()
    carrier.is_away = False
    world.clock.forward(hours=3)
    await reconciler.run()
    assert carrier.asked_since == [start - FIRST_LOOK, start - OVERLAP, start - OVERLAP]


async def test_what_could_not_be_kept_is_asked_for_again(
    world: World, reconciler: Reconciler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database goes while it is taken in: the disk has it, and the next look goes back as
    far until it is taken in, once."""
    carrier = world.carrier(ChannelName.SMS)
    carrier.waiting = [Inbound(AMIR, "SM1", "hi")]

    async def away(*_: object) -> None:
        raise StoreAway("away")

    with monkeypatch.context() as patch:
        patch.setattr(type(world.service.intake), "accept_now", away)
        assert await reconciler.run() == 0
    world.clock.forward(minutes=1)
    assert await reconciler.run() == 0
    await world.service.backlog.drain()
    world.clock.forward(minutes=1)
    assert await reconciler.run() == 0
    assert carrier.asked_since[2] - carrier.asked_since[0] == timedelta(minutes=2)
    await world.settle()
    assert len(world.phone(AMIR.value).heard()) == 1
    assert await world.alarms() == []


async def test_what_breaks_on_one_channel_keeps_no_other_from_being_asked(
    world: World, reconciler: Reconciler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect of ours on SMS alarms the operator; what waits at WhatsApp is taken in."""

    async def breaks(_: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(world.carrier(ChannelName.SMS), "missed", breaks)
    robin = Address(ChannelName.WHATSAPP, "+447700900003")
    world.carrier(ChannelName.WHATSAPP).waiting = [Inbound(robin, "SM9", "hi")]
    assert await reconciler.run() == 1
    assert await world.alarms() == ["reconciler_broken", "webhook_missed"]


async def test_a_message_that_cannot_be_taken_in_holds_up_no_other(
    world: World, reconciler: Reconciler
) -> None:
    """It goes to the disk, where it ends at a person; what is listed after it is taken in."""
    huge = "A" + Random(1).randbytes(9_000).hex()
    sam = Address(ChannelName.SMS, "+447700900002")
    world.carrier(ChannelName.SMS).waiting = [Inbound(AMIR, huge, "hi"), Inbound(sam, "SM2", "hi")]
    assert await reconciler.run() == 1
    for _ in range(tries.SPOOL_TRIES):
        await world.service.backlog.drain()
    assert await reconciler.run() == 0
    assert world.service.spool.waiting() == []
    assert len(await world.tickets()) == 1


async def test_an_absence_of_hours_is_two_lines_in_the_log(
    world: World, reconciler: Reconciler, capsys: pytest.CaptureFixture[str]
) -> None:
    """That it began and that it ended; not that it goes on."""
    carrier = world.carrier(ChannelName.SMS)
    carrier.is_away = True
    for _ in range(5):
        await reconciler.run()
    carrier.is_away = False
    for _ in range(5):
        await reconciler.run()
    said = [line for line in capsys.readouterr().out.splitlines() if "reconciler" in line]
    assert len(said) == 2
