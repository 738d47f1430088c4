"""A real deployment under a flood: 5,000 messages, 20 of them from people in danger."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from bot.messages import ChannelName
from tests.bot.oncall.night import DANGER
from tests.deployment import ONCALL, CarrierProcess, Deployment, carrier_process, deployment

pytestmark = [pytest.mark.edge, pytest.mark.long, pytest.mark.timeout(600)]

MESSAGES = 5_000
IN_DANGER = 20
WITHIN = 10.0
"""Seconds from the commit of the message until the carrier has the page."""
_ACCEPTED = """
    SELECT ticket.reference, extract(epoch FROM min(message.at))
    FROM messages message JOIN tickets ticket USING (conversation_id)
    WHERE ticket.priority = 'immediate' GROUP BY ticket.reference
"""


@pytest.fixture
def carrier() -> Iterator[CarrierProcess]:
    with carrier_process() as process:
        yield process


@pytest.fixture
def running(carrier: CarrierProcess) -> Iterator[Deployment]:
    with deployment(carrier, rasa_url="http://127.0.0.1:9") as up:
        yield up


def sends(running: Deployment, n: int) -> int:
    number = f"+447700900{n % 1000:03d}{n // 1000:02d}"
    every = MESSAGES // IN_DANGER
    words = DANGER if n % every == every // 2 else f"lol is this a robot {n}"
    for _ in range(5):
        status = running.sends(ChannelName.SMS, number, words, f"SMflood{n}")
        if status == 200:
            break
    return status


def test_no_flood_delays_a_page(running: Deployment, carrier: CarrierProcess) -> None:
    """The page of each of the twenty is with the carrier within ten seconds of their message's
    commit, whatever waits beside it, and none is missing."""
    with ThreadPoolExecutor(24) as pool:
        assert set(pool.map(lambda n: sends(running, n), range(MESSAGES))) == {200}
    deadline = time.monotonic() + 60
    accepted: list[tuple[str, float]] = []
    while len(accepted) < IN_DANGER and time.monotonic() < deadline:
        time.sleep(1)
        url = running.database_url.replace("+psycopg", "")
        with psycopg.connect(url) as connection:
            accepted = [(ref, float(at)) for ref, at in connection.execute(_ACCEPTED).fetchall()]
    assert len(accepted) == IN_DANGER
    pages = [one for one in carrier.received() if one["to"] == ONCALL]
    waits = []
    for reference, at in accepted:
        told = [one["at"] for one in pages if reference in one["body"]]
        assert told, f"{reference} woke nobody"
        waits.append(min(told) - at)
    print(f"pages after {sorted(round(wait, 2) for wait in waits)} s")
    assert max(waits) < WITHIN
