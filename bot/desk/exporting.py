"""Many referrals at once as a table: asked for with a reason, agreed to by another, taken once.

Belongs here: who may do which, what is left out, the mark in every line. Does not belong here:
the file (api/desk/exports.py), one referral for a programme's own system (bot/desk/onward.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from bot.desk import access
from bot.desk.access import Look, Page
from bot.errors import NotFound, Refuse
from bot.rules.reasons import says_why
from bot.rules.rights import Right, may
from bot.store import audit, exports
from bot.store.decided import Standing
from bot.store.exports import ExportView, NewExport
from bot.store.referrals import age_band
from bot.store.session import Session
from bot.store.views import ReferralFilter, ReferralPlace, ReferralView

DAYS: Final = (7, 28, 91, 365)
LASTS: Final = timedelta(hours=24)
"""From the agreement; then it must be asked for again."""
_AT_ONCE = 500
_LISTED = 50
ALWAYS: Final = ("day", "kind", "programme", "state", "age_band", "area")
"""What a redacted table holds: no name, no words, no number, no reference."""


class NoWish(Refuse):
    """A reason and one of the spans are needed."""


class NotBySelf(Refuse):
    """Whoever asks cannot agree."""


@dataclass(frozen=True, slots=True)
class Table:
    """`mark`: whose copy it is, for every line."""

    mark: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, str]]


async def ask(session: Session, look: Look, new: NewExport) -> None:
    _need(look)
    if not says_why(new.reason) or new.days not in DAYS:
        raise NoWish(str(new.days))
    export_id = await exports.add(session, new, look.at)
    audit.note(session, look.by.id, "ask_export", [export_id], look.at)


async def access_exports(session: Session, look: Look) -> Sequence[ExportView]:
    """The wishes, newest first; nobody's data."""
    _need(look)
    return await exports.newest(session, _LISTED)


async def decide(session: Session, look: Look, export_id: UUID, standing: Standing) -> None:
    """Raises `NotBySelf`; what was decided before is not there."""
    _need(look)
    wish = await exports.lock(session, export_id)
    if wish is None or wish.state != Standing.WAITING or standing is Standing.WAITING:
        raise NotFound(str(export_id))
    if wish.asked_by == look.by.id:
        raise NotBySelf(str(export_id))
    await exports.decide(session, export_id, standing, look.by.id, look.at)
    audit.note(session, look.by.id, f"export_{standing.value}", [export_id], look.at)


async def access_table(session: Session, look: Look, export_id: UUID) -> Table:
    """Once, for whoever asked. Raises `NotFound` for everybody else and ever after."""
    _need(look)
    wish = await exports.lock(session, export_id)
    if wish is None or not is_ready(wish, look):
        raise NotFound(str(export_id))
    await exports.take(session, export_id, look.at)
    audit.note(session, look.by.id, "take_export", [export_id], look.at)
    since = look.at - timedelta(days=wish.days)
    found = await _all_since(session, Look(look.by, look.at, "export"), since)
    rows = [_row(one, wish.in_full) for one in found]
    told = sorted({name for row in rows for name in row} - {*ALWAYS})
    mark = f"{look.by.name} {look.at.isoformat(timespec='minutes')} {str(wish.id)[:8]}"
    return Table(mark, (*ALWAYS, *told), rows)


async def _all_since(session: Session, look: Look, since: datetime) -> list[ReferralView]:
    """However many there are: a table that was cut would look like the whole."""
    found: list[ReferralView] = []
    after: ReferralPlace | None = None
    while True:
        page = Page(after, _AT_ONCE)
        part = await access.access_referrals(session, look, ReferralFilter(since=since), page)
        found += part.items
        if not part.goes_on:
            return found
        after = ReferralPlace(found[-1].created_at, found[-1].id)


def is_ready(wish: ExportView, look: Look) -> bool:
    """Whether the reader may take it now."""
    return (
        wish.asked_by == look.by.id
        and wish.state == Standing.APPROVED
        and wish.decided_at is not None
        and look.at - wish.decided_at <= LASTS
        and wish.taken_at is None
    )


def _row(one: ReferralView, in_full: bool) -> Mapping[str, str]:
    plain = {
        "day": one.created_at.date().isoformat(),
        "kind": one.kind,
        "programme": one.programme or "",
        "state": one.state,
        "age_band": age_band(one.fields.get("age")) or "",
        "area": str(one.fields.get("area", "")),
    }
    if not in_full:
        return plain
    return {**{name: str(value) for name, value in one.fields.items()}, **plain}


def _need(look: Look) -> None:
    if not may(look.by.role, Right.SUPERVISE):
        raise NotFound(Right.SUPERVISE.value)
