"""Who is on call, and when nobody is. Pure.

Belongs here: shift patterns, overrides and leave made into spans of time, and what is wrong with
them. Does not belong here: who is paged in which order (ladder.py), or keeping the rota
(bot/store/rota.py).

Patterns are said in local wall time (Europe/London) and become moments in UTC: a night shift is
nine hours long when the clocks go forward and eleven when they go back, and shifts that meet on
the wall meet in time. A wall time that comes twice is its first; one that never comes is taken
by the clock that was just left.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Literal, assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)


class Slot(StrEnum):
    """The places that a rota fills."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Hours:
    """Local times of a day; an end at or before the start is on the next day."""

    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Weekly:
    """One person, on the same weekdays of every week (0 is Monday)."""

    person: UUID
    days: frozenset[int]
    hours: Hours
    since: date
    until: date | None = None
    """The last day on which a shift begins."""
    kind: Literal["weekly"] = "weekly"


@dataclass(frozen=True, slots=True)
class Rotating:
    """People in turn, each for `each_days` days; the first turn begins on `since`."""

    people: tuple[UUID, ...]
    each_days: int
    hours: Hours
    since: date
    until: date | None = None
    kind: Literal["rotating"] = "rotating"


@dataclass(frozen=True, slots=True)
class OneOff:
    """One person, once."""

    person: UUID
    starts: datetime
    ends: datetime
    kind: Literal["one_off"] = "one_off"


type Pattern = Weekly | Rotating | OneOff


@dataclass(frozen=True, slots=True)
class Shift:
    id: UUID
    team: UUID
    slot: Slot
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Override:
    """`into` takes the place of `out`; without `out`, `into` is on as well. A swap is two."""

    team: UUID
    slot: Slot
    starts: datetime
    ends: datetime
    into: UUID
    out: UUID | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Nobody on leave is on call, whatever else says so: what they leave open is a gap."""

    person: UUID
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Rota:
    shifts: tuple[Shift, ...] = ()
    overrides: tuple[Override, ...] = ()
    """In the order in which they were made: a later one sees what an earlier one left."""
    leave: tuple[Leave, ...] = ()

    @property
    def exists(self) -> bool:
        return bool(self.shifts or self.overrides)


@dataclass(frozen=True, slots=True)
class OnCall:
    """Everybody on call at one moment."""

    first: tuple[UUID, ...] = ()
    second: tuple[UUID, ...] = ()
    teams: frozenset[UUID] = field(default=frozenset())
    """Whose shifts these are."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `starts` up to, not including, `ends`."""

    starts: datetime
    ends: datetime
    on: OnCall


@dataclass(frozen=True, slots=True)
class Duty:
    """One turn of one person."""

    person: UUID
    team: UUID
    slot: Slot
    starts: datetime
    ends: datetime


def moment(day: date, wall: time) -> datetime:
    """A local wall time as a moment in UTC."""
    return datetime.combine(day, wall, tzinfo=LOCAL).astimezone(UTC)


def who_is_on(rota: Rota, at: datetime) -> OnCall:
    """Who is on call at this moment."""
    return _on(rota, tuple(duties(rota, at, at + timedelta(microseconds=1))), at)


def spans(rota: Rota, since: datetime, until: datetime) -> tuple[Span, ...]:
    """All of the time between, each piece with who is on; neighbours differ."""
    turns = tuple(duties(rota, since, until))
    changes = [(turn.starts, turn.ends) for turn in turns]
    changes += [(change.starts, change.ends) for change in rota.overrides]
    changes += [(leave.starts, leave.ends) for leave in rota.leave]
    inner = {edge for change in changes for edge in change if since < edge < until}
    found: list[Span] = []
    for starts, ends in pairwise((since, *sorted(inner), until)):
        on = _on(rota, turns, starts)
        if found and found[-1].on == on:
            starts = found.pop().starts
        found.append(Span(starts, ends, on))
    return tuple(found)


def gaps(rota: Rota, since: datetime, until: datetime) -> tuple[Span, ...]:
    """When nobody is first on call."""
    return _joined(span for span in spans(rota, since, until) if not span.on.first)


def duties(rota: Rota, since: datetime, until: datetime) -> Iterator[Duty]:
    """Every turn by pattern that touches this time, before overrides and leave."""
    for shift in rota.shifts:
        for person, starts, ends in _turns(shift.pattern, since, until):
            if starts < ends and starts < until and ends > since:
                yield Duty(person, shift.team, shift.slot, starts, ends)


def _turns(
    pattern: Pattern, since: datetime, until: datetime
) -> Iterator[tuple[UUID, datetime, datetime]]:
    match pattern:
        case OneOff(person, starts, ends):
            yield person, starts, ends
        case Weekly(person, days, hours):
            for day in _days(pattern, since, until):
                if day.weekday() in days:
                    yield person, *_window(day, hours)
        case Rotating(people, each_days, hours):
            for day in _days(pattern, since, until):
                turn = (day - pattern.since).days // each_days
                yield people[turn % len(people)], *_window(day, hours)
        case _:
            assert_never(pattern)


def _days(pattern: Weekly | Rotating, since: datetime, until: datetime) -> Iterator[date]:
    """Local days on which a turn that touches this time may begin."""
    day = max(pattern.since, since.astimezone(LOCAL).date() - _DAY)
    last = until.astimezone(LOCAL).date()
    if pattern.until is not None:
        last = min(last, pattern.until)
    while day <= last:
        yield day
        day += _DAY


def _window(day: date, hours: Hours) -> tuple[datetime, datetime]:
    last = day if hours.ends > hours.starts else day + _DAY
    return moment(day, hours.starts), moment(last, hours.ends)


def _on(rota: Rota, turns: tuple[Duty, ...], at: datetime) -> OnCall:
    on = [(turn.slot, turn.person, turn.team) for turn in turns if turn.starts <= at < turn.ends]
    for change in rota.overrides:
        if not change.starts <= at < change.ends:
            continue
        new = (change.slot, change.into, change.team)
        if change.out is None:
            on.append(new)
        else:
            old = (change.slot, change.out, change.team)
            on = [new if place == old else place for place in on]
    away = {leave.person for leave in rota.leave if leave.starts <= at < leave.ends}
    on = [place for place in on if place[1] not in away]
    return OnCall(
        first=_people(on, Slot.FIRST),
        second=_people(on, Slot.SECOND),
        teams=frozenset(team for _, _, team in on),
    )


def _people(on: list[tuple[Slot, UUID, UUID]], wanted: Slot) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(person for slot, person, _ in on if slot is wanted))


def _joined(found: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that meet made into one; who is on is that of the first."""
    joined: list[Span] = []
    for span in found:
        if joined and joined[-1].ends == span.starts:
            joined[-1] = Span(joined[-1].starts, span.ends, joined[-1].on)
        else:
            joined.append(span)
    return tuple(joined)
