"""Server-sent events: one listener a process tells every open stream what changed for it.

Belongs here: fanning out, the wire form, ending quickly. Does not belong here: what is sent
(api/chat.py), or how changes are stored (bot/store/events.py).
"""

import asyncio
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType
from uuid import UUID

import structlog

from bot.errors import StoreAway
from bot.store import events
from bot.store.events import Typing
from bot.store.session import Store

log = structlog.get_logger()

HEARTBEAT = 15.0
"""Seconds between signs of life on a quiet stream, and between looks at the table."""
STREAMS = 1_000
"""Open at once in this process: beyond it pages look now and then by themselves."""
STREAMS_OF_ONE = 8
"""Open at once for one conversation: tabs of one browser."""
_RETRY = 1.0


@dataclass(eq=False)
class Waiter:
    """One open stream: the last event of its conversation. `conversation_id` None: of any."""

    conversation_id: UUID | None
    last: int = 0
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    changed: set[UUID] = field(default_factory=set)
    """Which conversations changed; whoever waits for all of them empties it."""
    typing: set[UUID] = field(default_factory=set)
    """Where the other side types now: the worker for whoever waits for one conversation, people
    for whoever waits for all. Emptied by the stream."""
    is_stirred: bool = False
    """Something may have changed, known or not; set back by the stream."""

    def stir(self) -> None:
        self.is_stirred = True
        self.woken.set()

    def hear(self, typing: Typing) -> None:
        wanted = typing.conversation_id if typing.is_staff else None
        if self.conversation_id == wanted:
            self.typing.add(typing.conversation_id)
            self.woken.set()


@dataclass(eq=False)
class Hub:
    """Wakes the streams whose conversation changed."""

    store: Store
    waiters: set[Waiter] = field(default_factory=set)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def has_room(self, conversation_id: UUID) -> bool:
        """Whether one more stream may open."""
        own = sum(waiter.conversation_id == conversation_id for waiter in self.waiters)
        return len(self.waiters) < STREAMS and own < STREAMS_OF_ONE

    @contextmanager
    def waiting(self, waiter: Waiter) -> Iterator[Waiter]:
        self.waiters.add(waiter)
        try:
            yield waiter
        finally:
            self.waiters.discard(waiter)

    async def run(self) -> None:
        """Until `close`; a lost connection is made again, and what was missed is looked up."""
        last: int | None = None
        while not self.ended.is_set():
            try:
                async for told in events.woken(self.store, HEARTBEAT):
                    if told is None:
                        last = await self._look(last)
                        continue
                    for waiter in self.waiters:
                        waiter.hear(told)
            except StoreAway:
                log.warning("events not heard")
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.ended.wait(), _RETRY)

    async def _look(self, last: int | None) -> int:
        async with self.store.begin() as session:
            if last is None:
                last = await events.newest(session)
                self._wake_all()
            changes = await events.after(session, last)
        for change in changes:
            last = change.id
            for waiter in self.waiters:
                if waiter.conversation_id in (None, change.conversation_id):
                    waiter.last = change.id
                    if change.conversation_id is not None:
                        waiter.changed.add(change.conversation_id)
                    waiter.stir()
        return last

    def _wake_all(self) -> None:
        for waiter in self.waiters:
            waiter.stir()

    def close(self) -> None:
        """Every stream ends now."""
        self.ended.set()
        self._wake_all()


@contextmanager
def ending_with_sigterm(hub: Hub) -> Iterator[None]:
    """The server waits for open streams before it tells the app to stop, so they hear of the
    signal themselves; the server's own handler runs as before."""
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def end(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(hub.close)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def event(event_id: int, data: object) -> str:
    """One event in the form of the wire; JSON holds no line breaks."""
    return f"id: {event_id}\ndata: {json.dumps(data)}\n\n"
