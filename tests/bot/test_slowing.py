"""Those who misuse the service are answered slowly, and never kept from help."""

import pytest

from bot.rules import hold
from nlu.reading import RiskLevel
from tests.api.staff import at_desk
from tests.fakes import FrozenClock
from tests.harness import Phone, World

pytestmark = pytest.mark.edge
PRANK = "+447700900177"
BEGIN = FrozenClock().now()


async def slowed(world: World) -> Phone:
    """A worker has talked with somebody, slowed the bot there, and handed back."""
    phone = world.phone(PRANK)
    await phone.says("can i talk to a real person please")
    async with at_desk(world.service, "Wren") as wren:
        path = await wren.takes_first()
        assert (await wren.post(f"{path}/slow", {"reason": " "})).status_code == 422
        assert (await wren.post(f"{path}/slow", {"reason": "Pranks all night"})).status_code == 303
        assert "Pranks all night" in await wren.opens(path)
        await wren.post(f"{path}/close", {"outcome": "other"})
    await world.settle()
    return phone


async def test_a_routine_answer_takes_a_minute_and_no_longer(world: World) -> None:
    """Nothing within ten seconds, the answer after a minute; more lines do not put it off; a day
    later all is as it was."""
    phone = await slowed(world)
    assert await phone.says("what is this") == ""
    world.clock.forward(seconds=30)
    assert await phone.says("hello") == ""
    world.clock.forward(seconds=30)
    before = len(phone.heard())
    await world.run_sends()
    assert len(phone.heard()) > before
    world.clock.forward(hours=24)
    assert await phone.says("what is this") != ""


async def test_danger_is_answered_at_once(world: World) -> None:
    """Emergency words, ticket and page leave as for anybody; while the risk is open nothing is
    slow."""
    phone = await slowed(world)
    said = await phone.says("he is outside my door now with a knife")
    assert "999" in said
    assert len(world.pages()) == 1
    assert await phone.says("what do i do") != ""


async def test_only_the_holder_slows_anybody(world: World) -> None:
    """By name and with the conversation in hand, or not at all."""
    await world.phone(PRANK).says("can i talk to a real person please")
    async with at_desk(world.service, "Wren") as wren:
        path = await wren.first_ticket()
        assert (await wren.post(f"{path}/slow", {"reason": "x"})).status_code == 409
    assert await world.query("SELECT slowed_until FROM conversations") == [(None,)]


@pytest.mark.parametrize("level", [RiskLevel.CONCERN, RiskLevel.HIGH, RiskLevel.IMMEDIATE])
def test_open_risk_is_never_slow(level: RiskLevel) -> None:
    """Whatever a worker said before."""
    until = BEGIN + hold.SLOWED_FOR
    assert not hold.is_slow(until, level, BEGIN)
    assert hold.is_slow(until, RiskLevel.NONE, BEGIN)
    assert not hold.is_slow(until, RiskLevel.NONE, until)
    assert not hold.is_slow(None, RiskLevel.NONE, BEGIN)
