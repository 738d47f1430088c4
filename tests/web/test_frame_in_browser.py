"""The chat in a frame on a school's own site, in a real browser, over TLS, under real names."""

import asyncio
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace

import pytest
import uvicorn
from playwright.sync_api import Browser, FrameLocator, Page, expect

from api.app import listening, make
from bot.bootstrap import Content, assemble
from bot.settings import Settings
from tests.fakes import FrozenClock, fake_channels
from tests.web.elsewhere import NEUTRAL, OURS, SCHOOL, Elsewhere, certificate
from tests.web.people import PATIENCE, within

pytestmark = [pytest.mark.edge, pytest.mark.timeout(120)]

BUTTON = f"""<!doctype html><title>School</title><link rel=icon href="data:,"><p>Our school
<a href="https://{OURS}/chat" data-handrail="frame">Talk to someone</a>
<script src="https://{OURS}/static/button.js" defer></script>"""
type Framing = tuple[str, ...]
type AtSchool = Callable[[Framing], AbstractContextManager[Page]]


@dataclass
class Framed:
    """A service that lets the named sites show its chat, behind TLS in a thread of its own."""

    settings: Settings
    content: Content
    framed_by: Framing

    async def _serve(self, server: uvicorn.Server) -> None:
        made = assemble(self.settings, self.content, fake_channels(), FrozenClock())
        look = made.book.look.model_copy(update={"framed_by": self.framed_by})
        service = replace(made, book=replace(made.book, look=look))
        app = make(service)
        server.config.app = app
        async with listening(app, service):
            await server.serve()
        await service.store.close()

    @contextmanager
    def up(self, port: int) -> Iterator[None]:
        with tempfile.TemporaryDirectory() as folder:
            chain, key = certificate(folder)
            config = uvicorn.Config(
                "", port=port, ssl_certfile=chain, ssl_keyfile=key, log_config=None, lifespan="off"
            )
            server = uvicorn.Server(config)
            thread = threading.Thread(target=lambda: asyncio.run(self._serve(server)))
            thread.start()
            try:
                within(PATIENCE, lambda: server.started)
                yield
            finally:
                server.should_exit = True
                thread.join(30)


@pytest.fixture
def at_school(
    chromium: Browser, sites: Elsewhere, settings: Settings, content: Content
) -> AtSchool:
    """Somebody at a school's page with our button on it, where the named sites may show it."""
    sites.pages[SCHOOL] = BUTTON

    @contextmanager
    def come(framed_by: Framing) -> Iterator[Page]:
        with Framed(settings, content, framed_by).up(sites.our_port):
            context = chromium.new_context(ignore_https_errors=True)
            yield context.new_page()
            # First the browser's connections: TLS says goodbye for half a minute.
            context.close()

    return come


def opens(page: Page) -> FrameLocator:
    page.goto(f"https://{SCHOOL}/")
    page.click("text=Talk to someone")
    return page.frame_locator("dialog iframe")


@pytest.mark.parametrize("by", ["the button", "three presses of Shift"])
def test_a_school_that_may_shows_the_chat_and_the_exit_takes_all_of_it_away(
    at_school: AtSchool, by: str
) -> None:
    """In the frame: written and kept, with a cookie for this site alone; links away open apart;
    the exit leads the whole tab away and leaves no cookie behind."""
    with at_school((f"https://{SCHOOL}",)) as page:
        ours = f"https://{OURS}"
        frame = opens(page)
        frame.locator("#text").fill("hi from school")
        frame.locator("#write button").click()
        expect(frame.locator("#log li.in:not(.pending)")).to_contain_text(
            "hi from school", timeout=PATIENCE * 1000
        )
        (cookie,) = page.context.cookies(ours)
        assert (cookie["name"], cookie["secure"], cookie["sameSite"]) == ("s", True, "None")
        assert cookie.get("partitionKey")
        expect(frame.locator(".brand > a")).to_have_attribute("target", "_blank")
        if by == "the button":
            frame.locator("#out").click()
        else:
            frame.locator("#text").focus()
            for _ in range(3):
                page.keyboard.press("Shift")
        page.wait_for_url(f"https://{NEUTRAL}/**")
        expect(page.locator("p")).to_have_text("Sunny", timeout=PATIENCE * 1000)
        within(PATIENCE, lambda: not page.context.cookies(ours))


@pytest.mark.parametrize("framed_by", [(), ("https://other.example",)])
def test_no_other_site_shows_it(at_school: AtSchool, framed_by: Framing) -> None:
    """The browser shows nothing of the chat in the frame of a site that nobody named."""
    with at_school(framed_by) as page:
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            frame = opens(page)
        expect(frame.locator("#text")).to_have_count(0)
