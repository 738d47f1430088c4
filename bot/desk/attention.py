"""What a worker does with a conversation beyond taking and closing: notes, risk, passing it on,
and what happens when their browser dies.

Belongs here: each as one change with its line in the audit. Does not belong here: taking,
releasing, closing (bot/desk/queue.py), reading (bot/desk/access.py).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from bot.desk.paging import Pager, Wanted
from bot.desk.queue import Worker, held
from bot.dialogue.turn import Priority
from bot.errors import NotFound, Refuse
from bot.rules.hold import SLOWED_FOR
from bot.rules.rights import Right, may
from bot.rules.safety import priority_of
from bot.store import added, audit, holding, people, shift_offers, views
from bot.store.added import NamedChange
from bot.store.help import Help, HelpKind, record_help
from bot.store.session import Session, Store
from bot.store.views import TicketFilter
from nlu.reading import RiskLevel

log = structlog.get_logger()


class NoReason(Refuse):
    """Risk is changed with a reason or not at all."""


class CannotTake(Refuse):
    """Whoever it should go to does not work with people, or has left."""


@dataclass(frozen=True, slots=True)
class RiskWish:
    ticket_id: UUID
    level: RiskLevel
    reason: str


async def write_note(
    session: Session, worker: Worker, conversation_id: UUID, text: str, now: datetime
) -> UUID:
    """For colleagues; the person never sees it. Anybody who may read the thread may write one.
    Its id."""
    note_id = await added.add_note(session, conversation_id, worker.id, text, now)
    audit.note(session, worker.id, "write_note", [conversation_id], now)
    session.announce(conversation_id, "note", now)
    return note_id


async def change_risk(session: Session, worker: Worker, wish: RiskWish, now: datetime) -> None:
    """By name and with a reason; the ticket's place in the queue follows. Raises `NoReason`,
    `NotYours`."""
    if not wish.reason:
        raise NoReason(str(wish.ticket_id))
    conversation_id = await held(session, worker, wish.ticket_id)
    if conversation_id is None:
        raise NotFound(str(wish.ticket_id))
    change = NamedChange(conversation_id, worker.id, wish.level, wish.reason)
    before = await added.set_risk(session, change, now)
    await added.set_priority(session, wish.ticket_id, priority_of(wish.level))
    action = "lower_risk" if wish.level < before else "raise_risk"
    audit.note(session, worker.id, action, [conversation_id], now, wish.level.value)
    session.announce(conversation_id, "ticket", now)


async def note_help(session: Session, worker: Worker, done: Help, now: datetime) -> None:
    """A call, a 999 call, or why contact is not safe: nobody else is woken then. Raises
    `NoReason`, `NotYours`."""
    await held(session, worker, done.ticket_id)
    if done.kind is HelpKind.NOT_SAFE and not done.because:
        raise NoReason(str(done.ticket_id))
    await record_help(session, worker.id, done, now)
    audit.note(session, worker.id, f"help:{done.kind.value}", [done.ticket_id], now)


async def report_help(session: Session, worker: Worker, done: Help, now: datetime) -> None:
    """As `note_help`, also by somebody who acted while nobody holds the ticket: its page rings on.
    Raises `NotYours` where a colleague holds it."""
    known = await holding.holder(session, done.ticket_id)
    if known is None:
        raise NotFound(str(done.ticket_id))
    if known[0] == "claimed":
        await held(session, worker, done.ticket_id)
    await record_help(session, worker.id, done, now)
    audit.note(session, worker.id, f"help:{done.kind.value}", [done.ticket_id], now)


async def pass_on(
    session: Session, worker: Worker, ticket_id: UUID, to: UUID, now: datetime
) -> None:
    """To a colleague, who has as long to open it as anybody may be gone from it
    (bot/rules/absence.py). Raises `NotYours`, `CannotTake`."""
    conversation_id = await held(session, worker, ticket_id)
    colleague = await people.member(session, to)
    if conversation_id is None or colleague is None or not may(colleague.role, Right.TALK):
        raise CannotTake(str(to))
    await holding.pass_on(session, ticket_id, to, now)
    await shift_offers.end(session, ticket_id, now)
    await holding.set_holder(session, conversation_id, to, now)
    audit.note(session, worker.id, "pass_on_ticket", [ticket_id], now, str(to))
    session.announce(conversation_id, "ticket", now)


async def slow_down(
    session: Session, worker: Worker, ticket_id: UUID, reason: str, now: datetime
) -> None:
    """The bot answers slowly there for a day, by name and with a reason that stands among the
    notes; danger is heard and answered as ever. Raises `NoReason`, `NotYours`."""
    if not reason:
        raise NoReason(str(ticket_id))
    conversation_id = await held(session, worker, ticket_id)
    if conversation_id is None:
        raise NotFound(str(ticket_id))
    await holding.slow(session, conversation_id, now + SLOWED_FOR)
    await write_note(session, worker, conversation_id, reason, now)
    audit.note(session, worker.id, "slow_conversation", [conversation_id], now)


@dataclass(frozen=True, slots=True)
class Absence:
    """Brings back into the queue what nobody sits at any more."""

    store: Store
    pager: Pager

    async def sweep(self, now: datetime) -> int:
        """How many conversations came back."""
        async with self.store.begin() as session:
            found = await holding.abandoned(session, now)
        return sum([await self._bring_back(ticket_id, now) for ticket_id in found])

    async def _bring_back(self, ticket_id: UUID, now: datetime) -> bool:
        async with self.store.begin() as session:
            conversation_id = await holding.lock_conversation(session, ticket_id)
            gone = await holding.still_abandoned(session, ticket_id, now)
            if conversation_id is None or not gone:
                return False
            (ticket,) = await views.tickets(session, TicketFilter(ticket_id=ticket_id), None, 1)
            await holding.give_back(session, ticket_id, now)
            await holding.set_holder(session, conversation_id, None, now)
            if ticket.priority == Priority.IMMEDIATE:
                wanted = Wanted(ticket_id, ticket.reference, RiskLevel.IMMEDIATE)
                await self.pager.start(session, wanted, now)
            holder = ticket.claimed_by
            if holder is not None:
                audit.note(session, holder.id, "lost_ticket", [ticket_id], now, "browser_away")
            session.announce(conversation_id, "ticket", now)
        log.warning("conversation back in the queue", ticket=str(ticket_id))
        return True
