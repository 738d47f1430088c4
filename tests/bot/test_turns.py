"""Which failures count against a message: its own do, the database's absence and a stop do not."""

import asyncio
from uuid import UUID

import pytest

from bot.errors import StoreAway
from bot.intake import Advance
from bot.rules import tries
from bot.turns import Turns
from tests.harness import World

pytestmark = pytest.mark.edge

AMIR = "+447700900001"


@pytest.fixture
async def turns(world: World) -> Turns:
    """A worker's turns; one message waits for them."""
    await world.phone(AMIR).sends("hi")
    return Turns(world.service.advance, world.service.store)


async def conversation(world: World) -> UUID:
    ((found,),) = await world.query("SELECT id FROM conversations")
    return UUID(str(found))


async def failures(world: World) -> int:
    ((attempts,),) = await world.query("SELECT attempts FROM messages WHERE direction = 'in'")
    assert isinstance(attempts, int)
    return attempts


async def answered(world: World) -> bool:
    """The message had an ordinary turn and nobody was called."""
    await world.settle()
    return len(world.phone(AMIR).heard()) == 1 and await world.tickets() == []


async def test_an_absent_database_is_never_the_messages_fault(
    world: World, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five blips in the middle of its turn, then an ordinary answer and no ticket."""
    thread = await conversation(world)

    async def away(*_: object) -> None:
        raise StoreAway("away")

    with monkeypatch.context() as patch:
        patch.setattr(Advance, "_turn", away)
        for blip in range(5):
            with pytest.raises(StoreAway):
                await turns.run(thread, again=blip > 0)
    await turns.run(thread, again=True)
    assert await answered(world)


async def test_an_orderly_stop_is_never_the_messages_fault(
    world: World, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five deployments cut its turn short; each time another worker takes it up."""
    thread = await conversation(world)
    begun = asyncio.Event()

    async def long(*_: object) -> None:
        begun.set()
        await asyncio.sleep(60)

    with monkeypatch.context() as patch:
        patch.setattr(Advance, "_turn", long)
        for stop in range(5):
            begun.clear()
            another = Turns(turns.advance, turns.store)
            running = asyncio.create_task(another.run(thread, again=stop > 0))
            await begun.wait()
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
    await Turns(turns.advance, turns.store).run(thread, again=True)
    assert await failures(world) == 0
    assert await answered(world)


async def test_a_defect_still_ends_at_a_person_with_blips_in_between(
    world: World, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own failures are counted through absences and stops: the third is a ticket."""
    thread = await conversation(world)

    def breaks(*_: object) -> None:
        raise ArithmeticError

    async def away(*_: object) -> None:
        raise StoreAway("away")

    monkeypatch.setattr("bot.intake.step", breaks)
    for failure in range(tries.TURN_TRIES - 1):
        with pytest.raises(ArithmeticError):
            await turns.run(thread, again=failure > 0)
        with monkeypatch.context() as patch:
            patch.setattr(Advance, "_turn", away)
            with pytest.raises(StoreAway):
                await turns.run(thread, again=True)
    await turns.run(thread, again=True)
    ((_, _, reasons),) = await world.tickets()
    assert reasons == ["broken_turn"]


async def test_a_message_that_kills_its_worker_ends_at_a_person(
    world: World, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dead leave no word: each worker that takes the job up counts the death before it."""
    thread = await conversation(world)

    class Killed(BaseException):
        """What no handler of ours sees: SIGKILL, as near as a test comes."""

    async def dies(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Advance, "_turn", dies)
        for death in range(tries.TURN_TRIES):
            with pytest.raises(Killed):
                await Turns(turns.advance, turns.store).run(thread, again=death > 0)
        await Turns(turns.advance, turns.store).run(thread, again=True)
    ((_, _, reasons),) = await world.tickets()
    assert reasons == ["broken_turn"]
