"""A real browser at a real deployment: Chromium, `handrail up`, PostgreSQL."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from api import live
from api.app import listening, make
from tests import database
from tests.deployment import Deployment, carrier_process, deployment
from tests.harness import World
from tests.web.people import ARTEFACTS, Person

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def web_database(postgres_url: str) -> Iterator[str]:
    with database.fresh(postgres_url) as url:
        yield url


@pytest.fixture(scope="module")
def up(web_database: str) -> Iterator[Deployment]:
    """Everything but Rasa, which the web does not need."""
    with (
        carrier_process() as carrier,
        deployment(carrier, web_database, rasa_url="http://127.0.0.1:9") as running,
    ):
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), "no chromium: `make browser`, or set CHROMIUM to its path"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
    # Playwright leaves its loop set for this thread, which pytest-asyncio would find closed.
    asyncio.set_event_loop(None)


@pytest.fixture
def visit(chromium: Browser, up: Deployment) -> Iterator[Callable[..., Person]]:
    """Somebody with a phone of 360 pixels; `scripts=False`: without JavaScript."""
    open_now: list[BrowserContext] = []

    def come(scripts: bool = True, width: int = 360, height: int = 640) -> Person:
        context = chromium.new_context(
            base_url=up.url,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            has_touch=width < 600,
            is_mobile=width < 600,
        )
        context.set_default_timeout(15_000)
        open_now.append(context)
        return Person(context, up.url)

    ARTEFACTS.mkdir(exist_ok=True)
    yield come
    for context in open_now:
        context.close()


@pytest.fixture
def outage(web_database: str) -> Iterator[database.Outage]:
    """The deployment's database, to be taken away; there again afterwards."""
    with database.outage(web_database) as switch:
        yield switch


@pytest.fixture
async def client(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AsyncClient]:
    """A program that talks to the pages without a browser's care."""
    monkeypatch.setattr(live, "ANSWER_WAIT", 0.05)
    transport = ASGITransport(app=make(world.service), raise_app_exceptions=False)
    async with (
        listening(transport.app, world.service),  # type: ignore[arg-type]
        AsyncClient(transport=transport, base_url="https://handrail.example") as program,
    ):
        yield program
