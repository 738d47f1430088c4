"""What was done for somebody after a page was taken.

Belongs here: writing it down, and finding whether anything was. Does not belong here: how long
one waits for it (bot/rules/ladder.py).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import exists, insert, or_, select

from bot.messages import DeliveryStatus, Purpose
from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.tables import OutboxRow, Ticket
from bot.store.tables_oncall import HelpAction

_WITH_CARRIER = (
    DeliveryStatus.SENT.value,
    DeliveryStatus.DELIVERED.value,
    DeliveryStatus.READ.value,
)


class HelpKind(StrEnum):
    CALLED = "called"
    CALLED_999 = "called_999"
    NOT_SAFE = "not_safe"
    """Contact would put the person in danger; `because` says why."""


@dataclass(frozen=True, slots=True)
class Help:
    """`because` is needed for `NOT_SAFE` and kept sealed."""

    ticket_id: UUID
    kind: HelpKind
    because: str = ""


async def record_help(session: Session, staff_id: UUID | None, done: Help, now: datetime) -> None:
    action_id = uuid4()
    spot = Spot("help_actions", "because_sealed", action_id)
    await session.db.execute(
        insert(HelpAction).values(
            id=action_id,
            ticket_id=done.ticket_id,
            staff_id=staff_id,
            kind=done.kind.value,
            because_sealed=session.vault.seal(spot, done.because) if done.because else None,
            at=now,
        )
    )


async def helped_since(session: Session, ticket_id: UUID, since: datetime) -> bool:
    """Whether a worker's message has been handed to a carrier since then, something else was
    done, or the ticket is closed."""
    done = exists().where(HelpAction.ticket_id == ticket_id, HelpAction.at >= since)
    wrote = exists().where(
        OutboxRow.ticket_id == ticket_id,
        OutboxRow.purpose == Purpose.STAFF.value,
        OutboxRow.status.in_(_WITH_CARRIER),
        OutboxRow.created_at >= since,
    )
    over = exists().where(Ticket.id == ticket_id, Ticket.state == "closed")
    return bool((await session.db.execute(select(or_(done, wrote, over)))).scalar_one())
