"""How Rasa is trained and served, as commands for whoever runs processes.

Belongs here: argument lists, environments, and the fingerprint that tells whether a model still
fits its data. Does not belong here: starting anything (`bot.commands`), asking Rasa (`nlu.rasa`).
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent / "rasa_project"
DATA = PROJECT / "data"
CONFIG = PROJECT / "config.yml"
ENCODER = PROJECT / "encoder" / "e5-small-depths-int8.onnx"
_PIPELINE = ("components/*.py", "config.yml", "requirements.lock", "encoder.lock")
_THRESHOLDS = "decisions.json"
_EXAMPLES = "*/*.jsonl"
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "PYTHONPATH": str(PROJECT),
}
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "OMP_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Command:
    argv: tuple[str, ...]
    cwd: Path
    extra: Mapping[str, str]

    def environment(self) -> dict[str, str]:
        """A short list of what is inherited: Rasa learns no secret of the service."""
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return kept | dict(self.extra)


def python() -> Path:
    """The interpreter of Rasa's own environment; it may not be there yet."""
    return PROJECT / ".venv" / "bin" / "python"


def fingerprint(project: Path = PROJECT, data: Path | None = None) -> str:
    """Sixteen hex digits over the pipeline, its parts, its locks and every example of `data`
    (the project's own where none is named)."""
    parts = [path for pattern in (*_PIPELINE, _THRESHOLDS) for path in project.glob(pattern)]
    named = {path.relative_to(project): path for path in parts}
    own = data or project / "data"
    named |= {Path("data") / path.relative_to(own): path for path in own.glob(_EXAMPLES)}
    return _digest(named)


def pipeline_fingerprint(project: Path = PROJECT) -> str:
    """The same over what a model must fit to be loaded: all but examples and thresholds."""
    parts = [path for pattern in _PIPELINE for path in project.glob(pattern)]
    return _digest({path.relative_to(project): path for path in parts})


def _digest(named: Mapping[Path, Path]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted(named.items()):
        content = path.read_bytes()
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def model_path(folder: Path, data: Path | None = None) -> Path:
    """Where the model for these examples is, or belongs."""
    return folder.resolve() / f"{fingerprint(data=data)}.tar.gz"


def train_command(model: Path, data: Path = DATA, config: Path = CONFIG) -> Command:
    """Trains into exactly `model`; about a minute and a half."""
    name = model.name.removesuffix(".tar.gz")
    options = ["--config", str(config), "--domain", str(config), "--nlu", str(data.resolve())]
    target = ["--out", str(model.parent), "--fixed-model-name", name]
    return _command("train", "nlu", *options, *target, extra={"RASA_MAX_CACHE_SIZE": "0"})


def serve_command(model: Path, port: int) -> Command:
    """Serves on loopback alone. One text is little work: a second thread would only wait."""
    where = ["-i", "127.0.0.1", "-p", str(port)]
    one_thread = {"OMP_NUM_THREADS": "1"}
    return _command("run", "--enable-api", "-m", str(model), *where, extra=one_thread)


def encoder_command(uv: str) -> Command:
    """Builds `ENCODER` in a throwaway environment."""
    locked = ["--with-requirements", "encoder.lock", "python", "build_encoder.py"]
    argv = (uv, "run", "--quiet", "--no-project", "--python", "3.11", *locked)
    return Command(argv, PROJECT, {})


def benchmark_command(folders: Sequence[Path]) -> Command:
    """Runs the pipeline over question sets; prints one JSON line a set."""
    argv = (str(python()), "benchmark.py", *(str(folder) for folder in folders))
    return Command(argv, PROJECT, _QUIET)


def _command(*words: str, extra: Mapping[str, str]) -> Command:
    return Command((str(python()), "-m", "rasa", *words), PROJECT, _QUIET | dict(extra))
