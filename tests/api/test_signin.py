"""Getting in at the desk: one-time link, password, second factor, sessions that end."""

import asyncio
import re
from datetime import timedelta

import pyotp
import pytest
from httpx import AsyncClient, Response

from bot.rules.signin import BY_BOTH
from bot.store.people import Role
from tests.api.staff import BASE, NAVIGATES, at_desk, client_of, invite
from tests.fakes import FrozenClock
from tests.harness import World

pytestmark = pytest.mark.edge
PASSWORD = "three wet otters"


def code_now(secret: str, clock: FrozenClock, ahead: int = 0) -> str:
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * ahead))


async def secret_behind(browser: AsyncClient, link: str) -> str:
    page = (await browser.get(link)).text
    found = re.search(r'<code id="secret">([A-Z2-7 ]+)</code>', page)
    assert found is not None
    assert "<svg" in page
    return found.group(1).replace(" ", "")


async def enrols(
    world: World, clock: FrozenClock, browser: AsyncClient, **other: str
) -> tuple[str, Response]:
    """Opens the link and fills in the form; the secret and the answer."""
    link = other.pop("link", "") or await invite(world.service, "Wren", Role.SUPERVISOR)
    secret = await secret_behind(browser, link)
    form = {"login": "wren", "password": PASSWORD, "again": PASSWORD}
    form |= {"code": code_now(secret, clock)} | other
    return secret, await browser.post(link, data=form)


async def signs_in(browser: AsyncClient, code: str, password: str = PASSWORD) -> Response:
    form = {"login": "Wren ", "password": password}
    first = await browser.post("/desk/login", data=form)
    if first.status_code != 303:
        return first
    assert first.headers["location"] == "/desk/login/second"
    return await browser.post("/desk/login/second", data={"code": code})


async def test_a_link_enrols_password_and_second_factor_once(
    world: World, clock: FrozenClock
) -> None:
    """The link opens as often as one likes, lets one in after enrolling, and is then dead."""
    link = await invite(world.service, "Wren", Role.SUPERVISOR)
    async with client_of(world.service, NAVIGATES) as browser:
        first = await secret_behind(browser, link)
        secret, answer = await enrols(world, clock, browser, link=link)
        assert (first, answer.status_code) == (secret, 200)
        codes = re.findall(r"<li><code>([A-Z0-9-]{14})</code>", answer.text)
        assert len(set(codes)) == 10
        assert "Wren" in (await browser.get("/desk")).text
    async with client_of(world.service, NAVIGATES) as thief:
        assert (await thief.get(link)).status_code == 403
        again = {"login": "x1", "password": PASSWORD, "again": PASSWORD, "code": "1"}
        assert (await thief.post(link, data=again)).status_code in (403, 422)
        assert (await thief.get("/desk")).headers["location"] == "/desk/login"


async def test_of_two_enrolments_at_once_one_gets_in(world: World, clock: FrozenClock) -> None:
    """Two browsers with one link at the same moment: one account, one session."""
    link = await invite(world.service, "Wren")
    one, other = (client_of(world.service, NAVIGATES) for _ in range(2))
    async with one, other:
        done = await asyncio.gather(
            enrols(world, clock, one, link=link), enrols(world, clock, other, link=link)
        )
    assert sorted(answer.status_code for _, answer in done) == [200, 403]
    assert await world.query("SELECT count(*) FROM staff_sessions") == [(1,)]


FAULTS: tuple[dict[str, str], ...] = (
    {"password": "short", "again": "short"},
    {"password": "aaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaa"},
    {"password": "my wren password", "again": "my wren password"},
    {"again": "three wet badgers"},
    {"code": "000000"},
    {"login": " "},
)


async def test_an_enrolment_with_a_fault_spends_nothing(world: World, clock: FrozenClock) -> None:
    """A weak password or a wrong code is said so, and the same link works afterwards."""
    link = await invite(world.service, "Wren")
    async with client_of(world.service, NAVIGATES) as browser:
        for wrong in FAULTS:
            _, refused = await enrols(world, clock, browser, link=link, **wrong)
            assert refused.status_code == 422, wrong
            assert 'role="alert"' in refused.text
        _, answer = await enrols(world, clock, browser, link=link)
        assert answer.status_code == 200


async def test_password_then_code_then_in(world: World, clock: FrozenClock) -> None:
    """Neither half is enough; a code works once; the database holds neither of them."""
    async with client_of(world.service, NAVIGATES) as browser:
        secret, _ = await enrols(world, clock, browser)
    async with client_of(world.service, NAVIGATES) as browser:
        used = await signs_in(browser, code_now(secret, clock))
        assert used.status_code == 403
        assert (await browser.get("/desk")).headers["location"] == "/desk/login"
        done = await signs_in(browser, code_now(secret, clock, 1))
        assert (done.status_code, done.headers["location"]) == (303, "/desk")
        assert (await browser.get("/desk")).status_code == 200
    kept = str(await world.query("SELECT * FROM accounts"))
    assert "$argon2id$" in kept
    for hidden in (PASSWORD, secret, "wren"):
        assert hidden not in kept


async def test_a_recovery_code_stands_in_once(world: World, clock: FrozenClock) -> None:
    """Written with its hyphens and in small letters it lets one in, and never again."""
    async with client_of(world.service, NAVIGATES) as browser:
        _, answer = await enrols(world, clock, browser)
        code = re.findall(r"<li><code>([A-Z0-9-]{14})</code>", answer.text)[0].lower()
    async with client_of(world.service, NAVIGATES) as browser:
        assert (await signs_in(browser, code)).status_code == 303
        assert "9 recovery codes" in (await browser.get("/desk/me")).text
        assert (await signs_in(browser, code)).status_code == 403


async def test_wrong_passwords_shut_the_door_for_a_while(world: World, clock: FrozenClock) -> None:
    """After five tries even the right password waits a quarter of an hour, and a name that
    nobody has is answered like one that somebody has."""
    async with client_of(world.service, NAVIGATES) as browser:
        secret, _ = await enrols(world, clock, browser)
    async with client_of(world.service, NAVIGATES) as browser:
        for _ in range(BY_BOTH.most):
            wrong = await signs_in(browser, "", "not the password")
            assert wrong.status_code == 403
        assert (await signs_in(browser, "")).status_code == 429
        nobody = await browser.post("/desk/login", data={"login": "nobody", "password": "x"})
        assert (nobody.status_code, nobody.text) == (wrong.status_code, wrong.text)
        clock.forward(minutes=16)
        assert (await signs_in(browser, code_now(secret, clock))).status_code == 303


async def test_wrong_codes_shut_the_door_too(world: World, clock: FrozenClock) -> None:
    """Whoever has the password cannot try all codes."""
    async with client_of(world.service, NAVIGATES) as browser:
        secret, _ = await enrols(world, clock, browser)
        clock.forward(minutes=1)
        for _ in range(BY_BOTH.most):
            assert (await signs_in(browser, "000000")).status_code == 403
        assert (await signs_in(browser, code_now(secret, clock))).status_code == 429


async def test_a_session_ends_idle_or_old(world: World, clock: FrozenClock) -> None:
    """Two hours without a hand, or twelve in all; what a page asks for by itself is no hand."""
    async with at_desk(world.service) as wren:
        for _ in range(3):
            clock.forward(hours=1.9)
            assert (await wren.get("/desk")).status_code == 200
        clock.forward(hours=1.5)
        by_itself = {"X-By-Itself": "1"}
        part = await wren.browser.get("/desk/queue/part", headers=by_itself)
        assert part.status_code == 200
        clock.forward(hours=1)
        assert (await wren.get("/desk")).headers["location"] == "/desk/login"
    async with at_desk(world.service) as nour:
        for _ in range(7):
            clock.forward(hours=1.7)
            await nour.get("/desk")
        clock.forward(hours=0.2)
        assert (await nour.get("/desk")).status_code == 303


async def test_sessions_are_listed_and_ended_one_by_one(world: World, clock: FrozenClock) -> None:
    """Somebody sees where they are signed in and shuts the browser they left behind."""
    async with (
        client_of(world.service, NAVIGATES) as left,
        client_of(world.service, NAVIGATES) as kept,
    ):
        secret, _ = await enrols(world, clock, left)
        await signs_in(kept, code_now(secret, clock, 1))
        page = (await kept.get("/desk/me")).text
        form = re.findall(r'name="form" value="([0-9a-f]+)"', page)[0]
        (other,) = re.findall(r'name="session" value="([0-9a-f-]+)"', page)
        await kept.post("/desk/me/sessions", data={"form": form, "session": other})
        assert (await left.get("/desk")).status_code == 303
        assert (await kept.get("/desk")).status_code == 200


async def test_a_new_password_ends_every_other_session(world: World, clock: FrozenClock) -> None:
    """The old one is asked for, and afterwards it opens nothing."""
    new = {"password": "four dry badgers", "again": "four dry badgers"}
    async with client_of(world.service, NAVIGATES) as browser:
        await enrols(world, clock, browser)
        page = (await browser.get("/desk/me")).text
        form = {"form": re.findall(r'name="form" value="([0-9a-f]+)"', page)[0], **new}
        wrong = await browser.post("/desk/me/password", data={**form, "old": "not this one"})
        assert wrong.status_code == 422
        right = await browser.post("/desk/me/password", data={**form, "old": PASSWORD})
        assert right.headers["location"] == "/desk/me"
        assert (await browser.get("/desk")).status_code == 200
    async with client_of(world.service, NAVIGATES) as browser:
        assert (await signs_in(browser, "")).status_code == 403


async def test_somebody_who_left_is_out_at_once(world: World) -> None:
    """A supervisor ends somebody's access: their open browser is turned away."""
    async with (
        at_desk(world.service, "Wren") as wren,
        at_desk(world.service, "Sol", Role.SUPERVISOR) as sol,
    ):
        await sol.opens("/desk/staff")
        assert (await sol.post(f"/desk/staff/{wren.id}/dismiss")).status_code == 303
        assert (await wren.get("/desk")).status_code == 303
        assert (await sol.post(f"/desk/staff/{sol.id}/dismiss")).status_code == 409


async def test_a_supervisor_invites_and_the_link_works(world: World, clock: FrozenClock) -> None:
    """The link on the page enrols the new colleague with the role that was chosen."""
    async with at_desk(world.service, "Sol", Role.SUPERVISOR) as sol:
        await sol.opens("/desk/staff")
        unsaid = await sol.post("/desk/staff", {"name": "Kim", "role": "programme"})
        assert unsaid.status_code == 422
        shown = await sol.post("/desk/staff", {"name": "Kim", "role": "worker"})
        link = re.findall(rf"{BASE}(/desk/login/[\w-]+)", shown.text)[0]
    async with client_of(world.service, NAVIGATES) as kim:
        _, answer = await enrols(world, clock, kim, link=link)
        assert answer.status_code == 200
        assert "Kim" in (await kim.get("/desk")).text


async def test_the_cookie_is_out_of_reach(world: World, clock: FrozenClock) -> None:
    """The session cookie is HttpOnly, Secure, SameSite=Strict, and goes to the desk alone."""
    async with client_of(world.service, NAVIGATES) as browser:
        _, answer = await enrols(world, clock, browser)
    name, *marks = answer.headers["set-cookie"].split("; ")
    assert name.startswith("d=")
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/desk", "Max-Age=43200"} <= {*marks}


async def test_signing_out_ends_the_session_on_the_server(world: World) -> None:
    """A cookie that somebody kept is worth nothing after sign-out."""
    async with at_desk(world.service) as wren:
        await wren.post("/desk/logout")
        wren.browser.cookies.set("d", wren.bearer, domain="handrail.example", path="/desk")
        assert (await wren.browser.get("/desk")).headers["location"] == "/desk/login"


async def test_two_accounts_cannot_have_one_name(world: World, clock: FrozenClock) -> None:
    """The second is asked to choose another, and their link still works."""
    async with client_of(world.service, NAVIGATES) as browser:
        await enrols(world, clock, browser)
        link = await invite(world.service, "Nour")
        _, taken = await enrols(world, clock, browser, link=link, login="WREN")
        assert taken.status_code == 409
        _, answer = await enrols(world, clock, browser, link=link, login="nour")
        assert answer.status_code == 200


class NeverRight:
    """Refuses every password at once, where the point is how often and not how."""

    def verify(self, password: str, hashed: str) -> bool:
        return False

    def hash(self, password: str) -> str:
        return ""


async def test_an_office_behind_one_address_is_not_locked_out(
    world: World, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eighty failures of others from the same address; the right password still opens."""
    async with client_of(world.service, NAVIGATES) as browser:
        secret, _ = await enrols(world, clock, browser)
    async with client_of(world.service, NAVIGATES) as browser:
        with monkeypatch.context() as patched:
            patched.setattr("bot.desk.signin._HASHER", NeverRight())
            for n in range(80):
                form = {"login": f"colleague {n // 4}", "password": "x"}
                assert (await browser.post("/desk/login", data=form)).status_code == 403
        clock.forward(minutes=1)
        assert (await signs_in(browser, code_now(secret, clock))).status_code == 303
