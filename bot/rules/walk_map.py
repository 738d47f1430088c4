"""The walk home as a drawing: where reports come from, by weekday and hour, and where somebody
walks. Pure.

Belongs here: counting, hiding what is too small, where a place stands on the drawing. Does not
belong here: drawing it (api/desk/walk.py), what a report may hold (bot/rules/patrols.py).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final

from bot.dialogue.walks import Hours, PatrolData
from bot.rules.patrols import HIDDEN_BELOW, Report

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SIDE: Final = 100.0
"""The drawing is a square of so many units."""
_STEP: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Empty: every day, or every time."""

    day: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the drawing. `at_least`: None where nothing may be shown; otherwise reports in
    steps of five, so that two drawings beside each other give no small number away."""

    place: str
    x: float
    y: float
    at_least: int | None
    is_walked: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    spots: Sequence[Spot]
    lines: Sequence[Sequence[tuple[float, float]]]
    """Routes, each from place to place."""
    is_true: bool
    """False: nobody local has said where the places are, so they stand in rows by their names."""


def hour_of(time: str) -> str:
    """`15:00` for a quarter past three; what is no clock time stays as it is."""
    return f"{time[:2]}:00" if len(time) == len("15:00") and time[2] == ":" else time


def step(count: int) -> int | None:
    """None below the smallest count that may be shown."""
    return count // _STEP * _STEP if count >= HIDDEN_BELOW else None


def grid(totals: Iterable[tuple[Report, int]], place: str = "") -> Mapping[tuple[str, str], int]:
    """Reports by day and hour; with a place, of that place alone. Small counts are still in it."""
    counts: Counter[tuple[str, str]] = Counter()
    for report, count in totals:
        if not place or report.place == place:
            counts[report.day, hour_of(report.time)] += count
    return counts


def draw(totals: Sequence[tuple[Report, int]], known: PatrolData, asked: Asked) -> Drawing:
    """Every place that was reported or is walked."""
    counts: Counter[str] = Counter()
    for report, count in totals:
        if asked.day in ("", report.day) and asked.time in ("", hour_of(report.time)):
            counts[report.place] += count
    walked = {route.place for route in known.routes if _is_on(route, asked)}
    through = {place for route in known.routes for place in route.through}
    reported = {report.place for report, _ in totals}
    places = sorted(reported | {route.place for route in known.routes} | through)
    where = {place: known.positions[place] for place in places if place in known.positions}
    is_true = bool(places) and len(where) == len(places)
    if not is_true:
        where = _in_rows(places)
    spots = [Spot(one, *where[one], step(counts[one]), one in walked) for one in places]
    routes = [(route.place, *route.through) for route in known.routes if route.through]
    return Drawing(spots, [[where[one] for one in route] for route in routes], is_true)


def _is_on(route: Hours, asked: Asked) -> bool:
    if asked.day and asked.day not in route.days:
        return False
    hour = asked.time if asked.time[2:3] == ":" else ""
    return not hour or hour_of(route.since) <= hour <= route.until


def _in_rows(places: Sequence[str]) -> dict[str, tuple[float, float]]:
    across = max(1, ceil(sqrt(len(places))))
    gap = SIDE / (across + 1)
    return {
        place: (gap * (n % across + 1), gap * (n // across + 1)) for n, place in enumerate(places)
    }
