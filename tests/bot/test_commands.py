"""What a person at a terminal is told when something cannot be."""

import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.bootstrap import RUNNING_DATABASE
from bot.commands.talk import talk
from bot.commands.up import up
from bot.settings import Settings
from nlu.rasa import RasaClient

pytestmark = pytest.mark.edge

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_setting_that_makes_no_sense_is_one_line() -> None:
    """A wrong port is named in a sentence, without a trace and without its value."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "doctor"],
        cwd=ROOT,
        env=os.environ | {"HANDRAIL_PORT": "abc"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("handrail: HANDRAIL_PORT: ")
    assert "Traceback" not in done.stderr
    assert "abc" not in done.stderr


async def test_a_talk_at_the_terminal_ends_without_a_trace(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What was understood, the state and the effects are shown; at the end of input the line to
    Rasa is closed."""
    closed: list[RasaClient] = []

    async def close(client: RasaClient) -> None:
        closed.append(client)

    async def parse(*_: object) -> None:
        return None

    lines = iter(["hi", "they are outside my house now with a knife"])

    def typed(_: str) -> str:
        for line in lines:
            return line
        raise EOFError

    monkeypatch.setattr(RasaClient, "parse", parse)
    monkeypatch.setattr(RasaClient, "close", close)
    monkeypatch.setattr("builtins.input", typed)
    assert await talk(Settings(rasa_url="http://127.0.0.1:9")) == 0
    shown = capfd.readouterr().out
    assert "effect OpenTicket" in shown
    assert "effect StartPage" in shown
    assert "999" in shown
    assert len(closed) == 1


async def test_a_port_that_is_taken_is_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another program listens: nothing starts, and nobody is told that the service is ready."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert await up(Settings(data_dir=tmp_path, port=port)) == 1
    said = capsys.readouterr()
    assert f"port {port}" in said.out + said.err
    assert "Ready" not in said.out + said.err


async def test_a_second_start_leaves_the_first_its_database(tmp_path: Path) -> None:
    """The note of where the running database is belongs to the one that runs."""
    note = tmp_path / RUNNING_DATABASE
    note.write_text("where it is")
    with (tmp_path / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert await up(Settings(data_dir=tmp_path, port=0)) == 1
    assert note.read_text() == "where it is"
