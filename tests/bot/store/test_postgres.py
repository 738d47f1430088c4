"""The service's own PostgreSQL: real processes, really killed."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.errors import BadSettings
from bot.store.postgres import OwnPostgres

pytestmark = [pytest.mark.edge, pytest.mark.timeout(60)]

_PARENT = """
import asyncio, sys
from pathlib import Path
from bot.store.postgres import OwnPostgres

async def main() -> None:
    own = OwnPostgres(Path(sys.argv[1]))
    print(await own.start(), own.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="handrail-own-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


def tell(url: str, *statements: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in statements:
            found = connection.execute(statement.encode())
            rows = found.fetchall() if found.description else []
    return rows


def asked(url: str) -> list[tuple[object, ...]]:
    """What is kept, or nothing while nobody answers."""
    try:
        return tell(url, "SELECT word FROM kept")
    except psycopg.OperationalError:
        return []


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]
    except FileNotFoundError:
        return False


def spawn(folder: Path) -> tuple[subprocess.Popen[str], str, int]:
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    url, pid = parent.stdout.readline().split()
    return parent, url, int(pid)


def kill(parent: subprocess.Popen[str]) -> None:
    parent.kill()
    parent.wait()
    assert parent.stdout is not None
    parent.stdout.close()


async def test_it_starts_keeps_what_it_is_told_and_stops_within_seconds(folder: Path) -> None:
    """What was written before a stop is there after the next start."""
    own = OwnPostgres(folder)
    tell(await own.start(), "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('here')")
    before = time.monotonic()
    await own.stop()
    assert time.monotonic() - before < 4
    assert own.pid is None
    again = OwnPostgres(folder)
    assert tell(await again.start(), "SELECT word FROM kept") == [("here",)]
    await again.stop()


async def test_a_server_that_hangs_is_cut_short_in_time(folder: Path) -> None:
    """It hears nothing any more; the whole service has five seconds, and this is its last part."""
    own = OwnPostgres(folder)
    await own.start()
    assert own.pid is not None
    os.kill(own.pid, signal.SIGSTOP)
    before = time.monotonic()
    await own.stop()
    assert time.monotonic() - before < 2
    assert own.pid is None


async def test_a_server_that_is_killed_comes_back_at_the_same_address(folder: Path) -> None:
    """Somebody kills the server alone; what was committed is there again, and none waits long."""
    own = OwnPostgres(folder)
    url = await own.start()
    tell(url, "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('here')")
    keeping = asyncio.create_task(own.keep())
    try:
        first = own.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while not (rows := await asyncio.to_thread(asked, url)):
            assert time.monotonic() < deadline, "it never came back"
            await asyncio.sleep(0.2)
        assert rows == [("here",)]
        assert own.pid not in (None, first)
    finally:
        keeping.cancel()
        await own.stop()


async def test_it_is_set_up_to_lose_nothing_and_to_show_nothing(folder: Path) -> None:
    """Commits reach the disk, strangers do not reach the port, and we are not its superuser."""
    own = OwnPostgres(folder)
    url = await own.start()
    asked = ("fsync", "synchronous_commit", "full_page_writes", "listen_addresses", "jit")
    found = {name: tell(url, f"SHOW {name}")[0][0] for name in asked}
    role = tell(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    with pytest.raises(psycopg.OperationalError):
        tell(url.replace("handrail:", "handrail:wrong"), "SELECT 1")
    await own.stop()
    assert found == {
        **dict.fromkeys(asked[:3], "on"),
        "listen_addresses": "127.0.0.1",
        "jit": "off",
    }
    assert role == [(False,)]


async def test_two_services_never_share_one_folder(folder: Path) -> None:
    """A second start on the same folder is refused in one clear line."""
    own, second = OwnPostgres(folder), OwnPostgres(folder)
    url = await own.start()
    with pytest.raises(BadSettings, match="already runs"):
        await second.start()
    assert tell(url, "SELECT 1") == [(1,)]
    await own.stop()


def test_when_its_parent_is_killed_it_ends_too(folder: Path) -> None:
    """A SIGKILL of the service leaves no database running for ever."""
    parent, _, server = spawn(folder)
    assert is_alive(server)
    kill(parent)
    deadline = time.monotonic() + 10
    while is_alive(server) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(server)


@pytest.mark.parametrize("round_", range(3))
def test_what_was_committed_outlives_a_kill_of_everything(folder: Path, round_: int) -> None:
    """Parent and server die by SIGKILL at once; the next start has every committed row, even
    when the lock file left behind names a process that is somebody else's by now."""
    parent, url, server = spawn(folder)
    tell(url, "CREATE TABLE kept (n int)")
    tell(url, *(f"INSERT INTO kept VALUES ({n})" for n in range(round_ * 10 + 1)))
    os.kill(server, signal.SIGKILL)
    kill(parent)
    (stale,) = folder.rglob("postmaster.pid")
    lines = stale.read_text().splitlines()
    stale.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert once(folder, "SELECT count(*) FROM kept") == [(round_ * 10 + 1,)]


def once(folder: Path, statement: str) -> list[tuple[object, ...]]:
    """Start, say one thing, stop."""
    with asyncio.Runner() as runner:
        own = OwnPostgres(folder)
        try:
            return tell(runner.run(own.start()), statement)
        finally:
            runner.run(own.stop())


def test_a_folder_cut_off_while_it_was_made_is_made_anew(folder: Path) -> None:
    """A kill in the middle of the very first start is not taken for data."""
    once(folder, "SELECT 1")
    (data,) = folder.glob("postgres/data")
    half = data.rename(data.with_name("making"))
    (half / "PG_VERSION").unlink()
    assert once(folder, "SELECT 1") == [(1,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to give the data away")
def test_under_root_a_closed_folder_gets_a_home_elsewhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside root's own home the data goes where the server can get to, and is found again."""
    with tempfile.TemporaryDirectory(prefix="handrail-elsewhere-") as elsewhere:
        Path(elsewhere).chmod(0o711)
        monkeypatch.setattr("bot.store.postgres_place._ELSEWHERE", Path(elsewhere))
        folder.chmod(0o700)
        for word in ("CREATE TABLE kept (n int)", "SELECT * FROM kept"):
            once(folder / "data", word)
        assert (folder / "data" / "postgres.place").read_text().startswith(elsewhere)
