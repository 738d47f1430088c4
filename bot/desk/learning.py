"""What staff say a message should have been understood as.

Belongs here: what goes with a correction (the candidate, the ticket for danger that was missed,
the audit). Does not belong here: SQL (bot/store/learning.py), HTTP (api/v1), the review of a
candidate (bot/commands/candidates.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.desk.queue import Worker
from bot.dialogue.turn import OpenTicket, TicketReason
from bot.errors import AlreadyTaken
from bot.rules.safety import priority_of
from bot.store import audit, learning, views
from bot.store.learning import Label, Proposal
from bot.store.session import Session
from bot.store.tickets import open_ticket
from bot.store.views import ReferralFilter
from nlu.gazetteer import Gazetteer
from nlu.personal import replaced
from nlu.reading import EntityName, Reading

_MANY = 200


@dataclass(frozen=True, slots=True)
class Learning:
    """`gazetteer` tells places and schools, so that they can be replaced."""

    gazetteer: Gazetteer

    async def correct(
        self, session: Session, worker: Worker, message_id: UUID, label: Label, now: datetime
    ) -> UUID:
        """The candidate's id. Danger that was missed opens a ticket, so that somebody acts; it
        pages nobody, for it was said some time ago and a person has just read it. Raises
        `NotFound`, or `AlreadyTaken` where the candidate was reviewed."""
        heard = await learning.heard(session, message_id)
        names = await _names(session, heard.conversation_id)
        text = replaced(heard.text, heard.reading.entities, names, self.gazetteer)
        spoken = heard.reading.language.value
        proposal = Proposal(message_id, text, spoken, label, worker.id)
        candidate_id = await learning.propose(session, proposal, now)
        await learning.mark_seen(session, message_id, worker.id, now)
        if label.risk_level > heard.reading.risk.level:
            wish = OpenTicket(TicketReason.RISK, priority_of(label.risk_level))
            await open_ticket(session, heard.conversation_id, wish, now)
        audit.note(session, worker.id, "correct_reading", [message_id], now)
        return candidate_id


async def confirm(session: Session, worker: Worker, message_id: UUID, now: datetime) -> None:
    """The sampled message was rightly judged. Raises `NotFound` where there is no such message,
    `AlreadyTaken` where it is not waiting."""
    await learning.heard(session, message_id)
    if not await learning.mark_seen(session, message_id, worker.id, now):
        raise AlreadyTaken(str(message_id))
    audit.note(session, worker.id, "confirm_reading", [message_id], now)


async def _names(session: Session, conversation_id: UUID) -> frozenset[str]:
    """Everybody whom the conversation names: asked for, offered, or filed in a referral."""
    lines = await views.lines(session, conversation_id)
    referrals = await views.referrals(
        session, ReferralFilter(conversation_id=conversation_id), None, _MANY
    )
    said = {name for line in lines if line.reading for name in _said(line.reading)}
    filed = {name for referral in referrals for name in _filed(referral.fields)}
    return frozenset(said | filed)


def _said(reading: Reading) -> Iterator[str]:
    return (str(found.value) for found in reading.entities if found.name is EntityName.NAME)


def _filed(fields: Mapping[str, object]) -> Iterator[str]:
    return (str(value) for key, value in fields.items() if "name" in key)
