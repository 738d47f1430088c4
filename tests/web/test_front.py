"""The public pages as a browser without scripts gets them: first page, reading, help, exit."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from httpx import AsyncClient

from api.app import make
from bot.messages import ChannelName
from bot.rules.ways import ways_of
from bot.settings import Settings
from tests.conftest import FIGURE
from tests.harness import World

pytestmark = pytest.mark.edge

AS_JSON = {"accept": "application/json"}
DOORS = ("a", "b", "c", "d", "e")


async def test_the_first_page_has_every_door_and_asks_for_nothing(client: AsyncClient) -> None:
    """Three doors, a friend, the way home, the chat, 999, the exit; and no cookie."""
    answer = await client.get("/")
    assert answer.status_code == 200
    for href in (*(f"/q/{door}" for door in DOORS), "/chat", "tel:999", "/out", "/help"):
        assert f'href="{href}"' in answer.text, href
    assert "set-cookie" not in answer.headers


def test_only_ways_that_are_set_up_are_offered(settings: Settings) -> None:
    """A number that nobody answers is never shown; what is there stands in one row."""
    assert [way.name for way in ways_of(settings)] == ["chat"]
    whole = settings.model_copy(
        update={
            "voice_number": "+441632960123",
            "sms_number": "+447700900100",
            "whatsapp_number": "+447700900101",
            "telegram_name": "somebot",
        }
    )
    ways = ways_of(whole)
    assert [way.name for way in ways] == ["chat", "call", "text", "whatsapp", "telegram"]
    assert [way.href for way in ways[1:]] == [
        "tel:+441632960123",
        "sms:+447700900100",
        "https://wa.me/447700900101",
        "https://t.me/somebot",
    ]
    assert ways[2].shown == "07700 900100"


async def test_truth_pages_follow_the_settings(client: AsyncClient, world: World) -> None:
    """Who must look after the words stands on the page as soon as the deployment says it."""
    assert "Made-up Trust" not in (await client.get("/privacy")).text
    book = world.service.book
    named = replace(
        book, deployment=book.deployment.model_copy(update={"controllers": ("Made-up Trust",)})
    )
    app = make(replace(world.service, book=named))
    client._transport.app = app  # type: ignore[attr-defined]
    assert "Made-up Trust" in (await client.get("/privacy")).text


async def test_stale_help_is_never_shown(client: AsyncClient, world: World) -> None:
    """A year after anybody looked at an entry it is gone, and so is the filter that finds it."""
    fresh = (await client.get("/help")).text
    assert "Help with how you feel" in fresh
    world.clock.forward(seconds=timedelta(days=800).total_seconds())
    stale = (await client.get("/help")).text
    assert "Help with how you feel" not in stale
    assert ">Feelings<" in fresh
    assert ">Feelings<" not in stale
    assert "0800 1111" in stale


@pytest.mark.parametrize(
    ("age", "need", "shown", "hidden"),
    [
        ("", "After an arrest", "after an arrest", "Making music"),
        ("8", "Anything", "Sessions for small children", "who find a way out"),
        ("8", "Made to carry or sell", "makes you carry", "Help with how you feel"),
        ("99999", "nonsense", "Nothing in the list fits", "Making music"),
        ("\u00b2", "Anything", "Making music", "Nothing in the list fits"),
    ],
)
async def test_help_can_be_narrowed(
    client: AsyncClient, age: str, need: str, shown: str, hidden: str
) -> None:
    """By age and by what is needed; nonsense narrows nothing or finds nothing, kindly. The address
    that a history keeps holds numbers alone."""
    offered = re.findall(r'<option value="(\d*)">([^<]+)', (await client.get("/help")).text)
    numbers = {label: number for number, label in offered}
    assert len(numbers) > 10
    answer = await client.get("/help", params={"a": age, "n": numbers.get(need, need)})
    assert answer.status_code == 200
    assert shown in answer.text
    assert hidden not in answer.text


async def test_help_names_no_service(client: AsyncClient, world: World) -> None:
    """Young people see plain words; the services' own names are for staff."""
    page = (await client.get("/help")).text
    assert not [card.name for card in world.service.book.programmes.values() if card.name in page]


async def test_the_exit_ends_the_session_and_staff_keep_the_talk(
    client: AsyncClient, world: World
) -> None:
    """The cookie opens nothing any more, not even copied; staff see that they left in a hurry."""
    await client.post("/chat", data={"text": "im scared to go home", "client_id": "a"})
    token = client.cookies["s"]
    answer = await client.get("/out")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        str(world.service.book.look.leaves_to),
    )
    assert "s" not in client.cookies
    kept = {"cookie": f"s={token}", **AS_JSON}
    assert (await client.get("/chat", headers=kept)).json() == {
        "conversation": None,
        "messages": [],
    }
    await world.run_turns()
    assert await world.query("SELECT kind FROM messages WHERE direction = 'in' ORDER BY seq") == [
        ("message",),
        ("left",),
    ]


async def test_who_leaves_with_danger_open_is_put_before_a_person(
    client: AsyncClient, world: World
) -> None:
    """Nothing is said after the exit, and the ticket says that they left."""
    await client.post("/chat", data={"text": "he has a knife and hes outside", "client_id": "a"})
    await client.post("/out")
    await world.settle()
    ((_, _, reasons),) = await world.tickets()
    assert "left" in reasons  # type: ignore[operator]


async def test_the_exit_of_a_newcomer_leaves_nothing(client: AsyncClient, world: World) -> None:
    """No conversation is made by leaving, and another site cannot make anybody leave."""
    assert (await client.post("/out")).status_code == 204
    assert await world.query("SELECT count(*) FROM conversations") == [(0,)]
    answer = await client.get("/out", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


async def test_a_chat_is_deleted_by_asking(client: AsyncClient, world: World) -> None:
    """The button asks as the person would in words: said here, gone here and on this device."""
    await client.post("/chat", data={"text": "hello there", "client_id": "a"})
    await world.settle()
    answer = await client.post("/chat/delete")
    assert answer.status_code == 200
    assert "s" not in client.cookies
    await world.settle()
    assert "deleted" in world.carrier(ChannelName.WEB).sent[-1].text
    assert (await client.post("/chat/delete")).headers["location"] == "/chat"


async def test_the_language_of_the_page_is_the_language_of_the_chat(
    client: AsyncClient, world: World
) -> None:
    """Picked on a page, it is answered in, whatever the words look like; asking for another in
    words holds, though the address still names the first."""
    answer = await client.post("/chat?l=ur", data={"text": "hi, i need help", "client_id": "a"})
    assert answer.headers["location"] == "/chat?sent=1&l=ur"
    await world.settle()
    sent = world.carrier(ChannelName.WEB).sent
    assert re.search("[\u0600-\u06ff]", sent[-1].text)
    await client.post("/chat?l=ur", data={"text": "english please", "client_id": "b"})
    await world.settle()
    await client.post("/chat?l=ur", data={"text": "what is this", "client_id": "c"})
    await world.settle()
    assert not re.search("[\u0600-\u06ff]", sent[-1].text)
    await client.post("/chat?l=pl", data={"text": "what is this", "client_id": "d"})
    await world.settle()
    assert "przemocy" in sent[-1].text


async def test_a_browser_that_asks_for_polish_gets_it(client: AsyncClient) -> None:
    """Without a pick the device's own language, with a way to English; nothing is written."""
    polish = {"accept-language": "pl-PL,pl;q=0.9,en;q=0.8"}
    answer = await client.get("/", headers=polish)
    assert '<html lang="pl"' in answer.text
    assert 'href="/?l=en"' in answer.text
    assert 'href="/q/a?l=pl"' in answer.text
    assert '<html lang="en"' in (await client.get("/?l=en", headers=polish)).text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "bytes_", "name"), [("/", 20_000, "home"), ("/chat", 35_000, "chat")]
)
async def test_the_first_view_is_light(
    client: AsyncClient,
    path: str,
    bytes_: int,
    name: str,
    record_property: Callable[[str, object], None],
) -> None:
    """All its files together, in at most four requests; the figures stand at the end of the run."""
    page = (await client.get(path)).text
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    for file in files:
        assert (await client.get(file)).headers["content-encoding"] == "gzip", file
    bodies = [page, *[(await client.get(file)).text for file in files]]
    weight = sum(len(gzip.compress(body.encode())) for body in bodies)
    record_property(
        FIGURE,
        f"weight of the {name}: {weight / 1000:.1f} KB gzipped in {len(bodies)} requests"
        f" (aims: {bytes_ // 1000} KB, 4)",
    )
    assert weight <= bytes_
    assert len(bodies) <= 4
