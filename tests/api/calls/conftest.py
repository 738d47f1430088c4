"""A deployment with a telephone, and people at both ends of it."""

from collections.abc import AsyncIterator, Iterator

import pytest
from httpx import AsyncClient

from bot.bootstrap import Content, assemble
from bot.messages import ChannelName
from bot.rules.rota import Slot
from bot.settings import Settings
from tests import database
from tests.api.calls.calling import OURS, TEXTS, Exchange, Line, voice_calls
from tests.api.staff import client_of
from tests.bot.oncall.night import Night, Worker
from tests.fakes import FrozenClock, fake_channels
from tests.harness import World


@pytest.fixture(scope="package")
def calls_database(postgres_url: str) -> Iterator[str]:
    """One database for all calls: most of the time of a story would go into making another."""
    with database.fresh(postgres_url) as url:
        yield url


@pytest.fixture
def database_url(calls_database: str) -> str:
    """Empty at the beginning of each story."""
    database.empty(calls_database)
    return calls_database


@pytest.fixture
def exchange() -> Exchange:
    return Exchange()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    ours = {"voice_number": OURS, "sms_number": TEXTS, "oncall_number": ""}
    return settings.model_copy(update=ours)


@pytest.fixture
async def night(
    settings: Settings, content: Content, clock: FrozenClock, exchange: Exchange
) -> AsyncIterator[Night]:
    channels = {**fake_channels(), ChannelName.VOICE: voice_calls(exchange)}
    whole = assemble(settings, content, channels, clock)
    story = Night(World(whole, clock))
    await story.begins()
    yield story
    await whole.outbox.drain()
    await whole.store.close()


@pytest.fixture
async def web(night: Night) -> AsyncIterator[AsyncClient]:
    async with client_of(night.world.service) as client:
        yield client


@pytest.fixture
async def ada(night: Night) -> Worker:
    worker = await night.worker("Ada")
    await night.on(worker, Slot.FIRST)
    return worker


@pytest.fixture
async def ben(night: Night) -> Worker:
    worker = await night.worker("Ben")
    await night.on(worker, Slot.SECOND)
    return worker


@pytest.fixture
def line(night: Night, web: AsyncClient) -> Line:
    return Line(night, web)
