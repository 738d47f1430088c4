"""Facts found in messages, in the light of the question that was asked."""

from datetime import date
from pathlib import Path

import pytest

from nlu.entities import find
from nlu.gazetteer import load_gazetteer
from nlu.reading import Asked, EntityName, EntityValue

GAZETTEER = load_gazetteer(Path(__file__).parents[2] / "content")
TODAY = date(2026, 11, 21)


def values(text: str, expects: EntityName | None = None) -> dict[EntityName, EntityValue]:
    asked = Asked(expects=expects) if expects else None
    return {entity.name: entity.value for entity in find(text, asked, GAZETTEER, TODAY)}


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("my lad is 15", 15),
        ("he's 15", 15),
        ("im 15f", 15),
        ("yr 9", 13),
        ("shes in year nine", 13),
        ("turning 18 next month", 17),
        ("nearly 16", 15),
        ("im 17 years old", 17),
        ("im fifteen", 15),
        ("dob 03/04/2010", 16),
        ("born 22/11/2010", 15),
        ("mam 15 lat", 15),
        ("mera beta pandra saal ka hai", 15),
    ],
)
def test_ages_are_read_however_they_are_said(text: str, age: int) -> None:
    """Figures, words, school years, birthdays to come and dates of birth give years."""
    assert values(text)[EntityName.AGE] == age


@pytest.mark.parametrize(
    "text", ["15 quid", "2 of them", "15 mins away", "£15", "at 15:30", "5 years ago", "15 knives"]
)
def test_other_numbers_are_no_ages(text: str) -> None:
    """Money, amounts and times are not taken for an age, even when an age was asked."""
    assert EntityName.AGE not in values(text, EntityName.AGE)


def test_a_bare_number_answers_the_question_for_an_age() -> None:
    """'52' alone is an age only when one was asked for."""
    assert values("52", EntityName.AGE) == {EntityName.AGE: 52}
    assert values("52") == {}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("in wood end", "Wood End"),
        ("hilfields", "Hillfields"),
        ("from the field", "Hillfields"),
        ("cov", "Coventry"),
        ("wolves", "Wolverhampton"),
        ("i live in stoke", "Stoke"),
        ("willenhall way", "Willenhall"),
        ("up whitmore reans", "Whitmore Reans"),
    ],
)
def test_places_are_known_by_their_many_spellings(text: str, place: str) -> None:
    """Slang, slips and short forms lead to one name."""
    assert values(text)[EntityName.PLACE] == place


def test_a_school_is_not_also_the_area_in_its_name() -> None:
    """Stoke Park School does not place the writer in Stoke."""
    found = values("boys outside stoke park school at half 3 tmrw")
    assert found == {
        EntityName.SCHOOL: "Stoke Park School",
        EntityName.TIME: "15:30",
        EntityName.DAY: "tomorrow",
    }


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("15:30", "15:30"),
        ("half 3", "15:30"),
        ("quarter past 3", "15:15"),
        ("4pm", "16:00"),
        ("after school", "after school"),
        ("at 8am", "08:00"),
        ("quarter to 4", "15:45"),
    ],
)
def test_times_are_read_as_a_school_day_has_them(text: str, moment: str) -> None:
    """An hour from one to seven is the afternoon."""
    assert values(text)[EntityName.TIME] == moment


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("call me Jaz", "Jaz"),
        ("its Tariq", "Tariq"),
        ("Kayleigh", "Kayleigh"),
        ("my names kyle", "Kyle"),
    ],
)
def test_a_name_is_taken_when_it_was_asked_for(text: str, name: str) -> None:
    """With or without a lead-in the name alone is kept."""
    assert values(text, EntityName.NAME)[EntityName.NAME] == name


@pytest.mark.parametrize("text", ["skip", "idk", "rather not say", "no"])
def test_declining_is_not_a_name(text: str) -> None:
    """Nobody is recorded as 'Skip'."""
    assert EntityName.NAME not in values(text, EntityName.NAME)


def test_call_me_with_a_time_is_contact_and_no_name() -> None:
    """'call me after 4' says how and when, not who."""
    assert values("call me after 4") == {
        EntityName.SAFE_CHANNEL: "call",
        EntityName.SAFE_TIME: "after 16:00",
    }


def test_one_message_may_hold_several_answers() -> None:
    """Relation, age and place come out of one breath, at their places in the text."""
    text = "my lad is 15 hes got in with a bad lot in wood end"
    found = find(text, None, GAZETTEER, TODAY)
    assert [(e.name, e.value, text[e.start : e.end]) for e in found] == [
        (EntityName.RELATION, "son", "my lad"),
        (EntityName.AGE, 15, "15"),
        (EntityName.PLACE, "Wood End", "wood end"),
    ]


@pytest.mark.parametrize("text", ["", "\u200b", "9" * 10_000, "call me " * 2_000])
def test_odd_texts_are_survived(text: str) -> None:
    """Empty and endless messages give facts or none, never an error."""
    assert isinstance(find(text, Asked(expects=EntityName.NAME), GAZETTEER, TODAY), tuple)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my son jay he is 15", "Jay"),
        ("My son Jay is 15, we live in Blackthorn", "Jay"),
        ("concerned about a Year 9 pupil, Tyler", "Tyler"),
        ("my daughter keeps going missing", None),
        ("my son he is 15", None),
        ("my brother is in trouble", None),
        ("My son Friday came home late", None),
    ],
)
def test_a_name_right_after_who_somebody_is(text: str, name: str | None) -> None:
    """With a capital, or going on with he or she; other words after `my son` are none."""
    assert values(text).get(EntityName.NAME) == name


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("he lives in kings heath northampton", "kings heath northampton"),
        ("we live in Blackthorn", "Blackthorn"),
        ("he lives in Blackthorn and goes out a lot", "Blackthorn"),
        ("we live in a flat", None),
        ("i live in fear of them", None),
    ],
)
def test_a_place_that_no_list_knows_is_kept_as_given(text: str, place: str | None) -> None:
    """Where somebody says that they live there."""
    assert values(text).get(EntityName.PLACE) == place


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("I am a teacher at Northampton Academy", "Northampton Academy"),
        ("He goes to School on Mondays", None),
        ("he hates school", None),
    ],
)
def test_a_school_that_no_list_knows_is_kept_as_given(text: str, school: str | None) -> None:
    """Where it is written as a name."""
    assert values(text).get(EntityName.SCHOOL) == school


@pytest.mark.parametrize(
    "text",
    ["they ring me all night", "he texts me threats", "please call the police", "who calls me"],
)
def test_what_others_do_is_no_way_that_is_safe(text: str) -> None:
    """A call that somebody fears, or one to the police, is no wish to be called."""
    found = find(text, Asked(), GAZETTEER, TODAY)
    assert EntityName.SAFE_CHANNEL not in {entity.name for entity in found}
