"""`make bench-nlu`: our pipeline beside Rasa's default (DIET) and a TF-IDF linear SVM.

The same training data, the same server, the same messages (the development files), one after the
other in one run: training, start, memory, `/model/parse` at one client and at eight, and how often
the likeliest intent is right. Printed, never asserted.
`python -m tests.bench_nlu EPOCHS [NAME...]`: a name is the beginning of a pipeline's.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from nlu import rasa_server
from nlu.evaluate import Line, Share, read_lines

DEVELOPMENT = rasa_server.PROJECT / "dev"
BENCH = rasa_server.PROJECT / "bench"
CLIENTS = 8
WARM = 30
START_WITHIN = 180.0
FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Pipeline:
    name: str
    config: Path


@dataclass(frozen=True)
class Served:
    """Seconds for each message, and what was answered to it."""

    took: Sequence[float]
    answers: Sequence[dict[str, object]]
    seconds: float


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def trained(pipeline: Pipeline, folder: Path) -> Path:
    model = folder / f"{pipeline.name}.tar.gz"
    command = rasa_server.train_command(model, config=pipeline.config)
    began = time.monotonic()
    done = subprocess.run(
        command.argv, cwd=command.cwd, env=command.environment(), capture_output=True, text=True
    )
    if done.returncode != 0 or not model.exists():
        raise SystemExit(f"training {pipeline.name} failed: {done.stderr[-1500:]}")
    took, size = time.monotonic() - began, model.stat().st_size / 2**20
    say(f"  training {took:.0f} s, Rasa's own start included; model {size:.0f} MB")
    return model


@contextmanager
def server(model: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Ready means that a message was understood."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = rasa_server.serve_command(model, port)
    began = time.monotonic()
    process = subprocess.Popen(
        command.argv,
        cwd=command.cwd,
        env=command.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while not understood(url):
            if process.poll() is not None or time.monotonic() - began > START_WITHIN:
                raise SystemExit("the server did not start")
            time.sleep(0.1)
        say(f"  start to first answer {time.monotonic() - began:.1f} s")
        yield url, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(15)


def understood(url: str) -> bool:
    try:
        answer = httpx.post(f"{url}/model/parse", json={"text": "hi"}, timeout=5, trust_env=False)
    except httpx.HTTPError:
        return False
    return answer.is_success


async def serve(url: str, texts: Sequence[str], clients: int) -> Served:
    """Closed loop: each client sends its next message when the last one is answered."""
    took = [0.0] * len(texts)
    answers: list[dict[str, object]] = [{}] * len(texts)
    left = iter(range(len(texts)))

    async def client(http: httpx.AsyncClient) -> None:
        for place in left:
            began = time.perf_counter()
            answer = await http.post("/model/parse", json={"text": texts[place]})
            took[place] = time.perf_counter() - began
            answers[place] = answer.raise_for_status().json()

    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
        began = time.perf_counter()
        await asyncio.gather(*(client(http) for _ in range(clients)))
        return Served(took, answers, time.perf_counter() - began)


def likeliest(answer: dict[str, object]) -> str:
    ranking = answer["intent_ranking"]
    assert isinstance(ranking, list)
    return next(str(each["name"]) for each in ranking if each["name"] != FALLBACK)


def speed(served: Served) -> str:
    ordered = sorted(served.took)
    p50, p99 = (ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.99))
    rate = len(ordered) / served.seconds
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, {rate:.0f} a second"


def accuracy(lines: Sequence[Line], served: Served, name: str) -> str:
    right = [likeliest(a) == line.intent for a, line in zip(served.answers, lines, strict=True)]
    share = Share(sum(right), len(right))
    low, high = share.interval
    return f"  {name}: {share.value or 0:.3f} ({low:.3f} to {high:.3f}), n {share.n}"


def measure(pipeline: Pipeline, folder: Path, lines: Sequence[Line]) -> None:
    say(f"\n{pipeline.name}")
    texts = [line.text for line in lines]
    with server(trained(pipeline, folder)) as (url, process):
        asyncio.run(serve(url, texts[:WARM], 1))
        one = asyncio.run(serve(url, texts, 1))
        many = asyncio.run(serve(url, texts, CLIENTS))
        memory = process.memory_info().rss / 2**20
    say(f"  1 client   {speed(one)}")
    say(f"  {CLIENTS} clients  {speed(many)}")
    say(f"  resident memory {memory:.0f} MB")
    say(accuracy(lines, one, "likeliest intent right"))
    english = [place for place, line in enumerate(lines) if line.lang == "en"]
    own = Served([], [one.answers[place] for place in english], 1.0)
    say(accuracy([lines[place] for place in english], own, "of these English"))


def with_epochs(config: Path, epochs: int, folder: Path) -> Path:
    text = config.read_text("utf-8")
    changed = folder / config.name
    changed.write_text(text.replace("epochs: 100", f"epochs: {epochs}"), "utf-8")
    return changed


def main() -> None:
    epochs, only = int(sys.argv[1]), sys.argv[2:]
    lines = read_lines(DEVELOPMENT)
    examples = sum(
        bool(json.loads(line))
        for path in rasa_server.DATA.glob("*/*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    )
    say(f"{examples} examples (a tenth held out), {len(lines)} messages of the development files")
    say(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        diet = with_epochs(BENCH / "diet.yml", epochs, folder)
        for pipeline in (
            Pipeline("handrail", rasa_server.CONFIG),
            Pipeline("tfidf-svm", BENCH / "svm.yml"),
            Pipeline(f"rasa-default-diet-{epochs}-epochs", diet),
        ):
            if not only or any(pipeline.name.startswith(name) for name in only):
                measure(pipeline, folder, lines)
    say(f"\nload {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
