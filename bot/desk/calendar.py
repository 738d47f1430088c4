"""The rota as a calendar: out for people's own calendars, in from the one they plan with.

Belongs here: iCalendar (RFC 5545) to and from turns. Does not belong here: keeping shifts
(bot/store/rota.py), or who may read a feed (api/paging.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

import recurring_ical_events
from icalendar import Calendar, Event

from bot.errors import BadContent
from bot.rules.rota import LOCAL, OneOff, Slot, Span

_NAMESPACE = UUID("6f7d1d0c-3c55-5b0e-9c2a-0c1f3f6f9a11")
AHEAD = timedelta(days=400)
"""How far the repetitions of an imported event are followed."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person without a break, in one place of the rota."""

    person: UUID
    slot: Slot
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Imported:
    """One shift of a calendar, and the event that it came from."""

    pattern: OneOff
    uid: str


def turns(spans: Iterable[Span]) -> tuple[Turn, ...]:
    """Spans by person: what goes on across a change of somebody else is one turn."""
    open_: dict[tuple[Slot, UUID], Turn] = {}
    done: list[Turn] = []
    for span in spans:
        now = [(Slot.FIRST, one) for one in span.on.first]
        now += [(Slot.SECOND, one) for one in span.on.second]
        done += [open_.pop(key) for key in list(open_) if key not in now]
        for slot, person in now:
            begun = open_.get((slot, person))
            since = begun.starts if begun else span.starts
            open_[slot, person] = Turn(person, slot, since, span.ends)
    return tuple(sorted((*done, *open_.values()), key=lambda turn: turn.starts))


def to_calendar(found: Sequence[Turn], names: Mapping[UUID, str], now: datetime) -> bytes:
    """An event for each turn; its uid stays as long as its beginning does."""
    calendar = Calendar()
    calendar.add("prodid", "-//Handrail//on call//EN")
    calendar.add("version", "2.0")
    for turn in found:
        event = Event()
        mark = f"{turn.person}:{turn.slot.value}:{turn.starts.isoformat()}"
        event.add("uid", f"{uuid5(_NAMESPACE, mark)}@handrail")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", turn.starts.astimezone(UTC))
        event.add("dtend", turn.ends.astimezone(UTC))
        event.add("summary", f"{names.get(turn.person, '')} ({turn.slot.value})")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def from_calendar(data: bytes, people: Mapping[str, UUID], now: datetime) -> tuple[Imported, ...]:
    """Every occurrence from now on; the summary is the person's name. `people`: by folded name.

    Raises `BadContent` for what is no calendar and for a name that is nobody's."""
    try:
        calendar = Calendar.from_ical(data)
        events = recurring_ical_events.of(calendar).between(now, now + AHEAD)
    except (ValueError, KeyError, IndexError) as error:
        raise BadContent("this is no iCalendar file") from error
    return tuple(_imported(event, people) for event in events)


def _imported(event: Event, people: Mapping[str, UUID]) -> Imported:
    name = str(event.get("summary", "")).strip()
    person = people.get(name.casefold())
    if person is None:
        raise BadContent(f"nobody is called {name!r}")
    starts, ends = _moment(event.start), _moment(event.end)
    if starts >= ends:
        raise BadContent(f"an event of {name!r} has no length")
    return Imported(OneOff(person, starts, ends), str(event.get("uid", "")) or "event")


def _moment(said: date | datetime) -> datetime:
    """A day begins at its local midnight; a time without a zone is local."""
    if not isinstance(said, datetime):
        said = datetime.combine(said, time())
    return (said if said.tzinfo else said.replace(tzinfo=LOCAL)).astimezone(UTC)
