"""The end of a shift: what somebody holds is offered to the next person with a written word on
each, and stays with the giver until it is taken.

Belongs here: offering, taking, and who hears of what nobody took. Does not belong here: passing
on a single conversation at once (bot/desk/attention.py), SQL (bot/store/shift_offers.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from bot.clock import Clock
from bot.desk.attention import CannotTake, NoReason, write_note
from bot.desk.paging import Pager
from bot.desk.queue import Worker, held
from bot.errors import AlreadyTaken, NotYours
from bot.rules.handing_over import due_at
from bot.rules.rights import Right, may
from bot.store import audit, holding, people, shift_offers
from bot.store import rota as rotas
from bot.store.health import settle_kind
from bot.store.session import Session, Store
from bot.store.shift_offers import NewOffer, OfferView
from bot.store.tickets import raise_alarm

NOT_TAKEN: Final = "handover_not_taken"


@dataclass(frozen=True, slots=True)
class ShiftEnd:
    """Who comes next, and a word on each ticket that is handed over."""

    to: UUID
    words: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Shifts:
    """The pager tells the next person that something waits, and the supervisors that it was not
    taken in time."""

    store: Store
    pager: Pager
    clock: Clock

    async def offer(self, session: Session, worker: Worker, ended: ShiftEnd, now: datetime) -> None:
        """All of them or none. Until the next person takes it each stays where it is: if the
        giver's browser goes first, it comes back to the queue as ever. Raises `NoReason` where a
        word is missing, `CannotTake`, `NotYours`."""
        await _need_able(session, worker, ended.to)
        due = due_at(await rotas.load_rota(session, now), ended.to, now)
        for ticket_id, word in ended.words.items():
            if not word:
                raise NoReason(str(ticket_id))
            conversation_id = await held(session, Worker(worker.id), ticket_id)
            if conversation_id is None:
                raise NotYours(str(ticket_id))
            await holding.watch(session, ticket_id, is_watched=True)
            note_id = await write_note(session, worker, conversation_id, word, now)
            new = NewOffer(ticket_id, worker.id, ended.to, note_id, due)
            await shift_offers.add(session, new, now)
            session.announce(conversation_id, "ticket", now)
        audit.note(session, worker.id, "offer_shift", list(ended.words), now, str(ended.to))
        part = self.pager.words.part("page-shift-offered", {"count": len(ended.words)})
        if ended.words:
            await self.pager.tell_people(session, [ended.to], part, now)

    async def look(self) -> None:
        """Whoever hands over may be gone already: what is not taken in time is said aloud."""
        now = self.clock.now()
        async with self.store.begin() as session:
            late = await shift_offers.overdue(session, now)
            if not late:
                await settle_kind(session, NOT_TAKEN, now)
                return
            news = await shift_offers.mark_told(session, late, now)
            if news:
                await raise_alarm(session, NOT_TAKEN, "", now)
                part = self.pager.words.part("page-shift-not-taken", {"count": len(late)})
                await self.pager.tell_supervisors(session, part, now)


async def take_over(
    session: Session, worker: Worker, offer_ids: Sequence[UUID], now: datetime
) -> None:
    """They hold it from now on; all of them or none. Raises `AlreadyTaken` for what was not
    offered to them, or waits no longer."""
    for offer_id in offer_ids:
        known = await shift_offers.of(session, offer_id)
        if known is None or known.to != worker.id:
            raise AlreadyTaken(str(offer_id))
        conversation_id = await holding.lock_conversation(session, known.ticket_id)
        if conversation_id is None or await shift_offers.of(session, offer_id) is None:
            raise AlreadyTaken(str(offer_id))
        await shift_offers.take(session, offer_id, now)
        await holding.pass_on(session, known.ticket_id, worker.id, now)
        await holding.set_holder(session, conversation_id, worker.id, now)
        audit.note(session, worker.id, "take_over", [known.ticket_id], now, str(known.giver))
        session.announce(conversation_id, "ticket", now)


async def access_offers(
    session: Session, worker: Worker, now: datetime
) -> tuple[Sequence[OfferView], Sequence[OfferView]]:
    """What waits for this person, with the words they need, and what they have offered."""
    waiting = await shift_offers.to_take(session, worker.id)
    subjects = [one.ticket_id for one in waiting]
    audit.note(session, worker.id, "read_shift_offer", subjects, now)
    return waiting, await shift_offers.given(session, worker.id)


async def _need_able(session: Session, worker: Worker, to: UUID) -> None:
    colleague = await people.member(session, to)
    if to == worker.id or colleague is None or not may(colleague.role, Right.TALK):
        raise CannotTake(str(to))
