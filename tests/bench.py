"""`make bench`: what the whole path does on this machine, printed, never asserted.

n distinct messages go through the signed SMS webhook of a real `handrail up` to a carrier
double: acknowledgement, message to handed-over reply (the hold left out), what is sustained with
and without Rasa, and the memory of every part.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import httpx
import psutil
from sqlalchemy import select

from bot.messages import ChannelName
from bot.rules.hold import QUIET
from bot.store.crypto import Key, Spot, Vault
from bot.store.keys import written_keys
from bot.store.session import Store
from bot.store.tables import Message
from nlu import rasa_server
from tests import database
from tests.deployment import CarrierProcess, Deployment, carrier_process, deployment, twilio_request

DEV = rasa_server.PROJECT / "data" / "en"
HOLD = QUIET.total_seconds()
PACED = 40
SUSTAINED = 50
SECONDS = 30
IDLE = 25
_KINDS = {
    "tests.doubles.carrier": "carrier",
    "rasa": "rasa",
    "bot serve": "serve",
    "bot worker": "worker",
    "bot pager": "pager",
    "bot watch": "watch",
    "bot up": "up",
}
KEY = Key("bench", b"b" * 32)


@dataclass(frozen=True)
class Sent:
    number: str
    at: float
    took: float
    status: int


def texts(count: int) -> list[str]:
    """Distinct messages of the training data that hold no danger: each gets one held reply."""
    found: dict[str, None] = {}
    for path in sorted(DEV.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            example = json.loads(line)
            if example["risk_level"] == "none" and example["intent"] not in {"stop", "delete_data"}:
                found[example["text"]] = None
    plain = list(found)
    return [plain[n % len(plain)] + " ." * (n // len(plain)) for n in range(count)]


def number(n: int) -> str:
    """A thousand drama numbers stretched by a suffix no network has."""
    return f"+447700900{n % 1000:03d}{n // 1000:02d}"


async def send(client: httpx.AsyncClient, base: str, n: int, words: str, tag: str) -> Sent:
    request = twilio_request(base, ChannelName.SMS, number(n), words, f"SM{tag}{n}")
    at, began = time.time(), time.perf_counter()
    answer = await client.post(**request)
    return Sent(number(n), at, time.perf_counter() - began, answer.status_code)


async def paced(base: str, rate: int, count: int, first: int, tag: str) -> list[Sent]:
    """Open loop: each message leaves at its moment, whatever became of those before it."""
    words = texts(count)
    limits = httpx.Limits(max_connections=200)
    async with httpx.AsyncClient(timeout=30, trust_env=False, limits=limits) as client:
        began = time.perf_counter()
        tasks = []
        for n in range(count):
            await asyncio.sleep(max(0.0, began + n / rate - time.perf_counter()))
            tasks.append(asyncio.create_task(send(client, base, first + n, words[n], tag)))
        return list(await asyncio.gather(*tasks))


def quantiles(values: Sequence[float]) -> str:
    ordered = sorted(values)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"p50 {statistics.median(ordered) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms"


def replies(carrier: CarrierProcess, numbers: Iterable[str]) -> dict[str, float]:
    """When each number's first reply was handed over."""
    wanted, first = set(numbers), dict[str, float]()
    for message in carrier.received():
        if message["to"] in wanted:
            first.setdefault(message["to"], message["at"])
    return first


def wait_for_replies(
    carrier: CarrierProcess, sent: Sequence[Sent], seconds: float
) -> dict[str, float]:
    deadline = time.monotonic() + seconds
    while True:
        found = replies(carrier, (each.number for each in sent))
        if len(found) == len(sent) or time.monotonic() > deadline:
            return found
        time.sleep(0.5)


def parts() -> dict[str, list[psutil.Process]]:
    """Every living process of this run by the part it plays, this client's own left out."""
    found: dict[str, list[psutil.Process]] = {}
    for process in psutil.Process().children(recursive=True):
        try:
            words = " ".join(process.cmdline())
        except psutil.Error:
            continue
        name = next((kind for mark, kind in _KINDS.items() if mark in words), "postgres")
        found.setdefault(name, []).append(process)
    return found


def memory() -> None:
    """Proportional share: pages that parts share are counted once."""
    total = 0
    for name, processes in sorted(parts().items()):
        if name == "carrier":
            continue
        size = sum(_pss(process) for process in processes)
        total += size
        say(f"    {name:<10} {size / 2**20:7.0f} MB")
    say(f"    together   {total / 2**20:7.0f} MB (aim: under 2200)")


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def processor_seconds() -> dict[str, float]:
    spent = {name: sum(_cpu(each) for each in found) for name, found in parts().items()}
    own = psutil.Process().cpu_times()
    return spent | {"client": own.user + own.system}


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def processor_per_message(before: dict[str, float], count: int) -> str:
    spent = {
        name: (after - before.get(name, 0.0)) * 1000 / count
        for name, after in processor_seconds().items()
    }
    each = ", ".join(f"{name} {ms:.1f}" for name, ms in sorted(spent.items()) if ms >= 0.1)
    return f"{each}; together {sum(spent.values()):.1f} ms"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def idle(up: Deployment, carrier: CarrierProcess) -> None:
    sent = [asyncio.run(paced(up.url, 1, 1, 50_000 + n, "i"))[0] for n in range(IDLE)]
    handed = wait_for_replies(carrier, sent, 20)
    times = [handed[each.number] - each.at - HOLD for each in sent if each.number in handed]
    say(
        f"  idle, message to handed-over reply, hold left out: {quantiles(times)}, n={len(times)}"
        " (aim: median under 80 ms)"
    )


def loaded(up: Deployment, carrier: CarrierProcess, rate: int, first: int, tag: str) -> None:
    count = rate * SECONDS
    before = processor_seconds()
    sent = asyncio.run(paced(up.url, rate, count, first, tag))
    refused = [each for each in sent if each.status != 200]
    handed = wait_for_replies(carrier, sent, 120)
    times = [handed[each.number] - each.at - HOLD for each in sent if each.number in handed]
    span = max(handed.values()) - HOLD - min(each.at for each in sent)
    say(f"  {rate} a second for {SECONDS} s, n={count}, not acknowledged {len(refused)}:")
    say(f"    acknowledgement {quantiles([each.took for each in sent])}")
    say(f"    message to reply, hold left out {quantiles(times)}, replies {len(times)}")
    say(f"    sustained {len(times) / span:.1f} messages a second")
    say(f"    processor time a message: {processor_per_message(before, count)}")


async def answered_by_rasa(database_url: str) -> str:
    """Read from what was kept with each message: only Rasa's share, no words."""
    store = Store(database_url, Vault([KEY]), pool_size=1)
    async with store.begin() as session:
        rows = await session.db.execute(
            select(Message.id, Message.reading_sealed).where(Message.reading_sealed.is_not(None))
        )
        read = [
            json.loads(session.vault.open(Spot("messages", "reading_sealed", row.id), sealed))
            for row in rows
            if (sealed := row.reading_sealed) is not None
        ]
    await store.close()
    answered = sum(reading["rasa_answered"] for reading in read)
    return f"{answered / len(read):.1%} of {len(read)} (aim: at least 99%)"


def run(with_rasa: bool, url: str) -> None:
    extra = {"secret_keys": written_keys([KEY])}
    if not with_rasa:
        extra["rasa_url"] = "http://127.0.0.1:9"
    say(f"\n{'with' if with_rasa else 'without'} Rasa")
    with carrier_process() as carrier, deployment(carrier, url, **extra) as up:
        if with_rasa:
            up.wait_for_rasa()
        asyncio.run(paced(up.url, 10, 60, 90_000, "w"))
        idle(up, carrier)
        loaded(up, carrier, PACED, 0, "p")
        loaded(up, carrier, SUSTAINED, 10_000, "s")
        say("  memory")
        memory()
        say(f"  answered by Rasa: {asyncio.run(answered_by_rasa(url))}")


def main() -> None:
    with database.server() as url:
        for with_rasa in (True, False):
            name = f"bench_{int(with_rasa)}"
            database.run_alone(url, f"CREATE DATABASE {name}")
            run(with_rasa, database.with_name(url, name))
            database.run_alone(url, f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    main()
