"""`handrail serve` and `handrail worker`: one part each, on an existing database.

Does not belong here: keeping them alive (bot/commands/up.py), or what they do.
"""

import asyncio
import signal

import uvicorn
import uvloop

from bot import bootstrap
from bot import worker as job_worker
from bot.settings import Settings

_DRAIN_SECONDS = 3


def serve(settings: Settings) -> int:
    """The web service. The address it listens on is every one of this machine."""
    uvicorn.run(
        "api.app:create",
        factory=True,
        host="0.0.0.0",  # noqa: S104 - carriers and people come from outside
        port=settings.port,
        loop="uvloop",
        http="httptools",
        access_log=False,  # addresses of people stand in it
        log_config=None,
        server_header=False,
        proxy_headers=False,  # signatures are checked over the configured public address
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )
    return 0


def work(settings: Settings) -> int:
    """A worker, until SIGINT or SIGTERM."""
    uvloop.run(_work(settings))
    return 0


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with bootstrap.running(settings) as service:
        await job_worker.run(service, stop)
