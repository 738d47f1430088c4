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


async def test_an_outage_that_several_workers_meet_counts_against_nobody(
    world: World, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job goes from process to process while the database flaps, each taking it up before
    the one before it could take its count off: an ordinary answer, no ticket, nothing counted."""
    thread = await conversation(world)
    processes = [Turns(turns.advance, turns.store) for _ in range(6)]

    async def away(*_: object) -> None:
        raise StoreAway("away")

    with monkeypatch.context() as patch:
        patch.setattr(Advance, "_turn", away)
        for n, process in enumerate(processes):
            with pytest.raises(StoreAway):
                await process.run(thread, again=n > 0)
            if n > 0:
                await processes[n - 1].forgive()
    await processes[-1].forgive()
    await Turns(turns.advance, turns.store).run(thread, again=True)
    assert await failures(world) == 0
    assert await answered(world)


async def test_what_is_owed_is_taken_off_once_the_database_is_back(
    world: World, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A turn is cut short while nothing can be written: that it was no fault is written later."""
    thread = await conversation(world)
    begun = asyncio.Event()
    real = type(world.service.store).begin

    async def long(*_: object) -> None:
        begun.set()
        await asyncio.sleep(60)

    def away(_: object) -> object:
        raise StoreAway("away")

    with monkeypatch.context() as patch:
        patch.setattr(Advance, "_turn", long)
        running = asyncio.create_task(turns.run(thread, again=False))
        await begun.wait()
        patch.setattr(type(world.service.store), "begin", away)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        with pytest.raises(StoreAway):
            await turns.forgive()
    assert type(world.service.store).begin is real
    await turns.forgive()
    await turns.forgive()
    await Turns(turns.advance, turns.store).run(thread, again=True)
    assert await failures(world) == 0
    assert await answered(world)


async def test_blips_before_anything_was_counted_excuse_no_defect(
    world: World, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a count itself met an absent database, three deaths end at a person."""
    thread = await conversation(world)

    async def away(*_: object) -> None:
        raise StoreAway("away")

    async def dies(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(Advance, "_waiting", away)
        for blip in range(5):
            with pytest.raises(StoreAway):
                await turns.run(thread, again=blip > 0)
    monkeypatch.setattr(Advance, "_turn", dies)
    for _ in range(tries.TURN_TRIES):
        with pytest.raises(SystemExit):
            await turns.run(thread, again=True)
    await turns.run(thread, again=True)
    ((_, _, reasons),) = await world.tickets()
    assert reasons == ["broken_turn"]


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
