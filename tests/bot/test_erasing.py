"""Delete everything: what goes, what stays, and who decides."""

import pytest

from bot.messages import ChannelName
from bot.store.crypto import Spot
from tests.harness import World

pytestmark = pytest.mark.edge


async def sealed_words(world: World) -> list[str]:
    """Every word that the database still holds of messages in either direction."""
    vault = world.service.store.vault
    rows = await world.query("SELECT id, text_sealed FROM messages")
    return [
        vault.open(Spot("messages", "text_sealed", row[0]), row[1])  # type: ignore[arg-type]
        for row in rows
    ]


async def test_erasing_overwrites_the_words_and_leaves_the_ids(world: World) -> None:
    """It is explained, then done; a redelivery of an old message revives nothing."""
    kai = world.phone("+447700900061")
    await kai.sends("my secret is a blue bike", provider_id="SMfirst")
    await world.settle()
    assert "Send DELETE NOW" in await kai.says("delete everything")
    answer = await kai.says("delete now")
    assert answer.startswith("OK. All that can go at once is deleted.")
    words = await sealed_words(world)
    assert [text for text in words if text] == [answer]
    before = await world.query("SELECT count(*) FROM messages")
    await kai.sends("my secret is a blue bike", provider_id="SMfirst")
    assert await world.query("SELECT count(*) FROM messages") == before
    assert "blue bike" not in "".join(await sealed_words(world))


async def test_the_carriers_copies_are_deleted_too(world: World) -> None:
    """Those that came and those that went, again and again until the carrier has done it."""
    kai = world.phone("+447700900062")
    await kai.sends("hello", provider_id="SMcame")
    await world.settle()
    await kai.says("delete now")
    carrier = world.carrier(ChannelName.SMS)
    carrier.is_away = True
    await world.service.forgetting.tick()
    assert carrier.forgotten == []
    carrier.is_away = False
    world.clock.forward(hours=1)
    await world.service.forgetting.tick()
    assert "SMcame" in carrier.forgotten
    assert len(carrier.forgotten) >= 3
    assert await world.query("SELECT count(*) FROM copies") == [(0,)]


async def test_whoever_holds_the_phone_cannot_wipe_a_disclosure(world: World) -> None:
    """Danger open, or lately found: a worker decides, the words stay, and the answer is the one
    that everybody gets."""
    kai = world.phone("+447700900063")
    await kai.says("they are outside my house now with a knife")
    await world.query("UPDATE conversations SET risk_level = 'none' RETURNING id")
    answer = await kai.says("delete now")
    assert "a person decides on it within one working day" in answer
    assert [row[2] for row in await world.tickets()] == [["risk", "delete_request"]]
    assert "they are outside my house now with a knife" in await sealed_words(world)
    world.clock.forward(hours=31 * 24)
    assert (await kai.says("delete now")).endswith(answer)
    assert "they are outside my house now with a knife" not in await sealed_words(world)


async def test_a_referral_of_before_a_silence_is_put_before_a_person(world: World) -> None:
    """The words go at once; what the team holds does not, and somebody hears of the wish."""
    kai = world.phone("+447700900065")
    for text in (
        "i want help to find a boxing club or something to do round here",
        "Kai",
        "15, hillfields",
        "text",
        "send it",
    ):
        await kai.says(text)
    world.clock.forward(hours=5)
    await kai.says("delete now")
    assert any("delete_request" in str(row[2]) for row in await world.tickets())
    assert "Kai" not in await sealed_words(world)


async def test_a_carrier_that_never_deletes_is_an_alarm(world: World) -> None:
    """Somebody must know; it is tried on."""
    kai = world.phone("+447700900064")
    await kai.says("hello")
    await kai.says("delete now")
    world.carrier(ChannelName.SMS).is_away = True
    for _ in range(9):
        world.clock.forward(hours=2)
        await world.service.forgetting.tick()
    assert "copy_not_deleted" in await world.alarms()
