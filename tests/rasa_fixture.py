"""A real Rasa server for the tests that need one, and a fake that keeps the same contract.

`HANDRAIL_TEST_RASA_URL` names a server that runs already; otherwise one is started on a free port,
trained first if its data changed since the last time.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from nlu import rasa_server
from nlu.rasa import RasaAnswer

MODELS = rasa_server.PROJECT / "models"
_START_WITHIN = 90.0


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
    """The model for today's data."""
    model = rasa_server.model_path(folder)
    if not model.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = rasa_server.train_command(model)
        subprocess.run(
            command.argv, cwd=command.cwd, env=command.environment(), check=True, timeout=600
        )
    return model


@pytest.fixture(scope="session")
def rasa_url() -> Iterator[str]:
    """The address of a running server."""
    running = os.environ.get("HANDRAIL_TEST_RASA_URL")
    if running:
        yield running
        return
    if not rasa_server.python().exists():
        pytest.fail("Rasa's environment is not made: `make run` makes it")
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
