"""What waited on disk is taken in, in order for each person, or put before somebody."""

from dataclasses import replace
from random import Random

import pytest

from bot.commands.spooled import retry
from bot.intake import Intake, Receipt
from bot.messages import Address, ChannelName, Inbound
from bot.rules import tries
from bot.store.session import Store
from tests.harness import World

pytestmark = pytest.mark.edge

AMIR = Address(ChannelName.SMS, "+447700900001")
ROBIN = Address(ChannelName.SMS, "+447700900002")
POISON = "poison"
HUGE = "A" + Random(1).randbytes(9_000).hex()
"""An id that no index can hold; the server says so with the class of error that absences have."""


@pytest.fixture
def poisoned(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which one word can never be accepted."""
    real = Intake.accept_now

    async def accept_now(self: Intake, inbound: Inbound) -> Receipt:
        if POISON in inbound.text:
            raise ArithmeticError
        return await real(self, inbound)

    monkeypatch.setattr(Intake, "accept_now", accept_now)
    return world


async def accepted(world: World) -> list[str]:
    """The provider ids of all that was taken in, in order."""
    rows = await world.query("SELECT provider_id FROM messages WHERE direction = 'in' ORDER BY seq")
    return [str(provider_id) for (provider_id,) in rows]


async def looks(world: World, times: int) -> None:
    """The spool is looked at so often."""
    for _ in range(times):
        await world.service.backlog.drain()


async def test_what_can_never_be_taken_in_is_put_before_a_person(poisoned: World) -> None:
    """A message that breaks at each look waits, then becomes a ticket and an alarm, its file
    kept; nobody else waits for it, and what the same person wrote later comes in its order."""
    take = poisoned.service.intake.accept
    assert await take(Inbound(AMIR, "A1", f"{POISON} please")) is Receipt.SPOOLED
    assert await take(Inbound(AMIR, "A2", "are you there")) is Receipt.SPOOLED
    assert await take(Inbound(AMIR, "A3", "hello?")) is Receipt.SPOOLED
    assert await take(Inbound(ROBIN, "R1", "hi")) is Receipt.NEW
    await looks(poisoned, tries.SPOOL_TRIES - 1)
    assert await accepted(poisoned) == ["R1"]
    await looks(poisoned, 1)
    await looks(poisoned, 1)
    assert await accepted(poisoned) == ["R1", "A2", "A3"]
    ((priority, state, reasons),) = await poisoned.tickets()
    assert (priority, state, reasons) == ("concern", "open", ["broken_turn"])
    assert await poisoned.alarms() == ["spool_refused"]
    (kept,) = poisoned.service.spool.aside()
    assert POISON.encode() not in kept.read_bytes()


async def test_danger_that_cannot_be_taken_in_is_a_ticket_of_its_weight(poisoned: World) -> None:
    """The lexicon alone says how soon somebody should look."""
    danger = f"{POISON} they are outside my house now with a knife"
    await poisoned.service.intake.accept(Inbound(AMIR, "A1", danger))
    await looks(poisoned, tries.SPOOL_TRIES)
    ((priority, _, _),) = await poisoned.tickets()
    assert priority == "immediate"


async def test_what_was_set_aside_comes_back_when_told(
    poisoned: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The cause is mended, somebody says so at a terminal, and the message is taken in."""
    await poisoned.service.intake.accept(Inbound(AMIR, "A1", POISON))
    await looks(poisoned, tries.SPOOL_TRIES)
    monkeypatch.undo()
    assert retry(poisoned.service.settings) == 0
    assert "1 messages wait again" in capsys.readouterr().out
    await looks(poisoned, 1)
    assert await accepted(poisoned) == ["A1"]


async def test_a_carrier_that_repeats_what_was_set_aside_hears_yes(poisoned: World) -> None:
    """A person has it: the carrier need not knock for ever, and no second file is made."""
    message = Inbound(AMIR, "A1", POISON)
    await poisoned.service.intake.accept(message)
    await looks(poisoned, tries.SPOOL_TRIES)
    assert await poisoned.service.intake.accept(message) is Receipt.REFUSED
    assert poisoned.service.spool.waiting() == []


async def test_a_refusal_that_looks_like_an_absence_is_told_apart(world: World) -> None:
    """The server is there and will never take this one: those behind it do not wait for ever."""
    assert await world.service.intake.accept(Inbound(AMIR, HUGE, "hi")) is Receipt.SPOOLED
    await world.service.spool.put(Inbound(ROBIN, "R1", "hi"))
    await looks(world, tries.SPOOL_TRIES)
    assert await accepted(world) == ["R1"]
    assert len(world.service.spool.aside()) == 1
    assert len(await world.tickets()) == 1


async def test_an_absent_database_is_no_fault_of_what_waits(world: World) -> None:
    """However often the spool is looked at meanwhile: nothing is set aside."""
    await world.service.spool.put(Inbound(AMIR, "A1", "hi"))
    nowhere = Store("postgresql+psycopg://nobody@127.0.0.1:9/none", world.service.store.vault)
    away = replace(world.service.intake, store=nowhere)
    for _ in range(tries.SPOOL_TRIES + 2):
        await replace(world.service.backlog, store=nowhere, intake=away).drain()
    assert world.service.spool.aside() == []
    await looks(world, 1)
    assert await accepted(world) == ["A1"]


async def test_what_comes_while_earlier_words_wait_goes_behind_them(world: World) -> None:
    """The database is back and the disk not yet empty: one person's order holds, and the others
    are taken in at once."""
    await world.service.spool.put(Inbound(AMIR, "A1", "one"))
    assert await world.service.intake.accept(Inbound(AMIR, "A2", "two")) is Receipt.SPOOLED
    assert await world.service.intake.accept(Inbound(ROBIN, "R1", "hi")) is Receipt.NEW
    await looks(world, 1)
    assert await accepted(world) == ["R1", "A1", "A2"]
    assert await world.service.intake.accept(Inbound(AMIR, "A3", "three")) is Receipt.NEW
