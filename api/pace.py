"""How fast anyone may write on the web: generous, and no address is ever shut out.

A school, a hostel or a phone network puts hundreds behind one address, and a proxy puts everybody
there. So nobody is refused for an address alone: past a free share newcomers wait in a lane, and
all lanes are let in by turns, so few at a time that a flood leaves room for everybody else. Whoever
opened our page and took a moment to write has a lane of their own beside those who did not: a
flood from their address fills the other. Counted in each process by itself; danger passes always
(api/writers.py).

Belongs here: the figures, the lanes. Does not belong here: what somebody is told.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

EACH = parse("40/minute")
"""Messages of one browser."""
NEWCOMERS = parse("5/5second")
"""First messages from one address that wait for nobody, where no page was opened before."""
FROM_PAGE = parse("40/10second")
"""The same for those who opened our page: a whole class at once."""
LET_IN = 3.0
"""Newcomers a second from all lanes together: what a flood can cost us."""
ROOM = 6
"""How many wait in the lane of those who never opened a page; the next is told to try again."""
ROOM_FROM_PAGE = 60
"""How many wait in the lane of those who did."""
REFUSALS = 200.0
"""Refusals a second: a flood that asks faster waits for its answers, so that it leaves the
processor to others."""
_LONGEST = 1.0
"""Seconds that a refusal waits at most."""
_NETWORK = 64
"""Bits of an IPv6 address that one household or school has; the rest is theirs to change."""


@dataclass(eq=False)
class Lanes:
    """Who waits, by lane. One is let in every `1 / LET_IN` seconds, from each lane by turns."""

    _waiting: dict[str, deque[asyncio.Future[None]]] = field(default_factory=dict)
    _opens: asyncio.Task[None] | None = None

    async def wait(self, lane: str, room: int) -> bool:
        """Until it is one's turn; False at once where the lane has no room."""
        queue = self._waiting.setdefault(lane, deque())
        if len(queue) >= room:
            return False
        turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        if self._opens is None or self._opens.done():
            self._opens = asyncio.create_task(self._open())
        await turn
        return True

    async def _open(self) -> None:
        while self._waiting:
            await asyncio.sleep(1 / LET_IN)
            lane = next(iter(self._waiting))
            queue = self._waiting.pop(lane)
            while queue:
                turn = queue.popleft()
                if not turn.done():
                    turn.set_result(None)
                    break
            if queue:
                self._waiting[lane] = queue


@dataclass(eq=False)
class Pace:
    """The counters of this process."""

    _limiter: FixedWindowRateLimiter = field(
        default_factory=lambda: FixedWindowRateLimiter(MemoryStorage())
    )
    _lanes: Lanes = field(default_factory=Lanes)
    _next_refusal: float = 0.0

    async def lets_browser(self, token: str) -> bool:
        return await self._limiter.hit(EACH, "browser", token)

    async def lets_newcomer(self, address: str, from_page: bool) -> bool:
        """Waits where many come from one address; False when its lane is full."""
        network, kind = _network(address), "page" if from_page else "other"
        if await self._limiter.hit(FROM_PAGE if from_page else NEWCOMERS, kind, network):
            return True
        room = ROOM_FROM_PAGE if from_page else ROOM
        let_in = await self._lanes.wait(f"{kind} {network}", room)
        if not let_in:
            await self._without_haste()
        return let_in

    async def _without_haste(self) -> None:
        now = asyncio.get_running_loop().time()
        self._next_refusal = max(self._next_refusal + 1 / REFUSALS, now)
        if self._next_refusal - now > _LONGEST:
            self._next_refusal = now + _LONGEST
        await asyncio.sleep(self._next_refusal - now)


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(int(found) >> (128 - _NETWORK))
    return address
