"""When even the way to a person breaks: what is left is a bare ticket, and it always stands."""

from uuid import UUID

import pytest

from bot import effects
from bot.errors import BadSettings
from bot.messages import Purpose
from bot.store.crypto import Spot
from tests.harness import World

pytestmark = pytest.mark.edge

DANGER = "they are outside my house now with a knife"


async def conversation(world: World) -> UUID:
    ((found,),) = await world.query("SELECT id FROM conversations")
    return UUID(str(found))


@pytest.fixture
def wordless(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which no words can be made, emergency words and pages among them."""

    def render(*_: object) -> object:
        raise ArithmeticError

    monkeypatch.setattr(effects, "render", render)
    return world


@pytest.mark.parametrize(("words", "priority"), [("hi", "concern"), (DANGER, "immediate")])
async def test_where_no_words_can_be_made_a_ticket_stands(
    wordless: World, words: str, priority: str
) -> None:
    """The third failure ends, with a ticket as urgent as the message, and does not go on for
    ever; danger is in the queue from the first."""
    await wordless.phone("+447700900001").sends(words)
    advance, failures = wordless.service.advance, 0
    for _ in range(5):
        try:
            await advance.run(await conversation(wordless), retried=failures > 0)
        except ArithmeticError:
            failures += 1
            if words == DANGER:
                assert [ticket[0] for ticket in await wordless.tickets()] == ["immediate"]
        else:
            break
    assert failures == 2
    assert [ticket[0] for ticket in await wordless.tickets()] == [priority]
    assert (
        await wordless.query("SELECT 1 FROM messages WHERE direction = 'in' AND handled_at IS NULL")
        == []
    )
    assert await wordless.alarms() == ["broken_turn"]


async def test_what_no_key_opens_is_a_ticket_and_waits_for_the_key(world: World) -> None:
    """A key is missing: a person hears that somebody wrote, and nothing is marked as handled."""
    await world.phone("+447700900001").sends("hi")
    await world.query("UPDATE messages SET text_sealed = 'gone' RETURNING id")
    for _ in range(2):
        with pytest.raises(BadSettings):
            await world.service.advance.run(await conversation(world), retried=False)
    ((priority, _, reasons),) = await world.tickets()
    assert (priority, reasons) == ("high", ["broken_turn"])
    assert await world.alarms() == ["unreadable_conversation"]
    assert await world.query("SELECT 1 FROM messages WHERE handled_at IS NOT NULL") == []


async def test_a_state_of_another_version_begins_anew(world: World) -> None:
    """After an upgrade a state cannot be read: the person is greeted again, danger is heard."""
    amir = world.phone("+447700900001")
    await amir.says("hi")
    thread = await conversation(world)
    spot = Spot("conversations", "state_sealed", thread)
    sealed = world.service.store.vault.seal(spot, '{"misses": "many"}').hex()
    await world.query(f"UPDATE conversations SET state_sealed = '\\x{sealed}' RETURNING id")
    await amir.sends(DANGER)
    await world.run_turns()
    await world.run_sends()
    assert Purpose.EMERGENCY in [message.purpose for message in amir.heard()]


async def test_a_failing_turn_speaks_for_a_holder_who_has_gone(world: World) -> None:
    """The worker who has the chat is away and the turn breaks: emergency words go out, once."""
    amir = world.phone("+447700900001")
    await amir.says("hi")
    staff = "11111111-1111-4111-8111-111111111111"
    now = world.clock.now().isoformat()
    await world.query(
        "INSERT INTO staff (id, name_sealed, role, active, created_at)"
        f" VALUES ('{staff}', 'x', 'worker', true, '{now}') RETURNING id"
    )
    await world.query(
        f"UPDATE conversations SET holder_id = '{staff}', holder_seen_at = '{now}' RETURNING id"
    )
    world.clock.forward(seconds=61)
    await amir.sends(DANGER)
    await world.query("UPDATE messages SET attempts = 1 WHERE handled_at IS NULL RETURNING id")
    await world.run_turns()
    await world.run_sends()
    emergencies = [m for m in amir.heard() if m.purpose is Purpose.EMERGENCY]
    assert len(emergencies) == 1
    assert len(world.pages()) == 1
