"""The database goes away while people write: nothing is lost, and the answer finds them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.database import Outage
from tests.web.people import (
    Person,
    answered,
    looks_until_answered,
    own_words,
    picture,
    post,
    write,
)

pytestmark = [pytest.mark.edge, pytest.mark.timeout(240)]

Visit = Callable[..., Person]


def test_a_newcomer_hears_the_truth_and_then_the_answer(visit: Visit, outage: Outage) -> None:
    """Without a cookie, with the database away: kept, told so, and answered on the same page."""
    sam = visit()
    page = sam.opens()
    outage.begins()
    write(page, "i need some help")
    expect(page.locator("#note")).to_contain_text("Your words are kept")
    expect(page.locator("#note")).to_contain_text("999")
    assert own_words(page) == ["i need some help"]
    assert page.input_value("#text") == ""
    assert sam.cookie() is not None
    picture(page, "chat-outage")
    outage.ends()
    answered(page)
    assert own_words(page) == ["i need some help"]
    expect(page.locator("#note")).to_be_empty()
    write(page, "thanks")
    answered(page, 2)
    assert own_words(page) == ["i need some help", "thanks"]


def test_a_newcomer_without_javascript_is_answered_too(visit: Visit, outage: Outage) -> None:
    """The page itself says what happened, shows the words, and finds the answer later."""
    page = visit(scripts=False).opens()
    outage.begins()
    post(page, "i need some help")
    assert own_words(page) == ["i need some help"]
    assert "Your words are kept" in page.inner_text("#note")
    picture(page, "chat-outage-plain")
    outage.ends()
    looks_until_answered(page)
    assert own_words(page) == ["i need some help"]


def test_somebody_known_goes_on_where_they_were(visit: Visit, outage: Outage) -> None:
    """A reload in the outage still offers the box; what is written there joins the same talk."""
    page = visit(scripts=False).opens()
    post(page, "hi")
    looks_until_answered(page)
    outage.begins()
    page.goto("/chat")
    assert "can't show your messages" in page.inner_text("#note")
    post(page, "are you still there")
    assert "Your words are kept" in page.inner_text("#note")
    outage.ends()
    looks_until_answered(page, 2)
    assert own_words(page) == ["hi", "are you still there"]


def test_an_open_page_goes_on_by_itself(visit: Visit, outage: Outage) -> None:
    """A stream that breaks is made again, and what was said meanwhile arrives."""
    page = visit().opens()
    write(page, "hi")
    answered(page)
    outage.begins()
    write(page, "what is this")
    expect(page.locator("#note")).to_contain_text("Your words are kept")
    outage.ends()
    answered(page, 2)
    assert own_words(page) == ["hi", "what is this"]
