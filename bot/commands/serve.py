"""`handrail serve` and `handrail worker`: one part each, on an existing database.

Does not belong here: keeping them alive (bot/commands/up.py), or what they do.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from functools import partial

import uvicorn
import uvloop

from bot import bootstrap
from bot import worker as job_worker
from bot.bootstrap import Service
from bot.settings import Settings
from bot.worker import Share

_DRAIN_SECONDS = 3
WATCH_EVERY = 15.0


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
    return run_part(settings, partial(job_worker.run, share=Share.ALL))


def page(settings: Settings) -> int:
    """A worker for pages alone, until SIGINT or SIGTERM."""
    return run_part(settings, partial(job_worker.run, share=Share.PAGES))


def watch(settings: Settings) -> int:
    """The auditor, until SIGINT or SIGTERM."""
    return run_part(settings, _watch)


def run_part(settings: Settings, work: Callable[[Service, asyncio.Event], Awaitable[None]]) -> int:
    """Leaves at once when the work is done: by then everything is closed, and to take the
    interpreter down object by object would keep whoever stops us waiting for half a second."""
    uvloop.run(_until_stopped(settings, work))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


async def _watch(service: Service, stop: asyncio.Event) -> None:
    auditor = service.auditor()
    await job_worker.every("watch", WATCH_EVERY, auditor.look, stop)


async def _until_stopped(
    settings: Settings, work: Callable[[Service, asyncio.Event], Awaitable[None]]
) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with bootstrap.running(settings) as service:
        await work(service, stop)
