"""A programme that nobody has checked lately is told of while there is time."""

from datetime import timedelta

from bot.bootstrap import Service
from bot.desk.freshness import ALARM
from bot.store.health import open_alarms
from tests.bot.talking import book
from tests.fakes import FrozenClock


async def _alarms(service: Service) -> list[str]:
    async with service.store.begin() as session:
        return [kind for kind in await open_alarms(session) if kind == ALARM]


async def test_an_alarm_comes_thirty_days_before_and_not_earlier(
    service: Service, clock: FrozenClock
) -> None:
    """Nothing while all is fresh; an alarm a month before the first programme goes stale."""
    stale_after = min(
        card.checked.on + timedelta(days=book().deployment.programme_check_days)
        for card in book().programmes.values()
    )
    clock.forward(days=(stale_after - clock.now().date()).days - 30)
    await service.freshness.look_if_due()
    assert await _alarms(service) == []
    clock.forward(days=1)
    await service.freshness.look_if_due()
    assert await _alarms(service) == [ALARM]
