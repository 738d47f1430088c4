"""A rotation never writes what a running process cannot read."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.commands.secrets import rotate
from bot.settings import Settings
from bot.store.crypto import Key, Vault
from bot.store.keys import written_keys
from bot.store.keys_held import SILENT_AFTER, lacking, say_held
from bot.store.session import Store
from tests.bot.store.test_rotation import NEW, OLD, fill

pytestmark = pytest.mark.edge


async def runs(database_url: str, role: str, *keys: Key, ago: timedelta = timedelta(0)) -> None:
    """A process of the service said so long ago which keys it holds."""
    store = Store(database_url, Vault(keys), pool_size=1)
    async with store.begin() as session:
        await say_held(session, role, SystemClock().now() - ago)
    await store.close()


def with_keys(settings: Settings, *keys: Key) -> Settings:
    changed = {"secret_keys": written_keys(keys)}
    return Settings.model_validate(settings.model_dump() | changed)


async def sealed_with(database_url: str, key: Key) -> int:
    """How many names are sealed under this key."""
    store = Store(database_url, Vault([key]), pool_size=1)
    async with store.begin() as session:
        raw = session.raw
        rows = await raw.execute("SELECT name_sealed FROM staff")
        found = [bytes(name) for (name,) in await rows.fetchall()]
        count = sum(session.vault.is_current(name) for name in found)
    await store.close()
    return count


async def test_a_rotation_waits_for_every_running_process(
    settings: Settings, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The worker was started again with the new key, the web service was not: nothing changes,
    and the person at the terminal is told which one and what to do."""
    await fill(database_url, 3)
    await runs(database_url, "serve", OLD)
    await runs(database_url, "worker", NEW, OLD)
    assert await rotate(with_keys(settings, NEW, OLD)) == 1
    said = capsys.readouterr().out
    assert "serve" in said
    assert "worker" not in said
    assert "start every process again" in said
    assert await sealed_with(database_url, OLD) == 3
    await runs(database_url, "serve", NEW, OLD)
    assert await rotate(with_keys(settings, NEW, OLD)) == 0
    assert await sealed_with(database_url, NEW) == 3


async def test_an_equal_name_is_not_an_equal_key(settings: Settings, database_url: str) -> None:
    """Two secrets under one id would seal what the other cannot open."""
    await runs(database_url, "serve", Key("new", b"x" * 32), OLD)
    assert await rotate(with_keys(settings, NEW, OLD)) == 1


async def test_a_process_that_has_ended_holds_nothing_up(
    settings: Settings, database_url: str
) -> None:
    """What was not heard of for a while is gone, and forgotten."""
    ago = SILENT_AFTER + timedelta(seconds=1)
    await runs(database_url, "serve", OLD, ago=ago)
    assert await rotate(with_keys(settings, NEW, OLD)) == 0


async def test_no_secret_stands_in_the_database(database_url: str) -> None:
    """What a process says of its keys names them and gives none away."""
    await runs(database_url, "serve", NEW, OLD)
    store = Store(database_url, Vault([NEW]), pool_size=1)
    async with store.begin() as session:
        raw = session.raw
        rows = await raw.execute("SELECT detail::text FROM heartbeats")
        ((said,),) = await rows.fetchall()
        assert await lacking(session, session.vault.marks[0], SystemClock().now()) == []
    await store.close()
    for key in (NEW, OLD):
        assert key.id in said
        assert written_keys([key]).split(":")[1] not in said
