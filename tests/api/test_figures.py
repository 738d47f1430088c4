"""Figures for supervision: right, hiding the few, harmless in a spreadsheet."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from api.desk.figures import harmless
from bot.rules.figures import SMALLEST, Figure, Wait, figures, meets_target
from bot.rules.rights import Role
from tests.api.staff import at_desk
from tests.api.test_desk import asks_for_person
from tests.fakes import FrozenClock
from tests.harness import World

AT = datetime(2026, 7, 10, 22, 30, tzinfo=UTC)


def wait(minutes: float | None, level: str = "high", outcome: str | None = None) -> Wait:
    answered = None if minutes is None else AT + timedelta(minutes=minutes)
    return Wait(level, "sms", "en", AT, answered, answered, outcome)


def test_medians_shares_and_who_got_no_answer() -> None:
    """Whoever was never answered counts against the share, and not into the median."""
    (figure,) = figures([wait(m) for m in (1, 2, 3, 10, None)], "level")
    assert (figure.group, figure.count, figure.unanswered) == ("high", 5, 1)
    assert (figure.answered, figure.in_time) == (timedelta(minutes=2.5), 0.6)
    assert meets_target(figure) is False
    assert meets_target(figures([wait(1)] * 20, "level")[0]) is True


def test_a_small_group_shows_nothing_but_that_it_is_small() -> None:
    """Four people are fewer than five, whatever their times."""
    few = [wait(1)] * (SMALLEST - 1)
    assert figures(few, "level") == [Figure("high", None)]
    assert meets_target(Figure("high", None)) is None
    assert figures([*few, wait(9)], "level")[0].count == SMALLEST


def test_hours_are_those_of_the_clock_on_the_wall() -> None:
    """22:30 UTC in July is the hour before midnight here."""
    assert [one.group for one in figures([wait(1)], "hour")] == ["23"]


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """What a spreadsheet would reckon with is text; the rest stays as it is."""
    assert harmless(cell) == f"'{cell}"
    assert harmless("high") == "high"


@pytest.mark.edge
async def test_a_supervisor_sees_how_long_people_waited(world: World, clock: FrozenClock) -> None:
    """Five people, the first of them answered: as a table and as CSV, without a word of theirs."""
    for number in range(5):
        await asks_for_person(world, f"+44770090020{number}")
    async with at_desk(world.service, "Sol", Role.SUPERVISOR) as sol:
        path = await sol.takes_first()
        clock.forward(minutes=2)
        await sol.opens(path)
        await sol.post(f"{path}/reply", {"text": "Hi, Sol here."})
        page = await sol.opens("/desk/figures?split=channel&days=7")
        answer = await sol.browser.get("/desk/figures.csv?split=channel&days=7")
    assert "20%" in page
    rows = list(csv.reader(StringIO(answer.text)))
    assert rows[0][:2] == ["Group", "People"]
    assert (rows[1][0], rows[1][1], rows[1][5]) == ("SMS", "5", "4")
    assert int(rows[1][3]) >= 120
    assert "real person" not in page
