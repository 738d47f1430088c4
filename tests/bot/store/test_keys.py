"""Where keys come from."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import BadSettings
from bot.store.keys import load_or_make_keys, new_key, parse_keys, written_keys

SECRET = base64.b64encode(b"s" * 32).decode()


def test_keys_read_back_as_they_were_written() -> None:
    """What `handrail keys new` prints can be put in front of the setting as it is."""
    keys = (new_key(), new_key())
    assert parse_keys(written_keys(keys)) == keys


@pytest.mark.parametrize(
    "setting",
    ["", " , ", SECRET, f":{SECRET}", f"a b:{SECRET}", "a:c2hvcnQ=", f"a:{SECRET[:-2]}!!",
     f"a:{SECRET},a:{SECRET}"],
)  # fmt: skip
def test_a_bad_setting_is_named_and_never_printed(setting: str) -> None:
    """The operator learns which setting is wrong; a log never learns a key."""
    with pytest.raises(BadSettings, match="HANDRAIL_SECRET_KEYS") as caught:
        parse_keys(setting)
    assert SECRET[:12] not in str(caught.value)


def test_the_first_start_makes_a_key_that_every_later_start_finds(tmp_path: Path) -> None:
    """Keys are made once, and only their owner may read them."""
    folder = tmp_path / "data"
    made = load_or_make_keys(folder)
    assert load_or_make_keys(folder) == made
    (kept,) = folder.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_several_parts_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    """Web service and worker race for the first key, and both end with the same one."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: load_or_make_keys(tmp_path), range(32)))
    assert len(set(found)) == 1
