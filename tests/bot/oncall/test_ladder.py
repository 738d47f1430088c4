"""The ladder as a value: what a clock, an answer or a failed send does to a page."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.rules import ladder as rungs
from bot.rules.ladder import Ladder, Page, PageState, Rung, Team
from bot.rules.page_answers import Answer, Ask, parse_answer
from bot.rules.rota import OnCall
from nlu.reading import RiskLevel

ADA, BEN, CLEO, SOL = (UUID(int=n) for n in range(10, 14))
NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)
EVERYBODY = (ADA, BEN, CLEO, SOL)
FULL = rungs.build(
    OnCall((ADA,), (BEN,)), Team((ADA, BEN, CLEO), (SOL,)), RiskLevel.IMMEDIATE, EVERYBODY
)


def minutes(
    of: Ladder, steps: int, level: RiskLevel = RiskLevel.IMMEDIATE
) -> list[tuple[float, Rung]]:
    """When each step is taken and which, if nobody answers."""
    page, at = rungs.begin(of, level, NOW), NOW
    found: list[tuple[float, Rung]] = []
    while len(found) < steps:
        page, step = rungs.due(page, at)
        if step is not None:
            found.append(((at - NOW).total_seconds() / 60, step.rung))
        assert page.next_at is not None
        at = page.next_at
    return found


def test_immediate_climbs_every_two_minutes() -> None:
    """Then everybody, every five."""
    assert minutes(FULL, 6) == [
        (0, Rung.FIRST),
        (2, Rung.SECOND),
        (4, Rung.TEAM),
        (6, Rung.SUPERVISORS),
        (11, Rung.EVERYBODY),
        (16, Rung.EVERYBODY),
    ]


def test_high_gives_each_rung_five_minutes() -> None:
    """And does not end either."""
    team = Team((ADA, BEN, CLEO), (SOL,))
    high = rungs.build(OnCall((ADA,), (BEN,)), team, RiskLevel.HIGH, EVERYBODY)
    assert [at for at, _ in minutes(high, 6, RiskLevel.HIGH)] == [0, 5, 10, 15, 20, 25]


def test_rungs_where_nobody_can_hear_are_not_there() -> None:
    """Ada's phone is not proved and there is no supervisor: Ben at once, the team after him."""
    found = rungs.build(
        OnCall((ADA,), (BEN,)), Team((ADA, BEN, CLEO), (SOL,)), RiskLevel.IMMEDIATE, (BEN, CLEO)
    )
    assert [step.people for step in found.steps] == [(BEN,), (BEN, CLEO)]


def test_one_on_both_rungs_is_woken_once_for_both() -> None:
    """The second rung is then nobody's, and not waited for."""
    found = rungs.build(OnCall((ADA,), (ADA,)), Team((), ()), RiskLevel.IMMEDIATE, EVERYBODY)
    assert [step.rung for step in found.steps] == [Rung.FIRST]


@pytest.mark.parametrize("end", [PageState.ACKNOWLEDGED, PageState.STOPPED, PageState.ENDED])
def test_what_has_ended_wakes_nobody(end: PageState) -> None:
    """However much time passes."""
    over = Page(FULL, RiskLevel.IMMEDIATE, end, 1, NOW)
    assert rungs.due(over, NOW + timedelta(days=1))[1] is None
    assert rungs.acknowledge(over, BEN, NOW) is None
    assert rungs.pass_on(over, BEN, NOW) is None
    assert rungs.stop(over, SOL, "a reason") is None


def test_when_all_have_passed_everybody_is_woken() -> None:
    """Passing leaves a person alone until there is nobody else."""
    page = rungs.begin(FULL, RiskLevel.IMMEDIATE, NOW)
    for person in EVERYBODY:
        page, _ = rungs.due(page, NOW)
        passed = rungs.pass_on(page, person, NOW)
        assert passed is not None
        page = passed
    page, step = rungs.due(page, NOW)
    assert step is not None
    assert (step.rung, step.people) == (Rung.EVERYBODY, EVERYBODY)


def test_a_failed_send_hurries_until_everybody_was_told() -> None:
    """Then the five minutes are waited out: with every carrier away haste helps nobody."""
    page = rungs.begin(FULL, RiskLevel.IMMEDIATE, NOW)
    for _ in range(5):
        page, step = rungs.due(page, NOW)
        assert step is not None
        page = rungs.hurry(page, NOW)
    assert page.next_at == NOW + rungs.AGAIN_EVERY


def test_with_nobody_in_the_world_it_looks_again_until_there_is() -> None:
    """A page without a ladder gets one as soon as somebody can be woken."""
    page = rungs.begin(Ladder(()), RiskLevel.IMMEDIATE, NOW)
    assert page.state is PageState.UNREACHABLE
    page = rungs.refill(page, Ladder(()), NOW)
    assert page.next_at == NOW + rungs.LOOK_AGAIN
    page = rungs.refill(page, FULL, NOW)
    assert page.state is PageState.STARTED
    assert rungs.due(page, NOW)[1] == FULL.steps[0]


def test_the_auditor_sees_a_step_that_is_late() -> None:
    """A minute after it should have been taken, and not before; a page that is over is never."""
    page = rungs.begin(FULL, RiskLevel.IMMEDIATE, NOW)
    assert not rungs.is_late(page, None, NOW, NOW + timedelta(seconds=60))
    assert rungs.is_late(page, None, NOW, NOW + timedelta(seconds=61))
    first = (0, NOW)
    assert not rungs.is_late(page, first, NOW, NOW + timedelta(minutes=3))
    assert rungs.is_late(page, first, NOW, NOW + timedelta(minutes=3, seconds=1))
    everybody = (7, NOW)
    assert not rungs.is_late(page, everybody, NOW, NOW + timedelta(minutes=6))
    assert rungs.is_late(page, everybody, NOW, NOW + timedelta(minutes=6, seconds=1))
    taken = rungs.acknowledge(page, ADA, NOW)
    assert taken is not None
    assert not rungs.is_late(taken, first, NOW, NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("48213", Answer(Ask.TAKE, "48213")),
        (" 48213. ", Answer(Ask.TAKE, "48213")),
        ("ok 48213", Answer(Ask.TAKE, "48213")),
        ("PASS 48213", Answer(Ask.PASS, "48213")),
        ("48213 pass", Answer(Ask.PASS, "48213")),
        ("999 48213", Answer(Ask.CALLED_999, "48213")),
        ("Called 48213", Answer(Ask.CALLED, "48213")),
        ("STOP", Answer(Ask.STOP)),
        ("start", Answer(Ask.START)),
        ("page:take:48213", Answer(Ask.TAKE, "48213")),
        ("I am on it", None),
        ("pass pass", None),
        ("pass 48213 take", None),
        ("482130", None),
        ("cancel 48213", None),
    ],
)
def test_what_a_tired_thumb_writes_is_understood(said: str, meant: Answer | None) -> None:
    """Upper or lower case, before or after; a guess is never made."""
    assert parse_answer(said) == meant
