"""The shapes of the rota in the JSON API.

Does not belong here: what is done with them (api/v1/rota.py), who is on call when
(bot/rules/rota.py).
"""

from datetime import UTC, date, datetime, time
from typing import Annotated, Final, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    Field,
    StringConstraints,
    model_validator,
)

from bot.rules.rota import Hours, OneOff, Pattern, Rotating, Slot, Weekly
from bot.store.rota_rows import Kind

_FIRST: Final = datetime(2020, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(2100, 1, 1, tzinfo=UTC)
_LARGEST_FILE = 200_000


def _in_our_time(at: datetime) -> datetime:
    if not _FIRST <= at <= _LAST:
        raise ValueError("year")
    return at.astimezone(UTC)


type Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
type Day = Annotated[date, Field(ge=_FIRST.date(), le=_LAST.date())]


class _By(BaseModel):
    """Local times of a day; an end at or before the start is on the next day."""

    starts: time
    ends: time
    since: Day
    until: Day | None = None

    @property
    def hours(self) -> Hours:
        return Hours(self.starts.replace(tzinfo=None), self.ends.replace(tzinfo=None))


class WeeklyBody(_By):
    """The same weekdays of every week; 0 is Monday."""

    kind: Literal["weekly"]
    person: UUID
    days: Annotated[frozenset[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1)]

    def pattern(self) -> Pattern:
        return Weekly(self.person, self.days, self.hours, self.since, self.until)


class RotatingBody(_By):
    """People in turn, each for `each_days` days."""

    kind: Literal["rotating"]
    people: Annotated[list[UUID], Field(min_length=1, max_length=50)]
    each_days: Annotated[int, Field(ge=1, le=28)]

    def pattern(self) -> Pattern:
        return Rotating(tuple(self.people), self.each_days, self.hours, self.since, self.until)


class Between(BaseModel):
    starts: Moment
    ends: Moment

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends <= self.starts:
            raise ValueError("ends")
        return self


class OneOffBody(Between):
    kind: Literal["one_off"]
    person: UUID

    def pattern(self) -> Pattern:
        return OneOff(self.person, self.starts, self.ends)


class At(BaseModel):
    team: UUID
    slot: Slot


class ShiftBody(At):
    """`instead`: of that shift."""

    pattern: Annotated[WeeklyBody | RotatingBody | OneOffBody, Field(discriminator="kind")]
    instead: UUID | None = None


class OverrideBody(At, Between):
    """`into` takes the place of `out`; without `out` they are on as well."""

    into: UUID
    out: UUID | None = None


class SwapBody(At, Between):
    one: UUID
    other: UUID


class LeaveBody(Between):
    person: UUID


class TeamBody(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class MemberBody(BaseModel):
    team: UUID
    person: UUID
    leaves: bool = False


class DropBody(BaseModel):
    kind: Kind
    id: UUID


class CalendarBody(At):
    """`calendar`: an iCalendar file, in place of what an earlier one made here."""

    calendar: Annotated[str, StringConstraints(min_length=1, max_length=_LARGEST_FILE)]


class TeamShape(BaseModel):
    id: UUID
    name: str
    members: list[UUID]


class ShiftShape(At):
    id: UUID
    pattern: dict[str, object]


class OverrideShape(At, Between):
    id: UUID
    into: UUID
    out: UUID | None


class LeaveShape(Between):
    id: UUID
    person: UUID


class RotaShape(BaseModel):
    """All that bears on what comes now."""

    teams: list[TeamShape]
    shifts: list[ShiftShape]
    overrides: list[OverrideShape]
    leave: list[LeaveShape]
