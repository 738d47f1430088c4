"""A person comes and goes: what is said before their first words, before the end, and at it."""

import pytest

from tests.api.staff import Member, join
from tests.harness import Phone, World

pytestmark = pytest.mark.edge


@pytest.fixture
async def wren(world: World) -> Member:
    """A worker who has taken the ticket of somebody who asked for a person."""
    await world.phone("+447700900051").says("human")
    worker = await join(world.service, "Wren Made-Up")
    await worker.claims_first()
    return worker


@pytest.fixture
def amir(world: World) -> Phone:
    return world.phone("+447700900051")


async def does(world: World, worker: Member, act: str, body: dict[str, str] | None = None) -> None:
    (row,) = await world.query("SELECT id FROM tickets")
    assert (await worker.post(f"/tickets/{row[0]}/{act}", body)).status_code == 200
    await world.service.outbox.drain()
    await world.run_sends()


def since(phone: Phone, before: int) -> list[str]:
    return [message.text for message in phone.heard()[before:]]


async def test_the_first_words_of_a_person_follow_who_they_are(
    world: World, wren: Member, amir: Phone
) -> None:
    """Their first name, how private it is and how long they have: once, and before their words."""
    before = len(amir.heard())
    await does(world, wren, "reply", {"text": "Hello, what happened?"})
    await does(world, wren, "reply", {"text": "Take your time."})
    intro, *words = since(amir, before)
    assert intro.startswith("Wren is here now. This is a real person.")
    assert "45 minutes" in intro
    assert "Made-Up" not in intro
    assert words == ["Hello, what happened?", "Take your time."]


async def test_a_program_without_a_persons_name_is_no_name_to_tell(
    world: World, amir: Phone
) -> None:
    """A token made without a name answers: somebody of the team is here, and nobody called API."""
    await amir.says("human")
    member = await join(world.service, "API")
    await member.claims_first()
    before = len(amir.heard())
    await does(world, member, "reply", {"text": "Hello, what happened?"})
    assert since(amir, before)[0].startswith("Someone from the team is here now.")


async def test_ten_minutes_before_its_end_a_chat_says_so_once(
    world: World, wren: Member, amir: Phone
) -> None:
    """Told in time, and only where a chat took place."""
    await world.service.reassurance.tick()
    await does(world, wren, "reply", {"text": "Hello, what happened?"})
    await amir.says("they keep on at me")
    before = len(amir.heard())
    for minutes in (30, 4.9, 0.2, 5):
        world.clock.forward(minutes=minutes)
        await world.service.reassurance.tick()
        await world.service.outbox.drain()
    assert len(since(amir, before)) == 1
    assert "ends in about 10 minutes" in since(amir, before)[0]


@pytest.mark.parametrize(
    ("act", "body", "told"),
    [
        ("close", {"outcome": "helped"}, "You can write here again, day or night."),
        ("release", None, "I'm the computer programme again."),
    ],
)
async def test_every_end_says_how_to_come_back(
    world: World, wren: Member, amir: Phone, act: str, body: dict[str, str] | None, told: str
) -> None:
    """Whoever ends it and however."""
    await does(world, wren, "reply", {"text": "Hello, what happened?"})
    before = len(amir.heard())
    await does(world, wren, act, body)
    (goodbye,) = since(amir, before)
    assert told in goodbye


async def test_a_ticket_closed_without_a_word_or_long_after_says_nothing(
    world: World, wren: Member, amir: Phone
) -> None:
    """Nobody is written to out of the blue because something was tidied up."""
    await does(world, wren, "reply", {"text": "Hello, what happened?"})
    world.clock.forward(hours=3)
    before = len(amir.heard())
    await does(world, wren, "close", {"outcome": "no_reply"})
    assert since(amir, before) == []


async def test_silence_never_closes_what_is_open(world: World) -> None:
    """A week without a word: ticket and risk are as they were."""
    kai = world.phone("+447700900052")
    await kai.says("they are outside my house now with a knife")
    for _ in range(7):
        world.clock.forward(hours=24)
        await world.service.reassurance.tick()
        await world.service.outbox.sweep()
    ((priority, state, _),) = await world.tickets()
    assert (priority, state) == ("immediate", "open")
    assert await world.query("SELECT risk_level FROM conversations") == [("immediate",)]
