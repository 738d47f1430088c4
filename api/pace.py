"""How fast anyone may write on the web: generous, and no address is ever shut out.

A school, a hostel or a phone network puts hundreds behind one address, and a proxy puts everybody
there, so newcomers beyond the limit are slowed, not refused. One browser that floods is told to
wait. Danger passes always (api/chat.py). Counted in each process by itself.

Belongs here: the figures. Does not belong here: what somebody is told.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

EACH = parse("40/minute")
"""Messages of one browser."""
NEWCOMERS = parse("120/minute")
"""First messages from one address before they are slowed."""
SLOWED_SECONDS = 0.8
"""Below a second: nobody's first words wait longer because of others."""
SLOWED_AT_ONCE = 10
"""How many of one address wait at one time; only beyond it is anybody of that address told to
come back in a moment. With `SLOWED_SECONDS` it is what one address can cost us: about 12 first
messages a second."""


@dataclass(eq=False)
class Pace:
    """The counters of this process."""

    _limiter: FixedWindowRateLimiter = field(
        default_factory=lambda: FixedWindowRateLimiter(MemoryStorage())
    )
    _slowed: Counter[str] = field(default_factory=Counter)

    async def lets_browser(self, token: str) -> bool:
        return await self._limiter.hit(EACH, "browser", token)

    async def lets_newcomer(self, address: str) -> bool:
        """Waits where many come from one address; False when too many wait already."""
        if await self._limiter.hit(NEWCOMERS, "address", address):
            return True
        if self._slowed[address] >= SLOWED_AT_ONCE:
            return False
        self._slowed[address] += 1
        try:
            await asyncio.sleep(SLOWED_SECONDS)
        finally:
            self._slowed[address] -= 1
            if not self._slowed[address]:
                del self._slowed[address]
        return True
