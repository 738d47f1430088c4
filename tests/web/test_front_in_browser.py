"""People of every kind at the public site in a real browser: in, through, and out at once."""

import time
from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from nlu.reading import Language
from tests.bot.talking import book
from tests.web.axe import faults
from tests.web.conftest import Scheme
from tests.web.keyboard import faults_by_keyboard, unnamed
from tests.web.people import (
    EVERY,
    PAGES,
    Person,
    answered,
    fill_in,
    fits,
    on_a_slow_line,
    picture,
    turns,
    write,
)

pytestmark = [pytest.mark.edge, pytest.mark.timeout(240)]

Visit = Callable[..., Person]
FORMS = {
    "a": ("they keep on at me", "Kai", "15", "Hillfields", "text me"),
    "b": ("hes never home", "Jay", "14", "Wood End", "knows-unsure", "ring me"),
    "c": ("Head of year", "Made-up School", "Ada", "14", "Wood End", "new phone", "both-aware",
          "office@school.example"),
    "d": ("shes scared of them", "Mia", "15", "Foleshill"),
    "e": ("bus stop by the school", "after school", "fights"),
}  # fmt: skip
DIRECTION = {Language.UR: "rtl", Language.AR: "rtl"}
KINDS = {"a": "self", "b": "parent", "c": "school", "d": "friend", "e": "route"}


def words_of(language: Language, text_id: str) -> str:
    """One text as it stands in content."""
    return book().words[language].text(text_id, book().facts, marks=False) or ""


def every_look() -> list[Any]:
    """Language, scheme and pages; a short run takes two looks at the chief pages."""
    short = {(Language.EN, "light"), (Language.UR, "dark")}
    looks = [(one, scheme) for one in book().on_pages for scheme in ("light", "dark")]
    return [
        *(pytest.param(*look, PAGES) for look in looks if look in short),
        *(pytest.param(*look, EVERY, marks=pytest.mark.long) for look in looks),
    ]


@pytest.mark.parametrize(("language", "scheme", "paths"), every_look())
def test_axe_finds_nothing(
    visit: Visit, language: Language, scheme: Scheme, paths: tuple[str, ...]
) -> None:
    """Every kind of page and state, in both schemes, in every language, at a phone's width."""
    page = visit(scheme=scheme).context.new_page()
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        page.wait_for_load_state()
        found[name] = faults(page)
        assert fits(page), name
        picture(page, f"{name.strip('/').replace('/', '-') or 'home'}-360-{scheme}-{language}")

    for path in paths:
        page.goto(f"{path}{'&' if '?' in path else '?'}l={language}")
        look(path)
    page.goto(f"/chat?l={language}")
    write(page, "hello")
    answered(page)
    look("chat with chips")
    page.goto(f"/q/e?l={language}")
    fill_in(page, "the bus stop", "after school")
    look("choice")
    fill_in(page, "fights")
    look("check")
    turns(page, page.locator("button[value=send]").click)
    expect(page.locator("h1")).to_have_text(words_of(language, "site-sent"))
    look("sent")
    assert {name: all_ for name, all_ in found.items() if all_} == {}


def every_way() -> list[Any]:
    """Form, scripts, width and language; each form stands in a short run, each language, each
    width, with and without scripts."""
    en, ur, pl = Language.EN, Language.UR, Language.PL
    short = [
        ("a", True, 360, en),
        ("b", False, 320, ur),
        ("c", True, 1280, pl),
        ("d", False, 360, pl),
        ("e", True, 320, ur),
    ]
    widths = cycle((320, 360, 1280))
    kinds = ((f, s, lang) for f in FORMS for s in (True, False) for lang in (en, ur, pl))
    rest = [(form, scripts, next(widths), language) for form, scripts, language in kinds]
    return [*short, *(pytest.param(*one, marks=pytest.mark.long) for one in rest)]


@pytest.mark.parametrize(("form", "scripts", "width", "language"), every_way())
def test_every_kind_of_person_gets_from_the_first_page_to_sent(
    visit: Visit, form: str, scripts: bool, width: int, language: Language
) -> None:
    """Somebody picks their language, taps and types their way through, with and without scripts,
    in under two minutes; the language stays to the end, in the receipt's own words too. For
    oneself it takes at most nine screens."""
    sam = visit(scripts=scripts, width=width)
    began = time.monotonic()
    page = sam.opens("/")
    if language is not Language.EN:
        page.click(".tongues summary")
        turns(page, page.locator(f".tongues a[lang={language}]").click)
    turns(page, page.locator(f"main a[href^='/q/{form}']").click)
    screens = 2 + fill_in(page, *FORMS[form])
    expect(page.locator("h1")).to_have_text(words_of(language, "site-ask-check"))
    assert fits(page)
    picture(page, f"check-{form}-{width}-{language}")
    turns(page, page.locator("button[value=send]").click)
    expect(page.locator("h1")).to_have_text(words_of(language, "site-sent"))
    assert screens + 1 <= 9 or form != "a"
    assert time.monotonic() - began < 120
    assert page.locator("html").get_attribute("dir") == DIRECTION.get(language, "ltr")
    ends = words_of(language, book().flows[KINDS[form]].ends or "")
    expect(page.locator(".told")).to_contain_text(ends.split(".")[0].split("\u06d4")[0])
    picture(page, f"sent-{form}-{width}-{language}")
    assert sam.complaints == []
    assert [url for url in sam.requests if not url.startswith(sam.url)] == []


@pytest.mark.parametrize(
    ("language", "scheme"),
    [
        (Language.UR, "dark"),
        pytest.param(Language.PL, "light", marks=pytest.mark.long),
        pytest.param(Language.EN, "dark", marks=pytest.mark.long),
    ],
)
def test_a_whole_referral_in_the_chat(visit: Visit, language: Language, scheme: Scheme) -> None:
    """In the language that was picked, from the first word to what was sent, by chips and by
    typing, from side to side as it is written; axe finds nothing at the end."""
    sam = visit(width=320, scheme=scheme)
    page = sam.opens(f"/chat?l={language}")
    write(page, "hi")
    answered(page)
    page.locator("#chips button[value=me]").tap()
    answered(page, 2)
    write(page, "they keep on at me. my name is Kai, i am 15 and live in Hillfields. text me")
    answered(page, 3)
    page.locator("#chips button[value=send-it]").tap()
    answered(page, 4)
    last = page.locator("#log li.out p").last
    expect(last).to_contain_text(words_of(language, "self-ends").split(".")[0].split("\u06d4")[0])
    assert page.locator("html").get_attribute("dir") == DIRECTION.get(language, "ltr")
    picture(page, f"chat-referral-320-{scheme}-{language}")
    assert fits(page)
    assert faults(page) == []


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
    page.go_back(wait_until="domcontentloaded")
    assert page.input_value("#text") == "Kia"
    fill_in(page, "Kai", "15")
    turns(page, page.get_by_role("link", name="Back", exact=True).click)
    assert page.input_value("#text") == "15"


@pytest.mark.parametrize("scripts", [True, False])
def test_without_a_signal_an_answer_waits_and_goes_once(visit: Visit, scripts: bool) -> None:
    """The signal goes as Next is pressed. With scripts the page says what closing it costs and goes
    on by itself; without them the browser's own page sends it again."""
    sam = visit(scripts=scripts)
    page = sam.opens("/q/a")
    fill_in(page, "they keep on at me")
    page.fill("#text", "Kai")
    sam.context.set_offline(True)
    page.click("form.question button:not(.link)", no_wait_after=True)
    if scripts:
        expect(page.locator("#note")).to_contain_text("Close the page and it is lost")
        assert page.input_value("#text") == "Kai"
        picture(page, "question-offline")
    else:
        expect(page.locator("#text")).to_have_count(0)
    sam.context.set_offline(False)
    if not scripts:
        page.reload()
    expect(page.locator("h1")).to_contain_text("old")
    page.goto("/q/a/all")
    expect(page.locator(".answers")).to_contain_text("Kai")


def test_an_answer_whose_reply_is_lost_is_one_answer(visit: Visit) -> None:
    """We have it, the phone never heard: it goes again under its id, and a second pupil is not
    made of it."""
    page = visit().opens("/q/c")
    fill_in(page, *FORMS["c"])
    lost: list[str] = []

    def lose_first(route: Route) -> None:
        if lost or route.request.method != "POST":
            return route.continue_()
        lost.append(route.request.url)
        route.fetch()
        return route.abort()

    page.route("**/q/c/all", lose_first)
    page.click("button[value=another]")
    expect(page.locator("h1")).to_contain_text("young person")
    assert lost
    page.goto("/q/c/all")
    expect(page.locator(".with")).to_have_count(1)


def test_who_comes_too_late_to_send_is_told_so(visit: Visit) -> None:
    """The session ran out at the last look: no page says sent, with scripts and without."""
    for scripts in (True, False):
        sam = visit(scripts=scripts)
        page = sam.opens("/q/e")
        fill_in(page, *FORMS["e"])
        sam.context.clear_cookies()
        turns(page, page.locator("button[value=send]").click)
        expect(page.locator(".notice")).to_contain_text("You were away for a while")


def test_on_a_slow_network_an_answer_goes_once(visit: Visit) -> None:
    """A form tapped twice on a slow line, a second tab, and back: one answer each, none lost."""
    sam = visit()
    page = sam.opens("/q/a")
    on_a_slow_line(page)
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


@pytest.mark.parametrize(
    ("width", "height", "language", "paths"),
    [
        (320, 568, Language.UR, ("/", "/help")),
        (320, 256, Language.EN, ("/q/a",)),
        *(
            pytest.param(width, height, language, EVERY, marks=pytest.mark.long)
            for width, height in ((320, 568), (320, 256), (1280, 800))
            for language in (Language.EN, Language.UR, Language.PL)
        ),
    ],
)
def test_the_keyboard_alone_reaches_everything(
    visit: Visit, width: int, height: int, language: Language, paths: tuple[str, ...]
) -> None:
    """On every page and state, at 400% too (320 by 256): each control in its turn, marked, in sight
    and under nothing; each has a name for a screen reader; nothing sticks out to the side."""
    page = visit(width=width, height=height).context.new_page()
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        assert fits(page), name
        found[name] = [*faults_by_keyboard(page), *unnamed(page)]

    for path in paths:
        page.goto(f"{path}{'&' if '?' in path else '?'}l={language}")
        look(path)
    page.locator(".tongues summary").press("Enter")
    look("languages")
    page.goto(f"/chat?l={language}")
    write(page, "hello")
    answered(page)
    page.locator("#delete summary").press("Enter")
    look("chat with chips")
    page.goto(f"/q/e?l={language}")
    fill_in(page, "the bus stop", "after school")
    look("choice")
    page.goto(f"/q/e/save?l={language}")
    look("save")
    page.goto(f"/q/e/all?l={language}")
    look("check")
    turns(page, page.locator("button[value=send]").click)
    look("sent")
    assert {name: all_ for name, all_ in found.items() if all_} == {}


def test_a_referral_by_keyboard_alone(visit: Visit) -> None:
    """From the first page to sent with Tab, Enter and letters; then a word in the chat."""
    page = visit(width=1280, height=800).opens("/")
    press = page.keyboard.press

    def tabs_to(selector: str) -> None:
        for _ in range(40):
            if page.evaluate(f"document.activeElement.matches({selector!r})"):
                return
            press("Tab")
        raise AssertionError(selector)

    tabs_to("a[href='/q/e']")
    turns(page, lambda: press("Enter"))
    for words in ("the bus stop", "after school"):
        tabs_to("#text")
        page.keyboard.type(words)
        turns(page, lambda: press("Enter"))
    for button in ("button[value=fights]", "button[value=send]"):
        tabs_to(button)
        turns(page, lambda: press("Enter"))
    expect(page.locator("h1")).to_have_text("It is sent")
    tabs_to("main a.go")
    turns(page, lambda: press("Enter"))
    said = page.locator("#log li.in").count()
    tabs_to("#text")
    page.keyboard.type("thank you")
    press("Enter")
    expect(page.locator("#log li.in")).to_have_count(said + 1)


@pytest.mark.parametrize(
    "paths", [("/", "/privacy", "/help", "/q/a"), pytest.param(EVERY, marks=pytest.mark.long)]
)
def test_large_text_and_no_styles_still_work(visit: Visit, paths: tuple[str, ...]) -> None:
    """At 400% nothing sticks out to the side; without styles everything is there to read, the
    exit and 999 first; on paper what was folded is there too."""
    sam, bare = visit(width=320, height=256), visit()
    bare.context.route("**/page.css", lambda route: route.abort())
    large, plain = sam.opens(paths[0]), bare.opens(paths[0])
    for path in paths:
        large.goto(path)
        assert fits(large), path
        plain.goto(path)
        expect(plain.locator("#out")).to_be_in_viewport()
        expect(plain.locator("a[href='tel:999']").first).to_be_in_viewport()
        expect(plain.locator("h1")).to_be_visible()
    large.goto("/privacy")
    large.emulate_media(media="print")
    expect(large.locator("details p").first).to_be_visible()


LOOKS = [(320, 568), (360, 640)]


@pytest.mark.parametrize(
    "languages",
    [
        (Language.EN, Language.UR, Language.PL),
        pytest.param(book().on_pages, marks=pytest.mark.long),
    ],
)
def test_the_first_page_is_one_screen_of_a_small_phone(
    visit: Visit, languages: tuple[Language, ...]
) -> None:
    """999, the exit, every door and every way to talk stand on the first screen of a phone of 320
    by 568 in every language; what happens next too in English, and in all at 360 by 640."""
    for width, height in LOOKS:
        page = visit(width=width, height=height).context.new_page()
        for language in languages:
            page.goto(f"/?l={language}")
            picture(page, f"home-one-screen-{width}-{language}")
            parts = page.locator(".bar a, .doors a, .asides a, .ways a").all()
            if width > 320 or language is Language.EN:
                parts += page.locator(".next li").all()
            for part in parts:
                expect(part).to_be_in_viewport(ratio=1)
            assert fits(page)


def test_targets_are_large_enough_for_a_thumb(visit: Visit) -> None:
    """Every link and button outside running text is at least 44 pixels high."""
    sam = visit()
    for path in ("/", "/q/a", "/chat"):
        page = sam.opens(path)
        for target in page.locator(".bar a, .doors a, .asides a, .ways a, main button").all():
            shape = target.bounding_box()
            assert shape is None or shape["height"] >= 43.9, (path, target.inner_text())
