"""Waking somebody: which phone, and the row that goes there.

Belongs here: starting a page inside the transaction that found the danger. Does not belong
here: ladders and rotas, which come with the desk; until then one number is paged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.channels.port import Channel
from bot.dialogue.turn import Say
from bot.messages import Address, ChannelName, Purpose
from bot.settings import Settings
from bot.store.jobs import Jobs
from bot.store.outgoing import Draft, Part, queue_row
from bot.store.session import Session
from bot.store.tickets import add_page, page_running, raise_alarm
from nlu.reading import RiskLevel

NOBODY_TO_PAGE = "nobody_to_page"


@dataclass(frozen=True, slots=True)
class Pager:
    """Who is woken now. `targets` is empty when nobody can be."""

    targets: tuple[Address, ...]
    jobs: Jobs

    @property
    def reaches_somebody(self) -> bool:
        return bool(self.targets)

    async def start(
        self, session: Session, ticket_id: UUID, level: RiskLevel, words: str, now: datetime
    ) -> None:
        """One running page for a ticket and level; nobody to wake is an alarm, not silence."""
        if await page_running(session, ticket_id, level):
            return
        policy: dict[str, object] = {
            "targets": [target.channel.value for target in self.targets],
        }
        await add_page(session, ticket_id, level, policy, now)
        if not self.targets:
            await raise_alarm(session, NOBODY_TO_PAGE, str(ticket_id), now)
        for target in self.targets:
            draft = Draft(
                to=target,
                purpose=Purpose.PAGE,
                parts=(Part(PAGE_TEXT, words),),
                conversation_id=None,
                due_at=now,
                ticket_id=ticket_id,
            )
            await queue_row(session, self.jobs, draft, now)


PAGE_TEXT = "page-staff"


def page_words(reference: str, level: RiskLevel) -> Say:
    """A reference and a level; never anything of the person."""
    return Say(PAGE_TEXT, {"reference": reference, "level": level.value})


def targets(settings: Settings, channels: Mapping[ChannelName, Channel]) -> tuple[Address, ...]:
    """The on-call phone, when there is a number to page from and a channel that is on."""
    if settings.oncall_number and settings.pager_number and is_on(channels, ChannelName.SMS):
        return (Address(ChannelName.SMS, settings.oncall_number),)
    return ()


def is_on(channels: Mapping[ChannelName, Channel], name: ChannelName) -> bool:
    return name in channels and channels[name].is_on
