"""Where the secret keys come from: a setting, or a file in the data folder made once.

Does not belong here: what is done with them (bot/store/crypto.py). No error here names a key's
secret.
"""

import base64
import binascii
import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path

from bot.errors import BadSettings
from bot.store.crypto import Key

_BYTES = 32
_ID = re.compile(r"[A-Za-z0-9]{1,32}")
_FILE = "secret.keys"


def new_key() -> Key:
    return Key(secrets.token_hex(4), secrets.token_bytes(_BYTES))


def parse_keys(setting: str) -> tuple[Key, ...]:
    """`id:base64` with commas between, the newest first. Raises `BadSettings`."""
    keys = tuple(_parse(entry.strip()) for entry in setting.split(",") if entry.strip())
    if not keys:
        raise BadSettings("HANDRAIL_SECRET_KEYS holds no key")
    if len({key.id for key in keys}) != len(keys):
        raise BadSettings("HANDRAIL_SECRET_KEYS uses one key id twice")
    return keys


def _parse(entry: str) -> Key:
    key_id, _, encoded = entry.partition(":")
    if not _ID.fullmatch(key_id):
        raise BadSettings("HANDRAIL_SECRET_KEYS: each key is `id:base64`, ids letters or digits")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise BadSettings(f"HANDRAIL_SECRET_KEYS: key {key_id} is not base64") from error
    if len(secret) != _BYTES:
        raise BadSettings(f"HANDRAIL_SECRET_KEYS: key {key_id} is not {_BYTES} bytes long")
    return Key(key_id, secret)


def written_keys(keys: Sequence[Key]) -> str:
    """As the setting spells them."""
    return ",".join(f"{key.id}:{base64.b64encode(key.secret).decode()}" for key in keys)


def load_or_make_keys(data_dir: Path) -> tuple[Key, ...]:
    """The keys of the data folder, made at the first start; only the owner may read the file."""
    path = data_dir / _FILE
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        _write_once(path, written_keys([new_key()]))
    return parse_keys(path.read_text())


def _write_once(path: Path, text: str) -> None:
    """Written beside, flushed to the disk, then linked: of two processes the first one wins."""
    beside = path.with_suffix(f".{secrets.token_hex(8)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink()
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes a new name in a folder survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
