"""Where messages wait on disk while they cannot be kept in the database: encrypted, flushed, in
order.

Belongs here: keeping, giving back, setting aside. Does not belong here: when to spool
(bot/intake.py), or what becomes of what waits (bot/backlog.py). Each message is one file, named
by its moment of arrival, its sender and itself (keyed hashes); a file that is set aside is never
deleted, and never blocks the others.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from bot.errors import BadSettings, StoreAway
from bot.messages import Address, Inbound
from bot.store.crypto import Spot, Vault
from bot.store.keys import sync_folder

_INBOUND = TypeAdapter(Inbound)
_ENTRY = ".sealed"
_DAMAGED = ".damaged"
_REFUSED = ".refused"
_UNREAD = ".unread"
_MOST = 100_000
"""Files at once: beyond it the carrier alone keeps the message."""


class Fate(StrEnum):
    """What became of a message that was given back."""

    TAKEN = "taken"
    LATER = "later"
    """It stays, and so does what the same person wrote after it."""
    REFUSED = "refused"
    """It can never be taken in: set aside, and a person knows."""
    DAMAGED = "damaged"
    """The file does not open."""


type Take = Callable[[Inbound, int], Awaitable[Fate]]
"""Told how many times before this process gave the message back in vain."""


class Spool:
    """One folder. Several processes may write and drain it at once."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder, self._vault = folder, vault
        self._turn = asyncio.Lock()
        self._failures: Counter[str] = Counter()

    def waiting(self) -> list[Path]:
        """The kept messages, oldest first."""
        return sorted(self._folder.glob(f"*{_ENTRY}"))

    def aside(self) -> list[Path]:
        """What was set aside, oldest first."""
        endings = (_REFUSED, _DAMAGED, _UNREAD)
        return sorted(path for path in self._folder.glob("*") if path.suffix in endings)

    def opened(self, path: Path) -> str | None:
        """What stands in a file that was set aside; None where no key opens it."""
        try:
            return self._vault.open(_spot(_id_of(path)), path.read_bytes())
        except (BadSettings, ValueError, IndexError):
            return None

    def holds_from(self, sender: Address) -> bool:
        """Whether something that this person wrote still waits: what comes now is behind it."""
        return any(self._folder.glob(f"*-{self._mark(sender)}-*{_ENTRY}"))

    def has_refused(self, inbound: Inbound) -> bool:
        """Whether this very message was set aside: a person knows of it already."""
        entry_id = self._id(_INBOUND.dump_json(inbound).decode())
        return any(self._folder.glob(f"*-{entry_id}{_REFUSED}"))

    def is_usable(self) -> bool:
        """Whether a message could be kept now."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.access(self._folder, os.W_OK) and len(self.waiting()) < _MOST

    async def put(self, inbound: Inbound) -> None:
        """On the disk when it returns, once. Raises `StoreAway` when the disk cannot take it."""
        whole = _INBOUND.dump_json(inbound).decode()
        await self._keep(self._mark(inbound.sender), whole, _ENTRY)

    async def put_unread(self, origin: str, whole: str) -> None:
        """Something that a carrier signed and nobody could read, set aside at once. Raises
        `StoreAway`."""
        await self._keep(origin, whole, _UNREAD)

    async def _keep(self, mark: str, whole: str, ending: str) -> None:
        try:
            await asyncio.to_thread(self._write, mark, whole, ending)
        except OSError as error:
            raise StoreAway("neither the database nor the spool can take a message") from error

    def _write(self, mark: str, whole: str, ending: str) -> None:
        if not self.is_usable():
            raise OSError("the spool is full")
        entry_id = self._id(whole)
        if any(self._folder.glob(f"*-{entry_id}{ending}")):
            return
        sealed = self._vault.seal(_spot(entry_id), whole)
        name = f"{time.time_ns():020d}-{mark}-{entry_id}"
        beside = self._folder / f"{name}.part"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(self._folder / f"{name}{ending}")
        sync_folder(self._folder)

    async def drain(self, take: Take) -> Counter[Fate]:
        """Gives back each message in order, and forgets it only once `take` has said `TAKEN`.
        What `take` raises ends the draining and leaves the rest where it is."""
        fates: Counter[Fate] = Counter()
        held_up: set[str] = set()
        async with self._turn:
            for path in self.waiting():
                sender = path.name.split("-", 2)[1]
                if sender in held_up:
                    continue
                fate = await self._give_back(path, take)
                fates[fate] += 1
                if fate is Fate.LATER:
                    held_up.add(sender)
        return fates

    async def _give_back(self, path: Path, take: Take) -> Fate:
        try:
            inbound = self._read(path)
        except FileNotFoundError:
            return Fate.TAKEN  # another process was quicker
        fate = Fate.DAMAGED
        if inbound is not None:
            fate = await take(inbound, self._failures[path.name])
        self._file(path, fate)
        return fate

    def _file(self, path: Path, fate: Fate) -> None:
        match fate:
            case Fate.LATER:
                self._failures[path.name] += 1
                return
            case Fate.TAKEN:
                path.unlink(missing_ok=True)
            case Fate.REFUSED:
                path.rename(path.with_suffix(_REFUSED))
            case Fate.DAMAGED:
                path.rename(path.with_suffix(_DAMAGED))
        self._failures.pop(path.name, None)

    def put_back(self) -> int:
        """Every message that was set aside waits again; how many."""
        aside = [path for path in self.aside() if path.suffix != _UNREAD]
        for path in aside:
            path.rename(path.with_suffix(_ENTRY))
        return len(aside)

    def _read(self, path: Path) -> Inbound | None:
        whole = self.opened(path)
        try:
            return None if whole is None else _INBOUND.validate_json(whole)
        except ValidationError:
            return None

    def _id(self, whole: str) -> UUID:
        """The same for a message that comes again, so that repeats do not fill the disk."""
        return UUID(bytes=self._vault.index("spooled", whole)[:16])

    def _mark(self, sender: Address) -> str:
        mark = self._vault.index("spooled from", f"{sender.channel.value}|{sender.value}")
        return mark.hex()[:16]


def _id_of(path: Path) -> UUID:
    return UUID(path.stem.split("-", 2)[2])


def _spot(entry_id: UUID) -> Spot:
    return Spot("spool", "inbound", entry_id)
