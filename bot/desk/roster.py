"""Changes of the rota that are more than one row: swaps, imports, a phone and its code.

Belongs here: what the console and the terminal both do, by ids. Does not belong here: names and
forms (bot/commands, api/desk), who is on call (bot/rules/rota.py). Whoever calls proves the
coming days afterwards, in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.desk import calendar
from bot.desk.paging import Pager
from bot.errors import AlreadyTaken, Refuse
from bot.messages import Address, ChannelName
from bot.rules.dialling import Barred, Use
from bot.rules.rota import Override, Slot, spans
from bot.store import contacts, people, rota, rota_rows
from bot.store import dialling as uses
from bot.store.session import Session

CODES_EACH = timedelta(hours=1)
MOST_CODES = 5
"""So many codes are sent for one person in that time: a phone that is typed wrong costs money."""


class NoSuchRoute(Refuse):
    """Pages do not go by this channel here, or not to a number like this one."""


class TheirPhone(Refuse):
    """Somebody else has proved that this phone is theirs."""


class TooManyCodes(Refuse):
    """Enough was sent for one person, or to one number, within the hour."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is on call."""

    team: UUID
    slot: Slot


@dataclass(frozen=True, slots=True)
class When:
    """From `starts` up to, not including, `ends`."""

    starts: datetime
    ends: datetime


async def need_new_team(session: Session, name: str) -> None:
    """Raises `AlreadyTaken` where a team is called so."""
    if name.casefold() in {one.name.casefold() for one in await rota_rows.teams(session)}:
        raise AlreadyTaken(name)


async def swap(
    session: Session, place: Place, pair: tuple[UUID, UUID], when: When, now: datetime
) -> int:
    """Each has what the other had, for that time; how many turns changed hands. Made as one
    change, so that none counts twice."""
    known, changed = await rota.load_rota(session, now), 0
    for span in spans(known, when.starts, when.ends):
        on = span.on.first if place.slot is Slot.FIRST else span.on.second
        for out, into in (pair, pair[::-1]):
            if out in on and into not in on:
                change = Override(place.team, place.slot, span.starts, span.ends, into, out)
                await rota.add_override(session, change, now)
                changed += 1
    return changed


async def bring_in(session: Session, place: Place, data: bytes, now: datetime) -> int:
    """Shifts of a calendar in place of what an earlier import made here; how many. Raises
    `BadContent`, and nothing is changed then."""
    known = {one.name.casefold(): one.id for one in await people.active_staff(session)}
    found = calendar.from_calendar(data, known, now)
    await rota.remove_imported(session, place.team, place.slot, now)
    for one in found:
        await rota.add_shift(session, (place.team, place.slot, one.pattern), now, one.uid)
    return len(found)


async def add_phone(
    session: Session, pager: Pager, staff_id: UUID, to: Address, now: datetime
) -> UUID:
    """A new way to wake somebody; the code is on its way there. Raises `NoSuchRoute`,
    `TheirPhone`, `TooManyCodes`."""
    if to.channel not in pager.routes.on:
        raise NoSuchRoute(to.channel.value)
    known = await contacts.known_at(session, to)
    if known is not None and known.staff != staff_id:
        raise TheirPhone(str(known.id))
    if await contacts.asked_since(session, staff_id, now - CODES_EACH) >= MOST_CODES:
        raise TooManyCodes(str(staff_id))
    await _spend(session, pager, staff_id, to, now)
    method_id, code = await contacts.add_method(session, staff_id, to, now)
    said = ", ".join(code) if to.channel is ChannelName.VOICE else code
    await pager.tell_address(session, to, pager.words.part("page-code", {"code": said}), now)
    return method_id


async def _spend(
    session: Session, pager: Pager, staff_id: UUID, to: Address, now: datetime
) -> None:
    """A number that somebody typed is rung and texted within the limits of all such numbers."""
    if to.channel is ChannelName.TELEGRAM:
        return
    use = Use.CALL if to.channel is ChannelName.VOICE else Use.TEXT
    wanted = uses.Wanted(use, to.value, staff_id)
    match await uses.spend(session, wanted, pager.routes.prefixes, now):
        case None:
            return
        case Barred.OFTEN:
            raise TooManyCodes(str(staff_id))
        case Barred.PREFIX | Barred.NO_NUMBER:
            raise NoSuchRoute(to.channel.value)
