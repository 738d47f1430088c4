"""Taking a page by its link, by a text through the carrier's hook, and by a key in a call."""

import json
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from bot.bootstrap import Content, assemble
from bot.messages import Address, ChannelName
from bot.rules.rota import Slot
from bot.settings import Settings
from bot.store import contacts, people
from bot.store.people import Role, TokenKind
from tests.api.staff import client_of, join
from tests.bot.oncall.night import PAGER, Night, Worker
from tests.channels.fake import FakeChannel
from tests.fakes import FrozenClock, fake_channels
from tests.harness import World

pytestmark = pytest.mark.edge

SIGNED = {"x-fake": "fake"}


class FakeCalls(FakeChannel):
    """Rings phones in memory."""

    rings_staff = True


@pytest.fixture
async def night(settings: Settings, content: Content, clock: FrozenClock) -> AsyncIterator[Night]:
    """A deployment that can also ring."""
    channels = {**fake_channels(), ChannelName.VOICE: FakeCalls(ChannelName.VOICE, is_on=False)}
    whole = assemble(settings, content, channels, clock)
    story = Night(World(whole, clock))
    await story.begins()
    yield story
    await whole.outbox.drain()
    await whole.store.close()


@pytest.fixture
async def ada(night: Night) -> Worker:
    """First on call, with a phone that texts and one that rings."""
    worker = await night.worker("Ada")
    await night.on(worker, Slot.FIRST)
    now = night.world.clock.now()
    async with night.world.service.store.begin() as session:
        to = Address(ChannelName.VOICE, "+447700900600")
        method, code = await contacts.add_method(session, worker.id, to, now)
        assert await contacts.prove_method(session, method, code, now)
    return worker


@pytest.fixture
async def web(night: Night) -> AsyncIterator[AsyncClient]:
    async with client_of(night.world.service) as client:
        yield client


async def test_the_link_shows_first_and_takes_when_pressed(
    night: Night, ada: Worker, web: AsyncClient
) -> None:
    """A preview that opens it takes nothing; the button does, once."""
    await night.danger()
    link = ada.is_paged().split()[-1].removeprefix("https://handrail.example")
    assert (await web.get(link)).status_code == 200
    assert (await web.head(link)).status_code in (200, 405)
    assert await night.states() == ["started"]
    assert (await web.post(link, headers={"sec-fetch-site": "cross-site"})).status_code == 403
    assert await night.states() == ["started"]
    assert (await web.post(link)).status_code == 303
    assert await night.states() == ["acknowledged"]
    assert "You have it" in (await web.get(link)).text
    assert (await web.get("/page/made-up")).status_code == 404
    assert (await web.post("/page/made-up")).status_code == 404


async def test_a_text_through_the_hook_takes_the_page_and_is_answered_at_once(
    night: Night, ada: Worker, web: AsyncClient
) -> None:
    """The words go back in the hook's own answer; the bot hears nothing of it."""
    await night.danger()
    ada.is_paged()
    said = {"from": ada.sms, "id": "A1", "text": night.code(ada.pages()[-1]), "to": PAGER}
    answer = await web.post("/hooks/sms/message", content=json.dumps(said), headers=SIGNED)
    assert answer.text.startswith("<Response><Message>You have")
    assert await night.states() == ["acknowledged"]
    assert await night.world.query("SELECT count(*) FROM conversations") == [(1,)]


async def test_a_stranger_who_texts_the_pager_is_a_person(night: Night, web: AsyncClient) -> None:
    """What is no worker's goes the way of every message."""
    said = {"from": "+447700900777", "id": "A1", "text": "is anyone there", "to": PAGER}
    answer = await web.post("/hooks/sms/message", content=json.dumps(said), headers=SIGNED)
    assert answer.text == "<Response/>"
    assert await night.world.query("SELECT count(*) FROM messages") == [(1,)]


async def test_one_in_a_call_takes_the_page_and_two_passes_it_on(
    night: Night, ada: Worker, web: AsyncClient
) -> None:
    """The call says a reference and a level; silence, as of a voicemail, takes nothing."""
    await night.danger()
    ada.is_paged()
    (call,) = night.world.carrier(ChannelName.VOICE).sent
    hook = f"/hooks/voice/page?o={call.id}"
    assert (await web.post(hook)).status_code == 403
    asked = await web.post(hook, headers=SIGNED)
    assert "Press 1" in asked.text
    assert asked.text.count("<Gather") == 3
    assert "knife" not in asked.text
    wrong = await web.post(hook, content="Digits=7", headers=SIGNED)
    assert "Press 1" in wrong.text
    assert await night.states() == ["started"]
    passed = await web.post(hook, content="Digits=2", headers=SIGNED)
    assert "passed on" in passed.text
    taken = await web.post(hook, content="Digits=1", headers=SIGNED)
    assert "You have it" in taken.text
    assert await night.states() == ["acknowledged"]
    assert (await web.post("/hooks/voice/page?o=x", headers=SIGNED)).status_code == 400


async def test_the_api_says_who_is_on_call_and_every_gap(night: Night, ada: Worker) -> None:
    """By name, with what stands against the coming days."""
    reader = await join(night.world.service, "Wren")
    shown = await reader.get("/oncall")
    assert shown["now"] == [{"channel": "sms", "id": str(ada.id), "name": "Ada", "rung": "first"}]
    assert (shown["gaps"], shown["faults"]) == ([], [])
    await night.world.query("UPDATE shifts SET removed_at = now() RETURNING 1")
    ben = await night.worker("Ben", sms=False)
    await night.once(ben, Slot.FIRST, hours=3)
    shown = await reader.get("/oncall")
    assert shown["faults"] == ["rota_untested", "rota_gap"]
    (gap,) = shown["gaps"]
    assert (gap["from"], gap["to"]) == ("2026-03-10T22:30:00Z", "2026-03-24T19:30:00Z")


async def test_what_was_done_is_noted_and_a_page_is_stopped_by_a_supervisor_alone(
    night: Night, ada: Worker
) -> None:
    """A worker may note a call; `not safe` needs its reason; only a supervisor stops a page."""
    await night.danger()
    ada.is_paged()
    worker = await join(night.world.service, "Wren")
    chief = await join(night.world.service, "Sol", Role.SUPERVISOR)
    (page,) = (await worker.get("/pages"))["items"]
    ticket = f"/tickets/{page['ticket_id']}/help"
    assert (await worker.post(ticket, {"kind": "not_safe"})).status_code == 422
    assert (await worker.post(ticket, {"kind": "called_999"})).status_code == 204
    stop = f"/pages/{page['id']}/stop"
    assert (await worker.post(stop, {"reason": "police are there"})).status_code == 403
    assert (await chief.post(stop, {"reason": " "})).status_code == 422
    assert (await chief.post(stop, {"reason": "police are there"})).status_code == 204
    assert (await chief.post(stop, {"reason": "police are there"})).status_code == 409
    assert (await worker.get("/pages"))["items"] == []


async def test_the_feed_opens_with_its_own_address_alone(
    night: Night, ada: Worker, web: AsyncClient
) -> None:
    """A calendar program reads turns and names of staff; a bearer of the API opens no feed."""
    now = night.world.clock.now()
    async with night.world.service.store.begin() as session:
        feed = await people.create_token(session, ada.id, TokenKind.CALENDAR, now, None)
        api = await people.create_token(session, ada.id, TokenKind.API, now, None)
    answer = await web.get(f"/oncall/{feed}.ics")
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (
        200,
        "text/calendar",
    )
    assert "SUMMARY:Ada (first)" in answer.text
    assert (await web.get(f"/oncall/{api}.ics")).status_code == 404
    night.world.clock.forward(days=1)
    assert (await web.get(f"/oncall/{feed}.ics")).status_code == 200
