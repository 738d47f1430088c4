"""`handrail oncall import` and `feed`: the rota from and to a calendar.

Does not belong here: iCalendar itself (bot/desk/calendar.py).
"""

from datetime import datetime, timedelta
from pathlib import Path

from bot import bootstrap
from bot.bootstrap import Service
from bot.commands import oncall
from bot.commands.progress import tell
from bot.desk import calendar, roster
from bot.errors import BadSettings
from bot.rules.rota import Slot, spans
from bot.settings import Settings
from bot.store import people, rota
from bot.store.people import TokenKind
from bot.store.session import Session


def bring_in(file: Path, team: str, slot: str) -> oncall.Change:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadSettings(f"{file}: {error.strerror}") from error

    async def work(_: Service, session: Session, now: datetime) -> str:
        place = roster.Place(await rota.team_named(session, team), Slot(slot))
        return f"{await roster.bring_in(session, place, data, now)} shifts"

    return work


async def feed(settings: Settings, person: str, days: int) -> int:
    async with bootstrap.running(settings) as service:
        now = service.clock.now()
        async with service.store.begin() as session:
            names = {one.id: one.name for one in await people.active_staff(session)}
            wanted = (await oncall.person(session, person)).id if person else None
            known = await rota.load_rota(session, now)
    found = calendar.turns(spans(known, now, now + timedelta(days=days)))
    mine = [turn for turn in found if wanted in (None, turn.person)]
    tell(calendar.to_calendar(mine, names, now).decode())
    return 0


async def feed_link(settings: Settings, person: str) -> int:
    """An address for a calendar program: whoever has it reads the rota, and nothing else."""
    base = settings.public_url or f"http://127.0.0.1:{settings.port}"
    async with bootstrap.running(settings) as service, service.store.begin() as session:
        member = await oncall.person(session, person)
        now = service.clock.now()
        bearer = await people.create_token(session, member.id, TokenKind.CALENDAR, now, None)
    tell(f"{base}/oncall/{bearer}.ics")
    return 0
