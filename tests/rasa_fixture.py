"""A real Rasa server for the tests that need one, and a fake that keeps the same contract.

`HANDRAIL_TEST_RASA_URL` names a server that runs already; otherwise one is started on a free port,
trained first if its data changed since the last time.
"""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from nlu import rasa_server
from nlu.rasa import RasaAnswer

MODELS = rasa_server.PROJECT / "models"
"""Shared with `handrail up`: a model trained by either serves both."""
_START_WITHIN = 90.0
_TRAIN_WITHIN = 400.0


def real_rasa[**P, R](test: Callable[P, R]) -> Callable[P, R]:
    """Marks a test that asks for `rasa_url`: the first of them may have to train."""
    pytest.mark.timeout(_TRAIN_WITHIN + _START_WITHIN + 30.0)(test)
    pytest.mark.enable_socket(test)
    pytest.mark.edge(test)
    return test


@dataclass
class FakeRasa:
    """Answers what it was told to, or nothing."""

    answers: dict[str, RasaAnswer] = field(default_factory=dict)
    healthy: bool = True
    heard: list[str] = field(default_factory=list)

    async def parse(self, text: str) -> RasaAnswer | None:
        self.heard.append(text)
        if not self.healthy or not text.strip():
            return None
        return self.answers.get(text)


def trained(folder: Path = MODELS) -> Path:
    """The model for today's data. Fails the test with a sentence where it cannot be had."""
    missing = [p for p in (rasa_server.python(), rasa_server.ENCODER) if not p.exists()]
    if missing:
        names = ", ".join(str(path.relative_to(rasa_server.PROJECT)) for path in missing)
        pytest.fail(f"Rasa's environment is not made ({names} missing): `make run` makes it")
    model = rasa_server.model_path(folder)
    if not model.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = rasa_server.train_command(model)
        done = subprocess.run(
            command.argv,
            cwd=command.cwd,
            env=command.environment(),
            capture_output=True,
            text=True,
            timeout=_TRAIN_WITHIN,
        )
        if done.returncode != 0 or not model.exists():
            pytest.fail(f"training Rasa failed: {done.stderr[-2000:]}")
    return model


@pytest.fixture(scope="session")
def rasa_url() -> Iterator[str]:
    """The address of a running server."""
    running = os.environ.get("HANDRAIL_TEST_RASA_URL")
    if running:
        yield running
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = rasa_server.serve_command(trained(), port)
    process = subprocess.Popen(
        command.argv,
        cwd=command.cwd,
        env=command.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_WITHIN
    while time.monotonic() < until:
        assert process.poll() is None, "Rasa ended before it answered"
        try:
            if httpx.get(f"{url}/status", timeout=1.0, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise AssertionError("Rasa did not start in time")
