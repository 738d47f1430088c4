"""Signing in by an identity provider: a real one in a thread, and what it may and may not say."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

import httpx
import oidc_provider_mock
import pyotp
import pytest
from httpx import AsyncClient, Response
from oidc_provider_mock import User
from pydantic import SecretStr

from bot.bootstrap import Service
from bot.errors import BadSettings
from bot.rules.provider import (
    Place,
    groups_in,
    place_of,
    read_groups,
    showed_second_factor,
)
from bot.rules.rights import Role
from bot.store import people
from tests.api.staff import NAVIGATES, client_of
from tests.harness import World

pytestmark = pytest.mark.edge

WREN = User(sub="wren", claims={"name": "Wren", "realm_access": {"roles": ["staff"]}})
SOL = User(
    sub="sol",
    claims={"name": "Sol", "realm_access": {"roles": ["lead", "staff"]}, "amr": ["pwd", "otp"]},
)
GUEST = User(sub="guest", claims={"name": "Guest", "realm_access": {"roles": ["visitors"]}})


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread(user_claims=[WREN, SOL, GUEST]) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
async def desk(world: World, issuer: str) -> AsyncIterator[AsyncClient]:
    """A browser at a deployment that knows this provider, with the provider's own clock."""
    world.clock.at = datetime.now(UTC)
    async with client_of(with_provider(world.service, issuer), NAVIGATES) as browser:
        yield browser


def with_provider(service: Service, issuer: str, **other: str) -> Service:
    told: dict[str, Any] = {
        "oidc_issuer": issuer,
        "oidc_client_id": "handrail",
        "oidc_client_secret": SecretStr("made up"),
        "oidc_groups": "lead=supervisor,staff=worker",
        "oidc_groups_claim": "realm_access.roles",
        **other,
    }
    return replace(service, settings=service.settings.model_copy(update=told))


async def goes(browser: AsyncClient) -> str:
    """The provider's address that our page sends a browser to."""
    page = await browser.post("/desk/login/provider")
    assert page.status_code == 200, page.text
    return unescape(re.findall(r'id="onward" href="([^"]+)"', page.text)[0])


async def comes_back(browser: AsyncClient, who: str) -> Response:
    """There, signed in there as `who`, and back."""
    address = await goes(browser)
    async with httpx.AsyncClient(trust_env=False) as provider:
        answer = await provider.post(address, data={"sub": who})
    assert answer.status_code == 302, answer.text
    return await browser.get(answer.headers["location"])


def leads_to(answer: Response) -> str:
    assert answer.status_code == 200
    (address,) = re.findall(r'id="onward" href="([^"]+)"', answer.text)
    return str(address)


async def test_a_second_factor_that_was_shown_there_is_enough(
    world: World, desk: AsyncClient
) -> None:
    """Sol comes back with password and code in her token: the desk opens, as her group says."""
    assert "Sign in with your organisation" in (await desk.get("/desk/login")).text
    assert leads_to(await comes_back(desk, "sol")) == "/desk"
    assert "Sol, supervisor" in (await desk.get("/desk/me")).text
    assert len(await world.query("SELECT id FROM staff")) == 1
    assert leads_to(await comes_back(desk, "sol")) == "/desk"
    assert len(await world.query("SELECT id FROM staff")) == 1


async def test_without_one_the_desk_asks_for_its_own(world: World, desk: AsyncClient) -> None:
    """Wren enrols an authenticator the first time and shows its code each time after; before
    that nothing opens."""
    assert leads_to(await comes_back(desk, "wren")) == "/desk/login/second"
    assert (await desk.get("/desk")).headers["location"] == "/desk/login"
    page = (await desk.get("/desk/login/second")).text
    secret = re.findall(r'<code id="secret">([A-Z2-7 ]+)</code>', page)[0].replace(" ", "")
    enrol = "/desk/login/second/enrol"
    assert (await desk.post(enrol, data={"code": "000000"})).status_code == 403
    code = pyotp.TOTP(secret).at(world.clock.now())
    done = await desk.post(enrol, data={"code": code})
    assert done.text.count("<li><code>") == 10
    assert "Wren, worker" in (await desk.get("/desk/me")).text
    await comes_back(desk, "wren")
    assert (await desk.post(enrol, data={"code": code})).status_code == 403
    again = "/desk/login/second"
    assert "qr" not in (await desk.get(again)).text
    assert (await desk.post(again, data={"code": code})).status_code == 403
    world.clock.forward(seconds=30)
    fresh = pyotp.TOTP(secret).at(world.clock.now())
    assert (await desk.post(again, data={"code": fresh})).headers["location"] == "/desk"


async def test_no_group_no_desk_and_roles_follow_the_groups(
    world: World, issuer: str, desk: AsyncClient
) -> None:
    """A guest gets no account; whoever loses their group loses what was open, at the next
    sign-in; a new group is a new role."""
    assert (await comes_back(desk, "guest")).status_code == 403
    assert await world.query("SELECT id FROM staff") == []
    await comes_back(desk, "sol")
    narrowed = with_provider(world.service, issuer, oidc_groups="staff=auditor")
    async with client_of(narrowed, NAVIGATES) as other:
        await comes_back(other, "sol")
        assert "Sol, auditor" in (await other.get("/desk/me")).text
    assert (await desk.get("/desk/me")).headers["location"] == "/desk/login"
    nobody = with_provider(world.service, issuer, oidc_groups="none=worker")
    async with client_of(nobody, NAVIGATES) as third:
        assert (await comes_back(third, "sol")).status_code == 403
    ((ended,),) = await world.query("SELECT bool_and(revoked_at IS NOT NULL) FROM staff_sessions")
    assert ended is True


async def test_a_dismissed_person_stays_out(world: World, desk: AsyncClient) -> None:
    """Whatever the provider says, an account that was ended here opens nothing."""
    await comes_back(desk, "sol")
    async with world.service.store.begin() as session:
        (sol,) = await people.active_staff(session)
        await people.dismiss(session, sol.id, world.clock.now())
    assert (await comes_back(desk, "sol")).status_code == 403


async def test_an_answer_that_was_not_asked_for_is_refused(
    world: World, issuer: str, desk: AsyncClient
) -> None:
    """Another browser's answer, another state, a code used before, a token for another service:
    nobody is in."""
    address = await goes(desk)
    async with httpx.AsyncClient(trust_env=False) as provider:
        there = await provider.post(address, data={"sub": "sol"})
    back = there.headers["location"]
    async with client_of(with_provider(world.service, issuer), NAVIGATES) as victim:
        assert (await victim.get(back)).status_code == 403
        await goes(victim)
        assert (await victim.get(back)).status_code == 403
    assert (await desk.get(re.sub(r"state=\w+", "state=0", back))).status_code == 403
    assert (await desk.get(re.sub(r"code=[\w-]+", "code=x", back))).status_code == 403
    late = world.clock.now()
    world.clock.forward(hours=3)
    assert (await desk.get(back)).status_code == 403
    world.clock.at = late
    assert (await desk.get(back)).status_code == 403
    assert await world.query("SELECT id FROM staff") == []


async def test_a_provider_that_is_away_leaves_the_password(world: World) -> None:
    """The page says so and still has its form; without a provider there is no such door."""
    away = with_provider(world.service, "http://127.0.0.1:9")
    async with client_of(away, NAVIGATES) as browser:
        page = await browser.post("/desk/login/provider")
        assert (page.status_code, 'id="password"' in page.text) == (403, True)
    async with client_of(world.service, NAVIGATES) as browser:
        assert (await browser.post("/desk/login/provider")).status_code == 404
        assert "organisation" not in (await browser.get("/desk/login")).text
    async with client_of(away, {"Sec-Fetch-Site": "cross-site"}) as elsewhere:
        assert (await elsewhere.post("/desk/login/provider")).status_code == 403


def test_groups_become_roles_as_the_setting_says() -> None:
    """The first that fits counts; a programme's people need a programme; nonsense is refused."""
    places = read_groups("lead=supervisor, staff=worker")
    assert place_of(["staff", "lead"], places) == Place(Role.SUPERVISOR)
    assert place_of(["other"], places) is None
    assert read_groups("nav=programme:cirv") == {"nav": Place(Role.PROGRAMME, "cirv")}
    for bad in ("staff", "staff=king", "nav=programme", "x=worker:cirv", "x=reader", "=worker"):
        with pytest.raises(BadSettings):
            read_groups(bad)


def test_groups_are_found_where_each_provider_keeps_them() -> None:
    """Entra's list, Keycloak's nested list, Google's one domain; anything else is no group."""
    assert groups_in({"groups": ["a", "b"]}, "groups") == ("a", "b")
    assert groups_in({"realm_access": {"roles": ["a"]}}, "realm_access.roles") == ("a",)
    assert groups_in({"hd": "example.org"}, "hd") == ("example.org",)
    for claims in ({}, {"groups": {"a": 1}}, {"groups": None}, {"groups": 5}):
        assert groups_in(claims, "groups") == ()


@pytest.mark.parametrize(
    ("amr", "showed"),
    [
        (["pwd", "mfa"], True),
        (["mfa"], True),
        (["pwd", "otp"], True),
        (["pwd", "hwk"], True),
        (["pwd"], False),
        (["otp"], False),
        ([], False),
        (None, False),
        ("mfa", False),
    ],
)
def test_a_second_factor_is_believed_only_when_it_is_said(amr: object, showed: bool) -> None:
    """RFC 8176: `mfa`, or a password with something that one has; silence is a no."""
    assert showed_second_factor(amr) is showed
