"""Calls back: a worker is rung, presses 1, and only then the other side is rung, from our number.

Belongs here: whether somebody may be rung, asked twice, and what came of it. Does not belong
here: the gate itself (bot/rules/contact.py), limits (bot/rules/dialling.py), TwiML.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from bot.desk import queue
from bot.desk.page_words import PageWords
from bot.desk.paging import Routes
from bot.desk.phones import phones_of
from bot.desk.queue import Worker
from bot.errors import Refuse
from bot.messages import Address, ChannelName, Purpose
from bot.rules import voice
from bot.rules.contact import Goes, Leaving, may_be_rung
from bot.rules.dialling import Use
from bot.store import audit, call_backs, threads, tickets, views
from bot.store import dialling as uses
from bot.store.call_backs import Asked
from bot.store.help import Help, HelpKind, record_help
from bot.store.outgoing import Draft, queue_row
from bot.store.session import Session, Store

_NUMBERED: Final = (ChannelName.VOICE, ChannelName.SMS, ChannelName.WHATSAPP)
_OLD: Final = timedelta(minutes=10)
"""A worker's phone that rings later than that, after an outage, puts nobody through."""
_TWICE: Final = timedelta(seconds=60)
"""A second press within so long is the same wish."""


class Why(StrEnum):
    """Why nobody is rung; a code for the worker, `desk-ring-<value>`."""

    NO_NUMBER = "no-number"
    NOT_SAFE = "not-safe"
    OFTEN = "often"
    PREFIX = "prefix"
    NO_PHONE = "no-phone"
    """The worker has no proved phone that could be rung."""
    OFF = "off"
    """There is no number to ring from."""


class CannotRing(Refuse):
    """Nobody may be rung; the message is a `Why`."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class State(StrEnum):
    ASK = "ask"
    OVER = "over"
    FORBIDDEN = "forbidden"
    """What was allowed when it was asked for no longer is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the worker's phone is told. `number`: whom it is connected with."""

    state: State
    reference: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class CallBacks:
    """Raises `StoreAway`."""

    store: Store
    routes: Routes
    words: PageWords
    prefixes: tuple[str, ...]

    async def ask(
        self, session: Session, worker: Worker, ticket_id: UUID, now: datetime
    ) -> UUID | None:
        """The outbox row that rings the worker; None where their phone rings for it already.
        Raises `NotYours`, `NotFound`, `CannotRing`."""
        conversation_id = await queue.held(session, worker, ticket_id)
        if conversation_id is None:
            raise CannotRing(Why.NO_NUMBER)
        if await call_backs.under_way(session, ticket_id, worker.id, now - _TWICE):
            return None
        phone = await self._phone(session, worker)
        number = await self._number(session, conversation_id, now)
        wanted = uses.Wanted(Use.CALL, number, worker.id)
        barred = await uses.barred(session, wanted, self.prefixes, now)
        if barred is not None:
            raise CannotRing(Why(barred.value.replace("_", "-")))
        part = self.words.part("page-voice-ring")
        draft = Draft(phone, Purpose.RING, (part,), None, now, ticket_id=ticket_id)
        row_id = await queue_row(session, draft, now)
        who = conversation_id, worker.id
        await call_backs.add(session, ticket_id, who, row_id, now)
        audit.note(session, worker.id, "ask_call_back", [ticket_id], now)
        return row_id

    async def answered(self, row_id: UUID, key: str, now: datetime) -> Answer:
        """The worker's phone was picked up, or a key was pressed on it. The gate and the limits
        are asked again: much may have changed since."""
        async with self.store.begin() as session:
            asked = await call_backs.lock(session, row_id)
            if asked is None or asked.is_over or now - asked.asked_at > _OLD:
                return Answer(State.OVER)
            if key != voice.PERSON:
                return Answer(State.ASK, asked.reference)
            try:
                number = await self._ring(session, asked, now)
            except CannotRing as error:
                await call_backs.end(session, asked, error.why.value, now)
                return Answer(State.FORBIDDEN, asked.reference)
            return Answer(State.ASK, asked.reference, number)

    async def done(self, row_id: UUID, talked: bool, now: datetime) -> bool:
        """The other side was rung; whether they picked up is noted once, and counts as help."""
        async with self.store.begin() as session:
            asked = await call_backs.lock(session, row_id)
            if asked is None:
                return False
            outcome = "talked" if talked else "no_answer"
            if await call_backs.end(session, asked, outcome, now) and talked:
                done = Help(asked.ticket_id, HelpKind.CALLED)
                await record_help(session, asked.staff, done, now)
                audit.note(session, asked.staff, f"help:{done.kind.value}", [asked.ticket_id], now)
            return talked

    async def _ring(self, session: Session, asked: Asked, now: datetime) -> str:
        """The number to connect; pressing twice is counted once."""
        number = await self._number(session, asked.conversation_id, now)
        if asked.pressed_at is None:
            wanted = uses.Wanted(Use.CALL, number, asked.staff)
            barred = await uses.spend(session, wanted, self.prefixes, now)
            if barred is not None:
                raise CannotRing(Why(barred.value.replace("_", "-")))
            await call_backs.mark_pressed(session, asked, now)
            audit.note(session, asked.staff, "ring_person", [asked.conversation_id], now)
        return number

    async def _phone(self, session: Session, worker: Worker) -> Address:
        if ChannelName.VOICE not in self.routes.on:
            raise CannotRing(Why.OFF)
        phones = await phones_of(session, self.routes, [worker.id])
        if worker.id not in phones:
            raise CannotRing(Why.NO_PHONE)
        return Address(ChannelName.VOICE, phones[worker.id])

    async def _number(self, session: Session, conversation_id: UUID, now: datetime) -> str:
        """Behind the gate. Raises `CannotRing`."""
        thread = await threads.load_thread(session, conversation_id)
        if thread.address.channel not in _NUMBERED:
            raise CannotRing(Why.NO_NUMBER)
        (view,) = await views.threads_by_id(session, [conversation_id])
        leaving = Leaving(
            purpose=Purpose.RING,
            channel=ChannelName.VOICE,
            created_at=now,
            now=now,
            last_in_at=view.last_in_at,
            opted_out_at=await tickets.opted_out_since(session, thread.address),
            hidden=thread.state.hidden,
            contact=thread.state.contact,
        )
        if not isinstance(may_be_rung(leaving), Goes):
            raise CannotRing(Why.NOT_SAFE)
        return thread.address.value
