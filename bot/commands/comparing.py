"""`handrail nlu compare`: a candidate beside the model in service, before it replaces anything.

Does not belong here: figures (nlu/evaluate.py), how they are laid out (bot/commands/figures.py).
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.commands import rasa_part
from bot.commands.figures import against, changed, plain, table
from bot.commands.own_rasa import reader_on
from bot.commands.progress import step, tell
from bot.settings import Settings
from nlu import rasa_server
from nlu.bars import below
from nlu.evaluate import Judged, Line, Report, judge, read_lines, report

DEVELOPMENT = rasa_server.PROJECT / "dev"


async def compare(settings: Settings, files: Sequence[Path], data: Path, accept: bool) -> int:
    """Trains on `data`, shows old and new over the development files and `files`. Replaces the
    model in service only with `accept`. 1 when the candidate could not be measured."""
    data_dir = settings.data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    old = _old(data_dir, rasa_server.model_path(rasa_part.MODELS, data))
    candidate = await rasa_part.ready_model(data_dir, asyncio.Event(), data)
    if candidate == old:
        tell("the data are those of the model in service: there is nothing to compare")
        return 0
    for path in (DEVELOPMENT, *files):
        tell(f"\n{path.name}")
        if not await _side_by_side(settings, old, candidate, read_lines(path)):
            tell("the candidate did not answer every message; nothing was replaced")
            return 1
    if accept:
        rasa_part.put_in_service(data_dir, candidate)
        tell(f"\n{candidate.name} goes into service with the next start")
    else:
        tell("\nnothing was replaced; --accept puts the candidate into service")
    return 0


def _old(data_dir: Path, candidate: Path) -> Path | None:
    """The model in service; where nothing was served yet, the newest other one."""
    others = [path for path in rasa_part.MODELS.glob("*.tar.gz") if path != candidate]
    newest = max(others, key=lambda path: path.stat().st_mtime, default=None)
    return rasa_part.in_service(data_dir) or newest


async def _side_by_side(
    settings: Settings, old: Path | None, candidate: Path, lines: Sequence[Line]
) -> bool:
    """Whether Rasa answered every line on the candidate."""
    before = await _judged(settings, old, lines) if old is not None else ()
    after = await _judged(settings, candidate, lines)
    found = report(after)
    if found.rasa_answered.hits < found.rasa_answered.n:
        return False
    fits = bool(before) and all(one.reading.rasa_answered for one in before)
    for line in (
        (*against(report(before), found), *changed(before, after)) if fits else table(found)
    ):
        tell(line)
    if not fits:
        tell("there is no old model that fits this pipeline, so the candidate stands alone")
    _tell_bars(found)
    return True


async def _judged(settings: Settings, model: Path, lines: Sequence[Line]) -> Sequence[Judged]:
    async with reader_on(model, settings) as reader, step(f"reading with {model.name}"):
        return await judge(reader, lines)


def _tell_bars(found: Report) -> None:
    for bar in below(found):
        tell(f"below the bar: {bar.figure} ({bar.where}) {plain(bar.measured)}, {bar.bar:.2f}")
