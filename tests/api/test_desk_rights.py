"""Every page of the desk asked as everybody: strangers, each role, forged forms."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import api
from api.desk.routes import PAGES, router
from bot.rules.rights import Role
from tests.api.staff import BASE, at_desk, client_of, join
from tests.api.test_desk import asks_for_person, files_referral
from tests.harness import World

pytestmark = pytest.mark.edge

NOTHING = "00000000-0000-0000-0000-000000000000"
ANYBODY = {"/desk", "/desk/logout", "/desk/here", "/desk/me", "/desk/me/sessions"} | {
    "/desk/me/password",
    "/desk/me/codes",
    "/desk/me/keys",
    f"/desk/me/keys/{NOTHING}/remove",
}
PEOPLE = [role for role in Role if role is not Role.READER]
OTHERS = (Role.PROGRAMME, Role.EDITOR, Role.AUDITOR)
TALKS = {Role.WORKER, Role.SUPERVISOR}
WORKERS_ALONE = (
    "/edit", "/send", "/end", "/lawful", "/contact", "/same", "/part", "/follow",
)  # fmt: skip
WHO_MAY = (
    ("/desk/rota", TALKS),
    ("/desk/pages", TALKS),
    ("/desk/drills", TALKS),
    ("/desk/me/phones", TALKS),
    ("/desk/me/calendar", TALKS),
    ("/desk/tickets/", TALKS),
    ("/desk/queue/", TALKS),
    ("/desk/media/", TALKS),
    ("/desk/due", TALKS),
    ("/desk/walk", TALKS | {Role.PROGRAMME}),
    ("/desk/samples", {Role.SUPERVISOR}),
    ("/desk/shift", TALKS),
    ("/desk/events", TALKS),
    ("/desk/referrals", TALKS | {Role.PROGRAMME}),
    ("/desk/figures", {Role.SUPERVISOR}),
    ("/desk/exports", {Role.SUPERVISOR}),
    ("/desk/staff", {Role.SUPERVISOR}),
    ("/desk/content", {Role.SUPERVISOR, Role.EDITOR}),
    ("/desk/audit", {Role.SUPERVISOR, Role.AUDITOR}),
)
"""Written down here a second time, on purpose: a right that is given by mistake is noticed."""


def desk_paths() -> Iterator[tuple[str, str]]:
    for route in router.routes:
        path = str(getattr(route, "path", ""))
        for method in sorted(getattr(route, "methods", None) or ()):
            if not path.startswith("/desk/login") and method != "HEAD":
                yield method, re.sub(r"\{\w+\}", NOTHING, path)


def allowed(path: str) -> set[Role]:
    if path in ANYBODY:
        return set(Role)
    if path.startswith("/desk/referrals/") and path.endswith(
        ("/edit", "/send", "/end", "/lawful", "/contact", "/same", "/part", "/follow")
    ):
        return TALKS
    if path.startswith("/desk/media/") and path.endswith("/unlock"):
        return {Role.SUPERVISOR}
    if path.startswith(("/desk/rota/", "/desk/pages/", "/desk/drills/")):
        return {Role.SUPERVISOR}
    (who,) = [who for start, who in WHO_MAY if path.startswith(start)]
    return who


async def test_every_page_wants_a_session(world: World) -> None:
    """A stranger is sent to sign in from everywhere, and learns nothing else."""
    swept = list(desk_paths())
    assert len(swept) >= len(PAGES) >= 20
    async with client_of(world.service, {"Sec-Fetch-Site": "same-origin"}) as stranger:
        for method, path in swept:
            answer = await stranger.request(method, path)
            assert answer.headers["location"] == "/desk/login", (method, path)
        part = await stranger.get("/desk/queue/part", headers={"HX-Request": "true"})
        assert (part.status_code, part.headers["hx-redirect"]) == (401, "/desk/login")


async def test_every_page_as_every_role(world: World) -> None:
    """403 wherever the role has no right, and never where it has one."""
    for role in PEOPLE:
        await sweep(world, role)


async def sweep(world: World, role: Role) -> None:
    async with at_desk(world.service, "Ellis", role) as ellis:
        for method, path in desk_paths():
            if path in ("/desk/logout", "/desk/events"):
                continue
            answer = await (ellis.get(path) if method == "GET" else ellis.post(path))
            is_refused = answer.status_code == 403
            told = (role, method, path, answer.status_code)
            assert is_refused == (role not in allowed(path)), told
            assert answer.status_code < 500


async def test_the_stream_wants_the_right_to_the_queue(world: World) -> None:
    """Who may not see the queue is not told when it changes."""
    async with at_desk(world.service, "Ellis", Role.EDITOR) as ellis:
        assert (await ellis.get("/desk/events")).status_code == 403


async def test_other_roles_see_nobodys_words(world: World) -> None:
    """With a referral in the house, no page that opens for them holds a word of it."""
    await files_referral(world)
    for role in OTHERS:
        await reads_all(world, role)


async def reads_all(world: World, role: Role) -> None:
    async with at_desk(world.service, "Ellis", role) as ellis:
        for method, path in desk_paths():
            if method == "GET" and path != "/desk/events":
                text = (await ellis.get(path)).text
                assert "Kai" not in text, path
                assert "i want out" not in text, path


ELSEWHERE: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site", "Origin": BASE},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://handrail.example.evil.test"},
    {"Origin": "null"},
)


async def test_a_form_from_elsewhere_does_nothing(world: World) -> None:
    """Another site cannot press our buttons, even with the cookie and the token in its hands."""
    await asks_for_person(world)
    async with at_desk(world.service) as desk:
        path = await desk.first_ticket()
        for headers in ELSEWHERE:
            async with client_of(world.service, headers) as elsewhere:
                elsewhere.cookies = desk.browser.cookies
                form = {"form": desk.token}
                refused = await elsewhere.post(f"{path}/claim", data=form)
                assert refused.status_code == 403, headers
    assert [row[1] for row in await world.tickets()] == ["open"]


async def test_a_form_without_its_token_does_nothing(world: World) -> None:
    """Nor with a token of somebody else's session, nor as a program that names no origin."""
    await asks_for_person(world)
    async with at_desk(world.service, "Wren") as wren, at_desk(world.service, "Nour") as nour:
        path = await wren.first_ticket()
        await nour.opens("/desk/me")
        for form in ({}, {"form": "0" * 64}, {"form": nour.token}):
            answer = await wren.browser.post(f"{path}/claim", data=form)
            assert answer.status_code == 403
        async with client_of(world.service) as program:
            program.cookies = wren.browser.cookies
            assert (await program.post(f"{path}/claim")).status_code == 403
    assert [row[1] for row in await world.tickets()] == ["open"]


async def test_pages_are_private_and_run_only_our_own_script(world: World) -> None:
    """No inline script or style, no framing, nothing kept by a cache, a title without a word."""
    await asks_for_person(world)
    async with at_desk(world.service) as desk:
        answer = await desk.get(await desk.first_ticket())
        style = await desk.browser.get("/static/desk.css")
        sources = re.findall(r"<script([^>]*)>(.*?)</script>", answer.text, re.DOTALL)
        for attributes, inline in sources:
            source = re.findall(r'src="(/static/[^"]+)"', attributes)
            assert (len(source), inline) == (1, "")
            assert (await desk.browser.get(source[0])).status_code == 200
    assert len(sources) == 3
    assert " style=" not in answer.text
    assert not re.search(r"\son\w+=", answer.text)
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert re.search(r"<title>Ticket [A-Z2-9]{6}</title>", answer.text)
    assert (style.status_code, style.headers["content-type"]) == (200, "text/css; charset=utf-8")


async def test_the_api_opens_for_no_other_role(world: World) -> None:
    """A token of a role without a part in this reads and writes nothing over the API."""
    for role in OTHERS:
        ellis = await join(world.service, "Ellis", role)
        for path in ("tickets", "referrals", f"referrals/{NOTHING}", f"conversations/{NOTHING}"):
            assert (await ellis.program.get(f"/api/v1/{path}")).status_code == 403
        for action in ("claim", "release"):
            assert (await ellis.post(f"/tickets/{NOTHING}/{action}")).status_code == 403


PERSONAL = {"bot.store.views", "bot.store.waiting", "bot.store.added", "bot.store.shares"}


def test_pages_reach_people_only_through_access() -> None:
    """From what reads people's data, the console and the API import types alone: every fetch
    goes through bot/desk/access.py, which checks and notes."""
    root = Path(api.__file__).parent
    strays = []
    for path in (*root.glob("desk/*.py"), *root.glob("v1/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in PERSONAL:
                names = [alias.name for alias in node.names]
                strays += [(path.name, name) for name in names if not name[0].isupper()]
            if isinstance(node, ast.ImportFrom) and node.module == "bot.store":
                modules = {f"bot.store.{alias.name}" for alias in node.names}
                strays += [(path.name, module) for module in modules & PERSONAL]
    assert strays == []
