"""`handrail oncall`: people, phones and the rota from a terminal.

Belongs here: what a person at a terminal asks for and is told. Does not belong here: what a
change means (bot/rules/rota.py), or its names and options (bot/commands/oncall_names.py).
Every change of the rota ends with the proof of the coming days.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot import bootstrap
from bot.bootstrap import Service
from bot.commands.progress import tell
from bot.desk import roster
from bot.errors import BadSettings, NotFound
from bot.messages import Address, ChannelName
from bot.rules.coverage import Finding
from bot.rules.rota import LOCAL, Leave, Override, Pattern, Slot, spans
from bot.settings import Settings
from bot.store import contacts, pages, people, rota, rota_rows
from bot.store.people import Role, StaffMember
from bot.store.rota import Membership
from bot.store.rota_rows import Kind
from bot.store.session import Session

type Change = Callable[[Service, Session, datetime], Awaitable[str]]


async def change(settings: Settings, work: Change) -> int:
    """Does it, proves the coming days, and says what stands against them."""
    async with bootstrap.running(settings) as service:
        now = service.clock.now()
        async with service.store.begin() as session:
            done = await work(service, session, now)
            found = await service.coverage.prove(session, now)
            names = await _names(session)
        tell(done)
        _tell_findings(found, names)
    return 0


def _tell_findings(found: Sequence[Finding], names: dict[UUID, str]) -> None:
    for one in found:
        who = names.get(one.person, "") if one.person else ""
        tell(f"  {one.fault.value:<16} {_local(one.starts)} to {_local(one.ends)} {who}")


def _local(at: datetime) -> str:
    return f"{at.astimezone(LOCAL):%a %d %b %H:%M}"


async def _names(session: Session) -> dict[UUID, str]:
    return {one.id: one.name for one in await people.active_staff(session)}


async def person(session: Session, said: str) -> StaffMember:
    """By id, or by name where one person has it. Raises `NotFound`."""
    found = [
        one
        for one in await people.active_staff(session)
        if said.casefold() in (one.name.casefold(), str(one.id))
    ]
    if len(found) != 1:
        raise NotFound(f"{len(found)} people are called {said}")
    return found[0]


def moment(said: str) -> datetime:
    """A local time, `2026-12-24T20:00`, or one that names its own zone. Raises `BadSettings`."""
    try:
        at = datetime.fromisoformat(said)
    except ValueError as error:
        raise BadSettings(f"{said} is no time; write 2026-12-24T20:00") from error
    return at if at.tzinfo else at.replace(tzinfo=LOCAL)


def add(name: str, role: str, team: str) -> Change:
    async def work(_: Service, session: Session, now: datetime) -> str:
        staff_id = await people.create_staff(session, name, Role(role), now)
        if team:
            team_id = await _team(session, team, now)
            await rota.join_team(session, Membership(team_id, staff_id), now)
        return str(staff_id)

    return work


async def _team(session: Session, name: str, now: datetime) -> UUID:
    try:
        return await rota.team_named(session, name)
    except NotFound:
        return await rota.add_team(session, name, now)


def join(who: str, team: str) -> Change:
    async def work(_: Service, session: Session, now: datetime) -> str:
        member = await person(session, who)
        team_id = await _team(session, team, now)
        await rota.join_team(session, Membership(team_id, member.id), now)
        return f"{member.name} is in {team}"

    return work


def phone(who: str, channel: str, address: str) -> Change:
    """A new way to wake somebody; the code goes there at once."""

    async def work(service: Service, session: Session, now: datetime) -> str:
        to = Address(ChannelName(channel), address)
        member = await person(session, who)
        try:
            method_id = await roster.add_phone(session, service.pager, member.id, to, now)
        except roster.NoSuchRoute as error:
            raise BadSettings(f"pages do not go by {channel}: see `handrail doctor`") from error
        return f"{method_id}\nA code is on its way: handrail oncall prove {method_id} CODE"

    return work


def prove(method: UUID, code: str) -> Change:
    async def work(_: Service, session: Session, now: datetime) -> str:
        good = await contacts.prove_method(session, method, code, now)
        return "proved" if good else "not proved: wrong, spent or too old"

    return work


def remove_phone(method: UUID) -> Change:
    async def work(_: Service, session: Session, now: datetime) -> str:
        gone = await contacts.remove_method(session, method, now)
        return "removed" if gone else "there is no such method"

    return work


def shift(
    team: str, slot: str, make: Callable[[Sequence[UUID]], Pattern], who: Sequence[str]
) -> Change:
    """`make` is given the ids of the people in their order."""

    async def work(_: Service, session: Session, now: datetime) -> str:
        ids = [(await person(session, one)).id for one in who]
        team_id = await _team(session, team, now)
        return str(await rota.add_shift(session, (team_id, Slot(slot), make(ids)), now))

    return work


def drop(shift_id: UUID) -> Change:
    async def work(_: Service, session: Session, now: datetime) -> str:
        await rota_rows.remove(session, Kind.SHIFT, shift_id, now)
        return "dropped"

    return work


def override(team: str, slot: str, who: tuple[str, str], when: tuple[str, str]) -> Change:
    """`who`: who comes, and in whose place (empty: beside whoever is on)."""

    async def work(_: Service, session: Session, now: datetime) -> str:
        into, out = who
        instead = (await person(session, out)).id if out else None
        new = (await person(session, into)).id
        team_id = await rota.team_named(session, team)
        starts, ends = moment(when[0]), moment(when[1])
        change = Override(team_id, Slot(slot), starts, ends, new, instead)
        return str(await rota.add_override(session, change, now))

    return work


def swap(team: str, slot: str, who: tuple[str, str], when: tuple[str, str]) -> Change:
    """Each has what the other had, for that time."""

    async def work(_: Service, session: Session, now: datetime) -> str:
        one, other = [(await person(session, said)).id for said in who]
        team_id = await rota.team_named(session, team)
        place, span = (
            roster.Place(team_id, Slot(slot)),
            roster.When(moment(when[0]), moment(when[1])),
        )
        await roster.swap(session, place, (one, other), span, now)
        return "swapped"

    return work


def leave(who: str, when: tuple[str, str]) -> Change:
    async def work(_: Service, session: Session, now: datetime) -> str:
        member = await person(session, who)
        away = Leave(member.id, moment(when[0]), moment(when[1]))
        return str(await rota.add_leave(session, away, now))

    return work


def stop(page: UUID, by: str, reason: str) -> Change:
    async def work(service: Service, session: Session, now: datetime) -> str:
        member = await person(session, by)
        if member.role is not Role.SUPERVISOR:
            raise BadSettings(f"{member.name} is no supervisor")
        done = await service.answers.stop(session, page, member.id, reason, now)
        return "stopped" if done else "nothing rings, or no reason is given"

    return work


def check() -> Change:
    async def work(_: Service, __: Session, ___: datetime) -> str:
        return "the next 14 days:"

    return work


async def show(settings: Settings, days: int) -> int:
    """Who is on when, and the pages that ring."""
    async with bootstrap.running(settings) as service:
        now = service.clock.now()
        async with service.store.begin() as session:
            known = await rota.load_rota(session, now)
            names = await _names(session)
            ringing = await pages.ringing(session)
        for span in spans(known, now, now + timedelta(days=days)):
            first = ", ".join(names.get(one, "?") for one in span.on.first) or "NOBODY"
            second = ", ".join(names.get(one, "?") for one in span.on.second) or "-"
            tell(f"{_local(span.starts)} to {_local(span.ends)}  {first:<20} {second}")
        for page in ringing:
            tell(f"page {page.id} {page.reference} {page.page.level.value} rings")
    return 0
