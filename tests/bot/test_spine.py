"""The path of one message: kept, in order, exactly once, and danger before all else."""

import pytest

from bot.dialogue import engine
from bot.dialogue.book import Book
from bot.dialogue.turn import Effect, State, Turn
from bot.intake import Receipt
from bot.messages import ChannelName, Purpose
from tests.harness import World

pytestmark = pytest.mark.edge


async def test_a_first_message_is_greeted_and_answered_once(world: World) -> None:
    """Somebody writes for the first time and hears that this is a computer programme."""
    amir = world.phone("+447700900001")
    answer = await amir.says("hi")
    assert "computer" in answer
    assert len(amir.heard()) == 1


async def test_a_repeated_delivery_is_handled_once(world: World) -> None:
    """The carrier delivers the same message twice; the person gets one answer."""
    amir = world.phone("+447700900001")
    assert await amir.sends("hi", "SM1") is Receipt.NEW
    assert await amir.sends("hi", "SM1") is Receipt.REPEAT
    await world.settle()
    assert len(amir.heard()) == 1
    assert await world.alarms() == []


async def test_one_id_with_two_bodies_is_an_alarm(world: World) -> None:
    """A known id with other words is kept as an alarm and does nothing."""
    amir = world.phone("+447700900001")
    await amir.sends("hi", "SM1")
    assert await amir.sends("something else", "SM1") is Receipt.CONFLICT
    assert await world.alarms() == ["same_id_other_body"]


async def test_three_quick_lines_get_one_sensible_answer(world: World) -> None:
    """Three lines within the hold: one reply, made after the last of them, greeting kept."""
    amir = world.phone("+447700900001")
    for line in ("hi", "i need some help", "its for me"):
        await amir.sends(line)
        await world.run_turns()
        await world.run_sends()
        world.clock.forward(seconds=0.5)
    assert amir.heard() == []
    world.clock.forward(seconds=2)
    await world.run_sends()
    assert len(amir.heard()) == 1
    assert "computer" in amir.heard()[0].text


async def test_a_hold_ends_after_four_seconds_even_if_lines_go_on(world: World) -> None:
    """Somebody who never stops typing still hears from us."""
    amir = world.phone("+447700900001")
    for n in range(5):
        await amir.sends(f"and then {n}")
        await world.run_turns()
        await world.run_sends()
        world.clock.forward(seconds=1.2)
    await world.run_sends()
    assert amir.heard()


async def test_danger_leaves_at_once_with_words_ticket_and_page(world: World) -> None:
    """A message of danger does not wait for the hold, and wakes somebody."""
    amir = world.phone("+447700900001")
    await amir.sends("they are outside my house now with a knife")
    await world.run_turns()
    await world.run_sends()
    assert [message.purpose for message in amir.heard()] == [Purpose.EMERGENCY]
    assert "999" in amir.heard()[0].text
    assert len(world.pages()) == 1
    assert "knife" not in world.pages()[0].text
    ((priority, state, reasons),) = await world.tickets()
    assert (priority, state) == ("immediate", "open")
    assert "risk" in list(reasons)  # type: ignore[call-overload]


async def test_messages_of_one_person_are_handled_in_order_of_acceptance(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines that wait together get their turns in the order in which they came, each once."""
    turns: list[str] = []
    real = engine.step

    def step(state: State, turn: Turn, book: Book) -> tuple[State, tuple[Effect, ...]]:
        turns.append(turn.text)
        return real(state, turn, book)

    monkeypatch.setattr("bot.intake.step", step)
    amir = world.phone("+447700900001")
    lines = ["line delta", "line alpha", "line charlie", "line bravo"]
    for line in lines:
        await amir.sends(line)
    await world.run_turns()
    assert turns == lines


async def test_words_and_numbers_are_not_readable_in_the_database(world: World) -> None:
    """Whoever steals the database reads neither words nor numbers."""
    marked = "zanzibar-blue-17"
    amir = world.phone("+447700900001")
    await amir.says(f"my name is {marked} and i need help")
    tables = await world.query(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    for (table,) in tables:
        dump = str(await world.query(f"SELECT t::text FROM {table} t"))
        assert marked not in dump
        assert "7700900001" not in dump


async def test_a_person_who_opts_out_hears_nothing_more(world: World) -> None:
    """After STOP at most one confirmation leaves, and then no reply until they come back."""
    amir = world.phone("+447700900001")
    await amir.says("hi")
    before = len(amir.heard())
    await amir.says("STOP")
    assert len(amir.heard()) <= before + 1
    assert await world.query("SELECT out FROM opt_outs") == [(True,)]
    assert await amir.says("what is this") == ""
    await amir.says("START")
    assert await amir.says("what is this") != ""


async def test_every_channel_takes_a_message_and_answers_on_itself(world: World) -> None:
    """Whatever somebody writes on, the answer comes in the same place."""
    for channel in (ChannelName.SMS, ChannelName.WHATSAPP, ChannelName.TELEGRAM, ChannelName.WEB):
        phone = world.phone("+447700900001", channel)
        assert await phone.says("hello")


async def test_the_thirtieth_ticket_opens_like_the_first(world: World) -> None:
    """A statement that was run often is planned anew by the database: it must still work."""
    for n in range(30):
        phone = world.phone(f"+4477009001{n:02d}")
        await phone.sends("they are outside my house now with a knife")
    await world.run_turns()
    assert len(await world.tickets()) == 30
    assert await world.alarms() == []
