"""Tickets in the hands of staff: claim, release, close.

Belongs here: who may do which, and what goes with it (the bot's silence, the audit). Does not
belong here: answering (bot/desk/livechat.py), SQL (bot/store/holding.py), HTTP (api/v1).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.errors import AlreadyTaken, NotFound, NotYours
from bot.rules.closing import Outcome, lowers_risk
from bot.store import audit, holding, outgoing, promises
from bot.store.session import Session


@dataclass(frozen=True, slots=True)
class Worker:
    """Who acts. A supervisor may hand back or close what somebody else holds."""

    id: UUID
    is_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """`is_watched`: taken in a browser that shows when it is gone. `why`: the code of a reason
    for taking it before a more pressing one."""

    is_watched: bool = False
    why: str = ""


_BY_PROGRAM = Manner()


async def claim(
    session: Session, worker: Worker, ticket_id: UUID, now: datetime, manner: Manner = _BY_PROGRAM
) -> None:
    """Raises `AlreadyTaken` unless the ticket is open, or this worker took it from a phone;
    afterwards the bot is silent."""
    conversation_id = await holding.lock_conversation(session, ticket_id)
    if await holding.holder(session, ticket_id) is None:
        raise NotFound(str(ticket_id))
    is_theirs = await promises.is_promised(session, ticket_id, worker.id)
    if not is_theirs and not await holding.take(session, ticket_id, worker.id, now):
        raise AlreadyTaken(str(ticket_id))
    await holding.watch(session, ticket_id, manner.is_watched)
    if conversation_id is not None:
        await _sit_down(session, worker, conversation_id, now)
    session.announce(conversation_id, "ticket", now)
    audit.note(session, worker.id, "claim_ticket", [ticket_id], now, manner.why)


async def join(
    session: Session, worker: Worker, ticket_id: UUID, conversation_id: UUID, now: datetime
) -> None:
    """Whoever took the ticket from a phone writes now. The conversation is locked."""
    if await promises.is_promised(session, ticket_id, worker.id):
        await _sit_down(session, worker, conversation_id, now)
        session.announce(conversation_id, "ticket", now)


async def _sit_down(session: Session, worker: Worker, conversation_id: UUID, now: datetime) -> None:
    await holding.set_holder(session, conversation_id, worker.id, now)
    await outgoing.hush(session, conversation_id, now)


async def release(session: Session, worker: Worker, ticket_id: UUID, now: datetime) -> None:
    """Back into the queue; the bot answers again. Raises `NotYours`."""
    conversation_id = await held(session, worker, ticket_id)
    await holding.give_back(session, ticket_id, now)
    await _let_go(session, conversation_id, now)
    audit.note(session, worker.id, "release_ticket", [ticket_id], now)


async def close(
    session: Session, worker: Worker, ticket_id: UUID, outcome: Outcome, now: datetime
) -> None:
    """Dealt with; the bot answers again. Raises `NotYours`."""
    conversation_id = await held(session, worker, ticket_id)
    await holding.finish(session, ticket_id, outcome, now)
    if conversation_id is not None and lowers_risk(outcome):
        await holding.lower_risk(session, conversation_id)
        audit.note(session, worker.id, "lower_risk", [conversation_id], now)
    await _let_go(session, conversation_id, now)
    audit.note(session, worker.id, f"close_ticket:{outcome.value}", [ticket_id], now)


async def held(session: Session, worker: Worker, ticket_id: UUID) -> UUID | None:
    """The conversation of a ticket that the worker may act on, locked. Raises `NotYours`."""
    conversation_id = await holding.lock_conversation(session, ticket_id)
    known = await holding.holder(session, ticket_id)
    if known is None:
        raise NotFound(str(ticket_id))
    state, holder_id = known
    if state != "claimed" or (holder_id != worker.id and not worker.is_supervisor):
        raise NotYours(str(ticket_id))
    return conversation_id


async def _let_go(session: Session, conversation_id: UUID | None, now: datetime) -> None:
    if conversation_id is not None:
        await holding.set_holder(session, conversation_id, None, now)
    session.announce(conversation_id, "ticket", now)
