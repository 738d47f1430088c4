"""`handrail up`: the whole service on this machine, kept alive, stopped within five seconds.

Belongs here: the order in which the parts start, and what the person at the terminal is told.
Does not belong here: the parts themselves.
"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.bootstrap import RUNNING_DATABASE, make_vault
from bot.clock import SystemClock
from bot.commands import rasa_part
from bot.commands.doctor import channel_lines, pager_line
from bot.commands.people import Newcomer, invitation
from bot.commands.progress import step, tell
from bot.commands.supervise import Part, Supervisor
from bot.commands.waiting import answers
from bot.errors import BadSettings, HandrailError, StoreAway
from bot.rules.rights import Role
from bot.settings import Settings
from bot.store.keys import load_or_make_keys, written_keys
from bot.store.migrate import migrate
from bot.store.postgres import OwnPostgres
from bot.store.practice import keep_apart
from bot.store.session import Store

_PARTS = ("serve", "worker", "pager", "watch")
_PRACTISED = ("serve", "worker", "players")
"""In practice nobody is paged, so nothing of paging has a process of its own."""
_WEB_WITHIN = 30.0
_RASA_WITHIN = 120.0
_PORT_TRIES = 10
_PORT_PAUSE = 0.3


async def up(settings: Settings) -> int:
    """Runs until SIGINT or SIGTERM; the exit code."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    supervisor = Supervisor()
    try:
        await _claim_port(settings.port)
        async with _database(settings) as database_url:
            try:
                async with step("preparing the database"):
                    await migrate(database_url)
                await _keep_apart(settings, database_url)
                env = _environment(settings, database_url)
                await _start_parts(settings, supervisor, env, stop)
                await stop.wait()
                tell("  stopping ...")
            finally:
                await supervisor.stop()
    except HandrailError as error:
        tell(f"  cannot start: {error}")
        return 1
    tell("  stopped")
    return 0


async def _claim_port(port: int) -> None:
    """Raises `BadSettings` where it cannot be had; what a killed service left has time to end."""
    reason = ""
    for _ in range(_PORT_TRIES):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("", port))
            except OSError as error:
                reason = error.strerror or type(error).__name__
            else:
                return
        await asyncio.sleep(_PORT_PAUSE)
    raise BadSettings(f"port {port}: {reason}; set HANDRAIL_PORT to another")


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[str]:
    """The database that is set, or one of our own for as long as this lasts."""
    url = settings.database_url.get_secret_value()
    if url:
        yield url
        return
    own, note = OwnPostgres(settings.data_dir.resolve()), settings.data_dir / RUNNING_DATABASE
    try:
        async with step("starting PostgreSQL"):
            url = await own.start()
        keeping = asyncio.create_task(own.keep())
        _note(note, url)
        try:
            yield url
        finally:
            note.unlink(missing_ok=True)
            keeping.cancel()
    finally:
        await own.stop()


async def _keep_apart(settings: Settings, database_url: str) -> None:
    """Raises `BadSettings` where made-up people would meet real ones."""
    store = Store(database_url, make_vault(settings), pool_size=1)
    try:
        async with store.begin() as session:
            await keep_apart(session, settings.practice, SystemClock().now())
    finally:
        await store.close()


def _note(path: Path, database_url: str) -> None:
    """Only the owner may read it: the URL holds the password."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(database_url)


def _environment(settings: Settings, database_url: str) -> Mapping[str, str]:
    """What the web service and the worker are told."""
    keys = settings.secret_keys.get_secret_value()
    data_dir = settings.data_dir.resolve()
    return {
        **os.environ,
        "HANDRAIL_DATABASE_URL": database_url,
        "HANDRAIL_DATA_DIR": str(data_dir),
        "HANDRAIL_PORT": str(settings.port),
        "HANDRAIL_RASA_URL": settings.rasa_url or rasa_part.own_url(),
        "HANDRAIL_SECRET_KEYS": keys or written_keys(load_or_make_keys(data_dir)),
    }


async def _start_parts(
    settings: Settings, supervisor: Supervisor, env: Mapping[str, str], stop: asyncio.Event
) -> None:
    """The web service and the worker take messages at once; understanding joins when it is
    ready, and until then the lexicon alone hears danger."""
    logs = settings.data_dir.resolve() / "logs"
    logs.mkdir(exist_ok=True)
    for name in _PRACTISED if settings.practice else _PARTS:
        argv = [sys.executable, "-m", "bot", name]
        supervisor.start(Part(name, argv, env, logs / f"{name}.log"))
    async with step("starting the web service and a worker"):
        await _answers(f"http://127.0.0.1:{settings.port}/health/live", _WEB_WITHIN, stop)
    await _tell_where(settings, env)
    if not settings.rasa_url:
        await _start_rasa(supervisor, env, logs, stop)
    if not stop.is_set():
        tell("\nReady. Stop with Ctrl+C.")


async def _start_rasa(
    supervisor: Supervisor, env: Mapping[str, str], logs: Path, stop: asyncio.Event
) -> None:
    """A model that cannot be trained or served leaves the service running, and degraded."""
    try:
        model = await rasa_part.served_model(Path(env["HANDRAIL_DATA_DIR"]), stop)
    except rasa_part.NotTrained as error:
        tell(f"  no model: {error}; messages are understood by keywords alone")
        return
    supervisor.start(rasa_part.part(model, env["HANDRAIL_RASA_URL"], logs / "rasa.log"))
    async with step("starting Rasa"):
        await _answers(env["HANDRAIL_RASA_URL"], _RASA_WITHIN, stop)


async def _answers(url: str, seconds: float, stop: asyncio.Event) -> None:
    if not await answers(url, seconds, stop) and not stop.is_set():
        tell(f"  nothing answers at {url} yet; see the logs folder")


async def _tell_where(settings: Settings, env: Mapping[str, str]) -> None:
    base = f"http://127.0.0.1:{settings.port}"
    whole = settings.model_copy(
        update={
            "database_url": SecretStr(env["HANDRAIL_DATABASE_URL"]),
            "secret_keys": SecretStr(env["HANDRAIL_SECRET_KEYS"]),
        }
    )
    try:
        path = await invitation(whole, Newcomer("First worker", Role.SUPERVISOR))
        link = f"{base}{path}   (once, within 24 hours)"
    except StoreAway:
        link = "the database is away; `handrail staff invite` prints a link once it is back"
    if settings.practice:
        tell(f"\n  practice desk   {base}/desk\n  sign-in         {link}\n")
        return
    tell(f"""
  public page     {base}/
  web chat        {base}/chat
  staff console   {base}/desk
  staff sign-in   {link}
  health          {base}/health/ready
""")
    for line in (*channel_lines(settings), pager_line(settings)):
        tell(line)
