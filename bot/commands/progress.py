"""Telling the person at the terminal what is going on, step by step.

Does not belong here: logs. These lines are for whoever typed the command.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_AGAIN = 2.0


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@asynccontextmanager
async def step(name: str) -> AsyncIterator[None]:
    """Prints the name at the start, its seconds while it lasts longer than two, and its end."""
    began = time.monotonic()
    tell(f"  {name} ...")
    ticking = asyncio.create_task(_tick(name, began))
    try:
        yield
    except BaseException:
        tell(f"  {name}: failed")
        raise
    finally:
        ticking.cancel()
    tell(f"  {name}: done ({time.monotonic() - began:.1f} s)")


async def _tick(name: str, began: float) -> None:
    wait = _AGAIN
    while True:
        await asyncio.sleep(wait)
        tell(f"  {name} ... {time.monotonic() - began:.0f} s")
        wait = min(wait * 1.5, 15.0)
