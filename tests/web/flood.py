"""A flood as somebody would make it: from a few addresses, over open connections, as fast as we
answer.

Does not belong here: what people notice of it (tests/web/test_hard_times_in_browser.py).
"""

import asyncio
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

ADDRESSES = ("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5")
_AT_ONCE = 14
"""Connections from each address."""


@dataclass
class Flood:
    """How many were answered, by status."""

    url: str
    posts: int
    answers: Counter[int] = field(default_factory=Counter)
    sent: int = 0

    async def pour(self) -> None:
        await asyncio.gather(*(self._from(one) for one in ADDRESSES for _ in range(_AT_ONCE)))

    async def _from(self, address: str) -> None:
        place = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(
            place.hostname, place.port, local_addr=(address, 0)
        )
        while self.sent < self.posts:
            self.sent += 1
            body = f"text=rubbish&client_id=f{self.sent}"
            writer.write(
                f"POST /chat HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: {len(body)}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            told = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            await reader.readexactly(int(told[1]) if told else 0)
            self.answers[int(head[9:12])] += 1
        writer.close()


@contextmanager
def flooded(url: str, posts: int) -> Iterator[Flood]:
    """In a thread of its own until all are answered."""
    flood = Flood(url, posts)
    thread = threading.Thread(target=lambda: asyncio.run(flood.pour()))
    thread.start()
    try:
        yield flood
    finally:
        thread.join(600)
