"""A night that fails its story when somebody was paged whom the story did not expect."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.oncall.night import Night
from tests.harness import World


@pytest.fixture
async def night(world: World) -> AsyncIterator[Night]:
    story = Night(world)
    await story.begins()
    yield story
    story.nobody_else_was_paged()
