"""Calls as they are kept: where each stands, whose phone rings for it, and which were lost.

Belongs here: the queries of calls that came in. Does not belong here: what follows from a key
(bot/rules/voice.py), calls back (bot/store/call_backs.py).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import insert as plain_insert
from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.dialogue.turn import State
from bot.messages import Inbound
from bot.rules.voice import LIVE, Call, Stage
from bot.store import arrivals
from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.tables import Conversation, Message
from bot.store.tables_calls import CallLeg, CallRow

_CALL = TypeAdapter(Call)
_LIVE = tuple(stage.value for stage in LIVE)


@dataclass(frozen=True, slots=True)
class StoredCall:
    """`step`: the webhook that is answered next names it; one that names another came before."""

    id: UUID
    conversation_id: UUID
    call: Call
    step: int
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Leg:
    """A phone that rings for somebody. `staff` None: the one phone without a rota."""

    id: UUID
    call_id: UUID
    staff: UUID | None
    number: str
    is_taken: bool


async def begin(session: Session, rang: Inbound, call: Call, now: datetime) -> StoredCall:
    """The call, its conversation, and its line in the transcript, which nobody need handle; the
    known one where the carrier tells of it again."""
    conversation_id, message_id = await arrivals.add_inbound(session, rang, now)
    if message_id is not None:
        done = update(Message).where(Message.id == message_id).values(handled_at=now)
        await session.db.execute(done)
    call_id = uuid4()
    await session.db.execute(
        insert(CallRow)
        .values(
            id=call_id,
            sid=rang.provider_id,
            conversation_id=conversation_id,
            stage=call.stage.value,
            state=_CALL.dump_python(call, mode="json"),
            step=0,
            started_at=now,
            seen_at=now,
        )
        .on_conflict_do_nothing(index_elements=["sid"])
    )
    found = await session.db.execute(select(CallRow).where(CallRow.sid == rang.provider_id))
    session.announce(conversation_id, "message", now)
    return _stored(found.scalar_one())


def _stored(row: CallRow) -> StoredCall:
    call = _CALL.validate_python(row.state)
    return StoredCall(row.id, row.conversation_id, call, row.step, row.seen_at)


async def lock(session: Session, call_id: UUID) -> StoredCall | None:
    """Its conversation first, as a turn does, so that the two never deadlock."""
    thread = select(CallRow.conversation_id).where(CallRow.id == call_id).scalar_subquery()
    await session.db.execute(
        select(Conversation.id).where(Conversation.id == thread).with_for_update()
    )
    found = await session.db.execute(
        select(CallRow)
        .where(CallRow.id == call_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = found.scalar_one_or_none()
    return None if row is None else _stored(row)


async def id_of(session: Session, sid: str) -> UUID | None:
    found = await session.db.execute(select(CallRow.id).where(CallRow.sid == sid))
    return found.scalar_one_or_none()


async def save(session: Session, stored: StoredCall, now: datetime) -> None:
    """Where it stands now; its row is locked by whoever calls."""
    call = stored.call
    values: dict[str, object] = {
        "stage": call.stage.value,
        "state": _CALL.dump_python(call, mode="json"),
        "step": stored.step,
        "seen_at": now,
    }
    if call.stage is Stage.ENDED:
        values["ended_at"] = now
    await session.db.execute(update(CallRow).where(CallRow.id == stored.id).values(values))
    await session.db.execute(
        update(Conversation)
        .where(Conversation.id == stored.conversation_id)
        .values(language=call.language.value)
    )


async def touch(session: Session, call_id: UUID, now: datetime) -> None:
    """The carrier still knows of it."""
    await session.db.execute(update(CallRow).where(CallRow.id == call_id).values(seen_at=now))


@dataclass(frozen=True, slots=True)
class NewLeg:
    """`step`: of the call once it rings this phone."""

    call_id: UUID
    step: int
    staff: UUID | None
    number: str
    until: datetime


async def add_leg(session: Session, new: NewLeg, now: datetime) -> None:
    leg_id = uuid4()
    spot = Spot("call_legs", "address_sealed", leg_id)
    await session.db.execute(
        plain_insert(CallLeg).values(
            id=leg_id,
            call_id=new.call_id,
            step=new.step,
            staff_id=new.staff,
            address_sealed=session.vault.seal(spot, new.number),
            until=new.until,
            at=now,
        )
    )


async def leg_at(session: Session, call_id: UUID, step: int) -> Leg | None:
    """The phone that this step of a call rings."""
    found = await session.db.execute(
        select(CallLeg).where(CallLeg.call_id == call_id, CallLeg.step == step)
    )
    row = found.scalar_one_or_none()
    return None if row is None else _leg(session, row)


async def leg(session: Session, leg_id: UUID) -> Leg | None:
    row = await session.db.get(CallLeg, leg_id, populate_existing=True)
    return None if row is None else _leg(session, row)


def _leg(session: Session, row: CallLeg) -> Leg:
    spot = Spot("call_legs", "address_sealed", row.id)
    number = session.vault.open(spot, row.address_sealed)
    return Leg(row.id, row.call_id, row.staff_id, number, row.taken_at is not None)


async def take(session: Session, leg: Leg, now: datetime) -> None:
    """This worker and nobody else; the call is locked by whoever calls."""
    await session.db.execute(update(CallLeg).where(CallLeg.id == leg.id).values(taken_at=now))
    await session.db.execute(
        update(CallRow).where(CallRow.id == leg.call_id).values(taken_by=leg.staff, taken_at=now)
    )


async def engaged(session: Session, call_id: UUID, now: datetime) -> set[UUID | None]:
    """Staff who speak with somebody, or whose phone rings for somebody else; None for the one
    phone."""
    found = await session.db.execute(
        select(CallLeg.staff_id)
        .join(CallRow, CallRow.id == CallLeg.call_id)
        .where(
            CallRow.id != call_id,
            CallRow.stage.in_(_LIVE),
            or_(CallLeg.taken_at.is_not(None), CallLeg.until > now),
        )
    )
    return set(found.scalars())


async def live(session: Session) -> list[tuple[UUID, Stage, datetime]]:
    """Every call that is not known to have ended, with when it was heard of last."""
    found = await session.db.execute(
        select(CallRow.id, CallRow.stage, CallRow.seen_at)
        .where(CallRow.stage.in_(_LIVE))
        .order_by(CallRow.seen_at)
    )
    return [(row.id, Stage(row.stage), row.seen_at) for row in found]


async def save_state(session: Session, conversation_id: UUID, state: State) -> None:
    """What a caller said about being rung; the conversation is locked by whoever calls."""
    spot = Spot("conversations", "state_sealed", conversation_id)
    await session.db.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(
            state_sealed=session.vault.seal(spot, state.model_dump_json()),
            version=Conversation.version + 1,
        )
    )
