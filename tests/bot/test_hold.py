"""How long things wait: the hold of a reply, and the pauses between tries."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.rules import hold, tries

BEGIN = datetime(2026, 3, 10, 19, 30, tzinfo=UTC)
SPANS = st.floats(0, 3600).map(lambda seconds: timedelta(seconds=seconds))


@given(SPANS)
def test_a_hold_is_quiet_and_never_long(since: timedelta) -> None:
    """A second and a half of quiet, four seconds in all, and never in the past."""
    now = BEGIN + since
    due = hold.due(now, BEGIN)
    assert now <= due <= now + hold.QUIET
    assert due <= max(BEGIN + hold.LONGEST, now)


def test_three_lines_in_two_seconds_wait_for_the_last() -> None:
    """Each line begins the quiet again."""
    dues = [hold.due(BEGIN + timedelta(seconds=n), BEGIN) for n in (0, 1, 2)]
    assert dues == [BEGIN + timedelta(seconds=n) for n in (1.5, 2.5, 3.5)]


def test_turns_are_tried_at_nought_one_and_three_seconds() -> None:
    """The first failure waits a second, each later one two."""
    assert [tries.turn_wait(n).total_seconds() for n in (1, 2, 3, 9)] == [1, 2, 2, 2]


@given(st.integers(1, 40), st.floats(0, 10_000))
def test_a_send_waits_longer_each_time_within_bounds(attempts: int, asked: float) -> None:
    """At least what the carrier asked, never beyond the longest wait, never less than before."""
    wait = tries.send_wait(attempts, asked)
    assert wait <= tries.SEND_LONGEST_WAIT
    assert wait >= min(timedelta(seconds=asked), tries.SEND_LONGEST_WAIT)
    assert tries.send_wait(attempts + 1, asked) >= wait
