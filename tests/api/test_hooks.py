"""Carriers knock: what is taken, what is refused, and what they are told when we are in trouble."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from httpx import ASGITransport, AsyncClient

from api.app import make
from bot.bootstrap import Service
from bot.commands.spooled import show
from bot.errors import BadPayload
from bot.messages import ChannelName, Inbound
from bot.store.session import Store
from bot.store.spool import Fate
from tests.harness import World

pytestmark = pytest.mark.edge

MARKED = "zanzibar-quill"
SENDER = "+447700900111"


def client_of(service: Service) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app=make(service)), base_url="https://x.example")


@pytest.fixture
async def carrier(world: World) -> AsyncIterator[AsyncClient]:
    async with client_of(world.service) as client:
        client.headers["x-fake"] = "fake"
        yield client


def letter(provider_id: str = "M1", text: str = MARKED) -> str:
    return json.dumps({"from": SENDER, "id": provider_id, "text": text})


def without_database(service: Service) -> Service:
    """The same service, whose database does not answer."""
    nowhere = Store("postgresql+psycopg://nobody@127.0.0.1:9/none", service.store.vault)
    intake = replace(service.intake, store=nowhere)
    backlog = replace(service.backlog, store=nowhere, intake=intake)
    return replace(service, store=nowhere, intake=intake, backlog=backlog)


async def test_a_signed_message_is_kept_before_the_carrier_hears_yes(
    carrier: AsyncClient, world: World
) -> None:
    """The 2xx says nothing a carrier would echo to the person, and the message is committed."""
    answer = await carrier.post("/hooks/sms/message", content=letter())
    assert (answer.status_code, answer.text) == (200, "<Response/>")
    assert await world.query("SELECT count(*) FROM messages") == [(1,)]


async def test_a_repeat_is_answered_and_does_nothing(carrier: AsyncClient, world: World) -> None:
    """A carrier that knocks twice with one message is thanked twice and heard once."""
    answers = [await carrier.post("/hooks/sms/message", content=letter()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert await world.query("SELECT count(*) FROM messages") == [(1,)]


async def test_the_same_id_with_other_words_is_an_alarm(carrier: AsyncClient, world: World) -> None:
    """One id with two bodies is never handled twice, but the operator hears of it."""
    await carrier.post("/hooks/sms/message", content=letter())
    answer = await carrier.post("/hooks/sms/message", content=letter(text="other"))
    assert answer.status_code == 200
    assert await world.alarms() == ["same_id_other_body"]


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [
        ("/hooks/sms/message", {"x-fake": "forged"}, letter(), 403),
        ("/hooks/sms/message", {}, "x" * 300_000, 413),
        ("/hooks/sms/update", {}, letter(), 404),
        ("/hooks/web/message", {}, letter(), 404),
        ("/hooks/pigeon/message", {}, letter(), 404),
    ],
)
async def test_what_is_not_a_carriers_is_refused(
    carrier: AsyncClient, world: World, path: str, headers: dict[str, str], body: str, status: int
) -> None:
    """Forged, garbled, oversized or misdirected: nothing is kept and no word comes back."""
    answer = await carrier.post(path, content=body, headers=headers)
    assert answer.status_code == status
    assert MARKED not in answer.text
    assert await world.query("SELECT count(*) FROM messages") == [(0,)]


async def test_with_the_database_away_the_message_is_on_disk_and_comes_back(
    world: World,
) -> None:
    """503 makes the carrier try again, and the disk has it all the same."""
    async with client_of(without_database(world.service)) as client:
        answer = await client.post(
            "/hooks/sms/message", content=letter(), headers={"x-fake": "fake"}
        )
    assert answer.status_code == 503
    kept: list[Inbound] = []

    async def take(inbound: Inbound, _: int) -> Fate:
        kept.append(inbound)
        return Fate.TAKEN

    await world.service.spool.drain(take)
    assert [inbound.text for inbound in kept] == [MARKED]


async def test_what_breaks_is_sent_again_and_nothing_of_it_is_logged(
    carrier: AsyncClient,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A bug that quotes the person's words still answers 503 and keeps them out of the log."""

    async def breaks(*_: object) -> None:
        raise ZeroDivisionError(MARKED)

    monkeypatch.setattr("bot.store.arrivals.add_inbound", breaks)
    answer = await carrier.post("/hooks/sms/message", content=letter())
    assert answer.status_code == 503
    out, err = capfd.readouterr()
    assert "ZeroDivisionError" in out + err
    assert MARKED not in out + err + answer.text
    assert len(world.service.spool.waiting()) == 1


@pytest.mark.parametrize("fault", [BadPayload("no id"), ZeroDivisionError(MARKED)])
async def test_what_is_signed_and_cannot_be_read_is_kept_for_a_person(
    carrier: AsyncClient,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    fault: Exception,
) -> None:
    """The carrier is not asked for the same again; the operator is told, once however often it
    comes, and what was said can be opened by a person and by nobody else."""

    def breaks(_: object) -> None:
        raise fault

    monkeypatch.setattr(world.carrier(ChannelName.SMS), "parse", breaks)
    answers = [await carrier.post("/hooks/sms/message", content=letter()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert await world.alarms() == ["hook_not_understood"]
    (kept,) = world.service.spool.aside()
    assert MARKED.encode() not in kept.read_bytes()
    out, err = capfd.readouterr()
    assert MARKED not in out + err
    assert show(world.service.settings) == 0
    assert MARKED in capfd.readouterr().out


async def test_what_cannot_be_read_or_kept_is_sent_again(world: World) -> None:
    """With the database away nobody can be told, so the carrier must knock again."""
    async with client_of(without_database(world.service)) as client:
        answer = await client.post("/hooks/sms/message", content="?", headers={"x-fake": "fake"})
    assert answer.status_code == 503
