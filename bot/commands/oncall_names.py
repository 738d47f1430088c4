"""The names and options of `handrail oncall`.

Does not belong here: what any of them does (bot/commands/oncall.py, loaded when it is needed).
"""

import asyncio
from datetime import date, time
from pathlib import Path
from typing import Literal
from uuid import UUID

from cyclopts import App

from bot.errors import BadSettings
from bot.settings import Settings

oncall = App(name="oncall", help="Who is woken: people, phones, the rota.")

type SlotName = Literal["first", "second"]
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _days(said: str) -> frozenset[int]:
    wanted = [one.strip().lower()[:3] for one in said.split(",")]
    if not set(wanted) <= set(_DAYS):
        raise BadSettings(f"{said}: write days as mon,tue,wed")
    return frozenset(_DAYS.index(one) for one in wanted)


@oncall.command
def add(name: str, *, role: Literal["worker", "supervisor"] = "worker", team: str = "") -> int:
    """Somebody new, and their team."""
    from bot.commands import oncall as work

    return asyncio.run(work.change(Settings(), work.add(name, role, team)))


@oncall.command
def join(person: str, team: str) -> int:
    """Put somebody into a team; the team is made if there is none of that name."""
    from bot.commands import oncall as work

    return asyncio.run(work.change(Settings(), work.join(person, team)))


@oncall.command
def phone(person: str, channel: Literal["sms", "telegram", "voice"], address: str) -> int:
    """A way to wake somebody: a number, or the id of a Telegram chat. A code goes there."""
    from bot.commands import oncall as work

    return asyncio.run(work.change(Settings(), work.phone(person, channel, address)))


@oncall.command
def prove(method: UUID, code: str) -> int:
    """The code that arrived: from now on this phone can be paged."""
    from bot.commands import oncall as work

    return asyncio.run(work.change(Settings(), work.prove(method, code)))


@oncall.command
def remove_phone(method: UUID) -> int:
    """Page somebody there no more."""
    from bot.commands import oncall as work

    return asyncio.run(work.change(Settings(), work.remove_phone(method)))


@oncall.command
def weekly(
    team: str,
    person: str,
    *,
    days: str = "mon,tue,wed,thu,fri,sat,sun",
    begins: str = "09:00",
    ends: str = "09:00",
    slot: SlotName = "first",
    since: date,
    until: date | None = None,
) -> int:
    """The same days of every week; an end at or before the beginning is on the next day."""
    from bot.commands import oncall as work
    from bot.rules.rota import Hours, Weekly

    hours, on = Hours(time.fromisoformat(begins), time.fromisoformat(ends)), _days(days)
    made = work.shift(team, slot, lambda ids: Weekly(ids[0], on, hours, since, until), [person])
    return asyncio.run(work.change(Settings(), made))


@oncall.command
def rotate(
    team: str,
    *people: str,
    each_days: int = 7,
    begins: str = "09:00",
    ends: str = "09:00",
    slot: SlotName = "first",
    since: date,
    until: date | None = None,
) -> int:
    """People in turn, in the order in which they are named."""
    from bot.commands import oncall as work
    from bot.rules.rota import Hours, Rotating

    if not people or each_days < 1:
        raise BadSettings("name who takes turns, and how many days a turn is")
    hours = Hours(time.fromisoformat(begins), time.fromisoformat(ends))
    made = work.shift(
        team, slot, lambda ids: Rotating(tuple(ids), each_days, hours, since, until), people
    )
    return asyncio.run(work.change(Settings(), made))


@oncall.command
def once(team: str, person: str, starts: str, ends: str, *, slot: SlotName = "first") -> int:
    """One shift, in local times like 2026-12-24T20:00."""
    from bot.commands import oncall as work
    from bot.rules.rota import OneOff

    begin, end = work.moment(starts), work.moment(ends)
    made = work.shift(team, slot, lambda ids: OneOff(ids[0], begin, end), [person])
    return asyncio.run(work.change(Settings(), made))


@oncall.command
def drop(shift: UUID) -> int:
    """Take a shift out of the rota."""
    from bot.commands import oncall as work

    return asyncio.run(work.change(Settings(), work.drop(shift)))


@oncall.command
def override(
    team: str,
    person: str,
    starts: str,
    ends: str,
    *,
    instead_of: str = "",
    slot: SlotName = "first",
) -> int:
    """Somebody in somebody's place for a while, or beside whoever is on."""
    from bot.commands import oncall as work

    made = work.override(team, slot, (person, instead_of), (starts, ends))
    return asyncio.run(work.change(Settings(), made))


@oncall.command
def swap(
    team: str, one: str, other: str, starts: str, ends: str, *, slot: SlotName = "first"
) -> int:
    """Each has the other's turns in that time."""
    from bot.commands import oncall as work

    made = work.swap(team, slot, (one, other), (starts, ends))
    return asyncio.run(work.change(Settings(), made))


@oncall.command
def leave(person: str, starts: str, ends: str) -> int:
    """Somebody is away; what they leave open is a gap."""
    from bot.commands import oncall as work

    return asyncio.run(work.change(Settings(), work.leave(person, (starts, ends))))


@oncall.command
def stop(page: UUID, *, by: str, reason: str) -> int:
    """End a page, as a supervisor and with a reason."""
    from bot.commands import oncall as work

    return asyncio.run(work.change(Settings(), work.stop(page, by, reason)))


@oncall.command
def check() -> int:
    """Prove the next 14 days now."""
    from bot.commands import oncall as work

    return asyncio.run(work.change(Settings(), work.check()))


@oncall.command
def show(*, days: int = 14) -> int:
    """Who is on when, and which pages ring."""
    from bot.commands import oncall as work

    return asyncio.run(work.show(Settings(), days))


@oncall.command(name="import")
def import_calendar(file: Path, team: str, *, slot: SlotName = "first") -> int:
    """Shifts from an iCalendar file: the person is the event's summary. What an earlier import
    of this team and slot made gives way."""
    from bot.commands import oncall as work
    from bot.commands.oncall_calendar import bring_in

    return asyncio.run(work.change(Settings(), bring_in(file, team, slot)))


@oncall.command
def feed(*, person: str = "", days: int = 56) -> int:
    """Print the rota as iCalendar, of all or of one person."""
    from bot.commands.oncall_calendar import feed as work

    return asyncio.run(work(Settings(), person, days))


@oncall.command
def feed_link(person: str) -> int:
    """Print the address of the rota's feed, for somebody's calendar program."""
    from bot.commands.oncall_calendar import feed_link as work

    return asyncio.run(work(Settings(), person))
