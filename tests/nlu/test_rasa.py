"""What the service believes of Rasa, and what it does when Rasa is away."""

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from nlu.rasa import AsksRasa, Breaker, Limits, Post, RasaAnswer, RasaClient, RasaRisk, windows
from nlu.rasa_server import serve_command
from nlu.reading import Intent, RiskCategory, RiskLevel
from tests.rasa_fixture import FakeRasa, rasa_url, real_rasa

__all__ = ["rasa_url"]


def body(intent: str = "greet", level: str = "none", **risk: object) -> bytes:
    about = {"level": level, "score": 0.1, "categories": [], "spans": [], "version": "v1"}
    answer = {"intent": {"name": intent, "confidence": 0.9}, "risk": about | risk}
    return json.dumps(answer).encode()


def client(post: Post, now: list[float] | None = None) -> RasaClient:
    clock = now if now is not None else [0.0]
    limits = Limits(deadline=0.2, failures=2, pause=5.0)
    return RasaClient("http://rasa", limits, post, lambda: clock[0])


def answering(content: bytes) -> Post:
    async def post(_: str) -> bytes:
        return content

    return post


def test_the_server_is_on_loopback_says_nothing_home_and_learns_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody outside this machine reaches it, telemetry is off, and our keys stay ours."""
    monkeypatch.setenv("HANDRAIL_SECRET_KEYS", "k1:AAAA")
    command = serve_command(Path("model.tar.gz"), 5005)
    assert command.argv[command.argv.index("-i") + 1] == "127.0.0.1"
    told = command.environment()
    assert told["RASA_TELEMETRY_ENABLED"] == "false"
    assert not [name for name in told if name.startswith("HANDRAIL_")]


async def test_an_answer_becomes_values() -> None:
    """Intent, level, categories and spans arrive as the closed vocabularies."""
    found = body("refer_self", "high", categories=["weapon"], spans=[[0, 5]], score=0.8)
    answer = await client(answering(found)).parse("knife")
    risk = RasaRisk(RiskLevel.HIGH, frozenset({RiskCategory.WEAPON}), 0.8, "v1", ((0, 5),))
    assert answer == RasaAnswer(Intent.REFER_SELF, 0.9, risk)


@pytest.mark.parametrize(("second", "sure"), [(True, True), (False, False)])
async def test_a_long_text_is_harmless_only_if_all_of_it_is(second: bool, sure: bool) -> None:
    """One window with a worry in it is enough to believe the words."""
    answers = [body(harmless=True), body(harmless=second)]

    async def post(_: str) -> bytes:
        return answers.pop(0)

    answer = await client(post).parse("nothing to see here " * 40)
    assert answer is not None
    assert answer.risk.harmless is sure
    assert answers == []


async def test_an_absence_is_two_lines_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """That it began and that it ended; not each message that was read by words alone."""
    now, answers = [0.0], [b"" for _ in range(6)] + [body(), body()]

    async def post(_: str) -> bytes:
        return answers.pop(0)

    asked = client(post, now)
    for _ in range(8):
        await asked.parse("hi")
        now[0] += 10
    assert [record.message for record in caplog.records] == [
        "rasa does not answer: ValidationError",
        "rasa answers",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        body(level="terrible"),
        body(score=7),
        body(categories=["cooking"]),
        b'{"intent": {"name": "greet", "confidence": NaN}, "risk": null}',
    ],
)
async def test_rubbish_is_no_answer(content: bytes) -> None:
    """A malformed answer is treated as silence."""
    assert await client(answering(content)).parse("hi") is None


async def test_an_unsure_intent_is_none() -> None:
    """The fallback of Rasa means: not understood."""
    answer = await client(answering(body("nlu_fallback"))).parse("hm")
    assert answer is not None
    assert answer.intent is None


async def test_a_slow_server_is_given_up() -> None:
    """The deadline holds for the whole message."""

    async def dawdle(_: str) -> bytes:
        await asyncio.sleep(5)
        return body()

    slow = RasaClient("http://rasa", Limits(deadline=0.05), dawdle)
    assert await slow.parse("hi") is None
    assert not slow.healthy


async def test_a_broken_server_is_left_alone_and_tried_again() -> None:
    """After two failures nothing is sent; after the pause one message probes; success closes."""
    asked: list[str] = []
    works, now = [False], [0.0]

    async def answers(text: str) -> bytes:
        asked.append(text)
        if not works[0]:
            raise aiohttp.ClientConnectionError
        return body()

    rasa = client(answers, now)
    for _ in range(5):
        assert await rasa.parse("hi") is None
    assert len(asked) == 2
    works[0], now[0] = True, 6.0
    assert await rasa.parse("hi") is not None
    assert rasa.healthy
    assert asked == ["hi"] * 3


async def test_a_burst_is_not_a_broken_rasa() -> None:
    """Messages that never got their turn are read by words alone, and Rasa stays in use."""
    let_go, asked = asyncio.Event(), asyncio.Event()

    async def wait(_: str) -> bytes:
        asked.set()
        await let_go.wait()
        return body()

    limits = Limits(deadline=5.0, patience=0.02, at_once=1, failures=1)
    rasa = RasaClient("http://rasa", limits, wait)
    first = asyncio.create_task(rasa.parse("hi"))
    await asyncio.wait_for(asked.wait(), 5)
    assert await asyncio.gather(*(rasa.parse("hello") for _ in range(20))) == [None] * 20
    assert rasa.healthy
    let_go.set()
    assert await first is not None
    assert await rasa.parse("hi") is not None


def test_a_probe_that_found_no_seat_leaves_room_for_the_next() -> None:
    """After the pause one message probes; if it was never sent, the next one probes."""
    breaker = Breaker(Limits(failures=1, pause=5.0))
    breaker.record(False, 0.0)
    assert not breaker.allows(4.0)
    assert breaker.allows(6.0)
    assert not breaker.allows(6.0)
    breaker.spare()
    assert breaker.allows(6.0)


async def test_a_long_message_is_read_to_its_end() -> None:
    """Danger in the last words of a long message is found, with its place in the whole."""
    text = "we were at the park and then we went home again " * 40 + "he has a gun"

    async def answers(part: str) -> bytes:
        at = part.find("gun")
        danger = body("share_concern", "immediate", spans=[[at, at + 3]], categories=["weapon"])
        return danger if at >= 0 else body()

    answer = await client(answers).parse(text)
    assert answer is not None
    assert answer.risk.level is RiskLevel.IMMEDIATE
    start, end = answer.risk.spans[0]
    assert text[start:end] == "gun"


def test_windows_are_bounded_and_reach_the_end() -> None:
    """Hostile length costs a fixed number of requests."""
    parts = windows("a b " * 25_000)
    assert len(parts) == 6
    assert parts[-1][0] + len(parts[-1][1]) == 100_000


@pytest.mark.edge
async def test_a_server_that_fails_or_is_not_there_is_no_answer() -> None:
    """An error's status, a closed port and an address that is none: silence, never an exception."""

    async def fail(_: web.Request) -> web.Response:
        return web.Response(status=500, body=body())

    app = web.Application()
    app.router.add_post("/model/parse", fail)
    async with TestServer(app) as server:
        for url in (str(server.make_url("")).rstrip("/"), "http://127.0.0.1:9", "rasa"):
            rasa = RasaClient(url)
            assert await rasa.parse("hi") is None
            assert not rasa.healthy
            await rasa.close()


async def contract(rasa: AsksRasa) -> None:
    """What every Rasa, real or not, keeps to."""
    assert await rasa.parse("") is None
    assert await rasa.parse("   ") is None
    answer = await rasa.parse("he has got a knife and he is outside my house now")
    assert answer is not None
    assert 0.0 <= answer.confidence <= 1.0
    assert answer.risk.level >= RiskLevel.HIGH
    assert rasa.healthy


async def test_the_fake_keeps_the_contract() -> None:
    """The fake behaves as the real client does."""
    risk = RasaRisk(RiskLevel.IMMEDIATE, frozenset(), 0.9, "fake", ())
    text = "he has got a knife and he is outside my house now"
    await contract(FakeRasa({text: RasaAnswer(Intent.SHARE_CONCERN, 0.9, risk)}))


@real_rasa
async def test_the_real_server_keeps_the_contract(rasa_url: str) -> None:
    """A trained Rasa, started for this, hears danger."""
    rasa = RasaClient(rasa_url, Limits(deadline=10.0))
    await contract(rasa)
    await rasa.close()
