"""Who holds a ticket and with it the conversation: the writes of claim, release and close.

Belongs here: each as one atomic change. Does not belong here: who may (bot/desk/queue.py), or
reading tickets (bot/store/views.py).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, update

from bot.rules.absence import AWAY
from bot.rules.closing import Outcome
from bot.store import pages
from bot.store.session import Session
from bot.store.tables import Conversation, Ticket


async def lock_conversation(session: Session, ticket_id: UUID) -> UUID | None:
    """Locks the ticket's conversation first, as a turn does, so that the two never deadlock."""
    found = await session.db.execute(
        select(Conversation.id)
        .join(Ticket, Ticket.conversation_id == Conversation.id)
        .where(Ticket.id == ticket_id)
        .with_for_update(of=Conversation)
    )
    return found.scalar_one_or_none()


async def lock_page(session: Session, page_id: UUID) -> pages.Stored | None:
    """A page behind its conversation, in the order in which a turn locks them."""
    ticket_id = await pages.ticket_of(session, page_id)
    if ticket_id is not None:
        await lock_conversation(session, ticket_id)
    return await pages.lock(session, page_id)


async def holder(session: Session, ticket_id: UUID) -> tuple[str, UUID | None] | None:
    """State and holder of a ticket; None when there is no such ticket."""
    found = await session.db.execute(
        select(Ticket.state, Ticket.claimed_by).where(Ticket.id == ticket_id)
    )
    row = found.one_or_none()
    return None if row is None else (row.state, row.claimed_by)


async def take(session: Session, ticket_id: UUID, staff_id: UUID, now: datetime) -> bool:
    """Of any number at once exactly one gets it; whoever was being woken for it may sleep."""
    taken = await session.db.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id, Ticket.state == "open")
        .values(
            state="claimed",
            claimed_by=staff_id,
            claimed_at=now,
            first_claimed_at=func.coalesce(Ticket.first_claimed_at, now),
        )
        .returning(Ticket.id)
    )
    if taken.first() is None:
        return False
    await pages.taken_at_console(session, ticket_id, staff_id, now)
    return True


async def watch(session: Session, ticket_id: UUID, is_watched: bool) -> None:
    """Whether its holder sits at a browser that shows when it is gone."""
    await session.db.execute(
        update(Ticket).where(Ticket.id == ticket_id).values(is_watched=is_watched)
    )


async def pass_on(session: Session, ticket_id: UUID, staff_id: UUID, now: datetime) -> None:
    """From one holder to the next."""
    await session.db.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id)
        .values(claimed_by=staff_id, claimed_at=now, is_watched=True)
    )


async def abandoned(session: Session, now: datetime) -> Sequence[UUID]:
    """Taken tickets whose holder's browser has been gone for too long, the worst first."""
    query = _abandoned(now).order_by(Ticket.priority_rank.desc(), Ticket.id)
    return (await session.db.execute(query)).scalars().all()


async def still_abandoned(session: Session, ticket_id: UUID, now: datetime) -> bool:
    """Asked again with the conversation locked."""
    found = await session.db.execute(_abandoned(now).where(Ticket.id == ticket_id))
    return found.first() is not None


def _abandoned(now: datetime) -> Select[UUID]:
    gone = (
        and_(Ticket.priority == priority.value, Conversation.holder_seen_at < now - span)
        for priority, span in AWAY.items()
    )
    return (
        select(Ticket.id)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .where(Ticket.state == "claimed", Ticket.is_watched, or_(*gone))
    )


async def slow(session: Session, conversation_id: UUID, until: datetime | None) -> None:
    """How long the bot answers slowly there; None: no longer."""
    await session.db.execute(
        update(Conversation).where(Conversation.id == conversation_id).values(slowed_until=until)
    )


async def give_back(session: Session, ticket_id: UUID, now: datetime) -> None:
    """Anybody's again; where it is danger, somebody is woken anew (bot/store/page_wants.py)."""
    await session.db.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id)
        .values(state="open", claimed_by=None, claimed_at=None, is_watched=False)
    )
    await pages.hand_back(session, ticket_id, now)


async def finish(session: Session, ticket_id: UUID, outcome: Outcome, now: datetime) -> None:
    await session.db.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id)
        .values(state="closed", closed_at=now, outcome=outcome.value)
    )
    await pages.end_of_ticket(session, ticket_id, now)


async def set_holder(
    session: Session, conversation_id: UUID, staff_id: UUID | None, now: datetime
) -> None:
    """While somebody holds a conversation the bot is silent in it."""
    await session.db.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(holder_id=staff_id, holder_seen_at=now if staff_id else None)
    )


async def lower_risk(session: Session, conversation_id: UUID) -> None:
    """A named person found that it was dealt with. What each message was read as stays."""
    await session.db.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(risk_level="none", risk_categories=[], risk_why=[])
    )


async def seen(session: Session, staff_id: UUID, now: datetime) -> None:
    """The holder's console is alive. Rows that a turn has locked are left for the next sign."""
    mine = (
        select(Conversation.id)
        .where(Conversation.holder_id == staff_id)
        .with_for_update(skip_locked=True)
    )
    await session.db.execute(
        update(Conversation).where(Conversation.id.in_(mine)).values(holder_seen_at=now)
    )
