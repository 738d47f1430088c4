"""`handrail nlu`: train, measure and explain what the service understands.

Does not belong here: how figures are counted (nlu/evaluate.py), or the model (nlu/rasa_project).
"""

import asyncio
import json as json_text
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.bootstrap import make_reader
from bot.clock import SystemClock
from bot.commands import rasa_part
from bot.commands.progress import step, tell
from bot.commands.supervise import Supervisor
from bot.commands.waiting import answers
from bot.settings import CONTENT_DIR, Settings
from nlu.evaluate import judge, read_lines, report, write_predictions
from nlu.reader import Reader, ReadingBooks

_RASA_WITHIN = 120.0


async def train(settings: Settings) -> int:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    model = await rasa_part.ready_model(settings.data_dir.resolve(), asyncio.Event())
    tell(f"  model {model.name}")
    return 0


@asynccontextmanager
async def _reader(settings: Settings) -> AsyncIterator[Reader]:
    """A reader with a running Rasa: the one of the settings, or one of its own."""
    books = ReadingBooks.load(CONTENT_DIR)
    if settings.rasa_url:
        yield make_reader(settings, SystemClock(), books)
        return
    supervisor, stop = Supervisor(), asyncio.Event()
    data_dir = settings.data_dir.resolve()
    (data_dir / "logs").mkdir(parents=True, exist_ok=True)
    url = rasa_part.own_url()
    try:
        model = await rasa_part.ready_model(data_dir, stop)
        supervisor.start(rasa_part.part(model, url, data_dir / "logs" / "rasa-nlu.log"))
        async with step("starting Rasa"):
            await answers(url, _RASA_WITHIN, stop)
        yield make_reader(settings.model_copy(update={"rasa_url": url}), SystemClock(), books)
    finally:
        await supervisor.stop()


async def evaluate(settings: Settings, file: Path, json: bool, predictions: Path | None) -> int:
    """1 when a figure is below its bar."""
    lines = read_lines(file)
    async with _reader(settings) as reader:
        judged = await judge(reader, lines)
    found = report(judged)
    if predictions is not None:
        write_predictions(judged, predictions)
    tell(json_text.dumps(found.as_json(), indent=None if json else 2, ensure_ascii=False))
    return 1 if found.below else 0


async def explain(settings: Settings, text: str) -> int:
    async with _reader(settings) as reader:
        reading = await reader.read(text)
    tell(f"intent    {reading.intent} ({reading.confidence:.2f})")
    tell(f"language  {reading.language}{'' if reading.language_sure else ' (unsure)'}")
    tell(f"risk      {reading.risk.level} {sorted(reading.risk.categories)} {reading.risk.why}")
    for signal in reading.risk.signals:
        heard = text[signal.start : signal.end]
        tell(
            f"          {signal.level} by {signal.source} {signal.entry}: {json_text.dumps(heard)}"
        )
    tell(f"entities  {json_text.dumps({str(k): v for k, v in reading.values().items()})}")
    tell(f"rasa      {'answered' if reading.rasa_answered else 'did not answer'}")
    return 0
