"""People of every kind at the public site in a real browser: in, through, and out at once."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from nlu.reading import Language
from tests.bot.talking import book
from tests.deployment import Deployment
from tests.web.people import Person, answered, fits, picture, write

pytestmark = [pytest.mark.edge, pytest.mark.timeout(240)]

Visit = Callable[..., Person]
type Scheme = Literal["light", "dark"]
AXE = Path(__file__).parents[1] / "doubles" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("/", "/help", "/privacy", "/about", "/q/a", "/chat", "/nothing-here")
DIRECTION = {Language.UR: "rtl", Language.AR: "rtl"}
NEUTRAL = "https://www.bbc.co.uk/**"


def words_of(language: Language, text_id: str) -> str:
    """One text as it stands in content."""
    return book().words[language].text(text_id, book().facts, marks=False) or ""


def faults(page: Page) -> list[str]:
    """What axe finds, as rule and place."""
    page.wait_for_load_state("load")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"]
    ]


def neutral_page(context: BrowserContext, asked: list[str]) -> None:
    """Stands in for the page that the exit leads to."""

    def answer(route: Route) -> None:
        asked.append(route.request.headers.get("referer", ""))
        route.fulfill(body="<title>Weather</title><p>Sunny", content_type="text/html")

    context.route(NEUTRAL, answer)


def within(seconds: float, is_so: Callable[[], bool]) -> None:
    """Looks again and again until it is so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.05)


def fill_in(page: Page, *words: str) -> int:
    """Answers one question after the other by tapping and typing; how many pages it took."""
    for word in words:
        page.fill("#text", word)
        page.click("form.question button:not(.link)")
    return len(words)


def every_look() -> list[Any]:
    """Language and scheme; those that a short run leaves out are marked."""
    short = {(Language.EN, "light"), (Language.UR, "dark")}
    return [
        pytest.param(one, scheme, marks=() if (one, scheme) in short else pytest.mark.long)
        for one in book().on_pages
        for scheme in ("light", "dark")
    ]


@pytest.mark.parametrize(("language", "scheme"), every_look())
def test_axe_finds_nothing(
    chromium: Browser, up: Deployment, language: Language, scheme: Scheme
) -> None:
    """Every kind of page and state, in both schemes, in every language, at a phone's width."""
    mark = f"?l={language}"
    context = chromium.new_context(
        base_url=up.url,
        viewport={"width": 360, "height": 640},
        color_scheme=scheme,
        bypass_csp=True,
    )
    page, found = context.new_page(), {}
    for path in PAGES:
        page.goto(path + mark)
        found[path] = faults(page)
        assert fits(page), path
        picture(page, f"{path.strip('/').replace('/', '-') or 'home'}-360-{scheme}-{language}")
    page.goto(f"/chat{mark}")
    write(page, "hello")
    answered(page)
    found["chat with chips"] = faults(page)
    page.goto(f"/q/e{mark}")
    fill_in(page, "the bus stop", "after school")
    found["choice"] = faults(page)
    page.click("form.question button.plain >> nth=0")
    found["look back"] = faults(page)
    picture(page, f"check-360-{scheme}-{language}")
    page.click("button[value=send]")
    expect(page.locator("h1")).to_have_text(words_of(language, "site-sent"))
    found["sent"] = faults(page)
    picture(page, f"sent-360-{scheme}-{language}")
    context.close()
    assert {name: all_ for name, all_ in found.items() if all_} == {}


@pytest.mark.parametrize(
    ("scripts", "width", "language"),
    [(True, 360, Language.EN), (False, 320, Language.UR), (True, 1280, Language.PL)],
)
def test_from_the_first_page_to_sent_in_nine_screens(
    visit: Visit, scripts: bool, width: int, language: Language
) -> None:
    """A young person picks their language, taps and types their way through, with and without
    scripts, in under two minutes; the language stays to the end, in the receipt's own words too."""
    sam = visit(scripts=scripts, width=width)
    began = time.monotonic()
    page = sam.opens("/")
    if language is not Language.EN:
        page.click(".tongues summary")
        page.click(f".tongues a[lang={language}]")
    page.click(".doors a >> nth=0")
    screens = 2 + fill_in(page, "they keep on at me", "Kai", "15", "Hillfields", "text me")
    expect(page.locator("h1")).to_have_text(words_of(language, "site-ask-check"))
    assert fits(page)
    picture(page, f"check-{width}-{language}")
    page.click("button[value=send]")
    expect(page.locator("h1")).to_have_text(words_of(language, "site-sent"))
    assert screens + 1 <= 9
    assert time.monotonic() - began < 120
    assert page.locator("html").get_attribute("dir") == DIRECTION.get(language, "ltr")
    ends = words_of(language, "self-ends").split(".")[0].split("\u06d4")[0]
    expect(page.locator(".told")).to_contain_text(ends)
    picture(page, f"sent-{width}-{language}")
    assert sam.complaints == []
    assert [url for url in sam.requests if not url.startswith(sam.url)] == []


def test_danger_in_an_answer_brings_999_to_the_next_page(visit: Visit) -> None:
    """The words that keep somebody alive stand above the next question."""
    page = visit().opens("/q/a")
    fill_in(page, "he has a knife and is outside my door")
    expect(page.locator(".notice")).to_contain_text("999")
    expect(page.locator(".notice")).to_be_in_viewport()
    picture(page, "question-danger")


def test_back_shows_the_question_before_with_its_answer(visit: Visit) -> None:
    """The browser's own back and ours lead to what was said, and it can be changed."""
    page = visit().opens("/q/a")
    fill_in(page, "need help", "Kia")
    page.go_back()
    assert page.input_value("#text") == "Kia"
    fill_in(page, "Kai", "15")
    page.click("text=Back")
    assert page.input_value("#text") == "15"


@pytest.mark.parametrize("path", ["/", "/help", "/privacy", "/q/a", "/chat"])
def test_one_tap_leaves_from_every_page(visit: Visit, path: str) -> None:
    """The exit is in sight before anything else, and the page after it says nothing of ours."""
    sam, asked = visit(), list[str]()
    neutral_page(sam.context, asked)
    page = sam.opens(path)
    expect(page.locator("#out")).to_be_in_viewport()
    page.click("#out")
    page.wait_for_url(NEUTRAL)
    assert asked == [""]


def test_the_page_is_blank_before_anything_else_happens(visit: Visit) -> None:
    """On a slow phone, with a page to come that never answers: at once nothing is to be seen,
    in this tab and in the other, and the address and the title say nothing."""
    sam = visit()
    other = sam.opens("/privacy")
    page = sam.opens()
    write(page, "i want out of this")
    answered(page)
    held: list[Route] = []
    sam.context.route(NEUTRAL, lambda route: held.append(route))
    page.evaluate(
        "out.addEventListener('click', () => setTimeout(() => console.log("
        "document.body.innerHTML + location.pathname + document.title), 1500))"
    )
    with page.expect_console_message() as seen:
        page.click("#out", no_wait_after=True)
    assert seen.value.text == "/Start"
    for route in held:
        route.fulfill(body="<p>Sunny", content_type="text/html")
    for tab in (page, other):
        expect(tab.locator("p")).to_have_text("Sunny")


@pytest.mark.parametrize("scripts", [True, False])
def test_after_the_exit_nothing_is_left(visit: Visit, scripts: bool) -> None:
    """Cookie gone, storage empty, and going back shows nothing of what was said."""
    sam = visit(scripts=scripts)
    neutral_page(sam.context, [])
    page = sam.opens()
    write(page, "i want out of this")
    answered(page)
    page.click("#out")
    page.wait_for_url(NEUTRAL)
    expect(page.locator("p")).to_have_text("Sunny")
    # The page goes before the server has answered: the cookie goes as soon as it has.
    within(10, lambda: sam.cookie() is None)
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
    neutral_page(sam.context, [])
    page = sam.opens("/q/e")
    fill_in(page, "the bus stop on marked lane")
    if until == SAVED:
        page.click("text=Save it and come back later")
        fill_in(page, "purple lamp")
    elif until != "half way":
        fill_in(page, "after school")
        page.click("form.question button.plain >> nth=0")
        expect(page.locator("h1")).to_have_text("Have a last look")
    if until == SENT:
        page.click("button[value=send]")
    if until in (SAVED, SENT):
        expect(page.locator("h1")).to_have_text(until)
    expect(page.locator("#out")).to_be_in_viewport()
    page.click("#out")
    page.wait_for_url(NEUTRAL)
    within(10, lambda: sam.cookie() is None)
    for _ in range(3):
        page.go_back()
        expect(page.locator("body")).not_to_contain_text("marked lane")


def test_on_a_slow_network_an_answer_goes_once(visit: Visit) -> None:
    """A form tapped twice on a slow line, a second tab, and back: one answer each, none lost."""
    sam = visit()
    page = sam.opens("/q/a")
    line = sam.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 400, "downloadThroughput": 6e3, "uploadThroughput": 6e3}
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", slow)
    page.fill("#text", "they keep on at me")
    page.locator("form.question button:not(.link)").dblclick()
    expect(page.locator("h1")).to_contain_text("call you")
    other = sam.opens("/q/a")
    expect(other.locator("h1")).to_contain_text("call you")
    fill_in(other, "Kai")
    fill_in(page, "Kia")
    expect(page.locator("h1")).to_contain_text("old")
    page.goto("/q/a/all")
    expect(page.locator(".answers")).to_contain_text("Kia")
    expect(page.locator(".answers")).not_to_contain_text("Kai")


def test_shift_three_times_leaves_and_writing_capitals_does_not(visit: Visit) -> None:
    """Three presses within five seconds; a capital letter is no press, and each is told aloud."""
    sam = visit(width=1280, height=800)
    neutral_page(sam.context, [])
    page = sam.opens()
    page.focus("#text")
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url.endswith("/chat")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(page.locator("#presses")).to_contain_text("one more")
    page.keyboard.press("Shift")
    page.wait_for_url(NEUTRAL)


def test_the_keyboard_alone_reaches_every_door(visit: Visit) -> None:
    """Skip link first, then 999, the exit, the languages, and the doors in their order."""
    page = visit(width=1280, height=800).opens("/")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached[:3] == ["#main", "tel:999", "/out"]
    assert [href for href in reached if href and href.startswith("/q/")] == [
        f"/q/{door}" for door in "abcde"
    ]


def test_large_text_and_no_styles_still_work(visit: Visit) -> None:
    """At 400% nothing sticks out to the side; without styles everything is there to read."""
    sam = visit(width=320, height=256)
    for path in ("/", "/privacy", "/help", "/q/a", "/chat"):
        page = sam.opens(path)
        assert fits(page), path
    bare = visit()
    bare.context.route("**/page.css", lambda route: route.abort())
    page = bare.opens("/")
    expect(page.locator("text=For my child")).to_be_visible()
    expect(page.locator("#out")).to_be_visible()


def test_targets_are_large_enough_for_a_thumb(visit: Visit) -> None:
    """Every link and button outside running text is at least 44 pixels high."""
    sam = visit()
    for path in ("/", "/q/a", "/chat"):
        page = sam.opens(path)
        for target in page.locator(".bar a, .doors a, .asides a, .ways a, main button").all():
            shape = target.bounding_box()
            assert shape is None or shape["height"] >= 43.9, (path, target.inner_text())
