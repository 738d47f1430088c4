"""Personal words, names and numbers at rest: sealed with AES-GCM, found by keyed blind indexes.

A sealed value is bound to its table, column and row, so that it cannot be moved to another
place; it names the key that sealed it, so that keys can be rotated. Does not belong here: where
keys are kept (bot/store/keys.py), or which columns are sealed (bot/store/tables.py).
"""

import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import BadSettings

_NONCE = 12


@dataclass(frozen=True, slots=True)
class Key:
    """`secret`: 32 random bytes; `id`: 1 to 32 letters or digits, never used twice."""

    id: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sealed value stands."""

    table: str
    column: str
    row: UUID

    def bound(self) -> bytes:
        return f"{self.table}|{self.column}|{self.row}".encode()


class Vault:
    """Seals with the newest key and opens with any. The oldest key makes the blind indexes,
    so that a rotation of sealing keys leaves every index as it is."""

    def __init__(self, keys: Sequence[Key]) -> None:
        if not keys:
            raise BadSettings("no secret key: set HANDRAIL_SECRET_KEYS or run `handrail up`")
        self._newest = keys[0]
        self._ciphers = {key.id: AESGCM(_derive(key.secret, "seal")) for key in keys}
        self.marks = tuple(_mark(key) for key in keys)
        """Names of the keys, newest first, that tell one secret from another and nothing else."""
        self._index_secret = _derive(keys[-1].secret, "index")

    @property
    def newest_mark(self) -> bytes:
        """What every value begins with that the newest key sealed."""
        return self._newest.id.encode() + b"\0"

    def seal(self, spot: Spot, clear: str) -> bytes:
        """`<key id>\\0<nonce><ciphertext and tag>`."""
        return self.seal_bytes(spot, clear.encode())

    def seal_bytes(self, spot: Spot, clear: bytes) -> bytes:
        """As `seal` does, for what is no text."""
        nonce = os.urandom(_NONCE)
        sealed = self._ciphers[self._newest.id].encrypt(nonce, clear, spot.bound())
        return self.newest_mark + nonce + sealed

    def open(self, spot: Spot, sealed: bytes) -> str:
        """Raises `BadSettings` when the key is missing or the value was moved or changed."""
        return self.open_bytes(spot, sealed).decode()

    def open_bytes(self, spot: Spot, sealed: bytes) -> bytes:
        """As `open` does, for what is no text."""
        key_id, _, rest = bytes(sealed).partition(b"\0")
        cipher = self._ciphers.get(key_id.decode("ascii", "replace"))
        if cipher is None:
            raise BadSettings(f"a sealed value of {spot.table} names a key that is not configured")
        try:
            return cipher.decrypt(rest[:_NONCE], rest[_NONCE:], spot.bound())
        except InvalidTag as error:
            raise BadSettings(f"a sealed value of {spot.table}.{spot.column} is damaged") from error

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it."""
        return bytes(sealed).startswith(self.newest_mark)

    def index(self, kind: str, value: str) -> bytes:
        """32 bytes, equal for equal values of one kind; without the key they tell nothing."""
        return hmac.digest(self._index_secret, f"{kind}|{value}".encode(), hashlib.sha256)


def _mark(key: Key) -> str:
    return f"{key.id}:{_derive(key.secret, 'mark').hex()[:16]}"


def _derive(secret: bytes, purpose: str) -> bytes:
    return hmac.digest(secret, f"handrail {purpose}".encode(), hashlib.sha256)
