"""Tickets, pages and the rota under any order of events, against a model that a child could keep
on paper: who was woken when, who has it, when somebody must be woken next."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.rules import ladder as rungs
from bot.rules.ladder import RINGING, Page, PageState, Step, Team
from bot.rules.rota import (
    Hours,
    Leave,
    OnCall,
    Override,
    Rota,
    Rotating,
    Shift,
    Slot,
    Weekly,
    gaps,
    who_is_on,
)
from nlu.reading import RiskLevel

PEOPLE = tuple(UUID(int=n) for n in range(10, 15))
SUPERVISOR = PEOPLE[-1]
TEAM = UUID(int=99)
BEGIN = datetime(2026, 3, 28, 18, tzinfo=UTC)  # the clocks go forward in the night
SECOND = timedelta(seconds=1)
LEVELS = (RiskLevel.HIGH, RiskLevel.IMMEDIATE)
LONGEST = {RiskLevel.HIGH: timedelta(minutes=5), RiskLevel.IMMEDIATE: timedelta(minutes=5)}


@dataclass
class Paper:
    """What the model keeps of one ticket."""

    level: RiskLevel
    last_woken: datetime
    rings: bool = True
    taken_at: datetime | None = None
    helped: bool = False
    closed: bool = False
    pages: list[Page] = field(default_factory=list)
    woken: list[tuple[datetime, frozenset[UUID]]] = field(default_factory=list)


class Night(RuleBasedStateMachine):
    """The clockwork runs every time the clock is forwarded, second by second where it matters."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.papers: list[Paper] = []
        self.rota = Rota()
        self.can_hear: set[UUID] = set(PEOPLE)

    @initialize(each=st.integers(1, 3), second=st.booleans())
    def begin(self, each: int, second: bool) -> None:
        """Two in turn on the first rung, one by night on the second."""
        day, night = Hours(time(9), time(9)), Hours(time(21), time(7))
        first = Rotating(PEOPLE[:2], each, day, date(2026, 3, 1))
        shifts = [Shift(UUID(int=1), TEAM, Slot.FIRST, first)]
        if second:
            weekly = Weekly(PEOPLE[2], frozenset(range(7)), night, date(2026, 3, 1))
            shifts.append(Shift(UUID(int=2), TEAM, Slot.SECOND, weekly))
        self.rota = Rota(tuple(shifts))

    def ladder(self, level: RiskLevel) -> rungs.Ladder:
        team = Team(PEOPLE[:4], (SUPERVISOR,))
        on = who_is_on(self.rota, self.now)
        return rungs.build(on, team, level, tuple(self.can_hear))

    def wake(self, paper: Paper, step: Step | None) -> None:
        if step is None:
            return
        assert step.people, "a step that wakes nobody"
        assert paper.rings, "somebody was woken for what is over"
        paper.last_woken = self.now
        paper.woken.append((self.now, frozenset(step.people)))

    def run(self, paper: Paper) -> None:
        """What the clockwork does for one ticket in this second."""
        page = paper.pages[-1]
        if not page.ladder.steps and page.next_at is not None and page.next_at <= self.now:
            page = rungs.refill(page, self.ladder(page.level), self.now)
        page, step = rungs.due(page, self.now)
        paper.pages[-1] = page
        self.wake(paper, step)
        if step is not None and step.rung is not rungs.Rung.EVERYBODY:
            assert not page.passed & set(step.people), "who passed is left alone"
        done = paper.helped or paper.closed
        follower = rungs.follow(page, done, page.state in RINGING, self.now)
        if follower is not None:
            paper.rings, paper.taken_at = True, None
            follower, step = rungs.due(follower, self.now)
            paper.pages.append(follower)
            self.wake(paper, step)

    @rule(level=st.sampled_from(LEVELS))
    def danger(self, level: RiskLevel) -> None:
        """Somebody writes of danger."""
        page = rungs.begin(self.ladder(level), level, self.now)
        paper = Paper(level, self.now, pages=[page])
        self.papers.append(paper)
        self.run(paper)

    @precondition(lambda self: self.papers)
    @rule(n=st.integers(0, 99), who=st.sampled_from(PEOPLE))
    def take(self, n: int, who: UUID) -> None:
        paper = self.papers[n % len(self.papers)]
        page = rungs.acknowledge(paper.pages[-1], who, self.now)
        assert (page is not None) == paper.rings, "one takes it, and only what rings"
        if page is not None:
            paper.pages[-1] = page
            paper.rings, paper.taken_at = False, self.now

    @precondition(lambda self: self.papers)
    @rule(n=st.integers(0, 99), who=st.sampled_from(PEOPLE))
    def pass_on(self, n: int, who: UUID) -> None:
        paper = self.papers[n % len(self.papers)]
        page = rungs.pass_on(paper.pages[-1], who, self.now)
        assert (page is not None) == paper.rings
        if page is not None:
            before = len(paper.woken)
            paper.pages[-1] = page
            self.run(paper)
            if page.ladder.steps:
                assert len(paper.woken) == before + 1, "passing wakes the next at once"

    @precondition(lambda self: self.papers)
    @rule(n=st.integers(0, 99))
    def send_fails(self, n: int) -> None:
        paper = self.papers[n % len(self.papers)]
        paper.pages[-1] = rungs.hurry(paper.pages[-1], self.now)
        self.run(paper)

    @precondition(lambda self: self.papers)
    @rule(n=st.integers(0, 99), reason=st.sampled_from(["", " ", "police are there"]))
    def stop(self, n: int, reason: str) -> None:
        paper = self.papers[n % len(self.papers)]
        page = rungs.stop(paper.pages[-1], SUPERVISOR, reason)
        assert (page is not None) == (paper.rings and bool(reason.strip()))
        if page is not None:
            paper.pages[-1], paper.rings = page, False

    @precondition(lambda self: self.papers)
    @rule(n=st.integers(0, 99))
    def help(self, n: int) -> None:
        self.papers[n % len(self.papers)].helped = True

    @rule(who=st.sampled_from(PEOPLE), hours=st.integers(1, 20), leave=st.booleans())
    def change_rota(self, who: UUID, hours: int, leave: bool) -> None:
        """A swap or leave: what rings goes on as it began."""
        ladders = [paper.pages[-1].ladder for paper in self.papers]
        until = self.now + timedelta(hours=hours)
        if leave:
            away = (*self.rota.leave, Leave(who, self.now, until))
            self.rota = Rota(self.rota.shifts, self.rota.overrides, away)
            assert who not in _all(who_is_on(self.rota, self.now))
        else:
            on = who_is_on(self.rota, self.now).first
            out = on[0] if on else None
            change = Override(TEAM, Slot.FIRST, self.now, until, who, out)
            away_now = any(one.person == who and one.ends > self.now for one in self.rota.leave)
            self.rota = Rota(self.rota.shifts, (*self.rota.overrides, change), self.rota.leave)
            assert away_now or who in who_is_on(self.rota, self.now).first
        assert [paper.pages[-1].ladder for paper in self.papers] == ladders

    @rule(who=st.sampled_from(PEOPLE), hears=st.booleans())
    def phone_dies_or_lives(self, who: UUID, hears: bool) -> None:
        (self.can_hear.add if hears else self.can_hear.discard)(who)

    @rule(seconds=st.sampled_from((1, 45, 119, 120, 180, 300, 700)))
    def forward(self, seconds: int) -> None:
        """Time passes; the clockwork is there at every moment at which something is due."""
        until = self.now + timedelta(seconds=seconds)
        while self.now < until:
            self.now = min([until, *self._moments(until)])
            for paper in self.papers:
                self.run(paper)

    def _moments(self, until: datetime) -> list[datetime]:
        moments = [page.next_at for paper in self.papers for page in paper.pages[-1:]]
        taken = [paper.taken_at for paper in self.papers if paper.taken_at]
        due = [at for at in moments if at] + [at + rungs.HELP_WITHIN for at in taken]
        return [at for at in due if self.now < at < until]

    @invariant()
    def never_silence(self) -> None:
        """What rings has woken somebody within five minutes, if there is anybody to wake."""
        for paper in self.papers:
            if paper.rings and paper.pages[-1].ladder.steps:
                assert self.now - paper.last_woken <= LONGEST[paper.level] + rungs.LOOK_AGAIN

    @invariant()
    def taken_is_not_helped(self) -> None:
        """Three minutes after an immediate page was taken it was helped, or somebody is woken."""
        for paper in self.papers:
            if paper.taken_at is None or paper.level is not RiskLevel.IMMEDIATE:
                continue
            late = self.now - paper.taken_at > rungs.HELP_WITHIN
            assert not late or paper.helped or paper.closed

    @invariant()
    def the_auditor_is_content(self) -> None:
        """A clockwork that is never late is never called late."""
        for paper in self.papers:
            page = paper.pages[-1]
            if page.ladder.steps and page.state in RINGING:
                assert page.next_at is not None
                assert page.next_at >= self.now - SECOND

    @invariant()
    def the_model_agrees(self) -> None:
        """Rings on paper, rings in the page, and nowhere else."""
        for paper in self.papers:
            assert paper.rings == (paper.pages[-1].state in RINGING)
            assert all(page.state is PageState.ACKNOWLEDGED for page in paper.pages[:-1])

    @invariant()
    def a_gap_is_where_nobody_is(self) -> None:
        """The proof and the moment agree, whatever was changed."""
        open_now = not who_is_on(self.rota, self.now).first
        found = gaps(self.rota, self.now, self.now + timedelta(minutes=1))
        assert open_now == (bool(found) and found[0].starts == self.now)


def _all(on: OnCall) -> tuple[UUID, ...]:
    return (*on.first, *on.second)


TestNight = Night.TestCase
TestNight.settings = settings(max_examples=2_000, stateful_step_count=9, deadline=None)
