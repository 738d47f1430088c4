"""Somebody rings: what they hear, who is rung for them, and what is kept of it."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from bot.bootstrap import Content, assemble
from bot.messages import ChannelName
from bot.rules.rota import Slot
from bot.settings import Settings
from tests.api.calling import OURS, TEXTS, Exchange, Line, voice_calls
from tests.api.staff import client_of
from tests.bot.oncall.night import Night, Worker
from tests.fakes import FrozenClock, fake_channels
from tests.harness import World

pytestmark = pytest.mark.edge


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
    """A deployment with a telephone."""
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


async def test_somebody_rings_and_is_put_through_to_a_person(
    night: Night, line: Line, ada: Worker
) -> None:
    """999 comes first; 1 rings the first on call, who presses 1 and has call and ticket."""
    greeting = await line.rings()
    assert greeting.words.startswith("If anyone is in danger now, hang up and ring 999.")
    ringing = await line.presses("1")
    assert (ringing.rings, ringing.seconds) == (ada.sms, 20)
    assert "Press 1 to take the call" in (await line.picks_up()).words
    assert "put through" in (await line.picks_up("1")).words
    assert await night.world.tickets() == [("high", "claimed", ["asked_for_person"])]
    assert await night.world.query("SELECT stage, taken_by FROM calls") == [("talked", ada.id)]
    assert await night.world.query("SELECT kind, staff_id FROM help_actions") == [
        ("called", ada.id)
    ]
    over = await line.hears(line.last.action, DialCallStatus="completed", DialBridged="true")
    assert over.ends
    await line.hangs_up()
    assert await night.states() == []
    ada.sleeps()
    assert await night.world.query("SELECT stage FROM calls") == [("ended",)]
