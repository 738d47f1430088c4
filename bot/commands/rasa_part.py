"""Rasa as a part of `handrail up`: its model, trained when its data changed, and its server.

Does not belong here: what Rasa is trained on (nlu/rasa_project), or how it is asked (nlu/rasa.py).
"""

import asyncio
import socket
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.commands.progress import step
from bot.commands.supervise import Part
from nlu import rasa_server

MODELS = rasa_server.PROJECT / "models"
_IN_SERVICE = "rasa-model.json"


class InService(BaseModel):
    """The note in the data folder that says which model is served."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str = Field(pattern=r"^[0-9a-f]{16}\.tar\.gz$")
    pipeline: str
    examples: str
    """The project's own at that time: a candidate from other examples stays until these change."""


class NotTrained(Exception):
    """There is no model, and none could be made."""


def own_url() -> str:
    """A free port on loopback: Rasa is never reachable by the public."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


async def served_model(data_dir: Path, stop: asyncio.Event) -> Path:
    """What `handrail up` serves: the model in service here until the project's examples change,
    then one of today's."""
    note = _note(data_dir)
    kept = in_service(data_dir)
    if note is not None and kept is not None and note.examples == rasa_server.fingerprint():
        return kept
    model = await ready_model(data_dir, stop)
    put_in_service(data_dir, model)
    return model


def in_service(data_dir: Path) -> Path | None:
    """The model that was put in service here, where it is there still and fits the pipeline."""
    note = _note(data_dir)
    if note is None or note.pipeline != rasa_server.pipeline_fingerprint():
        return None
    model = MODELS / note.model
    return model if model.exists() else None


def _note(data_dir: Path) -> InService | None:
    try:
        return InService.model_validate_json((data_dir / _IN_SERVICE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def put_in_service(data_dir: Path, model: Path) -> None:
    """From the next start on. Raises `OSError` where it cannot be written."""
    kept = InService(
        model=model.name,
        pipeline=rasa_server.pipeline_fingerprint(),
        examples=rasa_server.fingerprint(),
    )
    fresh = data_dir / f"{_IN_SERVICE}.part"
    fresh.write_text(kept.model_dump_json(), "utf-8")
    fresh.replace(data_dir / _IN_SERVICE)


async def ready_model(data_dir: Path, stop: asyncio.Event, data: Path = rasa_server.DATA) -> Path:
    """The model for these examples, trained if there is none yet. Models lie in Rasa's project,
    named by what they learnt from, so that several data folders share one."""
    model = rasa_server.model_path(MODELS, data)
    if model.exists():
        return model
    if not rasa_server.python().exists():
        raise NotTrained("Rasa's environment is missing; `make run` makes it")
    model.parent.mkdir(parents=True, exist_ok=True)
    command = rasa_server.train_command(model, data)
    async with step("training the Rasa model (its data changed)"):
        code = await _run_until(stop, command, data_dir / "training.log")
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
