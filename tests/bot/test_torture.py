"""Under load every process is killed again and again and the database goes away in between:
nothing lost, nothing twice, order kept.

The short form runs with the rest; `make torture` runs the long one. Both start `handrail up` as a
user would, kill the web service and the worker with SIGKILL, stop or kill PostgreSQL for seconds,
and send as carriers do: again until a 2xx, repeats, and some messages overtaking others.
"""

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psycopg
import pytest

from bot.messages import ChannelName
from tests.deployment import CarrierProcess, Deployment, carrier_process, deployment

pytestmark = [pytest.mark.edge, pytest.mark.whole]

MARKER = "Sent again"


@dataclass(frozen=True)
class Load:
    messages: int
    conversations: int
    kills: int
    """Of the worker and the web service."""
    outages: int
    """Of the database, spread evenly between the kills."""
    pause: float
    """Seconds between blows: long enough for the part to come back now and then."""

    def blows(self) -> Iterator[str]:
        """What is hit, in order."""
        each = self.kills // self.outages
        for kill in range(self.kills):
            yield ("worker", "serve")[kill % 2]
            if (kill + 1) % each == 0:
                yield "database"


SHORT = Load(messages=240, conversations=24, kills=4, outages=2, pause=3.5)
LONG = Load(messages=2000, conversations=200, kills=40, outages=10, pause=6.0)
OUTAGE = 3.0
"""Seconds."""


@pytest.mark.timeout(300)
def test_nothing_is_lost_when_parts_are_killed() -> None:
    """Two hundred and forty messages, parts killed four times, the database gone twice."""
    torture(SHORT)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_nothing_is_lost_when_parts_are_killed_forty_times() -> None:
    """Two thousand messages on two hundred conversations, parts killed forty times, the database
    gone ten times."""
    torture(LONG)


def torture(load: Load) -> None:
    deaf = {"rasa_url": "http://127.0.0.1:9"}
    with carrier_process() as carrier, deployment(carrier, **deaf) as up:
        Storm(up, load).rage()
        url = up.database_url
        wait_until_quiet(url, load.messages)
        judge(url, carrier, load)


@dataclass
class Storm:
    """Senders, and whoever hits the parts, side by side."""

    up: Deployment
    load: Load
    kills: int = 0
    outages: int = 0

    def rage(self) -> None:
        dice = random.Random(7)
        messages = [(n % self.load.conversations, n) for n in range(self.load.messages)]
        messages = sorted(messages, key=lambda m: m[1] + dice.uniform(0, 6))
        repeats = dice.sample(messages, len(messages) // 5)
        hitter = threading.Thread(target=self.hit)
        hitter.start()
        with ThreadPoolExecutor(16) as senders:
            for done in [senders.submit(self.deliver, m) for m in messages + repeats]:
                done.result()
        hitter.join()
        assert (self.kills, self.outages) == (self.load.kills, self.load.outages)

    def deliver(self, message: tuple[int, int]) -> None:
        """As a carrier does: again until somebody has it."""
        conversation, n = message
        number = f"+44770090{conversation:04d}"
        deadline = time.monotonic() + 600
        while self.up.sends(ChannelName.SMS, number, f"line {n}", f"SM{n:032d}") != 200:
            assert time.monotonic() < deadline, "nobody takes the message"
            time.sleep(0.3)
        time.sleep(0.05)

    def hit(self) -> None:
        for name in self.load.blows():
            time.sleep(self.load.pause)
            if name == "database":
                how = (signal.SIGINT, signal.SIGKILL)[self.outages % 2]
                self.up.cut_database(OUTAGE, how)
                self.outages += 1
            else:
                while not self.up.kill(name):
                    time.sleep(0.2)
                self.kills += 1


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute(statement).fetchall()


def wait_until_quiet(url: str, messages: int) -> None:
    """Every message handled and every reply settled."""
    deadline = time.monotonic() + 180
    unfinished = (
        "SELECT (SELECT count(*) FROM messages WHERE direction = 'in' AND handled_at IS NOT NULL),"
        " (SELECT count(*) FROM outbox WHERE status IN ('held', 'queued', 'sending', 'unclear'))"
    )
    while (found := rows_if_up(url, unfinished)) != [(messages, 0)]:
        assert time.monotonic() < deadline, f"not finished: {found}"
        time.sleep(1)


def rows_if_up(url: str, statement: str) -> list[tuple[object, ...]]:
    """Empty while the database comes back from its last outage."""
    try:
        return rows(url, statement)
    except psycopg.OperationalError:
        return []


def judge(url: str, carrier: CarrierProcess, load: Load) -> None:
    """Nothing lost, nothing handled twice, nothing sent twice, order kept."""
    ids = rows(url, "SELECT provider_id FROM messages WHERE direction = 'in'")
    assert len(ids) == len(set(ids)) == load.messages
    swapped = rows(
        url,
        "SELECT 1 FROM messages a JOIN messages b USING (conversation_id)"
        " WHERE a.direction = 'in' AND b.direction = 'in'"
        " AND a.seq < b.seq AND a.handled_at > b.handled_at",
    )
    assert swapped == []
    received = carrier.received()
    taken = Counter(message["status_callback"] for message in received)
    twice = {callback: times for callback, times in taken.items() if times > 1}
    marked = [message for message in received if message["body"].startswith(MARKER)]
    assert not twice or len(marked) >= sum(twice.values()) - len(twice), twice
    order_kept(url, received)
    lost = rows(url, "SELECT status, count(*) FROM outbox GROUP BY status")
    assert {str(status) for status, _ in lost} <= {"sent", "delivered", "replaced"}, lost


def order_kept(url: str, received: list[dict[str, object]]) -> None:
    """In each conversation replies reached the carrier in the order in which they were made."""
    made = rows(url, "SELECT conversation_id, id FROM outbox WHERE status = 'sent' ORDER BY seq")
    place = {f"o={row_id}": n for n, (_, row_id) in enumerate(made)}
    last: dict[object, int] = {}
    for message in received:
        marks = [mark for mark in place if mark in str(message["status_callback"])]
        if marks:
            assert last.get(message["to"], -1) <= place[marks[0]]
            last[message["to"]] = place[marks[0]]
