"""A reader with a Rasa of its own for as long as a command lasts.

Does not belong here: which model (bot/commands/rasa_part.py), what is read (its callers).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.bootstrap import make_reader, open_reader
from bot.clock import SystemClock
from bot.commands import rasa_part
from bot.commands.progress import step
from bot.commands.supervise import Supervisor
from bot.commands.waiting import answers
from bot.settings import CONTENT_DIR, Settings
from nlu.reader import Reader, ReadingBooks

_RASA_WITHIN = 120.0


@asynccontextmanager
async def reader_of_settings(settings: Settings) -> AsyncIterator[Reader]:
    """With the Rasa that the settings name, or one of its own on the model of today's data."""
    if settings.rasa_url:
        async with open_reader(settings, SystemClock(), ReadingBooks.load(CONTENT_DIR)) as reader:
            yield reader
        return
    model = await rasa_part.ready_model(settings.data_dir.resolve(), asyncio.Event())
    async with reader_on(model, settings) as reader:
        yield reader


@asynccontextmanager
async def reader_on(model: Path, settings: Settings) -> AsyncIterator[Reader]:
    """With a Rasa of its own on exactly this model."""
    supervisor, url = Supervisor(), rasa_part.own_url()
    logs = settings.data_dir.resolve() / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    try:
        supervisor.start(rasa_part.part(model, url, logs / "rasa-nlu.log"))
        async with step("starting Rasa"):
            await answers(url, _RASA_WITHIN, asyncio.Event())
        own = settings.model_copy(update={"rasa_url": url})
        async with open_reader(own, SystemClock(), ReadingBooks.load(CONTENT_DIR)) as reader:
            yield reader
    finally:
        await supervisor.stop()


def words_alone(settings: Settings) -> Reader:
    """What is left when Rasa is away."""
    alone = settings.model_copy(update={"rasa_url": ""})
    return make_reader(alone, SystemClock(), ReadingBooks.load(CONTENT_DIR))
