"""Tickets, opt-outs, consents and alarms: what effects write.

Does not belong here: claiming and closing by staff (bot/desk), or when one is wanted (rules).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.postgresql import insert

from bot.dialogue.turn import OpenTicket, Priority
from bot.messages import Address
from bot.rules.safety import PRIORITY_RANK, priority_of
from bot.store.arrivals import address_index
from bot.store.session import Session
from bot.store.statement import Statement
from bot.store.tables import Alarm, Consent, Conversation, OptOut, Ticket
from nlu.reading import RiskLevel

_NOT_CLOSED = text("state <> 'closed'")
"""Written out, not bound: in a prepared statement a bound value matches no partial index."""

# No vowels and no look-alikes: a reference spells no word and can be read out at night.
_REFERENCE_LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789"


async def open_ticket(
    session: Session, conversation_id: UUID, wish: OpenTicket, now: datetime
) -> tuple[UUID, str]:
    """Id and reference of the conversation's one open ticket: a new one, or the open one with
    its priority raised and the reason added."""
    made = await _new_ticket(session, conversation_id, wish, now)
    if made is not None:
        return made
    known = await session.db.execute(
        select(Ticket)
        .where(Ticket.conversation_id == conversation_id, Ticket.state != "closed")
        .with_for_update()
    )
    ticket = known.scalar_one_or_none()
    if ticket is None:  # closed between the two statements
        return await open_ticket(session, conversation_id, wish, now)
    changes: dict[str, object] = {}
    rank = PRIORITY_RANK[wish.priority]
    if rank > ticket.priority_rank:
        changes = {"priority": wish.priority.value, "priority_rank": rank}
    if wish.reason.value not in ticket.reasons:
        changes["reasons"] = [*ticket.reasons, wish.reason.value]
    if changes:
        await session.db.execute(update(Ticket).where(Ticket.id == ticket.id).values(**changes))
        session.announce(conversation_id, "ticket", now)
    return ticket.id, ticket.reference


_NEW_TICKET = Statement(
    insert(Ticket)
    .values(
        {
            name: bindparam(name)
            for name in (
                "id",
                "reference",
                "conversation_id",
                "priority",
                "priority_rank",
                "reasons",
                "opened_at",
            )
        }
    )
    .on_conflict_do_nothing(index_elements=["conversation_id"], index_where=_NOT_CLOSED)
    .returning(Ticket.id)
)


async def _new_ticket(
    session: Session, conversation_id: UUID, wish: OpenTicket, now: datetime
) -> tuple[UUID, str] | None:
    """None where one is open, however shortly before this it was made."""
    ticket_id, reference = uuid4(), new_reference()
    made = await session.run(
        _NEW_TICKET,
        id=ticket_id,
        reference=reference,
        conversation_id=conversation_id,
        priority=wish.priority.value,
        priority_rank=PRIORITY_RANK[wish.priority],
        reasons=[wish.reason.value],
        opened_at=now,
    )
    if not made:
        return None
    session.announce(conversation_id, "ticket", now)
    return ticket_id, reference


def new_reference() -> str:
    """Six letters or digits, some 387 million of them: for staff, never a secret."""
    return "".join(secrets.choice(_REFERENCE_LETTERS) for _ in range(6))


async def has_open_ticket(session: Session, conversation_id: UUID) -> bool:
    found = await session.db.execute(
        select(Ticket.id).where(Ticket.conversation_id == conversation_id, Ticket.state != "closed")
    )
    return found.first() is not None


async def set_opt_out(
    session: Session, address: Address, out: bool, source: str, now: datetime
) -> None:
    await session.db.execute(
        insert(OptOut).values(
            id=uuid4(),
            channel=address.channel.value,
            address_index=address_index(session, address),
            out=out,
            source=source,
            at=now,
        )
    )


async def opted_out_since(session: Session, address: Address) -> datetime | None:
    """When this address last asked not to be written to; None when it may be."""
    found = await session.db.execute(
        select(OptOut.out, OptOut.at)
        .where(
            OptOut.channel == address.channel.value,
            OptOut.address_index == address_index(session, address),
        )
        .order_by(OptOut.at.desc())
        .limit(1)
    )
    last = found.one_or_none()
    return last.at if last is not None and last.out else None


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """`kind`: `referral` or `sharing`; `given` False when it is taken back."""

    kind: str
    given: bool
    referral_id: UUID | None


async def record_consent(
    session: Session, conversation_id: UUID, consent: ConsentGiven, now: datetime
) -> None:
    await session.db.execute(
        insert(Consent).values(
            id=uuid4(),
            conversation_id=conversation_id,
            referral_id=consent.referral_id,
            kind=consent.kind,
            given=consent.given,
            at=now,
        )
    )


async def raise_alarm(session: Session, kind: str, subject: str, now: datetime) -> None:
    """Tells the operator once and counts the rest, until it is settled."""
    statement = insert(Alarm).values(id=uuid4(), kind=kind, subject=subject, at=now, last_at=now)
    await session.db.execute(
        statement.on_conflict_do_update(
            index_elements=["kind", "subject"],
            index_where=Alarm.settled_at.is_(None),
            set_={"count": Alarm.count + 1, "last_at": now},
        )
    )


async def open_risk(session: Session, conversation_id: UUID) -> Priority | None:
    """The priority that a failure on this conversation has; None where nobody is at risk."""
    level = (
        await session.db.execute(
            select(Conversation.risk_level).where(Conversation.id == conversation_id)
        )
    ).scalar_one()
    if RiskLevel(level) > RiskLevel.NONE:
        return priority_of(RiskLevel(level))
    ticket = await session.db.execute(
        select(Ticket.priority).where(
            Ticket.conversation_id == conversation_id, Ticket.state != "closed"
        )
    )
    priority = ticket.scalar_one_or_none()
    return None if priority is None else Priority(priority)
