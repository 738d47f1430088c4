"""The doubles, for every test of a channel, and the whole service on the real channels."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from api.app import make
from bot.bootstrap import Content, assemble
from bot.channels.registry import make_channels
from bot.settings import Settings
from tests.channels.kits import PUBLIC, unheard
from tests.channels.kits import settings as on_the_double
from tests.channels.wired import Wired
from tests.doubles.carrier import Carrier
from tests.doubles.fixtures import carrier, prism_content_url, prism_url, telegram_url
from tests.fakes import FrozenClock
from tests.harness import World

__all__ = ["carrier", "prism_content_url", "prism_url", "telegram_url"]
TEMPLATE = "HX" + "1" * 32


@pytest_asyncio.fixture
async def wired(
    settings: Settings, content: Content, clock: FrozenClock, carrier: Carrier
) -> AsyncIterator[Wired]:
    """A service whose carriers are all at the double."""
    ours = {name: getattr(settings, name) for name in ("database_url", "data_dir", "secret_keys")}
    whole = on_the_double(carrier.url, whatsapp_template_sid=TEMPLATE).model_copy(update=ours)
    async with AsyncExitStack() as stack:
        channels = await make_channels(whole, unheard, stack)
        service = assemble(whole, content, channels, clock)
        stack.push_async_callback(service.store.close)
        stack.push_async_callback(service.outbox.drain)
        transport = ASGITransport(app=make(service))
        http = await stack.enter_async_context(AsyncClient(transport=transport, base_url=PUBLIC))
        yield Wired(World(service, clock), carrier, http)
