"""What is kept no longer than it must be: run daily, reported by kind."""

import pytest

from bot.store import retention
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
