"""What chaperones are told of a report, and what staff may count. Pure.

Belongs here: the closed lists that a report is made of, joining, hiding small counts. Does not
belong here: sending it (bot/desk/patrols.py), who is due where (bot/dialogue/patrols.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.dialogue.book import Book
from bot.dialogue.turn import FieldValue, Programme, ReferralKind, SaveReferral

SAID_AGAIN_AFTER = timedelta(hours=1)
"""A report of the same place, time and worry is sent again only after this long."""
HIDDEN_BELOW = 5
_OTHER = "something-else"
"""The choice for a worry that stands on no list: it tells chaperones nothing."""
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_TIMES = frozenset(
    {"after school", "before school", "lunchtime", "morning", "afternoon", "evening", "night"}
    | {"midday", "midnight", "any time", "now"}
)
_DAYS = frozenset(
    {"today", "tonight", "tomorrow", "weekend", "weekdays", "every day", "monday", "tuesday"}
    | {"wednesday", "thursday", "friday", "saturday", "sunday"}
)


@dataclass(frozen=True, slots=True)
class Report:
    """Nothing of it is anybody's own words. Empty: not told."""

    place: str
    day: str = ""
    time: str = ""
    worry: str = ""


def report_of(wish: SaveReferral, book: Book) -> Report | None:
    """What may reach the chaperones at once; None where a person must look first, because the
    place is on no list."""
    is_ours = wish.kind is ReferralKind.ROUTE and wish.programme is Programme.STEP_TOGETHER
    place = wish.fields.get("place")
    told_before = bool({"silence", "hidden"} & {*wish.reasons})
    if wish.state != "received" or told_before or not is_ours or place not in book.places:
        return None
    worries = {choice for step in book.flows["route"].steps for choice in step.choices}
    time = _listed(wish.fields, "time", _TIMES)
    clock = str(wish.fields.get("time", ""))
    return Report(
        str(place),
        _listed(wish.fields, "day", _DAYS),
        time or (clock if _CLOCK.fullmatch(clock) else ""),
        _listed(wish.fields, "worry", frozenset(worries)),
    )


def says_more(report: Report, earlier: Report) -> bool:
    """Whether chaperones who were told the earlier one would act otherwise on this one."""
    told = replace(report, worry="" if report.worry == _OTHER else report.worry)
    return told != earlier


def _listed(fields: Mapping[str, FieldValue], name: str, known: frozenset[str]) -> str:
    said = str(fields.get(name, ""))
    return said if said in known else ""


def is_news(last_sent: datetime | None, now: datetime) -> bool:
    return last_sent is None or now - last_sent >= SAID_AGAIN_AFTER


def shown(count: int) -> int | None:
    """A count that may be shown; None where it is so small that it may point at somebody."""
    return count if count >= HIDDEN_BELOW else None
