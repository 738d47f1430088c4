"""Who types is shown to the other side while a worker has joined, and kept nowhere."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from httpx import AsyncClient

from api import live
from api.app import listening, make
from api.desk import live as desk_live
from api.stream import Hub
from bot.messages import Address, ChannelName
from tests.api.staff import Desk, at_desk, client_of
from tests.channels.fake import FakeChannel
from tests.harness import World

pytestmark = pytest.mark.edge

TYPING = "event: typing\ndata: {}\n\n"
SOON = 30


@pytest.fixture
async def hub(world: World) -> AsyncIterator[Hub]:
    """Of a process that listens."""
    app = make(world.service)
    async with listening(app, world.service):
        found: Hub = app.state.hub
        yield found


@pytest.fixture
async def sam(world: World) -> AsyncIterator[AsyncClient]:
    """On the web; asked for a person."""
    async with client_of(world.service) as browser:
        await browser.post("/chat", data={"text": "can i talk to a real person please"})
        await world.settle()
        yield browser


async def until(stream: AsyncIterator[str], wanted: str) -> None:
    async with asyncio.timeout(SOON):
        async for told in stream:
            if told == wanted:
                return
    raise AssertionError(wanted)


async def quiet(stream: AsyncIterator[str], unwanted: str, marker: str) -> None:
    """What comes before `marker` is not what is unwanted."""
    async with asyncio.timeout(SOON):
        async for told in stream:
            assert told != unwanted
            if marker in told:
                return


async def test_both_sides_see_that_the_other_types(
    world: World, hub: Hub, sam: AsyncClient
) -> None:
    """Before a worker joined nothing is told; then each sees the other; no row is written."""
    token = sam.cookies["s"]
    ((thread,),) = await world.query("SELECT id FROM conversations")
    thread_id = UUID(str(thread))
    async with at_desk(world.service) as wren:
        at_chat = live.lines(hub, world.service, token, None)
        at_table = desk_live._tell(hub, world.service, wren.bearer, thread_id)
        await anext(at_table), await anext(at_chat)
        assert "event: thread" in await anext(at_table)
        path = await wren.first_ticket()
        assert (await sam.post("/chat/typing")).status_code == 204
        assert (await wren.post(f"{path}/typing")).status_code == 204
        reading = asyncio.create_task(quiet(at_chat, TYPING, '"person": "Wren"'))
        await wren.takes_first()
        await quiet(at_table, TYPING, "event: thread")
        await reading
        before = await world.query("SELECT count(*) FROM events")
        heard = asyncio.create_task(until(at_chat, TYPING))
        await asyncio.sleep(0)
        assert (await wren.post(f"{path}/typing")).status_code == 204
        await heard
        heard = asyncio.create_task(until(at_table, TYPING))
        await asyncio.sleep(0)
        assert (await sam.post("/chat/typing")).status_code == 204
        await heard
        assert await world.query("SELECT count(*) FROM events") == before


async def test_a_sign_goes_only_where_words_would(world: World) -> None:
    """The carrier is asked for its sign, under the person's last message, while whoever holds it
    types, not for a colleague, and not once the exit word was said."""
    shown: list[tuple[Address, str]] = []
    telegram = world.carrier(ChannelName.TELEGRAM)
    kai = world.phone("5550123", ChannelName.TELEGRAM)

    async def typing(to: Address, last_in: str) -> None:
        shown.append((to, last_in))

    telegram.typing = typing  # type: ignore[attr-defined]
    await kai.says("can i talk to a real person please")
    async with at_desk(world.service) as wren, at_desk(world.service, "Nour") as nour:
        path = await wren.takes_first()
        await types(nour, path)
        assert shown == []
        await types(wren, path)
        (last,) = await world.query(
            "SELECT provider_id FROM messages WHERE direction = 'in' ORDER BY seq DESC LIMIT 1"
        )
        assert shown == [(kai.address, last[0])]
        await kai.says("apple pie recipe")
        await kai.says("stop")
        await types(wren, path)
        assert len(shown) == 1
    assert isinstance(telegram, FakeChannel)


async def types(desk: Desk, path: str) -> None:
    assert (await desk.post(f"{path}/typing")).status_code == 204
