"""What the service says of itself."""

from datetime import timedelta

import pytest
from httpx import ASGITransport, AsyncClient

from api.app import make
from bot.rules.health import Facts, can_take_messages, problems
from bot.store.health import beat, open_alarms, settle_alarms
from bot.store.tickets import raise_alarm
from tests.api.test_hooks import without_database
from tests.harness import World

WELL = Facts(True, True, 0, True, timedelta(seconds=1), rasa_up=True)


def test_a_service_that_is_well_has_no_problem() -> None:
    """Nothing is reported where nothing is wrong."""
    assert problems(WELL) == ()


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (Facts(False, True, 2, True), ("database_away", "spool_not_empty")),
        (Facts(True, True, 0, True), ("worker_away",)),
        (Facts(True, True, 0, True, timedelta(seconds=16), True), ("worker_away",)),
        (Facts(True, True, 0, True, timedelta(seconds=1), False), ("rasa_away",)),
        (Facts(True, True, 0, False, timedelta(0), True, ("x",)), ("nobody_to_page", "alarm:x")),
    ],
)
def test_each_trouble_has_its_code(facts: Facts, found: tuple[str, ...]) -> None:
    """Each thing that can be away is named, the gravest first."""
    assert problems(facts) == found


def test_only_with_neither_database_nor_disk_is_a_message_lost() -> None:
    """The one state in which the service says that it cannot serve."""
    assert can_take_messages(Facts(False, True, 0, True))
    assert not can_take_messages(Facts(False, False, 0, True))


@pytest.mark.edge
async def test_ready_is_ok_with_a_live_worker_and_degraded_without_a_database(
    world: World,
) -> None:
    """200 in both: a message that comes now is kept."""
    async with world.service.store.begin() as session:
        await beat(session, "worker", {"rasa": True}, world.clock.now())
    for service, status in ((world.service, "ok"), (without_database(world.service), "degraded")):
        transport = ASGITransport(app=make(service))
        async with AsyncClient(transport=transport, base_url="https://x.example") as client:
            answer = await client.get("/health/ready")
            figures = await client.get("/metrics")
        assert (answer.status_code, answer.json()["status"]) == (200, status)
        assert "handrail_problems" in figures.text


@pytest.mark.edge
async def test_an_alarm_counts_until_somebody_has_seen_it(world: World) -> None:
    """Settled, it is no problem any more; the same trouble again is a new alarm."""
    now = world.clock.now()
    async with world.service.store.begin() as session:
        await raise_alarm(session, "broken_turn", "one", now)
        await raise_alarm(session, "broken_turn", "two", now)
        assert await open_alarms(session) == ["broken_turn"]
        assert await settle_alarms(session, now) == ["broken_turn"]
        assert await open_alarms(session) == []
        await raise_alarm(session, "broken_turn", "one", now)
        assert await open_alarms(session) == ["broken_turn"]
