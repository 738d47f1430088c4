"""Proof that somebody can be woken at every minute to come, or what stands against it. Pure.

Belongs here: the closed list of faults of a rota. Does not belong here: who is on call when
(rota.py), or telling anybody (bot/desk/coverage.py).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.rota import Rota, gaps, spans

AHEAD = timedelta(days=14)
"""How far the proof looks."""
CHECK_EVERY = timedelta(hours=1)


class Fault(StrEnum):
    GAP = "rota_gap"
    """Nobody is first on call."""
    UNTESTED = "rota_untested"
    """Somebody on call has no method that a code has proved."""
    BOTH_RUNGS = "rota_both_rungs"
    """One person is first and second at once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, for one person or for nobody, over all of the time in which it holds without a
    break (an untested person: from their first turn to their last)."""

    fault: Fault
    starts: datetime
    ends: datetime
    person: UUID | None = None


def prove(rota: Rota, reachable: Collection[UUID], at: datetime) -> tuple[Finding, ...]:
    """Everything wrong in the coming `AHEAD`; empty is the proof. `reachable`: who has at least
    one tested method."""
    until = at + AHEAD
    found = [Finding(Fault.GAP, gap.starts, gap.ends) for gap in gaps(rota, at, until)]
    untested: dict[UUID, Finding] = {}
    doubled: dict[UUID, list[Finding]] = {}
    for span in spans(rota, at, until):
        for person in (*span.on.first, *span.on.second):
            if person not in reachable:
                since = untested[person].starts if person in untested else span.starts
                untested[person] = Finding(Fault.UNTESTED, since, span.ends, person)
        for person in set(span.on.first) & set(span.on.second):
            stretch = doubled.setdefault(person, [])
            joins = bool(stretch) and stretch[-1].ends == span.starts
            since = stretch.pop().starts if joins else span.starts
            stretch.append(Finding(Fault.BOTH_RUNGS, since, span.ends, person))
    found += untested.values()
    found += [finding for stretch in doubled.values() for finding in stretch]
    return tuple(sorted(found, key=lambda one: (one.starts, one.fault, str(one.person))))
