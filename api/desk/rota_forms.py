"""The forms of the rota: what was typed, made into patterns, places and times.

Belongs here: reading and refusing. Does not belong here: keeping anything
(api/desk/rota_change.py). Times are typed as the wall clock here shows them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from starlette.datastructures import FormData
from starlette.requests import Request

from bot.desk.roster import Place, When
from bot.errors import Refuse
from bot.rules.rota import LOCAL, Hours, Leave, OneOff, Override, Pattern, Rotating, Slot, Weekly

LONGEST_TURN = 28
TURN = "turn-"
"""Before somebody's id: their place in a rotation."""


class BadForm(Refuse):
    """What was typed makes no sense; `text_id` says why."""

    def __init__(self, text_id: str) -> None:
        super().__init__(text_id)
        self.text_id = text_id


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it came. Every method raises `BadForm`."""

    values: Mapping[str, str] = field(default_factory=dict)
    days: Sequence[str] = ()

    @classmethod
    async def of(cls, request: Request) -> "Typed":
        form: FormData = await request.form()
        values = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
        days = [value for value in form.getlist("day") if isinstance(value, str)]
        return cls(values, days)

    def get(self, name: str, otherwise: str = "") -> str:
        return self.values.get(name, otherwise)

    def id(self, name: str) -> UUID:
        try:
            return UUID(self.get(name))
        except ValueError as error:
            raise BadForm("desk-rota-choose") from error

    def id_or_none(self, name: str) -> UUID | None:
        return self.id(name) if self.get(name) else None

    def place(self) -> Place:
        slot = self.get("slot")
        if slot not in [*Slot]:
            raise BadForm("desk-rota-choose")
        return Place(self.id("team"), Slot(slot))

    def when(self) -> When:
        starts, ends = self._moment("starts"), self._moment("ends")
        if starts >= ends:
            raise BadForm("desk-rota-no-length")
        return When(starts, ends)

    def _moment(self, name: str) -> datetime:
        try:
            at = datetime.fromisoformat(self.get(name))
        except ValueError as error:
            raise BadForm("desk-rota-bad-time") from error
        return at if at.tzinfo else at.replace(tzinfo=LOCAL)

    def _hours(self) -> Hours:
        try:
            begins, ends = (
                time.fromisoformat(self.get("begins")),
                time.fromisoformat(self.get("till")),
            )
        except ValueError as error:
            raise BadForm("desk-rota-bad-time") from error
        if begins.tzinfo or ends.tzinfo:
            raise BadForm("desk-rota-bad-time")
        return Hours(begins, ends)

    def _between(self) -> tuple[date, date | None]:
        """The first day, and the last one if there is one."""
        try:
            since = date.fromisoformat(self.get("since"))
            until = date.fromisoformat(self.get("until")) if self.get("until") else None
        except ValueError as error:
            raise BadForm("desk-rota-bad-time") from error
        if until is not None and until < since:
            raise BadForm("desk-rota-no-length")
        return since, until

    def pattern(self) -> Pattern:
        match self.get("kind"):
            case "weekly":
                return self._weekly()
            case "rotating":
                return self._rotating()
            case "one_off":
                when = self.when()
                return OneOff(self.id("person"), when.starts, when.ends)
        raise BadForm("desk-rota-choose")

    def _weekly(self) -> Weekly:
        days = frozenset(int(day) for day in self.days if day in set("0123456"))
        if not days:
            raise BadForm("desk-rota-no-days")
        since, until = self._between()
        return Weekly(self.id("person"), days, self._hours(), since, until)

    def _rotating(self) -> Rotating:
        each = self.get("each")
        if not each.isascii() or not each.isdigit() or not 1 <= int(each) <= LONGEST_TURN:
            raise BadForm("desk-rota-each")
        since, until = self._between()
        return Rotating(self._turns(), int(each), self._hours(), since, until)

    def _turns(self) -> tuple[UUID, ...]:
        """Whoever has a number, in the order of the numbers."""
        numbered: list[tuple[int, UUID]] = []
        for name, value in self.values.items():
            if not name.startswith(TURN) or not value:
                continue
            try:
                numbered.append((int(value), UUID(name.removeprefix(TURN))))
            except ValueError as error:
                raise BadForm("desk-rota-turns") from error
        if not numbered or len({number for number, _ in numbered}) != len(numbered):
            raise BadForm("desk-rota-turns")
        return tuple(person for _, person in sorted(numbered))

    def override(self) -> Override:
        place, when, into, out = self.place(), self.when(), self.id("into"), self.id_or_none("out")
        if into == out:
            raise BadForm("desk-rota-same-person")
        return Override(place.team, place.slot, when.starts, when.ends, into, out)

    def pair(self) -> tuple[UUID, UUID]:
        one, other = self.id("one"), self.id("other")
        if one == other:
            raise BadForm("desk-rota-same-person")
        return one, other

    def leave(self) -> Leave:
        when = self.when()
        return Leave(self.id("person"), when.starts, when.ends)


def typed_of(place: Place, pattern: Pattern) -> Typed:
    """A shift as its form would have it, to be altered."""
    values = {"team": str(place.team), "slot": place.slot.value, "kind": pattern.kind}
    match pattern:
        case OneOff(person, starts, ends):
            values |= {"person": str(person), "starts": _wall(starts), "ends": _wall(ends)}
            return Typed(values)
        case Weekly(person, days):
            values |= {"person": str(person), **_hours_of(pattern)}
            return Typed(values, [str(day) for day in sorted(days)])
        case Rotating(people, each):
            values |= {"each": str(each), **_hours_of(pattern)}
            values |= {f"{TURN}{person}": str(n) for n, person in enumerate(people, 1)}
            return Typed(values)


def _hours_of(pattern: Weekly | Rotating) -> Mapping[str, str]:
    return {
        "begins": f"{pattern.hours.starts:%H:%M}",
        "till": f"{pattern.hours.ends:%H:%M}",
        "since": pattern.since.isoformat(),
        "until": pattern.until.isoformat() if pattern.until else "",
    }


def _wall(at: datetime) -> str:
    return f"{at.astimezone(LOCAL):%Y-%m-%dT%H:%M}"
