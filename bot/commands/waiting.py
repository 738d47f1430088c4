"""Waiting until a part of the service answers.

Does not belong here: starting it.
"""

import asyncio

import httpx


async def answers(url: str, seconds: float, stop: asyncio.Event) -> bool:
    """Whether something answered there in time; a stop ends the waiting."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
        while loop.time() < deadline and not stop.is_set():
            try:
                await client.get(url)
            except httpx.HTTPError:
                await asyncio.sleep(0.2)
            else:
                return True
    return False
