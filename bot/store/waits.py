"""Who in danger waits for a first sign of a person, since when, and what they were told.

Does not belong here: what is told when (bot/rules/waiting.py), pages (bot/store/pages.py).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.rules.ladder import RINGING, PageState
from bot.store.session import Session
from bot.store.tables import Message, Ticket
from bot.store.tables_oncall import Page
from bot.store.tables_trust import Wait
from nlu.reading import RiskLevel

_DANGER = (RiskLevel.HIGH.value, RiskLevel.IMMEDIATE.value)
_RINGING = tuple(state.value for state in RINGING)


@dataclass(frozen=True, slots=True)
class Waiter:
    """`answered`: somebody has taken the page or the ticket, and a person's own words have not
    said so by now; None: it ended another way."""

    ticket_id: UUID
    conversation_id: UUID
    since: datetime
    told: int
    answered: bool | None


async def begin(session: Session) -> None:
    """Everybody for whom a page of danger rings waits since the first of them rang."""
    ringing = (
        select(Page.ticket_id, func.min(Page.started_at), literal(0))
        .join(Ticket, Ticket.id == Page.ticket_id)
        .where(
            Page.state.in_(_RINGING),
            Page.level.in_(_DANGER),
            Page.is_test.is_(False),
            Ticket.state == "open",
            Ticket.conversation_id.is_not(None),
        )
        .group_by(Page.ticket_id)
    )
    new = insert(Wait).from_select(["ticket_id", "since", "told"], ringing)
    await session.db.execute(new.on_conflict_do_nothing(index_elements=["ticket_id"]))


async def to_look_at(session: Session, now: datetime, first: timedelta) -> list[UUID]:
    """Tickets whose wait may have something to be told."""
    ringing = (
        select(Page.id).where(Page.ticket_id == Wait.ticket_id, Page.state.in_(_RINGING)).exists()
    )
    found = await session.db.execute(
        select(Wait.ticket_id)
        .join(Ticket, Ticket.id == Wait.ticket_id)
        .where((Wait.since <= now - first) | ~ringing | (Ticket.state != "open"))
        .limit(200)
    )
    return list(found.scalars())


async def load(session: Session, ticket_id: UUID) -> Waiter | None:
    """One wait, locked; None while another process has it."""
    found = await session.db.execute(
        select(Wait.since, Wait.told, Ticket.conversation_id, Ticket.state)
        .join(Ticket, Ticket.id == Wait.ticket_id)
        .where(Wait.ticket_id == ticket_id, Ticket.conversation_id.is_not(None))
        .with_for_update(of=Wait, skip_locked=True)
    )
    row = found.one_or_none()
    if row is None:
        return None
    states = await session.db.execute(select(Page.state).where(Page.ticket_id == ticket_id))
    answered = _answered(row.state, set(states.scalars()))
    if answered is not None and await _has_heard_a_person(session, row.conversation_id, row.since):
        answered = None
    return Waiter(ticket_id, row.conversation_id, row.since, row.told, answered)


async def _has_heard_a_person(session: Session, conversation_id: UUID, since: datetime) -> bool:
    words = select(Message.id).where(
        Message.conversation_id == conversation_id, Message.author == "staff", Message.at >= since
    )
    return bool(await session.db.scalar(select(words.exists())))


def _answered(ticket_state: str, pages: set[str]) -> bool | None:
    if ticket_state == "closed":
        return None
    if ticket_state == "claimed":
        return True
    if pages & {*_RINGING}:
        return False
    return True if PageState.ACKNOWLEDGED.value in pages else None


async def is_seen(session: Session, conversation_id: UUID, since: datetime) -> bool:
    """Whether somebody has taken what was written here since then, and has not given it back."""
    taken = select(Ticket.id).where(
        Ticket.conversation_id == conversation_id,
        Ticket.state == "claimed",
        Ticket.claimed_at >= since,
    )
    return bool(await session.db.scalar(select(taken.exists())))


async def note_told(session: Session, ticket_id: UUID, told: int) -> None:
    await session.db.execute(update(Wait).where(Wait.ticket_id == ticket_id).values(told=told))


async def end(session: Session, ticket_id: UUID) -> None:
    await session.db.execute(delete(Wait).where(Wait.ticket_id == ticket_id))
