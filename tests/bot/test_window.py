"""When words may go at all: WhatsApp's 24 hours, and a person's own stop."""

from uuid import UUID

import pytest

from bot.messages import ChannelName, DeliveryStatus, Purpose, Refused
from tests.harness import Phone, World

pytestmark = pytest.mark.edge

DANGER = "they are outside my house now with a knife"


@pytest.fixture
def amir(world: World) -> Phone:
    """Somebody who texts."""
    return world.phone("+447700900001")


async def greeted(world: World, phone: Phone) -> UUID:
    """One reply is on its way to the carrier; its row."""
    await phone.sends("hi")
    await world.settle()
    return await world.row_id()


async def test_outside_whatsapps_window_a_template_goes_and_the_words_wait(world: World) -> None:
    """A day later only the template may go; the bot's own words are answered anew after it."""
    robin = world.phone("+447700900003", ChannelName.WHATSAPP)
    await robin.sends("hi")
    await world.run_turns()
    world.clock.forward(hours=25)
    await world.run_sends()
    (template,) = robin.heard()
    assert not template.window_open
    assert await world.rows() == [("waiting_window",)]
    assert await robin.says("yes?")
    assert robin.heard()[1].window_open
    assert await world.rows() == [("replaced",), ("sent",)]


async def test_a_message_that_comes_while_the_template_leaves_is_answered(
    world: World,
) -> None:
    """The person writes at the very moment: nothing waits for a message after that."""
    robin = world.phone("+447700900003", ChannelName.WHATSAPP)
    await robin.sends("hi")
    await world.run_turns()
    world.clock.forward(hours=25)

    async def writes() -> None:
        world.carrier(ChannelName.WHATSAPP).before_answer = None
        await robin.sends("hello?")

    world.carrier(ChannelName.WHATSAPP).before_answer = writes
    await world.run_sends()
    assert await world.rows() == [("queued",)]
    await world.settle()
    assert [message.window_open for message in robin.heard()] == [False, True]
    assert await world.rows() == [("replaced",), ("sent",)]


async def test_a_window_that_the_carrier_finds_shut_costs_no_words(world: World) -> None:
    """We thought it open; the carrier says 63016; the words wait behind a template."""
    robin = world.phone("+447700900003", ChannelName.WHATSAPP)
    world.carrier(ChannelName.WHATSAPP).next_results = [Refused("needs_template", "63016")]
    await greeted(world, robin)
    await world.run_sends()
    assert await world.rows() == [("waiting_window",)]
    assert await world.alarms() == []


async def test_a_template_that_fails_is_noticed(world: World) -> None:
    """The words behind it will never be freed, so they failed too."""
    robin = world.phone("+447700900003", ChannelName.WHATSAPP)
    await robin.sends(DANGER)
    await world.run_turns()
    world.clock.forward(hours=25)
    await world.run_sends()
    ((row_id,),) = await world.query("SELECT id FROM outbox WHERE purpose = 'emergency'")
    first = f"SELECT status FROM outbox WHERE id = '{row_id}'"
    assert await world.query(first) == [("waiting_window",)]
    await world.reports(UUID(str(row_id)), DeliveryStatus.FAILED, code="63024")
    assert await world.query(first) == [("failed",)]
    ((_, _, reasons),) = await world.tickets()
    assert "undelivered" in list(reasons)  # type: ignore[call-overload]


async def test_one_template_stands_for_all_that_waits(world: World) -> None:
    """Two replies, one template: both wait for the person's next message."""
    robin = world.phone("+447700900003", ChannelName.WHATSAPP)
    await robin.sends("hi")
    await world.run_turns()
    world.clock.forward(hours=25)
    await world.run_sends()
    await world.query("UPDATE outbox SET status = 'waiting_window' RETURNING id")
    await robin.sends("hello?")
    await world.run_turns()
    world.clock.forward(hours=25)
    await world.query(
        "UPDATE outbox SET status = 'waiting_window', opener = true WHERE seq = 1 RETURNING id"
    )
    before = len(robin.heard())
    await world.run_sends()
    assert len(robin.heard()) == before
    assert {status for (status,) in await world.rows()} == {"waiting_window"}


async def test_a_person_who_stops_hears_the_confirmation_and_then_nothing(
    world: World, amir: Phone
) -> None:
    """The confirmation of the same turn still goes; START brings everything back."""
    await amir.says("hi")
    assert await amir.says("STOP")
    assert await amir.says("i need help for myself") == ""
    assert await amir.says("START")
    assert await amir.says("i need help for myself")
    assert await world.query("SELECT out FROM opt_outs ORDER BY at") == [(True,), (False,)]


async def test_emergency_words_answer_even_somebody_who_stopped(world: World, amir: Phone) -> None:
    """They wrote of danger themselves; the answer to that is not a mailing."""
    await amir.says("STOP")
    await amir.sends(DANGER)
    await world.run_turns()
    await world.run_sends()
    assert Purpose.EMERGENCY in [message.purpose for message in amir.heard()]
