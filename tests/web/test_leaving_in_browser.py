"""Leaving at once and leaving no trace, in a real browser, from every page and every state."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.web.elsewhere import NEUTRAL, Elsewhere
from tests.web.people import (
    EVERY,
    PATIENCE,
    Person,
    answered,
    fill_in,
    looks_until_answered,
    on_a_slow_line,
    post,
    turns,
    within,
    write,
)

pytestmark = [pytest.mark.edge, pytest.mark.timeout(240)]

Visit = Callable[..., Person]
SUNNY = f"https://{NEUTRAL}/**"


@pytest.mark.parametrize(
    ("scripts", "paths"),
    [
        (True, ("/", "/privacy", "/q/a", "/chat")),
        (False, ("/help", "/nothing-here", "/q/a", "/chat")),
        pytest.param(True, EVERY, marks=pytest.mark.long),
        pytest.param(False, EVERY, marks=pytest.mark.long),
    ],
)
def test_one_tap_leaves_from_every_page(
    visit: Visit, sites: Elsewhere, scripts: bool, paths: tuple[str, ...]
) -> None:
    """The exit is in sight before anything else, and the page after it hears nothing of ours; three
    presses of Shift do the same."""
    sam = visit(scripts=scripts)
    sites.referers.clear()
    page = sam.opens(paths[0])
    for path in paths:
        for leave in (leaves, leaves_by_shift)[: 1 + scripts]:
            page.goto(path)
            expect(page.locator("#out")).to_be_in_viewport()
            leave(page)
    assert {*sites.referers} == {""}


def leaves(page: Page) -> None:
    page.click("#out")
    is_away(page)


def leaves_by_shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")
    is_away(page)


def is_away(page: Page) -> None:
    page.wait_for_url(SUNNY)
    expect(page.locator("p")).to_have_text("Sunny")


def test_without_a_signal_the_page_stays_blank_until_the_exit_is_heard(visit: Visit) -> None:
    """On a bus with no signal the exit blanks at once; what waited there is never said, and as
    soon as there is a signal the session ends and the other page comes."""
    sam = visit()
    page = sam.opens()
    write(page, "i want out of this")
    answered(page)
    sam.context.set_offline(True)
    write(page, "they got on")
    expect(page.locator("#log li.waits")).to_have_count(1)
    page.click("#out", no_wait_after=True)
    expect(page.locator("body")).to_have_text("")
    assert (page.title(), page.evaluate("location.pathname")) == ("Start", "/")
    posts: list[str] = []
    page.on("request", lambda asked: posts.append(f"{asked.method} {asked.url}"))
    sam.context.set_offline(False)
    is_away(page)
    within(PATIENCE, lambda: sam.cookie() is None)
    assert [one for one in posts if one.endswith("/chat")] == []


def test_what_is_sent_and_left_in_one_moment_leaves_no_cookie(
    visit: Visit, sites: Elsewhere
) -> None:
    """Somebody comes in just after Send was pressed, and the page to come is slow: the answer on
    its way is cut off, so it brings neither a cookie nor a page."""
    sam = visit()
    for path, send in (("/chat", "#write button"), ("/q/a", "form.question button")):
        page = sam.opens(path)
        on_a_slow_line(page)
        page.fill("#text", "i want out of this")
        sites.answers.clear()
        press = f"document.querySelector('{send}').click(); setTimeout(() => out.click(), 50)"
        with page.expect_event("requestfailed", is_words, timeout=9_000):
            page.evaluate(press)
        sites.answers.set()
        expect(page).to_have_url(re.compile(NEUTRAL))
        assert sam.cookie() is None


def is_words(asked: Request) -> bool:
    return asked.method == "POST" and not asked.url.endswith("/out")


def test_the_exit_stays_in_sight_while_one_types(visit: Visit) -> None:
    """A phone with its keyboard open, and one held sideways: at the end of a long chat, with the
    finger in the box, the exit and 999 are there; nothing we ask for is sent to a spelling help."""
    for width, height in ((360, 300), (640, 360)):
        page = visit(width=width, height=height).opens()
        write(page, "hello")
        answered(page)
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.focus("#text")
        for part in ("#out", "header a[href='tel:999']", "#text"):
            expect(page.locator(part)).to_be_in_viewport(ratio=1)
        expect(page.locator("#text")).to_have_attribute("spellcheck", "false")


def test_the_page_is_blank_before_anything_else_happens(visit: Visit, sites: Elsewhere) -> None:
    """On a slow phone, with a page to come that never answers: at once nothing is to be seen,
    in this tab and in the other, and the address and the title say nothing."""
    sam = visit()
    other = sam.opens("/privacy")
    page = sam.opens()
    write(page, "i want out of this")
    answered(page)
    sites.answers.clear()
    page.evaluate(
        "out.addEventListener('click', () => setTimeout(() => console.log("
        "document.body.innerHTML + location.pathname + document.title), 50))"
    )
    with page.expect_console_message() as seen:
        page.click("#out", no_wait_after=True)
    assert seen.value.text == "/Start"
    sites.answers.set()
    for tab in (page, other):
        expect(tab.locator("p")).to_have_text("Sunny")


@pytest.mark.parametrize("scripts", [True, False])
def test_after_the_exit_nothing_is_left(visit: Visit, scripts: bool) -> None:
    """Cookie gone, storage empty, and going back shows nothing of what was said."""
    sam = visit(scripts=scripts)
    page = sam.opens()
    (write if scripts else post)(page, "i want out of this")
    (answered if scripts else looks_until_answered)(page)
    leaves(page)
    # The page goes before the server has answered: the cookie goes as soon as it has.
    within(PATIENCE, lambda: sam.cookie() is None)
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("i want out of this")


SAVED, SENT = "It is saved", "It is sent"


@pytest.mark.parametrize(
    "until",
    [
        "half way",
        pytest.param("last look", marks=pytest.mark.long),
        pytest.param(SAVED, marks=pytest.mark.long),
        SENT,
    ],
)
def test_the_exit_from_questions_leaves_nothing_either(visit: Visit, until: str) -> None:
    """Half way, at the last look, from what was saved and from the receipt: the exit is in sight,
    and what was answered can't be gone back to."""
    sam = visit()
    page = sam.opens("/q/e")
    fill_in(page, "the bus stop on marked lane")
    if until == SAVED:
        turns(page, page.locator("text=Save it and come back later").click)
        fill_in(page, "purple lamp")
    elif until != "half way":
        fill_in(page, "after school", "fights")
        expect(page.locator("h1")).to_have_text("Have a last look")
    if until == SENT:
        turns(page, page.locator("button[value=send]").click)
    if until in (SAVED, SENT):
        expect(page.locator("h1")).to_have_text(until)
    expect(page.locator("#out")).to_be_in_viewport()
    leaves(page)
    within(PATIENCE, lambda: sam.cookie() is None)
    for _ in range(3):
        page.go_back()
        expect(page.locator("body")).not_to_contain_text("marked lane")


def test_shift_three_times_leaves_and_writing_capitals_does_not(visit: Visit) -> None:
    """Three presses within five seconds; a capital letter is no press, and each is told aloud."""
    page = visit(width=1280, height=800).opens()
    page.focus("#text")
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url.endswith("/chat")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(page.locator("#presses")).to_contain_text("one more")
    page.keyboard.press("Shift")
    is_away(page)
