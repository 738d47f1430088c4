"""Keeping made-up people and real ones apart, and where a made-up conversation stands.

Does not belong here: who the made-up people are (bot/practice.py, content/practice).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.errors import BadSettings
from bot.messages import Address
from bot.store.arrivals import address_index
from bot.store.health import beat, last_beat
from bot.store.session import Session
from bot.store.tables import Conversation, Message, Staff, Ticket

_MARK = "practice"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many lines somebody has said, and when they were last answered; None where they spoke
    last."""

    said: int
    answered_at: datetime | None


async def keep_apart(session: Session, is_practice: bool, now: datetime) -> None:
    """A database is for practice or for real people, for ever. Raises `BadSettings`."""
    is_marked = await last_beat(session, _MARK) is not None
    if is_marked and not is_practice:
        raise BadSettings("this database was made for practice; set another HANDRAIL_DATABASE_URL")
    if is_marked or not is_practice:
        return
    staff = await session.db.execute(select(func.count()).select_from(Staff))
    if staff.scalar_one():
        raise BadSettings("this database holds real people: practice needs one of its own")
    await beat(session, _MARK, {}, now)


async def waiting(session: Session) -> int:
    """Open tickets that nobody has taken."""
    found = await session.db.execute(select(func.count()).where(Ticket.state == "open"))
    return found.scalar_one()


async def begun(session: Session) -> int:
    """How many made-up people have written."""
    found = await session.db.execute(select(func.count()).select_from(Conversation))
    return found.scalar_one()


async def standing(session: Session, address: Address) -> Standing:
    found = await session.db.execute(
        select(Message.direction, Message.at)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.channel == address.channel.value,
            Conversation.address_index == address_index(session, address),
        )
        .order_by(Message.seq)
    )
    lines = found.all()
    said = sum(line.direction == "in" for line in lines)
    answered = lines[-1].at if lines and lines[-1].direction == "out" else None
    return Standing(said, answered)
