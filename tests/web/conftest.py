"""A real browser at a real deployment: Chromium, `handrail up`, PostgreSQL."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from httpx import ASGITransport, AsyncClient
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from api import live, questions
from api.app import listening, make
from tests import database
from tests.deployment import Deployment, carrier_process, deployment
from tests.harness import World
from tests.web.elsewhere import Elsewhere, elsewhere
from tests.web.filler import Filler
from tests.web.people import ARTEFACTS, PATIENCE, Person

type Scheme = Literal["light", "dark"]
DEBIANS = "/usr/bin/chromium"
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


def chromium_path(playwrights_own: str) -> str:
    """`CHROMIUM`, else Debian's, else Playwright's own."""
    told = os.environ.get("CHROMIUM")
    found = [path for path in ((told,) if told else (DEBIANS, playwrights_own)) if _is_file(path)]
    assert found, "no chromium: `make browser`, or set CHROMIUM to its path"
    return found[0]


def _is_file(path: str) -> bool:
    return Path(path).is_file()


@pytest.fixture(scope="module")
def sites() -> Iterator[Elsewhere]:
    """Other people's sites, which the browser finds under their own names."""
    with elsewhere() as found:
        yield found


@pytest.fixture(scope="module")
def chromium(sites: Elsewhere) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = chromium_path(playwright.chromium.executable_path)
        rules = f"--host-resolver-rules={sites.rules()}"
        yield playwright.chromium.launch(executable_path=path, args=[*FLAGS, rules])
    # Playwright leaves its loop set for this thread, which pytest-asyncio would find closed.
    asyncio.set_event_loop(None)


@pytest.fixture
def visit(chromium: Browser, up: Deployment) -> Iterator[Callable[..., Person]]:
    """Somebody with a phone of 360 pixels; `scripts=False`: without JavaScript."""
    open_now: list[BrowserContext] = []

    def come(
        scripts: bool = True, width: int = 360, height: int = 640, scheme: Scheme = "light"
    ) -> Person:
        context = chromium.new_context(
            base_url=up.url,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            has_touch=width < 600,
            is_mobile=width < 600,
            ignore_https_errors=True,
            color_scheme=scheme,
        )
        context.set_default_timeout(PATIENCE * 1000)
        open_now.append(context)
        return Person(context, up.url)

    ARTEFACTS.mkdir(exist_ok=True)
    expect.set_options(timeout=PATIENCE * 1000)
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


@pytest.fixture
async def filler(client: AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch) -> Filler:
    monkeypatch.setattr(questions, "_TURN_WAIT", 0.02)
    return Filler(client, world, "a")
