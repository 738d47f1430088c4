"""Child processes kept alive: started, restarted with a growing pause, stopped together.

Does not belong here: which processes there are (bot/commands/up.py).
"""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

log = structlog.get_logger()

FIRST_PAUSE = 0.3
LONGEST_PAUSE = 5.0
STEADY_AFTER = 20.0
STOP_WITHIN = 3.5
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the service. `env` is all that it is told of the environment: Rasa, for
    one, learns no secret. `log_to` takes its output."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    log_to: Path
    cwd: Path | None = None


class Supervisor:
    """Runs each part for as long as it lives itself."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.subprocess.Process] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    def start(self, part: Part) -> None:
        self._tasks.append(asyncio.create_task(self._keep(part)))

    async def _keep(self, part: Part) -> None:
        pause = FIRST_PAUSE
        while not self._stopping:
            began = asyncio.get_running_loop().time()
            try:
                code = await self._run(part)
            except OSError as error:
                log.error("part cannot start", part=part.name, error=type(error).__name__)
                code = None
            if self._stopping:
                return
            lived = asyncio.get_running_loop().time() - began
            pause = FIRST_PAUSE if lived > STEADY_AFTER else min(pause * 2, LONGEST_PAUSE)
            log.error("part ended, starting it again", part=part.name, code=code, pause=pause)
            await asyncio.sleep(pause)

    async def _run(self, part: Part) -> int:
        with part.log_to.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *part.argv,
                env=part.env,
                cwd=part.cwd,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_die_with_parent(),
            )
        self._running[part.name] = process
        return await process.wait()

    async def stop(self) -> None:
        """SIGTERM to all, SIGKILL to what is left after `STOP_WITHIN` seconds."""
        self._stopping = True
        for process in self._running.values():
            _signal(process, signal.SIGTERM)
        waits = [asyncio.create_task(each.wait()) for each in self._running.values()]
        if waits:
            await asyncio.wait(waits, timeout=STOP_WITHIN)
        for process in self._running.values():
            _signal(process, signal.SIGKILL)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    if process.returncode is None:
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return


def _die_with_parent() -> Callable[[], None] | None:
    """Linux: a part whose supervisor is killed outright gets SIGTERM instead of living on."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

    return ask
