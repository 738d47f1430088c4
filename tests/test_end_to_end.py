"""The service as a user starts it: `handrail up`, signed messages in, replies as the carrier got
them, the referral and the ticket through the staff API."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from bot.messages import ChannelName
from tests import database
from tests.deployment import ONCALL, CarrierProcess, Deployment, carrier_process, deployment

pytestmark = [pytest.mark.edge, pytest.mark.timeout(700)]

SAM, MUM, KAI = "+447700900011", "+447700900012", "+447700900013"


@pytest.fixture(scope="module")
def carrier() -> Iterator[CarrierProcess]:
    with carrier_process() as process:
        yield process


@pytest.fixture(scope="module")
def up(carrier: CarrierProcess) -> Iterator[Deployment]:
    with deployment(carrier) as running:
        running.wait_for_rasa()
        yield running


@pytest.fixture(scope="module")
def worker(up: Deployment) -> Iterator[httpx.Client]:
    """A worker's program, with a bearer token of its own."""
    token = up.command("token", "create", "--role", "worker")
    with httpx.Client(
        base_url=f"{up.url}/api/v1",
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
        timeout=10,
    ) as client:
        yield client


def until[T](ask: Callable[[], T], seconds: float = 20) -> T:
    """What `ask` gives, once it gives something."""
    deadline = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.2)
    return found


def conversation(worker: httpx.Client, channel: str, address: str) -> dict[str, Any]:
    found = worker.post("/conversations/search", json={"channel": channel, "address": address})
    assert found.status_code == 200, found.text
    first = found.json()["items"][0]["id"]
    answer: dict[str, Any] = worker.get(f"/conversations/{first}").json()
    return answer


ANSWERS = {
    "call you": "Sam",
    "how old": "15",
    "what area": "hillfields",
    "where": "hillfields",
    "reach you": "text me after 4",
    "shall i send": "send it",
    "about you, your child": "me",
}


def answer_to(question: str) -> str:
    """What Sam says to a question; whatever Sam would rather not say is skipped."""
    last = question.lower().rsplit("\n\n", 1)[-1]
    return next((words for asked, words in ANSWERS.items() if asked in last), "skip")


def talk(up: Deployment, carrier: CarrierProcess, number: str, first: str) -> int:
    """Sam texts and answers until the referral is sent; how many messages that took."""
    line, sent = first, 0
    while sent < 14:
        before = len(carrier.bodies_to(number))
        assert up.sends(ChannelName.SMS, number, line, f"SM{number[-4:]}{sent:028d}") == 200
        sent += 1
        until(lambda seen=before: len(carrier.bodies_to(number)) > seen)  # type: ignore[misc]
        if line == "send it":
            return sent
        line = answer_to(carrier.bodies_to(number)[-1])
    raise AssertionError(carrier.bodies_to(number))


def test_the_service_is_well(up: Deployment) -> None:
    """With Rasa up and somebody to page nothing is degraded."""
    assert up.ready() == until(lambda: up.ready() if up.ready()["status"] == "ok" else None, 20)


def test_a_young_person_reaches_a_referral_by_text(
    up: Deployment, carrier: CarrierProcess, worker: httpx.Client
) -> None:
    """Sam texts, answers a handful of questions, and a referral is there for the programme."""
    took = talk(up, carrier, SAM, "i need help, i want out of the stuff my mates are into")
    assert took <= 10
    assert "computer programme" in carrier.bodies_to(SAM)[0]
    found = conversation(worker, "sms", SAM)
    referral = worker.get(f"/referrals/{found['referrals'][0]['id']}").json()
    assert referral["kind"] == "self"
    assert referral["fields"]["name"] == "Sam"
    assert referral["fields"]["age"] == 15
    assert "Sam" in [m["text"] for m in found["messages"] if m["direction"] == "in"]


def test_danger_pages_somebody_who_answers_in_the_same_thread(
    up: Deployment, carrier: CarrierProcess, worker: httpx.Client
) -> None:
    """Kai is in danger: emergency words, a page, a ticket; a worker takes it and writes."""
    assert (
        up.sends(ChannelName.SMS, KAI, "theyre outside my house now with a knife", "SMdanger")
        == 200
    )
    until(lambda: carrier.bodies_to(KAI))
    assert "999" in carrier.bodies_to(KAI)[0]
    page = until(lambda: carrier.bodies_to(ONCALL))[-1]
    tickets = worker.get("/tickets", params={"priority": "immediate", "state": "open"}).json()
    ticket = tickets["items"][0]
    assert ticket["reference"] in page
    assert "knife" not in page
    assert worker.post(f"/tickets/{ticket['id']}/claim").status_code == 200
    assert worker.post(f"/tickets/{ticket['id']}/claim").status_code == 409
    words = "Hi Kai, I'm Jo. Are you somewhere safe right now?"
    assert worker.post(f"/tickets/{ticket['id']}/reply", json={"text": words}).status_code == 200
    until(lambda: words in carrier.bodies_to(KAI))
    spoken = len(carrier.bodies_to(KAI))
    assert up.sends(ChannelName.SMS, KAI, "yeah im in my room", "SMroom") == 200
    time.sleep(3)
    assert len(carrier.bodies_to(KAI)) == spoken, "the bot talks over a person"
    closed = worker.post(f"/tickets/{ticket['id']}/close", json={"outcome": "helped"})
    assert closed.status_code == 200


def test_whatsapp_telegram_and_the_web_are_answered_where_they_write(
    up: Deployment, carrier: CarrierProcess, worker: httpx.Client
) -> None:
    """A mother on WhatsApp, somebody on Telegram, somebody on the web: each in their thread."""
    words = "my lad is 15 hes got in with a bad lot in wood end"
    assert up.sends(ChannelName.WHATSAPP, MUM, words, "SMmum") == 200
    assert up.telegrams(7001, "hello", 41) == 200
    asks_json = {"Accept": "application/json"}
    with httpx.Client(base_url=up.url, trust_env=False, headers=asks_json) as browser:
        posted = browser.post("/chat", data={"text": "hello", "client_id": "c1"})
        assert posted.status_code == 200, posted.text
        until(lambda: carrier.bodies_to(f"whatsapp:{MUM}"))
        until(lambda: carrier.bodies_to("7001"))
        answered = until(
            lambda: [m for m in browser.get("/chat").json()["messages"] if m["direction"] == "out"]
        )
    assert "computer programme" in answered[0]["text"]
    thread = conversation(worker, "whatsapp", MUM)
    assert [m["text"] for m in thread["messages"] if m["direction"] == "in"] == [words]


def test_a_repeat_and_a_forgery_do_nothing(up: Deployment, carrier: CarrierProcess) -> None:
    """The same delivery again is answered 2xx and does nothing; a bad signature is refused."""
    before = len(carrier.bodies_to(KAI))
    assert up.sends(ChannelName.SMS, KAI, "yeah im in my room", "SMroom") == 200
    forged = up.http.post(
        f"{up.url}/hooks/sms/message", data={"From": KAI, "MessageSid": "SMx", "Body": "hi"}
    )
    assert forged.status_code == 403
    time.sleep(2)
    assert len(carrier.bodies_to(KAI)) == before


def test_no_word_or_number_of_a_person_is_in_a_log(up: Deployment) -> None:
    """Whatever was written above, no log of any part holds it."""
    logs = "".join(
        path.read_text(errors="replace") for path in up.data_dir.rglob("*") if path.suffix == ".log"
    )
    assert "message accepted" in logs
    for personal in ("7700900011", "7700900013", "hillfields", "knife", "bad lot", "Kai", "Sam"):
        assert personal not in logs, personal


@pytest.mark.long
def test_a_message_that_comes_while_the_database_is_away_is_answered_later(
    carrier: CarrierProcess, postgres_url: str
) -> None:
    """The database stops answering: 503 and the disk; it is back: the person is answered once."""
    database.run_alone(postgres_url, "CREATE DATABASE going_away")
    url = database.with_name(postgres_url, "going_away")
    with deployment(carrier, url, rasa_url="http://127.0.0.1:9") as up:
        database.run_alone(postgres_url, "ALTER DATABASE going_away WITH ALLOW_CONNECTIONS false")
        database.run_alone(
            postgres_url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = 'going_away' AND backend_type = 'client backend'",
        )
        until(lambda: up.sends(ChannelName.SMS, "+447700900014", "hello", "SMaway") == 503)
        database.run_alone(postgres_url, "ALTER DATABASE going_away WITH ALLOW_CONNECTIONS true")
        until(lambda: carrier.bodies_to("+447700900014"), 40)
        time.sleep(2)
        answered = carrier.bodies_to("+447700900014")
        assert up.sends(ChannelName.SMS, "+447700900014", "hello", "SMaway") == 200
        time.sleep(3)
        assert carrier.bodies_to("+447700900014") == answered
