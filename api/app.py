"""The web service: every route, in one place.

Belongs here: putting the parts together. Does not belong here: what any route does.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from api import (
    again,
    button,
    chat,
    describe,
    errors,
    front,
    health,
    hooks,
    leave,
    onward,
    openreferral,
    paging,
    questions,
    reads,
    voice,
)
from api.desk.routes import router as desk
from api.guards import BodyLimit, PrivateHeaders
from api.pace import Pace
from api.pages import HERE
from api.stream import Hub, ending_with_sigterm
from api.v1.patrols import router as patrols
from api.v1.routes import router as v1
from bot import bootstrap, logs
from bot.bootstrap import Service
from bot.errors import StoreAway
from bot.settings import Settings
from bot.store.keys_held import say_held

_DRAIN_EVERY = 2.0
"""Seconds between looks at the spool: a look costs one directory listing."""
_SAY_EVERY = 5.0


def create() -> FastAPI:
    """The factory that the server runs; the service is built when it starts."""
    settings = Settings()
    logs.configure()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with bootstrap.running(settings) as service, listening(app, service):
            with ending_with_sigterm(app.state.hub):
                async with draining(service):
                    yield

    app = FastAPI(
        title="Handrail",
        version="1",
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    _equip(app, settings)
    return app


def make(service: Service) -> FastAPI:
    """An app around a service that somebody else made and will close."""
    app = FastAPI(
        title="Handrail",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.service, app.state.hub = service, Hub(service.store)
    _equip(app, service.settings)
    return app


@asynccontextmanager
async def draining(service: Service) -> AsyncIterator[None]:
    """This process writes the spool, so it also empties it, as soon as the database is back; and
    it says which keys it holds, so that nothing is sealed that it cannot read."""

    async def drain() -> None:
        while True:
            await service.backlog.drain()
            await asyncio.sleep(_DRAIN_EVERY)

    async def say() -> None:
        while True:
            with suppress(StoreAway):
                async with service.store.begin() as session:
                    await say_held(session, "serve", service.clock.now())
            await asyncio.sleep(_SAY_EVERY)

    tasks = [asyncio.create_task(drain()), asyncio.create_task(say())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


@asynccontextmanager
async def listening(app: FastAPI, service: Service) -> AsyncIterator[None]:
    """With one listener for all open streams."""
    hub = Hub(service.store)
    app.state.service, app.state.hub = service, hub
    task = asyncio.create_task(hub.run())
    try:
        yield
    finally:
        hub.close()
        task.cancel()
        await asyncio.wait([task])


def _equip(app: FastAPI, settings: Settings) -> None:
    app.state.pace, app.state.slowed = Pace(), {}
    shared = (paging, voice, hooks, onward, health, openreferral, button)
    public = () if settings.practice else (front, chat, questions, again, describe, leave, reads)
    for part in (*public, *shared):
        app.router.routes.extend(part.ROUTES)
    app.include_router(v1)
    app.include_router(patrols)
    app.include_router(desk)
    if not settings.practice:
        app.router.routes.append(reads.READS)
    # Files only: a page holds words of people, whose length compressing would tell.
    app.mount("/static", GZipMiddleware(StaticFiles(directory=HERE / "static")))
    app.add_middleware(BodyLimit)
    app.add_middleware(PrivateHeaders, https=settings.public_url.startswith("https:"))
    errors.install(app)
