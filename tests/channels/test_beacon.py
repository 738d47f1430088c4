"""Knocking at addresses outside: a sign of life, a cry, a page to a topic."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.channels.beacon import Beacon

pytestmark = pytest.mark.edge


@asynccontextmanager
async def listening(status: int) -> AsyncIterator[tuple[str, list[str]]]:
    """A door that writes down who knocked."""
    heard: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.lower().split(": ", 1) for line in head.splitlines()[1:] if line)
        length = int(fields.get("content-length", "0"))
        body = (await reader.readexactly(length)).decode()
        said = (head.split()[1], fields.get("priority", ""), body)
        heard.append(" ".join(filter(None, said)))
        writer.write(
            f"HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/topic", heard
    finally:
        server.close()


async def test_a_sign_of_life_and_a_cry_go_to_two_doors() -> None:
    """The dead man's address takes any request; `/fail` is the cry."""
    async with listening(200) as (url, heard):
        assert await Beacon(f"{url}/").knock(well=True)
        assert await Beacon(url).knock(well=False)
    assert heard == ["/topic/", "/topic/fail"]


async def test_a_page_to_a_topic_says_how_urgent_it_is() -> None:
    """The words are the body, as ntfy takes them."""
    async with listening(200) as (url, heard):
        assert await Beacon(url).page("Handrail QX7B2K: immediate.", urgent=True)
        assert await Beacon(url).page("Handrail QX7B2L: high.", urgent=False)
    assert heard == [
        "/topic 5 Handrail QX7B2K: immediate.",
        "/topic 4 Handrail QX7B2L: high.",
    ]


async def test_what_nobody_took_is_known() -> None:
    """A refusal, a shut door and no address at all are each False and raise nothing."""
    async with listening(500) as (url, _):
        assert not await Beacon(url).page("words", urgent=True)
    assert not await Beacon(url).page("words", urgent=True)
    assert not await Beacon("").knock(well=True)
