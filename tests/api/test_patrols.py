"""The walk home as a programme's own system uses it."""

import pytest

from bot.rules.patrols import Report
from bot.store import patrols
from bot.store.people import Role
from tests.api.staff import join
from tests.harness import World

pytestmark = pytest.mark.edge


async def test_a_chaperone_checks_in_and_out(world: World) -> None:
    """Seen as there by staff until they leave; a place that is none of ours is refused."""
    rae = await join(world.service, "Rae")
    there = await rae.post("/patrol/check-in", {"place": "Hillfields"})
    assert [one["place"] for one in there.json()["items"]] == ["Hillfields"]
    assert (await rae.post("/patrol/check-in", {"place": "Atlantis"})).status_code == 404
    world.clock.forward(minutes=40)
    gone = await rae.post("/patrol/check-out", {"place": "Hillfields"})
    assert gone.json() == {"items": []}


async def test_only_those_who_may_check_in_do(world: World) -> None:
    """A reader sees who is there and cannot say that they are."""
    reader = await join(world.service, "Kim", Role.READER)
    assert await reader.get("/patrol/presence") == {"items": []}
    assert (await reader.post("/patrol/check-in", {"place": "Hillfields"})).status_code == 403


async def test_counts_under_five_are_not_shown(world: World) -> None:
    """Places and times over weeks; what is rare may point at somebody."""
    reader = await join(world.service, "Kim", Role.READER)
    async with world.service.store.begin() as session:
        for report, times in (
            (Report("Hillfields", "friday", "15:15", "fights"), 5),
            (Report("Stoke", "monday", "15:00", "robbing"), 4),
        ):
            for _ in range(times):
                await patrols.keep(session, report, world.clock.now())
    seen = [(one["place"], one["count"]) for one in (await reader.get("/patrol/reports"))["items"]]
    assert seen == [("Hillfields", 5), ("Stoke", None)]
