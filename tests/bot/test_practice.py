"""Practice mode: a whole desk with made-up people, out of which nothing gets."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from pypdf import PdfReader

from bot.bootstrap import Content, assemble
from bot.channels.practice import PracticeChannel
from bot.channels.registry import make_channels
from bot.commands.practice import practice_environment
from bot.errors import BadSettings, BadSignature
from bot.messages import Accepted, Address, ChannelName, Outbound, Purpose, Webhook
from bot.practice import MOST_WAITING, Player, Players
from bot.rules.rights import Role
from bot.settings import CONTENT_DIR, Settings
from bot.store.people import create_staff
from bot.store.practice import keep_apart
from tests.api.staff import Desk, at_desk, client_of
from tests.api.test_desk_rights import desk_paths
from tests.fakes import FrozenClock
from tests.harness import World

pytestmark = pytest.mark.edge
CARRIER = {
    "twilio_account_sid": "AC" + "0" * 32,
    "twilio_auth_token": "made-up",
    "sms_number": "+447700900100",
    "telegram_token": "5550199:made-up",
    "telegram_secret": "made-up",
}


@pytest.fixture
async def practice(
    settings: Settings, content: Content, clock: FrozenClock
) -> AsyncIterator[World]:
    """Even with carriers in its settings."""
    told = settings.model_copy(update={"practice": True, **CARRIER})
    async with AsyncExitStack() as stack:
        channels = await make_channels(told, _nothing, stack)
        whole = assemble(told, content, channels, clock)
        yield World(whole, clock)
        await whole.outbox.drain()
        await whole.store.close()


async def _nothing(_: Outbound) -> None:
    """Nobody waits in front of a web chat here."""


def players_of(world: World) -> Players:
    service = world.service
    return Players(service.store, service.intake, service.clock, Player.all(CONTENT_DIR))


async def lines(world: World) -> int:
    ((count,),) = await world.query("SELECT count(*) FROM messages WHERE direction = 'in'")
    return int(str(count))


async def test_made_up_people_come_wait_and_answer(practice: World) -> None:
    """Three wait and no more; one who is answered says the next line, after a while and once."""
    made_up = players_of(practice)
    for _ in range(MOST_WAITING + 3):
        await made_up.tick()
        await practice.run_turns()
    begun = len(await practice.query("SELECT id FROM conversations"))
    assert begun >= MOST_WAITING
    await practice.settle()
    before = await lines(practice)
    await made_up.tick()
    assert await lines(practice) == before
    practice.clock.forward(seconds=10)
    await made_up.tick()
    assert await lines(practice) == before + begun
    await made_up.tick()
    assert await lines(practice) == before + begun
    assert len(await practice.query("SELECT id FROM tickets WHERE state = 'open'")) >= 1


async def trained(world: World, desk: Desk) -> str:
    """A trainee takes the most pressing and writes; the ticket's path."""
    await players_of(world).tick()
    await world.settle()
    path = await desk.takes_first()
    assert (await desk.post(f"{path}/reply", {"text": "Hi", "once": "1"})).status_code == 303
    await world.service.outbox.drain()  # what was on its way before the forwarding below
    await world.settle()
    return path


async def test_nothing_gets_out_and_every_page_is_marked(practice: World) -> None:
    """Pages, replies and drills end in the practice channel; each page of the desk and the paper
    carry the mark; no public page and no carrier's door is there."""
    assert {type(one) for one in practice.service.channels.values()} == {PracticeChannel}
    async with at_desk(practice.service, "Wren", Role.SUPERVISOR) as wren:
        path = await trained(practice, wren)
        rows = await practice.rows("status, channel")
        assert {row[0] for row in rows} == {"delivered"}
        for method, address in desk_paths():
            if method != "GET" or address.endswith(("/events", ".csv", ".pdf", "/part")):
                continue
            answer = await wren.get(address)
            if answer.status_code == 200:
                assert "Nobody here is real" in answer.text, address
                assert "<title>PRACTICE " in answer.text, address
        paper = PdfReader(BytesIO((await wren.get(f"{path}/handover.pdf")).content))
        assert "Nobody here is real" in paper.pages[0].extract_text()
        assert "Nobody here is real" in await wren.opens(path)
    async with client_of(practice.service) as public:
        for address in ("/", "/chat", "/help", "/site/about"):
            assert (await public.get(address)).status_code == 404, address
        assert (await public.post("/hooks/sms/message", content="Body=x")).status_code == 403


async def test_the_real_desk_carries_no_mark(world: World) -> None:
    """Or nobody would believe it where it matters."""
    async with at_desk(world.service) as wren:
        assert "PRACTICE" not in await wren.opens("/desk")


async def test_made_up_and_real_people_never_share_a_database(world: World) -> None:
    """Neither may start where the other lives."""
    store, now = world.service.store, world.clock.now()
    async with store.begin() as session:
        await keep_apart(session, False, now)
        await keep_apart(session, True, now)
        await keep_apart(session, True, now)
        with pytest.raises(BadSettings):
            await keep_apart(session, False, now)
    await world.query("DELETE FROM heartbeats RETURNING part")
    async with store.begin() as session:
        await create_staff(session, "Wren", Role.WORKER, now)
        with pytest.raises(BadSettings):
            await keep_apart(session, True, now)


def test_practice_is_told_nothing_of_the_real_deployment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No carrier, database, key, provider or watch of it stands in what practice starts with."""
    for name in ("TWILIO_AUTH_TOKEN", "DATABASE_URL", "SECRET_KEYS", "WATCH_URL", "PAGE_URL"):
        monkeypatch.setenv(f"HANDRAIL_{name}", "real")
    settings = Settings.model_construct(data_dir=tmp_path, rasa_url="http://127.0.0.1:5005")
    told = practice_environment(settings, 8090)
    assert "real" not in told.values()
    assert told["HANDRAIL_DATA_DIR"] == str(tmp_path / "practice")


async def test_a_practice_channel_hears_nobody() -> None:
    """Nobody real can write in, and what is sent is taken at once."""
    channel = PracticeChannel(ChannelName.SMS)
    with pytest.raises(BadSignature):
        channel.verify(Webhook("message", "", (), b"", FrozenClock().now()))
    to = Address(ChannelName.SMS, "+447700900100")
    sent = await channel.send(Outbound(UUID(int=1), to, "Hi", Purpose.REPLY))
    assert isinstance(sent, Accepted)
