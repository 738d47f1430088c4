"""Who is woken in which order, and when it stops. Pure.

Belongs here: the steps of a page, what a clock, an answer or a failed send does to it, and what
must have happened by now. Does not belong here: who is on call (rota.py), sending
(bot/desk/paging.py).

    started ── step, step, ..., again and again ──▶ started
       ├── somebody takes it ──▶ acknowledged ── no help within 3 minutes ──▶ a new page, linked
       │                              └── handed back while it is danger ──▶ ended, and a new page
       ├── somebody passes, or a send fails ──▶ started, the next step now
       ├── a supervisor, by name and with a reason ──▶ stopped
       └── the ticket is closed, or a worse page takes its place ──▶ ended
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.reasons import says_why
from bot.rules.rota import OnCall
from nlu.reading import RiskLevel

HELP_WITHIN = timedelta(minutes=3)
"""Taken is not helped: whoever took an immediate page has so long to do something for it."""
JOIN_WITHIN = timedelta(minutes=15)
"""Whoever took any other page from a phone has so long to come to the conversation."""
AGAIN_EVERY = timedelta(minutes=5)
LATE_AFTER = timedelta(seconds=60)
"""A step that is late by more is an alarm."""
MOVES_ON_AFTER = timedelta(seconds=60)
"""A step that no carrier has taken within so long is followed by the next one."""
LOOK_AGAIN = timedelta(seconds=30)
"""With nobody in the world to wake, how soon it is looked for somebody again."""
_RUNG_WAIT = {RiskLevel.IMMEDIATE: timedelta(minutes=2)}
_LONG_WAIT = timedelta(minutes=5)


class Rung(StrEnum):
    FIRST = "first"
    SECOND = "second"
    TEAM = "team"
    SUPERVISORS = "supervisors"
    EVERYBODY = "everybody"
    """After the last rung: all of them, again and again."""


class PageState(StrEnum):
    STARTED = "started"
    UNREACHABLE = "unreachable"
    """As started, but nothing that was sent has reached anybody."""
    ACKNOWLEDGED = "acknowledged"
    STOPPED = "stopped"
    ENDED = "ended"


RINGING = (PageState.STARTED, PageState.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Step:
    rung: Rung
    people: tuple[UUID, ...]
    wait: timedelta
    """How long it is given before the next one."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """What is in force when a page starts, copied into it. No step is empty; with no step at
    all there is nobody in the world to page."""

    steps: tuple[Step, ...]

    def step(self, n: int) -> Step:
        """The n-th step from 0; past the end it is everybody, again and again."""
        return self.steps[n] if n < len(self.steps) else self._everybody()

    def _everybody(self) -> Step:
        people = (person for step in self.steps for person in step.people)
        return Step(Rung.EVERYBODY, tuple(dict.fromkeys(people)), AGAIN_EVERY)


@dataclass(frozen=True, slots=True)
class Team:
    """Who else there is beside those on call."""

    members: tuple[UUID, ...]
    """Of the teams on call; of all teams when none is."""
    supervisors: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as the ladder sees it."""

    ladder: Ladder
    level: RiskLevel
    state: PageState
    taken: int
    """Steps taken so far."""
    next_at: datetime | None
    """When the next one is due; None once nobody is woken any more."""
    by: UUID | None = None
    """Who took it or stopped it."""
    at: datetime | None = None
    """When it was taken."""
    passed: frozenset[UUID] = frozenset()
    """Who handed it on: not woken for it again before everybody is."""


def build(on: OnCall, team: Team, level: RiskLevel, can_hear: Sequence[UUID]) -> Ladder:
    """First, second, the team, the supervisors; rungs where nobody can hear are left out, so
    nothing waits for them."""
    wait = _RUNG_WAIT.get(level, _LONG_WAIT)
    rungs = (
        (Rung.FIRST, on.first, wait),
        (Rung.SECOND, tuple(one for one in on.second if one not in on.first), wait),
        (Rung.TEAM, team.members, wait),
        (Rung.SUPERVISORS, team.supervisors, AGAIN_EVERY),
    )
    steps = []
    for rung, people, pause in rungs:
        hears = tuple(person for person in people if person in can_hear)
        if hears:
            steps.append(Step(rung, hears, pause))
    return Ladder(tuple(steps))


def begin(ladder: Ladder, level: RiskLevel, now: datetime, first: int = 0) -> Page:
    """`first`: the step it begins with; a page that follows another begins above it."""
    state = PageState.STARTED if ladder.steps else PageState.UNREACHABLE
    return Page(ladder, level, state, first, now)


def refill(page: Page, ladder: Ladder, now: datetime) -> Page:
    """A page that had nobody in the world to wake looks again, until there is somebody."""
    if page.ladder.steps or page.state not in RINGING:
        return page
    if not ladder.steps:
        return replace(page, next_at=now + LOOK_AGAIN)
    return replace(page, ladder=ladder, state=PageState.STARTED, next_at=now)


def due(page: Page, now: datetime) -> tuple[Page, Step | None]:
    """The page after its next step and that step, or as it was and None while there is time."""
    if page.state not in RINGING or page.next_at is None or now < page.next_at:
        return page, None
    if not page.ladder.steps:
        return page, None
    step, taken = page.ladder.step(page.taken), page.taken + 1
    left = tuple(person for person in step.people if person not in page.passed)
    if not left and step.rung is not Rung.EVERYBODY:
        return due(replace(page, taken=taken), now)
    if left and step.rung is not Rung.EVERYBODY:
        step = replace(step, people=left)
    return replace(page, taken=taken, next_at=now + step.wait), step


def acknowledge(page: Page, who: UUID | None, now: datetime) -> Page | None:
    """None when nobody is being woken any more: somebody was first. `who` is None for the one
    phone that is paged while there is no rota."""
    if page.state not in RINGING:
        return None
    return replace(page, state=PageState.ACKNOWLEDGED, by=who, at=now, next_at=None)


def pass_on(page: Page, who: UUID, now: datetime) -> Page | None:
    """The next rung now; None when nobody is being woken any more."""
    if page.state not in RINGING:
        return None
    return replace(page, passed=page.passed | {who}, next_at=now)


def hurry(page: Page, now: datetime) -> Page:
    """What was sent reached nobody: the next step now. Everybody again is waited for: with all
    carriers away nothing is gained by haste."""
    if page.state not in RINGING or page.next_at is None or page.taken > len(page.ladder.steps):
        return page
    return replace(page, next_at=min(page.next_at, now))


def stop(page: Page, who: UUID, reason: str) -> Page | None:
    """By name and with a reason, or not at all."""
    if page.state not in RINGING or not says_why(reason):
        return None
    return replace(page, state=PageState.STOPPED, by=who, next_at=None)


def help_is_late(page: Page, now: datetime) -> bool:
    """An immediate page was taken so long ago that help must have begun."""
    return (
        page.state is PageState.ACKNOWLEDGED
        and page.level is RiskLevel.IMMEDIATE
        and page.at is not None
        and now - page.at >= HELP_WITHIN
    )


def follow(page: Page, helped: bool, rings: bool, now: datetime) -> Page | None:
    """The page that follows one that was taken and not acted on: the rungs above the one that
    took it. None where help was given, or is not late, or the ticket rings already (`rings`)."""
    if helped or rings or not help_is_late(page, now):
        return None
    return begin(page.ladder, page.level, now, first=page.taken)


def is_late(
    page: Page, last: tuple[int, datetime] | None, started_at: datetime, now: datetime
) -> bool:
    """What an auditor asks, from the steps that were written down and not from what is planned.
    `last`: number and time of the last step that was taken; None before the first."""
    if page.state not in RINGING:
        return False
    if last is None:
        return now - started_at > LATE_AFTER
    n, at = last
    return now > at + page.ladder.step(n).wait + LATE_AFTER
