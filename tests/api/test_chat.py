"""Somebody writes on our own page, with and without JavaScript."""

import asyncio
import json
import re
import signal
from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient

from api import live
from api.app import listening, make
from api.stream import ending_with_sigterm
from tests.harness import World

pytestmark = pytest.mark.edge
AS_JSON = {"accept": "application/json"}


@pytest.fixture
async def browser(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AsyncClient]:
    monkeypatch.setattr(live, "ANSWER_WAIT", 0.05)
    app = make(world.service)
    transport = ASGITransport(app=app)
    async with (
        listening(app, world.service),
        AsyncClient(transport=transport, base_url="https://handrail.example") as client,
    ):
        yield client


async def test_a_visitor_is_given_no_cookie_and_no_third_party(browser: AsyncClient) -> None:
    """Looking leaves no trace, and the page asks nobody else for anything."""
    page = await browser.get("/chat")
    assert page.status_code == 200
    assert "set-cookie" not in page.headers
    assert "<title>Chat</title>" in page.text
    assert not re.search(r"""(?:src|href|action)="(?:https?:)?//""", page.text)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"


async def test_a_form_is_enough_for_a_whole_exchange(browser: AsyncClient, world: World) -> None:
    """Without JavaScript: post, be sent back to the page, and read the answer there."""
    answer = await browser.post("/chat", data={"text": "<b>hi</b>", "client_id": "a1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat?sent=1")
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Secure", "Max-Age=1200"))
    await world.settle()
    page = await browser.get("/chat?sent=1")
    assert "&lt;b&gt;hi&lt;/b&gt;" in page.text
    assert page.text.count('class="out"') == 1


async def test_a_held_answer_is_not_shown_before_it_is_said(
    browser: AsyncClient, world: World
) -> None:
    """The first words are answered at once; later, while a reply waits for quiet, the page shows
    only what the person wrote."""
    first = await browser.post("/chat", data={"text": "hi", "client_id": "a"}, headers=AS_JSON)
    assert [m["direction"] for m in first.json()["messages"]] == ["in"]
    await world.run_turns()
    greeted = (await browser.get("/chat", headers=AS_JSON)).json()
    assert [m["direction"] for m in greeted["messages"]] == ["in", "out"]
    more = {"text": "what is this", "client_id": "b"}
    await browser.post("/chat", data=more, headers=AS_JSON)
    await world.run_turns()
    held = (await browser.get("/chat", headers=AS_JSON)).json()
    assert [m["direction"] for m in held["messages"]] == ["in", "out", "in"]
    await world.settle()
    said = (await browser.get("/chat", headers=AS_JSON)).json()
    assert [m["direction"] for m in said["messages"]] == ["in", "out", "in", "out"]
    assert said["conversation"] == first.json()["conversation"]


async def test_the_same_form_twice_is_one_message(browser: AsyncClient) -> None:
    """A double tap or a resent form says a thing once."""
    for _ in range(2):
        answer = await browser.post(
            "/chat", data={"text": "hello", "client_id": "same"}, headers=AS_JSON
        )
        await browser.get("/chat")
    assert len(answer.json()["messages"]) == 1


async def test_after_twenty_idle_minutes_the_page_belongs_to_a_newcomer(
    browser: AsyncClient, world: World
) -> None:
    """Whoever sits down next at a shared computer sees nothing and starts anew."""
    before = await browser.post("/chat", data={"text": "hi", "client_id": "a"}, headers=AS_JSON)
    token = browser.cookies["s"]
    world.clock.forward(minutes=21)
    kept = {"cookie": f"s={token}", **AS_JSON}
    assert (await browser.get("/chat", headers=kept)).json()["messages"] == []
    after = await browser.post("/chat", data={"text": "hi", "client_id": "b"}, headers=kept)
    assert after.json()["conversation"] != before.json()["conversation"]
    assert len(after.json()["messages"]) == 1


@pytest.mark.parametrize(("text", "status"), [("", 422), (" \r\n ", 422), ("w" * 4001, 413)])
async def test_what_cannot_be_taken_is_given_back(
    browser: AsyncClient, text: str, status: int
) -> None:
    """Nothing, or far too much: a calm page, no cookie, and the words still in the box."""
    answer = await browser.post("/chat", data={"text": text, "client_id": "a"})
    assert answer.status_code == status
    assert "set-cookie" not in answer.headers
    assert 'role="alert"><' not in answer.text
    assert text.strip() in answer.text


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}, {"origin": "null"}],
)
async def test_another_sites_form_says_nothing_in_our_name(
    browser: AsyncClient, world: World, headers: dict[str, str]
) -> None:
    """Only our own page may write for the person who looks at it."""
    answer = await browser.post("/chat", data={"text": "hi", "client_id": "a"}, headers=headers)
    assert answer.status_code == 403
    assert await world.query("SELECT count(*) FROM messages") == [(0,)]


async def test_a_stream_tells_what_is_new_and_a_resumed_one_what_was_missed(
    browser: AsyncClient, world: World
) -> None:
    """The answer arrives by itself; after a lost connection the one missed comes first."""
    await browser.post("/chat", data={"text": "hi", "client_id": "a"})
    hub, token = browser._transport.app.state.hub, browser.cookies["s"]  # type: ignore[attr-defined]
    seen = (await live.load(world.service, token, touch=False)).last_event
    stream = live.lines(hub, world.service, token, seen)
    assert await anext(stream) == "retry: 2000\n\n"
    told = asyncio.ensure_future(anext(stream))
    await world.settle()
    first = await asyncio.wait_for(told, 5)
    # The turn commits before the send does: the first news may be of the message itself.
    while not any(m["direction"] == "out" for m in messages(first)):
        first = await asyncio.wait_for(anext(stream), 5)
    await stream.aclose()  # type: ignore[attr-defined]
    resumed = live.lines(hub, world.service, token, seen)
    await anext(resumed)
    again = await asyncio.wait_for(anext(resumed), 5)
    assert {m["id"] for m in messages(first)} <= {m["id"] for m in messages(again)}
    await resumed.aclose()  # type: ignore[attr-defined]


async def test_a_stream_ends_when_the_service_does(browser: AsyncClient, world: World) -> None:
    """An open page never keeps a stopping service alive: it ends at the signal itself, which the
    server hears too."""
    await browser.post("/chat", data={"text": "hi", "client_id": "a"})
    hub, token = browser._transport.app.state.hub, browser.cookies["s"]  # type: ignore[attr-defined]
    stream = live.lines(hub, world.service, token, None)
    await anext(stream)
    await anext(stream)
    ending = asyncio.ensure_future(anext(stream, "over"))
    passed_on: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: passed_on.append(number))
    try:
        with ending_with_sigterm(hub):
            signal.raise_signal(signal.SIGTERM)
            assert await asyncio.wait_for(ending, 3) == "over"
    finally:
        signal.signal(signal.SIGTERM, before)
    assert passed_on == [signal.SIGTERM]


def messages(event: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(event.split("data: ", 1)[1])["messages"]
    return found


async def test_a_page_that_waits_for_a_person_stays_and_gets_its_cookie_anew(
    browser: AsyncClient, world: World
) -> None:
    """Somebody asked for a person and sits still for an hour with the page open; once the person
    has been and gone, the next twenty idle minutes end it, and the conversation itself stays."""
    await browser.post("/chat", data={"text": "human", "client_id": "a"}, headers=AS_JSON)
    await world.settle()
    for _ in range(15):
        world.clock.forward(minutes=4)
        looked = await browser.get("/chat?peek=1", headers=AS_JSON)
        assert looked.json()["conversation"]
        assert "Max-Age=1200" in looked.headers["set-cookie"]
    await world.query("UPDATE tickets SET state = 'closed' RETURNING id")
    for _ in range(6):
        world.clock.forward(minutes=4)
        looked = await browser.get("/chat?peek=1", headers=AS_JSON)
    assert looked.json() == {"conversation": None, "messages": []}
    assert await world.query("SELECT count(*) FROM messages WHERE direction = 'in'") == [(1,)]


async def test_an_open_stream_keeps_the_page_of_somebody_who_waits(
    browser: AsyncClient, world: World
) -> None:
    """Each sign of life on the stream counts while a person is on their way, and only then."""
    await browser.post("/chat", data={"text": "human", "client_id": "a"}, headers=AS_JSON)
    await world.settle()
    token = browser.cookies["s"]
    for _ in range(3):
        world.clock.forward(minutes=15)
        await live.stay(world.service, token)
    assert (await live.load(world.service, token, touch=False)).is_live
    await world.query("UPDATE tickets SET reasons = '{referral_filed}' RETURNING id")
    for _ in range(3):
        world.clock.forward(minutes=15)
        await live.stay(world.service, token)
    assert not (await live.load(world.service, token, touch=False)).is_live
