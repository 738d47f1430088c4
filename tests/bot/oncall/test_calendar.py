"""The rota as a calendar, out and in again."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from bot.desk.calendar import from_calendar, to_calendar, turns
from bot.errors import BadContent
from bot.rules.rota import Hours, Rota, Shift, Slot, Weekly, gaps, spans

ADA, BEN = UUID(int=10), UUID(int=11)
NAMES = {ADA: "Ada", BEN: "Ben"}
PEOPLE = {"ada": ADA, "ben": BEN}
NOW = datetime(2026, 3, 26, 12, tzinfo=UTC)
EVERY_DAY = frozenset(range(7))


def rota(*patterns: Weekly) -> Rota:
    return Rota(tuple(Shift(UUID(int=1), UUID(int=9), Slot.FIRST, one) for one in patterns))


def test_what_goes_out_comes_back() -> None:
    """Over the change of the clock: the shifts of the feed, imported, cover the same minutes."""
    whole = rota(
        Weekly(ADA, EVERY_DAY, Hours(time(8), time(20)), date(2026, 1, 1)),
        Weekly(BEN, EVERY_DAY, Hours(time(20), time(8)), date(2026, 1, 1)),
    )
    until = NOW + timedelta(days=6)
    before = spans(whole, NOW, until)
    fed = to_calendar(turns(before), NAMES, NOW).replace(b" (first)", b"")
    shifts = tuple(
        Shift(UUID(int=1), UUID(int=9), Slot.FIRST, one.pattern)
        for one in from_calendar(fed, PEOPLE, NOW)
    )
    assert [(s.starts, s.ends, s.on.first) for s in spans(Rota(shifts), NOW, until)] == [
        (s.starts, s.ends, s.on.first) for s in before
    ]


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:nights
DTSTART;TZID=Europe/London:20260326T200000
DTEND;TZID=Europe/London:20260327T080000
RRULE:FREQ=DAILY;COUNT=5
EXDATE;TZID=Europe/London:20260328T200000
SUMMARY:{name}
END:VEVENT
END:VCALENDAR
"""


def test_a_repeated_event_keeps_its_wall_times_and_its_exceptions() -> None:
    """Five nights but one, each from eight to eight, also when the clocks go forward."""
    data = CALENDAR.format(name="Ada").replace("\n", "\r\n").encode()
    found = [one.pattern for one in from_calendar(data, PEOPLE, NOW)]
    assert [one.starts for one in found] == [
        datetime(2026, 3, 26, 20, tzinfo=UTC),
        datetime(2026, 3, 27, 20, tzinfo=UTC),
        datetime(2026, 3, 29, 19, tzinfo=UTC),
        datetime(2026, 3, 30, 19, tzinfo=UTC),
    ]
    assert {one.ends - one.starts for one in found} == {timedelta(hours=12)}
    shifts = tuple(Shift(UUID(int=1), UUID(int=9), Slot.FIRST, one) for one in found)
    assert gaps(Rota(shifts), NOW, NOW + timedelta(days=1))


@pytest.mark.parametrize("data", [CALENDAR.format(name="Zed").encode(), b"no calendar", b""])
def test_what_cannot_be_understood_changes_nothing(data: bytes) -> None:
    """A name that is nobody's, or a file that is no calendar, is refused whole."""
    with pytest.raises(BadContent):
        from_calendar(data, PEOPLE, NOW)
