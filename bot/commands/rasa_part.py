"""Rasa as a part of `handrail up`: its model, trained when its data changed, and its server.

Does not belong here: what Rasa is trained on (nlu/rasa_project), or how it is asked (nlu/rasa.py).
"""

import asyncio
import socket
from pathlib import Path

from bot.commands.progress import step
from bot.commands.supervise import Part
from nlu import rasa_server


class NotTrained(Exception):
    """There is no model, and none could be made."""


def own_url() -> str:
    """A free port on loopback: Rasa is never reachable by the public."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


async def ready_model(data_dir: Path, stop: asyncio.Event) -> Path:
    """The model for today's data, trained if there is none yet. Models lie in Rasa's project,
    named by what they learnt from, so that several data folders share one."""
    model = rasa_server.model_path(rasa_server.PROJECT / "models")
    if model.exists():
        return model
    if not rasa_server.python().exists():
        raise NotTrained("Rasa's environment is missing; `make run` makes it")
    model.parent.mkdir(parents=True, exist_ok=True)
    async with step("training the Rasa model (its data changed)"):
        code = await _run_until(stop, rasa_server.train_command(model), data_dir / "training.log")
    if code != 0 or not model.exists():
        raise NotTrained("training failed; see training.log in the data folder")
    return model


async def _run_until(stop: asyncio.Event, command: rasa_server.Command, log: Path) -> int:
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *command.argv,
            cwd=command.cwd,
            env=command.environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    ended = asyncio.create_task(process.wait())
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([ended, stopped], return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not ended.done():
        process.kill()
    return await ended


def part(model: Path, url: str, log: Path) -> Part:
    command = rasa_server.serve_command(model, int(url.rsplit(":", 1)[1]))
    return Part("rasa", command.argv, command.environment(), log, command.cwd)
