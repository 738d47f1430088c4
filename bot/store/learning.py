"""Messages that staff are to read, and candidate examples made of what staff corrected.

Belongs here: the queries. Does not belong here: who may do what, replacing personal details
(bot/desk/learning.py), or what an example looks like in a file (bot/commands/candidates.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from bot.errors import AlreadyTaken, NotFound
from bot.store.crypto import Spot, Vault
from bot.store.session import Session
from bot.store.tables import Message
from bot.store.tables_learning import Candidate, SampledMessage
from nlu.reading import Intent, Reading, RiskCategory, RiskLevel

type CandidateState = Literal["proposed", "accepted", "refused"]

ONE_IN = 50
"""Of the messages judged `none`, so many to one that staff read."""
_READING = TypeAdapter(Reading)


@dataclass(frozen=True, slots=True)
class Sample:
    """A message judged `none`, with the words, for the person who reads it."""

    message_id: UUID
    conversation_id: UUID
    text: str
    reading: Reading
    at: datetime
    put_at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """One message that somebody wrote, and what was understood."""

    conversation_id: UUID
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Label:
    intent: Intent
    risk_level: RiskLevel
    risk_categories: frozenset[RiskCategory]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`text` holds no personal details any more."""

    message_id: UUID
    text: str
    language: str
    label: Label
    by: UUID


@dataclass(frozen=True, slots=True)
class CandidateView:
    id: UUID
    text: str
    language: str
    label: Label
    state: str
    corrected_at: datetime


def is_in_sample(vault: Vault, message_id: UUID) -> bool:
    """One in `ONE_IN`, by a keyed hash of the id: the same whenever it is asked, and nobody
    without the key can tell which message will be read."""
    return int.from_bytes(vault.index("sample", str(message_id))[:8], "big") % ONE_IN == 0


async def put_in_sample(session: Session, message_id: UUID, now: datetime) -> None:
    await session.db.execute(
        insert(SampledMessage)
        .values(message_id=message_id, put_at=now)
        .on_conflict_do_nothing(index_elements=["message_id"])
    )


async def samples(
    session: Session, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Sample]:
    """Those that nobody has judged yet, oldest first."""
    place = tuple_(SampledMessage.put_at, SampledMessage.message_id)
    wanted = (
        select(SampledMessage.put_at, Message)
        .join(Message, Message.id == SampledMessage.message_id)
        .where(SampledMessage.seen_at.is_(None))
        .order_by(SampledMessage.put_at, SampledMessage.message_id)
        .limit(limit)
    )
    if after is not None:
        wanted = wanted.where(place > after)
    found = await session.db.execute(wanted)
    return [_sample(session, row.put_at, row.Message) for row in found]


def _sample(session: Session, put_at: datetime, message: Message) -> Sample:
    heard = _heard(session, message)
    return Sample(
        message.id,
        heard.conversation_id,
        heard.text,
        heard.reading,
        message.at,
        put_at,
    )


async def heard(session: Session, message_id: UUID) -> Heard:
    """Raises `NotFound` unless somebody wrote it to us and it was read."""
    found = await session.db.execute(
        select(Message).where(Message.id == message_id, Message.direction == "in")
    )
    message = found.scalar_one_or_none()
    if message is None or message.reading_sealed is None:
        raise NotFound(str(message_id))
    return _heard(session, message)


def _heard(session: Session, message: Message) -> Heard:
    open_ = session.vault.open
    words = open_(Spot("messages", "text_sealed", message.id), message.text_sealed)
    spot = Spot("messages", "reading_sealed", message.id)
    reading = _READING.validate_json(open_(spot, message.reading_sealed or b""))
    return Heard(message.conversation_id, words, reading)


async def mark_seen(session: Session, message_id: UUID, by: UUID, now: datetime) -> bool:
    """False where it is not in the sample, or somebody was first."""
    marked = await session.db.execute(
        update(SampledMessage)
        .where(SampledMessage.message_id == message_id, SampledMessage.seen_at.is_(None))
        .values(seen_at=now, seen_by=by)
        .returning(SampledMessage.message_id)
    )
    return marked.first() is not None


async def propose(session: Session, proposal: Proposal, now: datetime) -> UUID:
    """The message's one candidate, made or changed. Raises `AlreadyTaken` once it is reviewed."""
    known = await session.db.execute(
        select(Candidate.id, Candidate.state)
        .where(Candidate.message_id == proposal.message_id)
        .with_for_update()
    )
    row = known.first()
    if row is not None and row.state != "proposed":
        raise AlreadyTaken(str(proposal.message_id))
    candidate_id = row.id if row is not None else uuid4()
    values = {
        "text_sealed": _sealed(session, candidate_id, proposal.text),
        "language": proposal.language,
        "intent": proposal.label.intent.value,
        "risk_level": proposal.label.risk_level.value,
        "risk_categories": sorted(name.value for name in proposal.label.risk_categories),
        "corrected_by": proposal.by,
        "corrected_at": now,
    }
    await session.db.execute(
        insert(Candidate)
        .values(id=candidate_id, message_id=proposal.message_id, state="proposed", **values)
        .on_conflict_do_update(index_elements=["id"], set_=values)
    )
    return candidate_id


async def candidates(session: Session, state: CandidateState) -> Sequence[CandidateView]:
    """Oldest first."""
    found = await session.db.execute(
        select(Candidate)
        .where(Candidate.state == state)
        .order_by(Candidate.corrected_at, Candidate.id)
    )
    return [_view(session, row) for row in found.scalars()]


def _view(session: Session, row: Candidate) -> CandidateView:
    categories = frozenset(RiskCategory(name) for name in row.risk_categories)
    return CandidateView(
        row.id,
        session.vault.open(Spot("candidates", "text_sealed", row.id), row.text_sealed),
        row.language,
        Label(Intent(row.intent), RiskLevel(row.risk_level), categories),
        row.state,
        row.corrected_at,
    )


async def review(
    session: Session, candidate_id: UUID, state: CandidateState, by: UUID, now: datetime
) -> None:
    """Raises `NotFound`, or `AlreadyTaken` once it was reviewed."""
    marked = await session.db.execute(
        update(Candidate)
        .where(Candidate.id == candidate_id, Candidate.state == "proposed")
        .values(state=state, reviewed_by=by, reviewed_at=now)
        .returning(Candidate.id)
    )
    if marked.first() is not None:
        return
    known = await session.db.execute(select(Candidate.id).where(Candidate.id == candidate_id))
    raise NotFound(str(candidate_id)) if known.first() is None else AlreadyTaken(str(candidate_id))


async def reword(session: Session, candidate_id: UUID, text: str) -> None:
    """The reviewer's own wording in the place of what rules replaced."""
    await session.db.execute(
        update(Candidate)
        .where(Candidate.id == candidate_id, Candidate.state == "proposed")
        .values(text_sealed=_sealed(session, candidate_id, text))
    )


async def erase(session: Session, conversation_id: UUID) -> None:
    """What nobody has read yet of a conversation waits no longer, and what nobody accepted goes.
    An accepted example stays: a named person found no personal detail in it."""
    own = select(Message.id).where(Message.conversation_id == conversation_id)
    await session.db.execute(
        delete(SampledMessage).where(
            SampledMessage.message_id.in_(own), SampledMessage.seen_at.is_(None)
        )
    )
    await session.db.execute(
        delete(Candidate).where(Candidate.message_id.in_(own), Candidate.state != "accepted")
    )


def _sealed(session: Session, candidate_id: UUID, text: str) -> bytes:
    return session.vault.seal(Spot("candidates", "text_sealed", candidate_id), text)
