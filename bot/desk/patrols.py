"""A report from the walk home, told to those who walk there.

Belongs here: joining a report to earlier ones and queueing what the chaperones read. Does not
belong here: what a report may hold (bot/rules/patrols.py), the way to a carrier (bot/outbox.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.dialogue.book import Book
from bot.dialogue.turn import Say
from bot.dialogue.words import render
from bot.errors import BadSettings
from bot.messages import Address, ChannelName, Purpose
from bot.rules import patrols as rules
from bot.rules.patrols import Report
from bot.store import patrols
from bot.store.outgoing import Draft, Part, queue_row
from bot.store.session import Session
from nlu.reading import Language

_TEXT = "desk-patrol-report"
_MORE = "desk-patrol-more"
_UNSAID = "desk-patrol-unsaid"


@dataclass(frozen=True, slots=True)
class Told:
    """A report that was sent on already, and when."""

    report: Report
    at: datetime


@dataclass(frozen=True, slots=True)
class Patrols:
    """Whom reports go to: a group, or numbers; nothing that they write is read."""

    book: Book
    targets: tuple[Address, ...]

    async def tell(
        self, session: Session, report: Report, now: datetime, earlier: Told | None = None
    ) -> tuple[UUID, ...]:
        """Rows that may leave at once; none where the same was told a short while ago. `earlier`
        is what the same report said half-way: it counts once, and what is told of it again says
        that it is the same one."""
        if earlier is not None:
            if earlier.report == report:
                return ()
            await patrols.take_back(session, earlier.report, earlier.at)
        text_id = _TEXT if earlier is None else _MORE
        kept = await patrols.keep(session, report, now)
        if not self.targets or not rules.is_news(kept.sent_at, now):
            return ()
        await patrols.mark_sent(session, kept.id, now)
        if earlier is not None and not rules.says_more(report, earlier.report):
            return ()
        drafts = [self._draft(target, text_id, report, now) for target in self.targets]
        return tuple([await queue_row(session, draft, now) for draft in drafts])

    def _draft(self, target: Address, text_id: str, report: Report, now: datetime) -> Draft:
        words = self._words(text_id, report, target.channel)
        return Draft(target, Purpose.PATROL, (Part(text_id, words),), None, now)

    def _words(self, text_id: str, report: Report, channel: ChannelName) -> str:
        unsaid = self._say(_UNSAID, {}, channel)
        worry = self._say(f"choice-{report.worry}", {}, channel) if report.worry else unsaid
        named = {"place": report.place, "day": report.day, "time": report.time, "worry": worry}
        return self._say(text_id, {key: value or unsaid for key, value in named.items()}, channel)

    def _say(self, text: str, args: dict[str, str], channel: ChannelName) -> str:
        return render(Say(text, args), self.book, Language.EN, channel)[0]


def targets_of(written: Sequence[str]) -> tuple[Address, ...]:
    """`telegram:-100123`, `whatsapp:+44...`, `sms:+44...`; a bare number is texted.

    Raises `BadSettings` where the channel is none that can carry a report.
    """
    found = []
    for one in written:
        channel, colon, value = one.partition(":")
        if not colon:
            channel, value = ChannelName.SMS.value, one
        if channel not in _CARRY:
            raise BadSettings(f"HANDRAIL_PATROL_TARGETS: nothing is sent by {channel}")
        found.append(Address(ChannelName(channel), value))
    return tuple(found)


_CARRY = (ChannelName.SMS.value, ChannelName.WHATSAPP.value, ChannelName.TELEGRAM.value)
