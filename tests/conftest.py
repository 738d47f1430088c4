"""Fixtures that any test may ask for: a real database, a vault, a whole service."""

from collections.abc import AsyncIterator, Collection, Iterator
from pathlib import Path

import pytest

from bot.bootstrap import Content, Service, assemble
from bot.settings import Settings
from bot.store.crypto import Key, Vault
from bot.store.keys import written_keys
from tests import database
from tests.fakes import FrozenClock, fake_channels
from tests.harness import World

TEST_KEY = Key("test", b"t" * 32)


FIGURE = "figure"
"""A property that a test records: its words stand at the end of the run."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests measured on the way."""
    passed = terminalreporter.stats.get("passed", [])
    figures = [words for test in passed for name, words in test.user_properties if name == FIGURE]
    if figures:
        terminalreporter.section("figures")
        for words in figures:
            terminalreporter.line(f"  {words}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test at a real edge may open sockets on this machine; no other may. Files that start the
    whole service come first, so that nobody waits for the longest of them at the end."""
    for item in items:
        if item.get_closest_marker("edge") or "postgres_url" in _fixtures(item):
            item.add_marker(pytest.mark.enable_socket)
    whole = {item.path for item in items if "up" in _fixtures(item) or _is_whole(item)}
    items.sort(key=lambda item: item.path not in whole)


def _fixtures(item: pytest.Item) -> Collection[str]:
    return getattr(item, "fixturenames", ())


def _is_whole(item: pytest.Item) -> bool:
    return item.get_closest_marker("whole") is not None


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server with a migrated template."""
    with database.server() as url:
        database.make_template(url)
        yield url


@pytest.fixture(scope="session")
def lent(postgres_url: str) -> Iterator[database.Lent]:
    """The database that tests have one after another."""
    one = database.Lent(postgres_url)
    yield one
    one.end()


@pytest.fixture
def database_url(lent: database.Lent) -> Iterator[str]:
    """An empty database that nobody else uses meanwhile."""
    with lent.to_a_test() as url:
        yield url


@pytest.fixture
def vault() -> Vault:
    return Vault([TEST_KEY])


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """A deployment with every channel faked and somebody to page."""
    return Settings.model_validate(
        {
            "database_url": database_url,
            "data_dir": tmp_path,
            "secret_keys": written_keys([TEST_KEY]),
            "public_url": "https://handrail.example",
            "oncall_number": "+447700900999",
            "pager_number": "+447700900998",
        }
    )


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def content() -> Content:
    """The real content, read once."""
    return Content.load()


@pytest.fixture
async def service(
    settings: Settings, content: Content, clock: FrozenClock
) -> AsyncIterator[Service]:
    """The whole service on a real database, with fake carriers and a clock that one forwards."""
    whole = assemble(settings, content, fake_channels(), clock)
    yield whole
    await whole.outbox.drain()
    await whole.store.close()


@pytest.fixture
def world(service: Service, clock: FrozenClock) -> World:
    """One deployment in one story."""
    return World(service, clock)
