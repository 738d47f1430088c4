"""Which keys each running process holds, so that nothing is sealed with one that it lacks.

Belongs here: saying so, and asking. Does not belong here: the keys themselves (keys.py), or
sealing anew (rotation.py). A key is named by its id and a keyed check of its secret, never by
the secret.
"""

import os
import socket
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.store.health import beat
from bot.store.session import Session
from bot.store.tables import Heartbeat

SILENT_AFTER = timedelta(seconds=15)
"""A process that has not been heard of for so long has ended; each says so every 5 s."""
_PREFIX = "keys of "


async def say_held(session: Session, role: str, now: datetime) -> None:
    """This process, whatever it is (`role`), lives and holds the keys of its vault."""
    name = f"{_PREFIX}{role} {os.getpid()} on {socket.gethostname()}"
    await beat(session, name, {"keys": list(session.vault.marks)}, now)


async def lacking(session: Session, mark: str, now: datetime) -> list[str]:
    """The running processes that do not hold the key with this mark, by name. Forgets those
    that have ended."""
    await session.db.execute(
        delete(Heartbeat).where(
            Heartbeat.part.startswith(_PREFIX), Heartbeat.at < now - SILENT_AFTER
        )
    )
    found = await session.db.execute(
        select(Heartbeat.part, Heartbeat.detail)
        .where(Heartbeat.part.startswith(_PREFIX))
        .order_by(Heartbeat.part)
    )
    return [part.removeprefix(_PREFIX) for part, detail in found.all() if not _holds(detail, mark)]


def _holds(detail: dict[str, object], mark: str) -> bool:
    held = detail.get("keys")
    return isinstance(held, list) and mark in held
