"""Whether somebody is due on a way home, and where there are staff close by: from data alone. Pure.

Belongs here: questions to content/patrols.yaml. Does not belong here: reports to the chaperones
(bot/rules/patrols.py), who has checked in (bot/store/patrols.py).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dialogue.book import Book
from bot.dialogue.turn import FieldValue, TextArgs
from bot.dialogue.walks import Hours, PatrolData

UNKNOWN = "unknown"
_LOCAL = ZoneInfo("Europe/London")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AFTER_SCHOOL = "after school"


def told(book: Book, fields: Mapping[str, FieldValue], at: datetime) -> TextArgs:
    """What a text may say of a place: `patrol` is planned, none or unknown, `safe_place` a name
    or unknown. `at` has a time zone."""
    data, place = book.patrols, str(fields.get("place", ""))
    day = _day(str(fields.get("day", "today")), at.astimezone(_LOCAL).date())
    clock = _clock(str(fields.get("time", "")), str(fields.get("school", "")), data)
    return {
        "patrol": _planned(data, place, day, clock),
        "safe_place": next(
            (one.name for one in data.safe_places if _is_open(one, place, day, clock)), UNKNOWN
        ),
    }


def _planned(data: PatrolData, place: str, day: date | None, clock: str | None) -> str:
    if not data.routes or day is None:
        return UNKNOWN
    if data.terms and not any(term.holds(day) for term in data.terms):
        return "none"
    routes = [route for route in data.routes if route.place == place]
    if clock is None and any(_WEEKDAYS[day.weekday()] in route.days for route in routes):
        return UNKNOWN
    return "planned" if any(_is_open(route, place, day, clock) for route in routes) else "none"


def _is_open(hours: Hours, place: str, day: date | None, clock: str | None) -> bool:
    if day is None or clock is None or hours.place != place:
        return False
    return _WEEKDAYS[day.weekday()] in hours.days and hours.since <= clock <= hours.until


def _day(said: str, today: date) -> date | None:
    """The next day that is meant; None where it is more than one."""
    match said:
        case "today" | "tonight":
            return today
        case "tomorrow":
            return today + timedelta(days=1)
        case _ if said in _WEEKDAYS:
            return today + timedelta(days=(_WEEKDAYS.index(said) - today.weekday()) % 7)
        case _:
            return None


def _clock(said: str, school: str, data: PatrolData) -> str | None:
    """`HH:MM`; after school is when the school finishes, where that is known."""
    if said == _AFTER_SCHOOL:
        return next((one.finishes for one in data.schools if one.name == school), None)
    hours, colon, minutes = said.partition(":")
    return said if colon and hours.isdigit() and minutes.isdigit() and len(said) == 5 else None
