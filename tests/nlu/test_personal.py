"""Messages without what tells who wrote them."""

from datetime import date
from pathlib import Path

import pytest

from nlu import entities
from nlu.gazetteer import load_gazetteer
from nlu.personal import replaced
from nlu.reading import Asked, EntityName

GAZETTEER = load_gazetteer(Path(__file__).parents[2] / "content")
TODAY = date(2026, 11, 21)


def without(text: str, *names: str, asked: EntityName | None = None) -> str:
    found = entities.find(text, Asked(expects=asked) if asked else None, GAZETTEER, TODAY)
    return replaced(text, found, names, GAZETTEER)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("ring me on 07700 900456 pls", "900456"),
        ("its +44 (0) 7700 900456", "900456"),
        ("email me kestrel.b@mail.example", "kestrel.b"),
        ("dob 03/04/2010", "2010"),
        ("he was born 2010-04-03", "2010-04"),
        ("we live at 14 mill bank road", "mill bank"),
        ("postcode is CV6 5QF", "5QF"),
        ("my insta is @jordz_15x", "jordz"),
        ("see https://maps.example/abc", "maps"),
        ("ref 883412", "883412"),
        ("hes in wood end", "wood end"),
        ("she goes sidney stringer", "stringer"),
        ("my name is Tamwar and im scared", "Tamwar"),
    ],
)
def test_a_detail_does_not_come_through(text: str, detail: str) -> None:
    """Numbers, addresses, dates, places, schools and offered names are gone."""
    assert detail.casefold() not in without(text).casefold()


def test_names_that_the_conversation_knows_are_replaced_wherever_they_stand() -> None:
    """A name given earlier is known here, whatever its case and ending; the rest stays."""
    said = without("TYLERS in it deep, tyler wont listen", "Tyler Adebayo-Smyth")
    assert "tyler" not in said.casefold()
    assert said.endswith("wont listen")


def test_the_same_detail_becomes_the_same_invented_one() -> None:
    """A text that speaks of one person twice still does."""
    first, second = without("kez said so. kez lied", "Kez").split(" said so. ")
    assert second.split(" ")[0] == first


@pytest.mark.parametrize(
    "text",
    [
        "my lad is 15 hes got a knife in his bag",
        "they said they will do it at 3 after school",
        "he owes 200 quid and they want it by friday",
        "",
    ],
)
def test_what_tells_nobody_stays(text: str) -> None:
    """Ages, times, amounts and danger are what a model learns from."""
    assert without(text) == text


def test_plain_words_are_no_names() -> None:
    """Somebody whose name field holds `no` does not empty the language of it."""
    assert without("no i dont want that", "no", "Jo") == "no i dont want that"
