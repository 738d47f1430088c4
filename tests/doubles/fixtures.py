"""The carriers that tests speak to: two that others wrote, and our own that misbehaves.

Belongs here: starting and stopping them. A missing node or package is a failure with a sentence,
never a skip.
"""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.doubles.carrier import Carrier

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
PRISM = MODULES / "@stoplight/prism-cli/dist/index.js"
DESCRIPTIONS = MODULES / "@twilio/cli-core/src/services/twilio-api"
DESCRIPTION = DESCRIPTIONS / "twilio_api_v2010.json"
CONTENT_DESCRIPTION = DESCRIPTIONS / "twilio_content_v1.json"
_START_SECONDS = 60


@pytest_asyncio.fixture
async def carrier() -> AsyncIterator[Carrier]:
    """Our own carrier, well behaved until told otherwise."""
    double = Carrier()
    await double.start()
    yield double
    await double.stop()


@pytest.fixture(scope="session")
def prism_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Twilio's own description of its API, served by Prism: each request is checked against it."""
    description = tmp_path_factory.mktemp("prism") / DESCRIPTION.name
    if DESCRIPTION.exists():
        description.write_text(_mended(DESCRIPTION.read_text()))
    with _described(description, DESCRIPTION) as url:
        yield url


@pytest.fixture(scope="session")
def prism_content_url() -> Iterator[str]:
    """The same for Twilio's Content API."""
    with _described(CONTENT_DESCRIPTION, CONTENT_DESCRIPTION) as url:
        yield url


@contextmanager
def _described(description: Path, original: Path) -> Iterator[str]:
    port = free_port()
    command = [_node(), str(PRISM), "mock", "-h", "127.0.0.1", "-p", str(port), "--errors"]
    with _running([*command, str(description)], port, (PRISM, original)) as url:
        yield url


@pytest.fixture(scope="session")
def telegram_url() -> Iterator[str]:
    """telegram-test-api, an emulator of Telegram's bot server."""
    port = free_port()
    starter = HERE / "telegram.js"
    package = MODULES / "telegram-test-api"
    with _running([_node(), str(starter), str(port)], port, (starter, package)) as url:
        yield url


def _mended(description: str) -> str:
    """Twilio's examples have relative addresses where its schemas of lists ask for whole ones,
    so Prism would answer a good request with an error of its own."""
    loaded = json.loads(description)
    path = loaded["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]
    schema = path["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    for field in schema["properties"].values():
        field.pop("format", None)
    return json.dumps(loaded)


def _node() -> str:
    node = shutil.which("node")
    if node is None:
        pytest.fail("node is missing: the carrier doubles need Node.js 20 or newer")
    return node


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int, needed: tuple[Path, ...]) -> Iterator[str]:
    for path in needed:
        if not path.exists():
            pytest.fail(f"{path.name} is missing: run `npm ci` in tests/doubles")
    process = subprocess.Popen(
        command, cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"a carrier double ended at once with code {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"a carrier double did not listen within {_START_SECONDS} s")
