"""Who is on call at a moment: patterns, changes, and both changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.coverage import Fault, prove
from bot.rules.deadlines import concern_deadline
from bot.rules.rota import (
    Hours,
    Leave,
    OneOff,
    Override,
    Pattern,
    Rota,
    Rotating,
    Shift,
    Slot,
    Weekly,
    duties,
    gaps,
    spans,
    who_is_on,
)

ADA, BEN, CLEO, DAN = (UUID(int=n) for n in range(10, 14))
TEAM = UUID(int=99)
NIGHTS = Hours(time(20), time(8))
DAYS = Hours(time(8), time(20))
ROUND_THE_CLOCK = Hours(time(9), time(9))
EVERY_DAY = frozenset(range(7))
SINCE = date(2026, 1, 1)


def shift(pattern: Pattern, slot: Slot = Slot.FIRST) -> Shift:
    return Shift(UUID(int=1), TEAM, slot, pattern)


def rota(*patterns: Pattern) -> Rota:
    return Rota(tuple(shift(pattern) for pattern in patterns))


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[arg-type,misc]


def first(of: Rota, at: datetime) -> tuple[UUID, ...]:
    return who_is_on(of, at).first


DAY_AND_NIGHT = rota(Weekly(ADA, EVERY_DAY, DAYS, SINCE), Weekly(BEN, EVERY_DAY, NIGHTS, SINCE))


def test_a_night_shift_belongs_to_the_evening_on_which_it_begins() -> None:
    """Saturday's night lasts until Sunday morning and no longer."""
    saturdays = rota(Weekly(BEN, frozenset({5}), NIGHTS, SINCE))
    assert first(saturdays, utc(2026, 1, 10, 20)) == (BEN,)
    assert first(saturdays, utc(2026, 1, 11, 7, 59)) == (BEN,)
    assert first(saturdays, utc(2026, 1, 11, 8)) == ()
    assert first(saturdays, utc(2026, 1, 10, 7)) == ()


def test_when_the_clocks_go_forward_the_night_is_an_hour_shorter() -> None:
    """29 March 2026: eleven hours from eight to eight, and no minute without somebody."""
    (night,) = (
        turn
        for turn in duties(DAY_AND_NIGHT, utc(2026, 3, 28, 21), utc(2026, 3, 28, 22))
        if turn.person == BEN
    )
    assert night.ends - night.starts == timedelta(hours=11)
    assert (night.starts, night.ends) == (utc(2026, 3, 28, 20), utc(2026, 3, 29, 7))
    assert gaps(DAY_AND_NIGHT, utc(2026, 3, 27), utc(2026, 3, 31)) == ()


def test_when_the_clocks_go_back_the_night_is_an_hour_longer() -> None:
    """25 October 2026: thirteen hours; nobody goes home in the hour that comes twice."""
    (night,) = (
        turn
        for turn in duties(DAY_AND_NIGHT, utc(2026, 10, 24, 21), utc(2026, 10, 24, 22))
        if turn.person == BEN
    )
    assert night.ends - night.starts == timedelta(hours=13)
    assert first(DAY_AND_NIGHT, utc(2026, 10, 25, 0, 30)) == (BEN,)
    assert first(DAY_AND_NIGHT, utc(2026, 10, 25, 1, 30)) == (BEN,)
    assert gaps(DAY_AND_NIGHT, utc(2026, 10, 23), utc(2026, 10, 27)) == ()


def test_shifts_that_meet_in_the_hour_that_never_comes_leave_no_gap() -> None:
    """Half past one does not exist on 29 March: one ends and the other begins at one moment."""
    half_past_one = time(1, 30)
    meets = rota(
        Weekly(ADA, EVERY_DAY, Hours(half_past_one, time(13)), SINCE),
        Weekly(BEN, EVERY_DAY, Hours(time(13), half_past_one), SINCE),
    )
    assert gaps(meets, utc(2026, 3, 27), utc(2026, 3, 31)) == ()
    assert gaps(meets, utc(2026, 10, 23), utc(2026, 10, 27)) == ()


@given(
    at=st.times(),
    day=st.dates(date(2026, 3, 20), date(2026, 11, 5)),
    turns=st.integers(1, 10),
)
def test_two_that_meet_anywhere_cover_every_minute(at: time, day: date, turns: int) -> None:
    """Whatever the wall time at which a rota hands over, no day of the year has a gap, and no
    turn of a rotation is lost."""
    around = rota(Rotating((ADA, BEN, CLEO), turns, Hours(at, at), SINCE))
    since = datetime.combine(day, time(), UTC)
    found = spans(around, since, since + timedelta(days=3))
    assert all(len(span.on.first) == 1 for span in found)
    assert found[0].starts == since
    assert all(a.ends == b.starts for a, b in pairwise(found))


def test_a_rotation_goes_round_and_hands_over_on_the_hour() -> None:
    """Weekly turns of three people, from Thursday at nine."""
    weeks = rota(Rotating((ADA, BEN, CLEO), 7, ROUND_THE_CLOCK, SINCE))
    assert first(weeks, utc(2026, 1, 1, 9)) == (ADA,)
    assert first(weeks, utc(2026, 1, 8, 8, 59)) == (ADA,)
    assert first(weeks, utc(2026, 1, 8, 9)) == (BEN,)
    assert first(weeks, utc(2026, 1, 15, 9)) == (CLEO,)
    assert first(weeks, utc(2026, 1, 22, 9)) == (ADA,)
    # Nine by the summer's wall clock is eight in UTC.
    assert first(weeks, utc(2026, 6, 18, 7, 59)) == (CLEO,)
    assert first(weeks, utc(2026, 6, 18, 8)) == (ADA,)


def test_a_one_off_is_exactly_as_long_as_it_says() -> None:
    """The last moment belongs to it, the end does not."""
    once = rota(OneOff(ADA, utc(2026, 1, 5, 9), utc(2026, 1, 5, 17)))
    assert first(once, utc(2026, 1, 5, 9)) == (ADA,)
    assert first(once, utc(2026, 1, 5, 16, 59)) == (ADA,)
    assert first(once, utc(2026, 1, 5, 17)) == ()


def test_an_ended_pattern_is_a_gap_from_then_on() -> None:
    """Its last shift begins on its last day."""
    ends = rota(Weekly(ADA, EVERY_DAY, ROUND_THE_CLOCK, SINCE, until=date(2026, 1, 4)))
    (gap,) = gaps(ends, utc(2026, 1, 3), utc(2026, 1, 10))
    assert (gap.starts, gap.ends) == (utc(2026, 1, 5, 9), utc(2026, 1, 10))


def test_an_override_takes_one_place_and_gives_it_back() -> None:
    """Cleo for Ben from ten to midnight; the day before and after are as they were."""
    cover = Override(TEAM, Slot.FIRST, utc(2026, 1, 5, 22), utc(2026, 1, 6), CLEO, BEN)
    changed = Rota(DAY_AND_NIGHT.shifts, (cover,))
    assert first(changed, utc(2026, 1, 5, 21)) == (BEN,)
    assert first(changed, utc(2026, 1, 5, 22)) == (CLEO,)
    assert first(changed, utc(2026, 1, 6)) == (BEN,)


def test_a_swap_is_two_overrides() -> None:
    """Ada takes Ben's night and Ben takes Ada's day."""
    both = utc(2026, 1, 5, 8), utc(2026, 1, 6, 8)
    swap = (
        Override(TEAM, Slot.FIRST, utc(2026, 1, 5, 8), utc(2026, 1, 5, 20), BEN, ADA),
        Override(TEAM, Slot.FIRST, utc(2026, 1, 5, 20), utc(2026, 1, 6, 8), ADA, BEN),
    )
    swapped = Rota(DAY_AND_NIGHT.shifts, swap)
    assert [span.on.first for span in spans(swapped, *both)] == [(BEN,), (ADA,)]


def test_an_override_for_nobody_in_particular_is_a_second_pair_of_ears() -> None:
    """Beside whoever is on, in that place alone."""
    extra = Override(TEAM, Slot.FIRST, utc(2026, 1, 5), utc(2026, 1, 6), DAN)
    busy = Rota(DAY_AND_NIGHT.shifts, (extra,))
    assert first(busy, utc(2026, 1, 5, 12)) == (ADA, DAN)
    assert who_is_on(busy, utc(2026, 1, 5, 12)).second == ()


def test_leave_is_leave_whatever_else_says_so() -> None:
    """Even an override onto somebody on leave is a gap, and so is found."""
    cover = Override(TEAM, Slot.FIRST, utc(2026, 1, 5, 20), utc(2026, 1, 6, 8), CLEO, BEN)
    away = Leave(CLEO, utc(2026, 1, 1), utc(2026, 1, 10))
    (gap,) = gaps(Rota(DAY_AND_NIGHT.shifts, (cover,), (away,)), utc(2026, 1, 4), utc(2026, 1, 8))
    assert (gap.starts, gap.ends) == (utc(2026, 1, 5, 20), utc(2026, 1, 6, 8))


def test_a_proof_finds_the_one_uncovered_minute() -> None:
    """A shift that starts a minute late is a gap of a minute each day, and nothing else is."""
    late = rota(
        Weekly(ADA, EVERY_DAY, Hours(time(8, 1), time(20)), SINCE),
        Weekly(BEN, EVERY_DAY, NIGHTS, SINCE),
    )
    found = prove(late, (ADA, BEN), utc(2026, 1, 5, 12))
    assert {one.fault for one in found} == {Fault.GAP}
    assert len(found) == 14
    assert all(one.ends - one.starts == timedelta(minutes=1) for one in found)


def test_a_proof_names_who_cannot_be_woken_and_who_is_on_twice() -> None:
    """Ben has no proved phone from his first turn on; Ada is her own second."""
    twice = Rota(
        (*DAY_AND_NIGHT.shifts, shift(Weekly(ADA, frozenset({0}), DAYS, SINCE), Slot.SECOND))
    )
    found = prove(twice, (ADA,), utc(2026, 1, 5, 6))
    assert [(one.fault, one.person, one.starts) for one in found] == [
        (Fault.UNTESTED, BEN, utc(2026, 1, 5, 6)),
        (Fault.BOTH_RUNGS, ADA, utc(2026, 1, 5, 8)),
        (Fault.BOTH_RUNGS, ADA, utc(2026, 1, 12, 8)),
    ]


def test_a_full_rota_is_proved() -> None:
    """Nothing found is the proof, over both changes of the clock too."""
    for day in (utc(2026, 1, 5), utc(2026, 3, 20), utc(2026, 10, 20)):
        assert prove(DAY_AND_NIGHT, (ADA, BEN), day) == ()


def test_a_worry_is_looked_at_on_its_day() -> None:
    """By eight in the evening; what comes after six, by noon of the next day; in local time."""
    assert concern_deadline(utc(2026, 1, 5, 9)) == utc(2026, 1, 5, 20)
    assert concern_deadline(utc(2026, 7, 6, 9)) == utc(2026, 7, 6, 19)
    assert concern_deadline(utc(2026, 1, 5, 18)) == utc(2026, 1, 6, 12)
    assert concern_deadline(utc(2026, 3, 28, 23)) == utc(2026, 3, 29, 11)
