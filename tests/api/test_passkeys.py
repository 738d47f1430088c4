"""A passkey as the second factor: made once, asked each time, and of no use elsewhere."""

import json
import re
from html import unescape
from typing import Any

import pytest
from httpx import AsyncClient

from bot.rules.signin import BY_BOTH
from tests.api.authenticator import Authenticator
from tests.api.staff import BASE, NAVIGATES, at_desk, client_of
from tests.api.test_signin import PASSWORD, enrols
from tests.fakes import FrozenClock
from tests.harness import World

pytestmark = pytest.mark.edge
KEYS = "/desk/me/keys"
SECOND = "/desk/login/second"


def asked_in(page: str) -> dict[str, Any]:
    """What the page gives to the browser's authenticator."""
    (found,) = re.findall(r'data-asked="([^"]+)"', page)
    options: dict[str, Any] = json.loads(unescape(found))
    return options


async def adds(browser: AsyncClient, key: Authenticator, name: str = "blue key") -> int:
    page = (await browser.get(KEYS)).text
    (form,) = set(re.findall(r'name="form" value="([0-9a-f]{64})"', page))
    answer = key.creates(asked_in(page))
    return (
        await browser.post(KEYS, data={"form": form, "name": name, "answer": answer})
    ).status_code


async def half_way(browser: AsyncClient) -> str:
    """With name and password; the page of the second step."""
    await browser.post("/desk/login", data={"login": "wren", "password": PASSWORD})
    return (await browser.get(SECOND)).text


async def test_a_passkey_stands_for_the_code(world: World, clock: FrozenClock) -> None:
    """Added at the desk, asked for at the next sign-in, counted, and gone once it is removed."""
    key = Authenticator(BASE)
    async with client_of(world.service, NAVIGATES) as browser:
        await enrols(world, clock, browser)
        assert await adds(browser, key, "") == 422
        assert await adds(browser, key) == 303
        assert await adds(browser, key) == 422
        page = (await browser.get(KEYS)).text
        assert "blue key" in page
        (remove,) = re.findall(rf"{KEYS}/[0-9a-f-]{{36}}/remove", page)
    async with client_of(world.service, NAVIGATES) as browser:
        answer = key.gets(asked_in(await half_way(browser)))
        came = await browser.post(f"{SECOND}/key", data={"answer": answer})
        assert came.headers["location"] == "/desk"
        page = (await browser.get(KEYS)).text
        assert "last used" in page
        form = re.findall(r'name="form" value="([0-9a-f]{64})"', page)[0]
        assert (await browser.post(remove, data={"form": form})).status_code == 303
    async with client_of(world.service, NAVIGATES) as browser:
        assert "data-asked" not in await half_way(browser)


async def test_only_this_key_for_this_page_at_this_site(world: World, clock: FrozenClock) -> None:
    """A stranger's key, another site's page, an answer that was used, one to an older page, and
    rubbish open nothing; after five the door is shut."""
    key, stranger = Authenticator(BASE), Authenticator(BASE)
    async with client_of(world.service, NAVIGATES) as browser:
        await enrols(world, clock, browser)
        assert await adds(browser, key) == 303
    async with client_of(world.service, NAVIGATES) as browser:
        old = asked_in(await half_way(browser))
        asked = asked_in((await browser.get(SECOND)).text)
        key.origin = "https://handrail.example.evil.test"
        phished = key.gets(asked)
        key.origin = BASE
        tries = (key.gets(old), stranger.gets(asked), phished, "{}", "rubbish")
        assert len(tries) == BY_BOTH.most
        for said in tries:
            refused = await browser.post(f"{SECOND}/key", data={"answer": said})
            assert refused.status_code == 403, said
        good = key.gets(asked_in((await browser.get(SECOND)).text))
        assert (await browser.post(f"{SECOND}/key", data={"answer": good})).status_code == 429
        clock.forward(minutes=16)
        good = key.gets(asked_in(await half_way(browser)))
        came = await browser.post(f"{SECOND}/key", data={"answer": good})
        assert came.status_code == 303
    async with client_of(world.service, NAVIGATES) as browser:
        await half_way(browser)
        assert (await browser.post(f"{SECOND}/key", data={"answer": good})).status_code == 403


async def test_a_key_is_its_owners_alone(world: World) -> None:
    """Nobody removes a colleague's; a key answers for whoever added it."""
    key = Authenticator(BASE)
    async with at_desk(world.service, "Wren") as wren, at_desk(world.service, "Nour") as nour:
        assert await adds(wren.browser, key) == 303
        (remove,) = re.findall(rf"{KEYS}/[0-9a-f-]{{36}}/remove", await wren.opens(KEYS))
        assert (await nour.post(remove)).status_code == 404
        assert "blue key" not in await nour.opens(KEYS)
