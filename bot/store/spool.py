"""Where messages wait on disk while the database is away: encrypted, flushed, in order.

Belongs here: keeping and giving back. Does not belong here: when to spool (bot/intake.py).
Each message is one file, named by its moment of arrival; a file that cannot be opened is set
aside, never deleted, and never blocks the others.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import TypeAdapter, ValidationError

from bot.errors import BadSettings, StoreAway
from bot.messages import Inbound
from bot.store.crypto import Spot, Vault
from bot.store.keys import sync_folder

_INBOUND = TypeAdapter(Inbound)
_ENTRY = ".sealed"
_ASIDE = ".damaged"
_MOST = 100_000
"""Files at once: beyond it the carrier alone keeps the message."""


@dataclass(frozen=True, slots=True)
class Drained:
    """How many messages were taken in, and how many could not be opened."""

    taken: int
    damaged: int


class Spool:
    """One folder. Several processes may write and drain it at once."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder, self._vault = folder, vault
        self._turn = asyncio.Lock()

    def waiting(self) -> list[Path]:
        """The kept messages, oldest first."""
        return sorted(self._folder.glob(f"*{_ENTRY}"))

    def is_usable(self) -> bool:
        """Whether a message could be kept now."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.access(self._folder, os.W_OK) and len(self.waiting()) < _MOST

    async def put(self, inbound: Inbound) -> None:
        """On the disk when it returns. Raises `StoreAway` when the disk cannot take it."""
        try:
            await asyncio.to_thread(self._write, inbound)
        except OSError as error:
            raise StoreAway("neither the database nor the spool can take a message") from error

    def _write(self, inbound: Inbound) -> None:
        if not self.is_usable():
            raise OSError("the spool is full")
        entry_id = uuid4()
        sealed = self._vault.seal(_spot(entry_id), _INBOUND.dump_json(inbound).decode())
        name = f"{time.time_ns():020d}-{entry_id}"
        beside = self._folder / f"{name}.part"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(self._folder / f"{name}{_ENTRY}")
        sync_folder(self._folder)

    async def drain(self, take: Callable[[Inbound], Awaitable[object]]) -> Drained:
        """Gives back each message in order, and forgets it only once `take` has returned.
        What `take` raises ends the draining and leaves the rest where it is."""
        taken = damaged = 0
        async with self._turn:
            for path in self.waiting():
                inbound = self._read(path)
                if inbound is None:
                    path.rename(path.with_suffix(_ASIDE))
                    damaged += 1
                    continue
                await take(inbound)
                path.unlink(missing_ok=True)
                taken += 1
        return Drained(taken, damaged)

    def _read(self, path: Path) -> Inbound | None:
        try:
            entry_id = UUID(path.stem.split("-", 1)[1])
            return _INBOUND.validate_json(self._vault.open(_spot(entry_id), path.read_bytes()))
        except (BadSettings, ValidationError, ValueError, IndexError):
            return None


def _spot(entry_id: UUID) -> Spot:
    return Spot("spool", "inbound", entry_id)
