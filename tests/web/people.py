"""People at a browser, for tests that read as stories: `sam.writes(...)`, `sam.reads(...)`.

Does not belong here: starting the browser or the service (tests/web/conftest.py).
"""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from tests.deployment import ROOT

ARTEFACTS = ROOT / "test-artefacts"


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


def write(page: Page, words: str) -> None:
    page.fill("#text", words)
    page.click("#write button")


def own_words(page: Page) -> list[str]:
    return page.locator("#log li.in p").all_inner_texts()


def answered(page: Page, times: int = 1) -> None:
    """Waits for so many answers."""
    expect(page.locator("#log li.out").nth(times - 1)).to_be_visible()


def picture(page: Page, name: str) -> None:
    """For a human to look at, in a folder that is not kept."""
    page.screenshot(path=ARTEFACTS / f"{name}.png")


def fits(page: Page) -> bool:
    """Nothing sticks out to the side."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
