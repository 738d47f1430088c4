"""A night that fails its story when somebody was paged whom the story did not expect."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests import database
from tests.bot.oncall.night import Night
from tests.harness import World


@pytest.fixture(scope="package")
def nights_database(postgres_url: str) -> Iterator[str]:
    """One database for all nights: most of the time of a story would go into making another."""
    with database.fresh(postgres_url) as url:
        yield url


@pytest.fixture
def database_url(nights_database: str) -> str:
    """Empty at the beginning of each night."""
    database.empty(nights_database)
    return nights_database


@pytest.fixture
async def night(world: World) -> AsyncIterator[Night]:
    story = Night(world)
    await story.begins()
    yield story
    story.nobody_else_was_paged()
