"""What staff add to a conversation: notes, and risk raised or lowered by name.

Belongs here: writing and reading these rows. Does not belong here: who may (bot/desk).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from bot.dialogue.turn import Priority
from bot.rules.safety import PRIORITY_RANK
from bot.store.crypto import Spot
from bot.store.people import name_of
from bot.store.session import Session
from bot.store.tables import Conversation, Message, Staff, Ticket
from bot.store.tables_desk import Note, RiskChange
from nlu.reading import RiskLevel


@dataclass(frozen=True, slots=True)
class NoteView:
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RiskStep:
    """The level from then on. `author` None: heard in a message."""

    at: datetime
    level: str
    author: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NamedChange:
    """Somebody sets a conversation's level, and says why."""

    conversation_id: UUID
    staff_id: UUID
    after: RiskLevel
    reason: str


async def add_note(
    session: Session, conversation_id: UUID, staff_id: UUID, text: str, now: datetime
) -> UUID:
    """The note's id."""
    note_id = uuid4()
    sealed = session.vault.seal(Spot("notes", "text_sealed", note_id), text)
    await session.db.execute(
        insert(Note).values(
            id=note_id,
            conversation_id=conversation_id,
            staff_id=staff_id,
            text_sealed=sealed,
            at=now,
        )
    )
    return note_id


async def notes(session: Session, conversation_id: UUID) -> Sequence[NoteView]:
    """Oldest first."""
    found = await session.db.execute(
        select(Note, Staff)
        .join(Staff, Staff.id == Note.staff_id)
        .where(Note.conversation_id == conversation_id)
        .order_by(Note.at, Note.id)
    )
    open_ = session.vault.open
    return [
        NoteView(
            name_of(session, staff),
            open_(Spot("notes", "text_sealed", note.id), note.text_sealed),
            note.at,
        )
        for note, staff in found
    ]


async def set_risk(session: Session, change: NamedChange, now: datetime) -> RiskLevel:
    """The level that it was. Below high the categories are taken back as well; what each message
    was read as stays."""
    found = await session.db.execute(
        select(Conversation.risk_level).where(Conversation.id == change.conversation_id)
    )
    before = RiskLevel(found.scalar_one())
    values: dict[str, object] = {"risk_level": change.after.value}
    if change.after is RiskLevel.NONE:
        values |= {"risk_categories": [], "risk_why": []}
    await session.db.execute(
        update(Conversation).where(Conversation.id == change.conversation_id).values(**values)
    )
    change_id = uuid4()
    sealed = session.vault.seal(Spot("risk_changes", "reason_sealed", change_id), change.reason)
    await session.db.execute(
        insert(RiskChange).values(
            id=change_id,
            conversation_id=change.conversation_id,
            staff_id=change.staff_id,
            before=before.value,
            after=change.after.value,
            reason_sealed=sealed,
            at=now,
        )
    )
    return before


async def set_priority(session: Session, ticket_id: UUID, priority: Priority) -> None:
    await session.db.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id)
        .values(priority=priority.value, priority_rank=PRIORITY_RANK[priority])
    )


async def risk_history(session: Session, conversation_id: UUID) -> Sequence[RiskStep]:
    """Each rise that a message brought and each change by name, oldest first."""
    heard = await session.db.execute(
        select(Message.at, Message.risk_level)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == "in",
            Message.risk_level != RiskLevel.NONE.value,
        )
        .order_by(Message.seq)
    )
    changes = await session.db.execute(
        select(RiskChange, Staff)
        .join(Staff, Staff.id == RiskChange.staff_id)
        .where(RiskChange.conversation_id == conversation_id)
    )
    steps = [RiskStep(row.at, row.risk_level) for row in heard]
    for change, staff in changes:
        spot = Spot("risk_changes", "reason_sealed", change.id)
        reason = session.vault.open(spot, change.reason_sealed)
        steps.append(RiskStep(change.at, change.after, name_of(session, staff), reason))
    return _rises(sorted(steps, key=lambda step: step.at))


def _rises(steps: Sequence[RiskStep]) -> Sequence[RiskStep]:
    """Without messages that did not lift the level."""
    level, kept = RiskLevel.NONE, []
    for step in steps:
        if step.author is not None or RiskLevel(step.level) > level:
            level = RiskLevel(step.level)
            kept.append(step)
    return kept
