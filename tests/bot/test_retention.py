"""What is kept no longer than it must be: run daily, reported by kind."""

import pytest

from bot.store import retention
from bot.store.crypto import Spot
from tests.harness import World

pytestmark = pytest.mark.edge


async def runs(world: World, days: int | None = 365) -> bool:
    return await retention.run_if_due(world.service.store, days, world.clock.now())


async def report(world: World) -> dict[str, int]:
    ((detail,),) = await world.query("SELECT detail FROM heartbeats WHERE part = 'retention'")
    assert isinstance(detail, dict)
    return detail


async def test_words_go_after_their_time_and_ids_stay(world: World) -> None:
    """A year later an old conversation is empty, a fresh one untouched; the report says so."""
    old = world.phone("+447700900071")
    await old.sends("hello there", provider_id="SMold")
    await world.settle()
    world.clock.forward(hours=366 * 24)
    await world.phone("+447700900072").says("hello")
    assert await runs(world)
    assert (await report(world))["words"] == 1
    kept = await world.query("SELECT count(*) FROM conversations WHERE state_sealed IS NOT NULL")
    assert kept == [(1,)]
    await old.sends("hello there", provider_id="SMold")
    assert await world.query("SELECT count(*) FROM messages WHERE provider_id = 'SMold'") == [(1,)]


async def test_what_is_open_or_at_risk_is_kept(world: World) -> None:
    """However old: nobody's danger is tidied away."""
    await world.phone("+447700900073").says("they are outside my house now with a knife")
    world.clock.forward(hours=366 * 24)
    assert await runs(world)
    assert (await report(world))["words"] == 0


async def test_a_referral_goes_when_its_time_is_over(world: World) -> None:
    """While somebody still has to act on it, nothing of it goes; once it has come to an end and its
    time is over, name, story and what staff wrote of it are gone. The ledger of shares stays."""
    kai = world.phone("+447700900075")
    opening = "i want help to find a boxing club or something to do round here"
    for text in (opening, "Kai", "15, hillfields", "text", "send it"):
        await kai.says(text)
    await world.query("UPDATE tickets SET state = 'closed' RETURNING id")
    await world.query("UPDATE conversations SET risk_level = 'none' RETURNING id")
    world.clock.forward(hours=366 * 24)
    assert await runs(world)
    assert (await report(world))["words"] == 0
    await world.query("UPDATE referrals SET state = 'accepted' RETURNING id")
    world.clock.forward(hours=25)
    assert await runs(world)
    told = await report(world)
    assert (told["words"], told["referrals"]) == (1, 1)
    rows = await world.query("SELECT id, fields_sealed, name_index, age_band FROM referrals")
    ((row_id, sealed, name, band),) = rows
    spot = Spot("referrals", "fields_sealed", row_id)  # type: ignore[arg-type]
    assert world.service.store.vault.open(spot, sealed) == "{}"  # type: ignore[arg-type]
    assert (name, band) == (None, None)


async def test_it_runs_once_a_day_and_counts_what_it_took(world: World) -> None:
    """Tries of references go after two days; where no time is set, words stay."""
    await world.phone("+447700900074").says("apple river lamp bread cloud")
    world.clock.forward(hours=60)
    assert await runs(world, days=None)
    assert (await report(world))["tries"] == 1
    assert "words" not in await report(world)
    assert not await runs(world, days=None)
    world.clock.forward(hours=25)
    assert await runs(world, days=None)
    assert (await report(world))["tries"] == 0
