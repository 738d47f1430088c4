"""What somebody with bad intentions tries on the chat, and what comes of it."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from html import escape

import pytest
from httpx import AsyncClient
from limits import parse

from api import live, pace, stream
from api.tickets import is_from_page
from tests.database import Outage, outage
from tests.harness import World

pytestmark = pytest.mark.edge

AS_JSON = {"accept": "application/json"}
MADE_UP = "A" * 43
MARK = "zq-marked-phrase"


@pytest.fixture
def switch(database_url: str) -> Iterator[Outage]:
    with outage(database_url) as found:
        yield found


async def says(client: AsyncClient, text: str, client_id: str = "") -> tuple[int, str]:
    form = {"text": text, "client_id": client_id} if client_id else {"text": text}
    answer = await client.post("/chat", data=form)
    return answer.status_code, answer.text


async def said(client: AsyncClient) -> list[str]:
    found = (await client.get("/chat", headers=AS_JSON)).json()["messages"]
    return [one["text"] for one in found if one["direction"] == "in"]


async def test_a_planted_cookie_is_never_taken_up(client: AsyncClient, switch: Outage) -> None:
    """A token that we did not make becomes nobody's session, not even through an outage."""
    client.cookies.set("s", MADE_UP, domain="handrail.example")
    assert (await says(client, "hi"))[0] == 303
    assert not client.cookies["s"].startswith(MADE_UP)
    client.cookies.clear()
    client.cookies.set("s", MADE_UP, domain="handrail.example")
    switch.begins()
    assert (await says(client, "hi again"))[0] == 503
    switch.ends()
    answer = await client.get("/chat", headers=AS_JSON)
    assert answer.json() == {"conversation": None, "messages": []}
    assert (await client.get("/chat", headers={**AS_JSON, "cookie": f"s={MADE_UP}"})).json()[
        "conversation"
    ] is None


async def test_a_promise_is_kept_once_the_database_is_back(
    client: AsyncClient, world: World, switch: Outage
) -> None:
    """A newcomer of the outage is known afterwards, by the cookie that they were given."""
    switch.begins()
    assert (await says(client, "hello there"))[0] == 503
    promised = client.cookies["s"]
    switch.ends()
    await world.service.backlog.drain()
    assert await said(client) == ["hello there"]
    assert client.cookies["s"] == promised.split(".")[0]


async def test_a_promise_cannot_be_drawn_out(
    client: AsyncClient, switch: Outage, world: World
) -> None:
    """With a later time written into it, it is no cookie of ours."""
    switch.begins()
    await says(client, "hello there")
    token, since, renewed, mark = client.cookies["s"].split(".")
    switch.ends()
    await world.service.backlog.drain()
    world.clock.forward(minutes=21)
    changed = f"{token}.{since}.{int(renewed) + 21 * 60}.{mark}"
    client.cookies.clear()
    client.cookies.set("s", changed, domain="handrail.example")
    assert await said(client) == []


async def test_a_promise_cannot_be_made_up(client: AsyncClient, world: World) -> None:
    """Nobody but us makes a newcomer's promise for a token of their choice."""
    now = int(world.clock.now().timestamp())
    forged = f"{MADE_UP}.n{now}.{now}.{'0' * 64}"
    client.cookies.set("s", forged, domain="handrail.example")
    assert (await says(client, "hi"))[0] == 303
    assert not client.cookies["s"].startswith(MADE_UP)


async def test_a_promise_lapses_like_a_session(
    client: AsyncClient, switch: Outage, world: World
) -> None:
    """After twenty idle minutes it opens nothing."""
    switch.begins()
    await says(client, "hello there")
    switch.ends()
    await world.service.backlog.drain()
    world.clock.forward(minutes=21)
    assert await said(client) == []


async def test_one_id_with_other_words_is_another_message(client: AsyncClient) -> None:
    """An old form sent again loses nothing; the very same form again adds nothing."""
    for words in ("one", "two", "one"):
        assert (await says(client, words, "same"))[0] == 303
    assert await said(client) == ["one", "two"]


async def test_a_flood_from_one_browser_waits_but_danger_does_not(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the limit the words stay in the box; a message about danger always goes through."""
    monkeypatch.setattr(pace, "EACH", parse("2/minute"))
    assert (await says(client, "one"))[0] == 303
    assert [(await says(client, f"word {n}"))[0] for n in range(3)] == [303, 303, 429]
    status, page = await says(client, MARK)
    assert status == 429
    assert MARK in page
    assert (await says(client, "theyre outside my house now with a knife"))[0] == 303


async def test_a_shared_address_is_slowed_and_never_shut_out(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole school behind one address still gets in, a little later."""
    monkeypatch.setattr(pace, "NEWCOMERS", parse("2/minute"))
    monkeypatch.setattr(pace, "LET_IN", 50.0)
    began = time.monotonic()
    for _ in range(5):
        client.cookies.clear()
        assert (await says(client, "hi"))[0] == 303
    assert time.monotonic() - began > 3 / pace.LET_IN


async def test_a_flood_fills_its_own_lane_and_a_pupil_has_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The lane of the flood is full, told so at once; who opened the page waits a turn in theirs,
    and so does another address; afterwards there is room again."""
    monkeypatch.setattr(pace, "NEWCOMERS", parse("1/minute"))
    monkeypatch.setattr(pace, "FROM_PAGE", parse("1/minute"))
    monkeypatch.setattr(pace, "LET_IN", 100.0)
    paced = pace.Pace()
    flood = [asyncio.ensure_future(paced.lets_newcomer("192.0.2.1", False)) for _ in range(40)]
    await asyncio.sleep(0)
    pupils = [paced.lets_newcomer("192.0.2.1", True), paced.lets_newcomer("192.0.2.1", True)]
    assert await asyncio.gather(*pupils, paced.lets_newcomer("192.0.2.2", False)) == [True] * 3
    assert Counter(await asyncio.gather(*flood)) == {True: 1 + pace.ROOM, False: 39 - pace.ROOM}
    assert await paced.lets_newcomer("192.0.2.1", False)


async def test_addresses_of_one_household_are_one() -> None:
    """Whoever has a whole IPv6 network cannot be a newcomer from each of its addresses."""
    paced = pace.Pace()
    for n in range(pace.NEWCOMERS.amount):
        assert await paced.lets_newcomer(f"2001:db8::{n:x}", False)
    late = asyncio.ensure_future(paced.lets_newcomer("2001:db8::ffff", False))
    assert await paced.lets_newcomer("2001:db8:0:1::1", False)
    assert not late.done()
    late.cancel()


async def test_only_our_page_gives_a_ticket_and_only_after_a_moment(
    client: AsyncClient, world: World
) -> None:
    """Made by somebody else, sent at once or kept for a day, it is worth nothing."""
    vault, now = world.service.store.vault, world.clock.now()
    page = (await client.get("/chat")).text
    (own,) = re.findall(r'<form id="write".*?name="client_id" value="([^"]+)"', page, re.DOTALL)
    assert not is_from_page(vault, own, now)
    assert is_from_page(vault, own, now + timedelta(seconds=2))
    assert not is_from_page(vault, own, now + timedelta(days=1))
    assert not is_from_page(vault, own[:-1] + "x", now + timedelta(seconds=2))


async def test_who_is_told_to_wait_keeps_their_words(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newcomer's page has the words in the box, as words, and the id that they had."""
    monkeypatch.setattr(pace, "NEWCOMERS", parse("1/minute"))
    monkeypatch.setattr(pace, "ROOM", 0)
    assert (await says(client, "first"))[0] == 303
    for words in ("one <b>", "two & three"):
        client.cookies.clear()
        status, page = await says(client, words, "own-id")
        assert (status, escape(words) in page) == (429, True)
        assert 'value="own-id"' in page


async def test_streams_are_bounded(
    client: AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the bound a stream is refused or ends at once; the page then looks by itself."""
    await says(client, "hi")
    hub, token = client._transport.app.state.hub, client.cookies["s"]  # type: ignore[attr-defined]
    monkeypatch.setattr(stream, "STREAMS_OF_ONE", 1)
    first = live.lines(hub, world.service, token, None)
    assert [await anext(first), (await anext(first))[:3]] == ["retry: 2000\n\n", "id:"]
    assert (await client.get("/chat/events")).status_code == 429
    second = live.lines(hub, world.service, token, None)
    assert [await anext(second), await anext(second, "over")] == ["retry: 2000\n\n", "over"]
    await first.aclose()  # type: ignore[attr-defined]
    assert not hub.waiters


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/",
        f"/{MARK}",
        f"/chat/{MARK}?x=<b>{MARK}</b>",
        f"/desk/tickets/{MARK}",
    ],
)
async def test_a_path_leads_nowhere_and_is_not_repeated(client: AsyncClient, path: str) -> None:
    """No file but our own static ones, and no error page that says what was asked."""
    answer = await client.get(path)
    assert answer.status_code in {303, 404}
    assert MARK not in answer.text
    assert MARK not in str(answer.headers)
    assert "import" not in answer.text


async def test_nothing_is_kept_by_a_cache_and_nothing_may_frame(client: AsyncClient) -> None:
    """Pages, answers, errors, files and streams: not stored, not framed, not sniffed."""
    await says(client, "hi")
    for path in ("/", "/chat", "/chat?sent=1", "/nothing", "/static/page.css", "/desk/login"):
        answer = await client.get(path)
        assert answer.headers["cache-control"] == "no-store", path
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"content-type": "application/json"}, b'{"text": "hi"}', 422),
        ({"content-type": "multipart/form-data"}, b"nothing", 400),
        ({"content-type": "multipart/form-data; boundary=x"}, b"--x\r\nrubbish", 422),
        ({}, b"text=" + b"a" * 300_000, 413),
        ({}, b"text=hi&client_id=%0d%0aSet-Cookie:%20s=evil", 422),
        ({}, b"text=" + b"%ED%A0%80", 303),
        ({}, b"&".join(b"a=%d" % n for n in range(30_000)), 400),
    ],
)
async def test_odd_bodies_are_refused_without_an_echo(
    client: AsyncClient, headers: dict[str, str], body: bytes, status: int
) -> None:
    """Whatever is sent as a form ends in a calm page, never in a crash."""
    form = {"content-type": "application/x-www-form-urlencoded", **headers}
    answer = await client.post("/chat", content=body, headers=form)
    assert answer.status_code == status
    assert "evil" not in str(answer.headers)
    assert "evil" not in answer.text
    assert "Traceback" not in answer.text


async def test_half_characters_of_an_odd_encoding_do_no_harm(client: AsyncClient) -> None:
    """A charset that makes lone surrogates is read without them."""
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhi \\ud800\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x; charset=unicode_escape"
    answer = await client.post("/chat", content=body, headers={"content-type": kind})
    assert answer.status_code == 303
    assert len(await said(client)) == 1


async def test_the_bare_address_shows_the_way(client: AsyncClient) -> None:
    """`/` is no 404: the chat and 999, and no cookie."""
    answer = await client.get("/")
    assert answer.status_code == 200
    assert 'href="/chat"' in answer.text
    assert 'href="tel:999"' in answer.text
    assert "set-cookie" not in answer.headers
