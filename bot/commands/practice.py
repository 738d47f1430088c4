"""`handrail practice`: a whole desk for new staff, with made-up people and nothing else.

Belongs here: what it takes from the real deployment's settings, which is next to nothing. Does not
belong here: the made-up people (bot/practice.py).
"""

import asyncio
import os

from bot.bootstrap import Service
from bot.commands.progress import tell
from bot.commands.rasa_part import own_url
from bot.commands.serve import run_part
from bot.commands.up import up
from bot.errors import BadSettings
from bot.practice import Player, Players
from bot.settings import CONTENT_DIR, Settings
from bot.worker import every

_EVERY = 3.0
_PREFIX = "HANDRAIL_"
_FOLDER = "practice"
_PAGED = "+447700900999"
"""A number for drama: pages end in the practice channel, and it is nobody's in any case."""


def practice_environment(settings: Settings, port: int) -> dict[str, str]:
    """Everything that practice is told. No carrier, no rota, no provider, no key and no database
    of the real deployment is among it; Rasa keeps nothing and may be shared."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_PREFIX)}
    return kept | {
        "HANDRAIL_PRACTICE": "true",
        "HANDRAIL_DATA_DIR": str(settings.data_dir.resolve() / _FOLDER),
        "HANDRAIL_PORT": str(port),
        "HANDRAIL_RASA_URL": settings.rasa_url or own_url(),
        "HANDRAIL_PAGER_NUMBER": _PAGED,
        "HANDRAIL_ONCALL_NUMBER": _PAGED,
    }


async def practice(settings: Settings, port: int) -> int:
    """Until SIGINT or SIGTERM; prints the link that a supervisor of practice signs in by."""
    wanted = practice_environment(settings, port)
    for name in [name for name in os.environ if name.startswith(_PREFIX)]:
        del os.environ[name]
    os.environ.update(wanted)
    tell("PRACTICE: made-up people alone.")
    return await up(Settings())


def players(settings: Settings) -> int:
    """The made-up people. Raises `BadSettings` outside practice."""
    if not settings.practice:
        raise BadSettings("players are for practice: see `handrail practice`")
    return run_part(settings, _play)


async def _play(service: Service, stop: asyncio.Event) -> None:
    people = Player.all(CONTENT_DIR)
    made_up = Players(service.store, service.intake, service.clock, people)
    await every("players", _EVERY, made_up.tick, stop)
