"""The made-up people of practice mode: they write, wait for an answer, and write again.

Belongs here: who writes next and when. Does not belong here: what they say
(content/practice/people.yaml), keeping practice apart (bot/store/practice.py,
bot/channels/registry.py). They write through the same intake as everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, Field

from bot.clock import Clock
from bot.intake import Intake
from bot.messages import Address, ChannelName, Inbound
from bot.store import practice
from bot.store.session import Store
from nlu.yaml_files import load_yaml

FILE = Path("practice") / "people.yaml"
MOST_WAITING = 3
"""So many wait at once; nobody new comes before one of them is taken."""
THINKS = timedelta(seconds=8)
"""Between an answer and the next line: somebody reads and types."""
_REMEMBERED = 20
"""So many of the newest still answer."""
_NUMBERS = 1000
"""Ofcom's numbers for drama, 07700 900000 to 900999, belong to nobody."""


class Player(BaseModel):
    """Somebody made up: their channel and their lines in order."""

    channel: Literal["sms", "whatsapp", "telegram"]
    says: Sequence[str] = Field(min_length=1)

    @classmethod
    def all(cls, content_dir: Path) -> Sequence[Self]:
        return load_yaml(content_dir / FILE, list[cls])  # type: ignore[valid-type]

    def address(self, nth: int) -> Address:
        """Of the nth person who ever wrote."""
        number = f"{nth % _NUMBERS:03}"
        value = f"990{number}" if self.channel == "telegram" else f"+447700900{number}"
        return Address(ChannelName(self.channel), value)


@dataclass(frozen=True, slots=True)
class Players:
    store: Store
    intake: Intake
    clock: Clock
    people: Sequence[Player]

    async def tick(self) -> None:
        """Every few seconds: whoever was answered says their next line, then perhaps somebody
        new comes."""
        async with self.store.begin() as session:
            begun, waiting = await practice.begun(session), await practice.waiting(session)
        for nth in range(max(0, begun - _REMEMBERED), begun):
            await self._go_on(nth)
        if waiting < MOST_WAITING:
            await self._say(begun, 0)

    async def _go_on(self, nth: int) -> None:
        player = self._player(nth)
        async with self.store.begin() as session:
            at = await practice.standing(session, player.address(nth))
        is_answered = at.answered_at is not None and self.clock.now() - at.answered_at >= THINKS
        if at.said and is_answered and at.said < len(player.says):
            await self._say(nth, at.said)

    async def _say(self, nth: int, line: int) -> None:
        """The same line of the same person is the same message, however often it is said."""
        player = self._player(nth)
        said = Inbound(player.address(nth), f"practice-{nth}-{line}", player.says[line])
        await self.intake.accept(said)

    def _player(self, nth: int) -> Player:
        return self.people[nth % len(self.people)]
