"""While nobody has answered: what somebody in danger is told after two, five and ten minutes."""

from datetime import timedelta

import pytest

from bot.rules import waiting
from tests.api.staff import join
from tests.harness import Phone, World

pytestmark = pytest.mark.edge
DANGER = "they are outside my house now with a knife"


async def minutes_pass(world: World, phone: Phone, *minutes: float) -> list[str]:
    """What the phone hears as the minutes go by, looked at after each."""
    before = len(phone.heard())
    for each in minutes:
        world.clock.forward(minutes=each)
        await world.service.reassurance.tick()
        await world.service.outbox.drain()
        await world.run_sends()
    return [message.text for message in phone.heard()[before:]]


@pytest.mark.parametrize(
    ("seconds", "told", "text"),
    [
        (119, 0, None),
        (120, 0, "nobody-yet-2"),
        (120, 1, None),
        (300, 1, "nobody-yet-5"),
        (700, 1, "nobody-yet-10"),
        (9000, 3, None),
    ],
)
def test_each_mark_is_told_of_once(seconds: int, told: int, text: str | None) -> None:
    """One that was missed is not made up for; after the last there is nothing more to say."""
    assert waiting.text_due(timedelta(seconds=seconds), told) == text


async def test_after_two_five_and_ten_minutes_it_is_said_that_nobody_has_answered(
    world: World,
) -> None:
    """Each says 999 again, nothing is said in between, and nothing after the third."""
    amir = world.phone("+447700900041")
    await amir.says(DANGER)
    heard = await minutes_pass(world, amir, 0, 1, 1, 1, 1, 1, 2, 3, 5, 30)
    assert len(heard) == 3
    assert all("nobody has answered" in text.lower() and "999" in text for text in heard)


async def test_once_a_worker_has_taken_it_somebody_has_seen_it(world: World) -> None:
    """Said once and only once it is true; then nobody says that nobody has answered."""
    amir = world.phone("+447700900041")
    await amir.says(DANGER)
    assert len(await minutes_pass(world, amir, 2)) == 1
    worker = await join(world.service, "Wren")
    await worker.claims_first()
    heard = await minutes_pass(world, amir, 0.1, 4, 6)
    assert heard == ["Someone from the team has seen this now."]


async def test_a_worry_without_a_page_promises_nothing(world: World) -> None:
    """Nobody is being woken, so nobody is said to be."""
    amir = world.phone("+447700900042")
    await amir.says("human")
    assert await minutes_pass(world, amir, 2, 5, 10) == []


async def test_whoever_hid_is_not_written_to(world: World) -> None:
    """The page goes on; the phone stays silent."""
    amir = world.phone("+447700900043")
    await amir.says(DANGER)
    world.clock.forward(seconds=1)
    await amir.says("exit")
    assert await minutes_pass(world, amir, 2, 5, 10) == []


async def test_nothing_is_said_of_a_person_after_that_person_has_spoken(world: World) -> None:
    """A worker claims and writes at once: their own words are the last that is heard."""
    amir = world.phone("+447700900044")
    await amir.says(DANGER)
    await minutes_pass(world, amir, 0.1)
    worker = await join(world.service, "Wren")
    ticket = await worker.claims_first()
    answer = await worker.post(f"/tickets/{ticket['id']}/reply", {"text": "I am reading this."})
    assert answer.status_code < 300, answer.text
    heard = await minutes_pass(world, amir, 0.1, 2, 5)
    assert "I am reading this." in heard[-1]
