"""Matching: reasons are given, doubt goes to a person, nobody is turned away."""

from datetime import date, timedelta

import pytest

from bot.dialogue.turn import FieldValue, Programme, ReferralKind, SaveReferral, Say
from bot.rules.matching import is_current, match, place, stale_by
from tests.bot.talking import book

_DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("fields", "programme", "reasons", "flags"),
    [
        ({"age": 15, "area": "Hillfields"}, "cirv", ("age_fits", "lives_in_area"), ()),
        ({"age": 14, "area": "Wolverhampton"}, "cirv", ("age_fits", "lives_in_area"), ()),
        ({"age": 62, "area": "Coventry"}, "cirv", ("age_fits", "lives_in_area"), ()),
        ({"age": 17, "area": "Stoke"}, "cirv", ("age_fits", "lives_in_area"), ("turning_18",)),
        (
            {"age": 13, "area": "Stoke"},
            "human_decides",
            (
                "lives_in_area",
                "age_below",
                "consider_horizon",
                "consider_desist_transform",
                "consider_catch22",
            ),
            ("under_14",),
        ),
        ({"area": "Stoke"}, "human_decides", ("lives_in_area", "age_unknown"), ()),
        ({"age": "teen", "area": "Stoke"}, "human_decides", ("lives_in_area", "age_unknown"), ()),
        ({"age": 15}, "human_decides", ("age_fits", "area_unknown"), ()),
        (
            {"age": 15, "area": "Leeds"},
            "human_decides",
            ("age_fits", "area_not_listed"),
            ("out_of_area",),
        ),
        (
            {"age": 15, "area": "Leeds", "ties": "nan lives here"},
            "human_decides",
            ("age_fits", "ties_to_weigh"),
            ("out_of_area",),
        ),
    ],
)
def test_a_person_is_matched(
    fields: dict[str, FieldValue],
    programme: str,
    reasons: tuple[str, ...],
    flags: tuple[str, ...],
) -> None:
    """By age and area alone, with a code for each reason."""
    found = match(ReferralKind.SELF, fields, book(), _DAY)
    assert (found.programme, found.reasons, found.flags) == (Programme(programme), reasons, flags)


def test_a_route_needs_a_place() -> None:
    """With a place it goes to the chaperones; without one a person asks."""
    here = match(ReferralKind.ROUTE, {"place": "Wood End", "time": "15:00"}, book(), _DAY)
    assert here.programme is Programme.STEP_TOGETHER
    assert match(ReferralKind.ROUTE, {}, book(), _DAY).programme is Programme.HUMAN_DECIDES


def test_a_second_programme_that_may_fit_is_named() -> None:
    """Two may both fit; staff see the other as a reason."""
    fields: dict[str, FieldValue] = {"age": 15, "area": "Stoke", "place": "Stoke", "time": "15:00"}
    assert "also_step_together" in match(ReferralKind.PARENT, fields, book(), _DAY).reasons


@pytest.mark.parametrize("at", [date(2020, 1, 1), date(2031, 1, 1)])
def test_a_programme_out_of_date_is_never_offered(at: date) -> None:
    """Before it began, and when nobody has looked at it for long, a person decides."""
    found = match(ReferralKind.SELF, {"age": 15, "area": "Stoke"}, book(), at)
    assert found.programme is Programme.HUMAN_DECIDES
    assert "not_current" in found.reasons


def test_only_what_is_filed_is_placed() -> None:
    """Drafts and words pass through untouched."""
    draft = SaveReferral(ReferralKind.SELF, {"age": 15}, None, "draft")
    filed = SaveReferral(ReferralKind.SELF, {"age": 15, "area": "Stoke"}, None, "received")
    said, kept, sent = place((Say("stay"), draft, filed), book(), _DAY)
    assert (said, kept) == (Say("stay"), draft)
    assert isinstance(sent, SaveReferral)
    assert sent.programme is Programme.CIRV


@pytest.mark.parametrize("age", [6, 10, 13])
def test_under_fourteen_always_goes_to_a_person_with_something_to_look_at(age: int) -> None:
    """Nobody is turned away: what may fit is named, and a person decides."""
    found = match(ReferralKind.SELF, {"age": age, "area": "Stoke"}, book(), _DAY)
    assert found.programme is Programme.HUMAN_DECIDES
    assert any(reason.startswith("consider_") for reason in found.reasons)


def test_what_is_stale_is_neither_offered_nor_considered() -> None:
    """Two years on, with nobody having checked, a person decides and nothing is named."""
    late = date(2028, 11, 23)
    found = match(ReferralKind.PARENT, {"age": 15, "area": "Hillfields"}, book(), late)
    assert found.programme is Programme.HUMAN_DECIDES
    assert "not_current" in found.reasons
    assert not any(reason.startswith("consider_") for reason in found.reasons)


def test_both_programmes_may_fit() -> None:
    """A way out, and a walk home at a place and a time."""
    fields: dict[str, FieldValue] = {
        "age": 15,
        "area": "Stoke",
        "place": "Stoke",
        "time": "15:00",
    }
    assert "also_step_together" in match(ReferralKind.SELF, fields, book(), _DAY).reasons


def test_the_last_day_on_which_a_programme_is_offered() -> None:
    """A year after the last check it still is, the day after it is not; told 30 days before."""
    card = book().programmes["cirv"]
    last = card.checked.on + timedelta(days=book().deployment.programme_check_days)
    assert is_current(card, book(), last)
    assert not is_current(card, book(), last + timedelta(days=1))
    assert not stale_by(book(), last - timedelta(days=30))
    assert "cirv" in stale_by(book(), last - timedelta(days=29))
