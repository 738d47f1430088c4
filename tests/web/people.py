"""People at a browser, for tests that read as stories: `sam.writes(...)`, `sam.reads(...)`.

Does not belong here: starting the browser or the service (tests/web/conftest.py).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from tests.bot.talking import book
from tests.deployment import ROOT

ARTEFACTS = ROOT / "test-artefacts"
PATIENCE = 40.0
"""Seconds that a person waits for an answer on a machine that has much else to do."""
PAGES = ("/", "/help", "/privacy", "/about", "/q/a", "/chat", "/nothing-here")
EVERY = (*PAGES, "/again", *(f"/{page.id}" for page in book().site.pages), "/help?a=99")
SLOW = {"offline": False, "latency": 200, "downloadThroughput": 3e4, "uploadThroughput": 3e4}


@dataclass
class Person:
    """One browser, with whatever it complained of and wherever it went."""

    context: BrowserContext
    url: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def opens(self, path: str = "/chat") -> Page:
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)
        page.goto(path)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def cookie(self, name: str = "s") -> dict[str, Any] | None:
        found = [dict(one) for one in self.context.cookies() if one.get("name") == name]
        return found[0] if found else None


def turns(page: Page, press: Callable[[], None]) -> None:
    """Presses what leads to another page, and waits for that page."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        press()


def on_a_slow_line(page: Page) -> None:
    """A phone at the edge of what its network reaches."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)


def write(page: Page, words: str) -> None:
    page.fill("#text", words)
    page.click("#write button")


def post(page: Page, words: str) -> None:
    """The same without scripts: what comes is a new page."""
    page.fill("#text", words)
    turns(page, page.locator("#write button").click)


def own_words(page: Page) -> list[str]:
    return page.locator("#log li.in p").all_inner_texts()


def answered(page: Page, times: int = 1) -> None:
    """Waits for so many answers."""
    last = page.locator("#log li.out").nth(times - 1)
    expect(last).to_be_visible(timeout=PATIENCE * 1000)


def looks_until_answered(page: Page, times: int = 1) -> None:
    """The same without scripts: looks again until so many answers are there."""
    deadline = time.monotonic() + PATIENCE
    while page.locator("#log li.out").count() < times:
        assert time.monotonic() < deadline, "the answer never came"
        page.wait_for_timeout(200)
        turns(page, page.locator(".look").click)


def fill_in(page: Page, *words: str) -> int:
    """Answers one question after the other by typing, or by tapping the choice of that id; how
    many pages it took."""
    for word in words:
        choice = page.locator(f"form.question button[name=text][value='{word}']")
        if choice.count():
            turns(page, choice.click)
            continue
        page.fill("#text", word)
        turns(page, page.locator("form.question button:not(.link)").click)
    return len(words)


def within(seconds: float, is_so: Callable[[], bool]) -> None:
    """Looks again and again until it is so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.05)


def picture(page: Page, name: str) -> None:
    """For a human to look at, in a folder that is not kept."""
    page.screenshot(path=ARTEFACTS / f"{name}.png")


def fits(page: Page) -> bool:
    """Nothing sticks out to the side."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
