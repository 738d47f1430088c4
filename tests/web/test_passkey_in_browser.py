"""A passkey in a real Chromium: its own script, its own authenticator, our own pages."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient
from playwright.async_api import CDPSession, Page, Route, async_playwright, expect

from tests.api.staff import BASE, client_of
from tests.api.test_signin import PASSWORD, enrols
from tests.fakes import FrozenClock
from tests.harness import World
from tests.web.conftest import FLAGS, chromium_path
from tests.web.people import ARTEFACTS

pytestmark = [pytest.mark.edge, pytest.mark.timeout(120)]
_OURS = {"host", "content-length", "connection"}


@pytest.fixture
async def page(world: World) -> AsyncIterator[Page]:
    """A phone at the deployment's https address, whose requests the service answers in this very
    process: an authenticator works nowhere else."""
    ARTEFACTS.mkdir(exist_ok=True)
    async with async_playwright() as playwright, client_of(world.service) as program:
        path = chromium_path(playwright.chromium.executable_path)
        browser = await playwright.chromium.launch(executable_path=path, args=[*FLAGS])
        context = await browser.new_context(
            base_url=BASE, viewport={"width": 360, "height": 640}, service_workers="block"
        )
        opened = await context.new_page()
        await opened.route("**/*", lambda route: answers(route, program))
        yield opened
        await browser.close()


async def answers(route: Route, program: AsyncClient) -> None:
    """One request to the service and back."""
    request = route.request
    headers = {k: v for k, v in (await request.all_headers()).items() if k not in _OURS}
    program.cookies.clear()
    answer = await program.request(
        request.method,
        request.url.removeprefix(BASE),
        content=request.post_data_buffer,
        headers={name: value for name, value in headers.items() if not name.startswith(":")},
    )
    await route.fulfill(
        status=answer.status_code, headers=dict(answer.headers), body=answer.content
    )


async def authenticator(page: Page) -> CDPSession:
    """A phone's own, which says yes by itself."""
    told: dict[str, Any] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire = await page.context.new_cdp_session(page)
    await wire.send("WebAuthn.enable")
    await wire.send("WebAuthn.addVirtualAuthenticator", {"options": told})
    return wire


async def test_a_worker_adds_a_passkey_and_signs_in_with_it(
    world: World, clock: FrozenClock, page: Page
) -> None:
    """Added with a name, used at the next sign-in in place of the code; a browser without it is
    told to use a code."""
    async with client_of(world.service) as terminal:
        _, enrolled = await enrols(world, clock, terminal)
    bearer = enrolled.cookies["d"]
    cookie: Any = {"name": "d", "value": bearer, "url": f"{BASE}/desk"}
    await page.context.add_cookies([cookie])
    wire = await authenticator(page)
    await page.goto("/desk/me/keys")
    await page.get_by_label("Name for a new one").fill("blue phone")
    await page.get_by_role("button", name="Add this device").click()
    await expect(page.locator("li strong")).to_have_text("blue phone")
    await page.screenshot(path=ARTEFACTS / "desk-keys-360.png")
    await page.context.clear_cookies()
    await page.goto("/desk/login")
    await page.fill("#login", "wren")
    await page.fill("#password", PASSWORD)
    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
    await page.screenshot(path=ARTEFACTS / "desk-second-key-360.png")
    await page.get_by_role("button", name="Use a passkey").click()
    await expect(page).to_have_url(f"{BASE}/desk")
    await wire.send("WebAuthn.disable")
    await authenticator(page)
    await page.context.clear_cookies()
    await page.goto("/desk/login")
    await page.fill("#login", "wren")
    await page.fill("#password", PASSWORD)
    await page.get_by_role("button", name="Next").click()
    await page.get_by_role("button", name="Use a passkey").click()
    await expect(page.locator("[role=alert]")).to_contain_text("use a code")
