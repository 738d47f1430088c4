"""Calls of people who ring: every webhook as one transaction.

Belongs here: who can be rung now, what a call wishes for done, each answer of a worker who was
rung. Does not belong here: what follows from a key (bot/rules/voice.py), TwiML
(bot/channels/twiml.py), calls back (bot/desk/call_backs.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from bot.channels.twiml import Phone, Told
from bot.channels.voice import rang
from bot.desk import queue
from bot.desk.paging import ON_CALL_PHONE, Pager, Wanted
from bot.desk.phones import phones_of
from bot.desk.queue import Worker
from bot.dialogue.book import Book
from bot.dialogue.turn import OpenTicket, Priority, State, TicketReason
from bot.dialogue.words import render_line
from bot.errors import AlreadyTaken
from bot.messages import Address, ChannelName, Purpose
from bot.rules import contact, dialling, voice
from bot.rules.contact import Goes, Leaving
from bot.rules.dialling import Use
from bot.rules.voice import Call, Caller, Do, Floor, Stage, Wake, Wish
from bot.store import arrivals, audit, calls, threads, tickets, views
from bot.store import dialling as uses
from bot.store.calls import Leg, NewLeg, StoredCall
from bot.store.help import Help, HelpKind, record_help
from bot.store.outgoing import Draft, Part, queue_row
from bot.store.session import Session, Store
from nlu.reading import Language, RiskLevel

_TEXT = "voice-text"
_TO_ALL = frozenset(ChannelName)


@dataclass(frozen=True, slots=True)
class Ring:
    """Somebody rings. `number`: as the carrier tells it, which may be no number at all."""

    sid: str
    number: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the carrier asks after a step. `is_over`: the caller has hung up. `joined`: whether
    the two were put through, where it tells."""

    step: int
    key: str = ""
    is_over: bool = False
    joined: bool | None = None


class Whispered(StrEnum):
    ASK = "ask"
    THROUGH = "through"
    GONE = "gone"
    """The caller hung up, chose something else, or somebody else was quicker."""


@dataclass(frozen=True, slots=True)
class Dialling:
    """What a deployment lets us ring and text. `texts`: there is a number to text from."""

    prefixes: tuple[str, ...]
    texts: bool
    records: bool


@dataclass(frozen=True, slots=True)
class Calls:
    """Raises `StoreAway`. Every webhook may come twice, and counts once."""

    store: Store
    pager: Pager
    book: Book
    dialling: Dialling

    async def begin(self, ring: Ring, now: datetime) -> Told:
        async with self.store.begin() as session:
            call = Call(await self._caller(session, ring, now))
            if self.dialling.records:
                call = replace(call, says=(*call.says, "voice-recorded"))
            stored = await calls.begin(session, rang(ring.sid, ring.number), call, now)
            return await self._told(session, stored)

    async def step(self, call_id: UUID, asked: Asked, now: datetime) -> Told | None:
        """None for a call that was never made."""
        async with self.store.begin() as session:
            stored = await calls.lock(session, call_id)
            if stored is None:
                return None
            if asked.is_over:
                stored = await self._ended(session, stored, asked.joined, now)
            elif asked.step == stored.step:
                stored = await self._moved(session, stored, asked, now)
            else:
                await calls.touch(session, call_id, now)
            return await self._told(session, stored)

    async def ended(self, sid: str, now: datetime) -> bool:
        """The carrier says that a call is over; False where it is not known."""
        async with self.store.begin() as session:
            call_id = await calls.id_of(session, sid)
            stored = await calls.lock(session, call_id) if call_id else None
            if stored is None:
                return False
            await self._ended(session, stored, None, now)
            return True

    async def end_lost(self, now: datetime) -> int:
        """Calls whose webhooks stopped end as if their caller had hung up; how many."""
        async with self.store.begin() as session:
            found = await calls.live(session)
        lost = [call_id for call_id, stage, at in found if voice.is_lost(stage, at, now)]
        for call_id in lost:
            async with self.store.begin() as session:
                stored = await calls.lock(session, call_id)
                if stored and voice.is_lost(stored.call.stage, stored.seen_at, now):
                    await self._ended(session, stored, None, now)
                    await tickets.raise_alarm(session, "call_lost", str(call_id), now)
        return len(lost)

    async def whisper(self, leg_id: UUID, key: str, now: datetime) -> tuple[Whispered, bool]:
        """What a worker who was rung hears or has done, and whether danger was told."""
        async with self.store.begin() as session:
            leg = await calls.leg(session, leg_id)
            stored = await calls.lock(session, leg.call_id) if leg else None
            leg = await calls.leg(session, leg_id)
            if leg is None or stored is None:
                return Whispered.GONE, False
            danger = stored.call.is_danger
            if leg.is_taken and stored.call.stage is Stage.TALKED:
                return Whispered.THROUGH, danger
            if not voice.takes(stored.call, leg.staff or ON_CALL_PHONE):
                return Whispered.GONE, danger
            if key != voice.PERSON:
                return Whispered.ASK, danger
            await self._take(session, stored, leg, now)
            return Whispered.THROUGH, danger

    async def _take(self, session: Session, stored: StoredCall, leg: Leg, now: datetime) -> None:
        """The worker has the call, and with it the conversation's ticket."""
        await calls.take(session, leg, now)
        await calls.save(session, replace(stored, call=voice.taken(stored.call)), now)
        level = Priority.IMMEDIATE if stored.call.is_danger else Priority.HIGH
        wish = OpenTicket(TicketReason.ASKED_FOR_PERSON, level)
        ticket_id, _ = await tickets.open_ticket(session, stored.conversation_id, wish, now)
        await record_help(session, leg.staff, Help(ticket_id, HelpKind.CALLED), now)
        audit.note(session, leg.staff or ON_CALL_PHONE, "take_call", [stored.id], now)
        if leg.staff is None:
            return
        try:
            await queue.claim(session, Worker(leg.staff), ticket_id, now)
        except AlreadyTaken:
            return  # a colleague has the ticket already, and keeps it

    async def _moved(
        self, session: Session, stored: StoredCall, asked: Asked, now: datetime
    ) -> StoredCall:
        floor = await self._floor(session, stored, now)
        call, wishes = voice.moved(stored.call, asked.key, floor)
        if stored.call.stage is Stage.TALKED and asked.joined is False:
            wishes = (*wishes, *voice.not_joined(stored.call))
        after = replace(stored, call=call, step=stored.step + 1)
        await self._do(session, stored.conversation_id, wishes, now)
        await self._ring(session, after, now)
        await calls.save(session, after, now)
        return after

    async def _ended(
        self, session: Session, stored: StoredCall, joined: bool | None, now: datetime
    ) -> StoredCall:
        call, wishes = voice.hung_up(stored.call)
        if stored.call.stage is Stage.TALKED and joined is False:
            wishes = voice.not_joined(stored.call)
        if stored.call.stage is Stage.ENDED:
            return stored
        await self._do(session, stored.conversation_id, wishes, now)
        after = replace(stored, call=call)
        await calls.save(session, after, now)
        return after

    async def _ring(self, session: Session, after: StoredCall, now: datetime) -> None:
        ringing = after.call.ringing
        if after.call.stage is not Stage.RINGING or ringing is None or ringing.person is None:
            return
        phones = await phones_of(session, self.pager.routes, [ringing.person])
        staff = None if ringing.person == ON_CALL_PHONE else ringing.person
        until = now + timedelta(seconds=ringing.seconds) + voice.WHISPER
        leg = NewLeg(after.id, after.step, staff, phones[ringing.person], until)
        await calls.add_leg(session, leg, now)

    async def _do(
        self, session: Session, conversation_id: UUID, wishes: Sequence[Wish], now: datetime
    ) -> None:
        """All that a call wished for, in its own transaction."""
        ticket: tuple[UUID, str] | None = None
        for wish in wishes:
            match wish:
                case OpenTicket():
                    ticket = await tickets.open_ticket(session, conversation_id, wish, now)
                case Wake(level):
                    if ticket is not None:
                        await self.pager.start(session, Wanted(*ticket, level), now)
                case Do("text"):
                    await self._text(session, conversation_id, now)
                case Do(what):
                    await self._mark(session, conversation_id, what == "safe", now)
                case _:
                    assert_never(wish)

    async def _text(self, session: Session, conversation_id: UUID, now: datetime) -> None:
        """To the number that rang, in the thread that its texts have anyway."""
        thread = await threads.load_thread(session, conversation_id)
        number = thread.address.value
        await uses.spend(session, uses.Wanted(Use.TEXT, number), self.dialling.prefixes, now)
        to = Address(ChannelName.SMS, number)
        thread_id = await arrivals.open_thread(session, to, now)
        words = render_line(_TEXT, self.book, Language.EN)
        await queue_row(
            session, Draft(to, Purpose.REPLY, (Part(_TEXT, words),), thread_id, now), now
        )
        session.announce(thread_id, "message", now)

    async def _mark(
        self, session: Session, conversation_id: UUID, is_safe: bool, now: datetime
    ) -> None:
        """Whether this number may be rung, as its caller said last."""
        thread = await threads.load_thread(session, conversation_id)
        said = thread.state.contact
        channels = None if is_safe else (said.channels or _TO_ALL) - {ChannelName.VOICE}
        learned = said.model_copy(update={"channels": channels})
        state: State = thread.state.model_copy(update={"contact": learned})
        await calls.save_state(session, conversation_id, state)
        if not is_safe:
            wish = OpenTicket(TicketReason.UNSAFE_CONTACT, Priority.CONCERN)
            await tickets.open_ticket(session, conversation_id, wish, now)

    async def _caller(self, session: Session, ring: Ring, now: datetime) -> Caller:
        if not dialling.is_shown(ring.number):
            return Caller(is_shown=False, may_ring=False, may_text=False)
        prefixes = self.dialling.prefixes
        return Caller(
            is_shown=True,
            may_ring=dialling.barred(ring.number, Use.CALL, prefixes) is None,
            may_text=self.dialling.texts
            and await uses.barred(session, uses.Wanted(Use.TEXT, ring.number), prefixes, now)
            is None
            and await self._lets_text(session, Address(ChannelName.SMS, ring.number), now),
        )

    async def _lets_text(self, session: Session, to: Address, now: datetime) -> bool:
        """The gate, asked before a text is offered."""
        thread_id = await views.conversation_at(session, to)
        state = await threads.state_of(session, thread_id) if thread_id else State()
        leaving = Leaving(
            purpose=Purpose.REPLY,
            channel=ChannelName.SMS,
            created_at=now,
            now=now,
            last_in_at=now,
            opted_out_at=await tickets.opted_out_since(session, to),
            hidden=state.hidden,
            contact=state.contact,
        )
        return not state.hidden and isinstance(contact.decide(leaving), Goes)

    async def _floor(self, session: Session, stored: StoredCall, now: datetime) -> Floor:
        call = stored.call
        ladder = call.ladder
        if call.waiting_since is None:
            level = RiskLevel.IMMEDIATE if call.is_danger else RiskLevel.HIGH
            ladder = await self._people(session, level, now)
        phones = await phones_of(session, self.pager.routes, ladder)
        busy = {one or ON_CALL_PHONE for one in await calls.engaged(session, stored.id, now)}
        silent = {one for one in ladder if one not in phones}
        return Floor(
            now=now,
            ladder=tuple(one for one in ladder if one in phones),
            engaged=frozenset(busy | silent),
            languages={one: self._intro(one) for one in self._languages()},
        )

    async def _people(self, session: Session, level: RiskLevel, now: datetime) -> tuple[UUID, ...]:
        """Who is rung, in the order in which they would be paged."""
        on = frozenset({ChannelName.VOICE, ChannelName.SMS})
        ladder = await self.pager.ladder(session, level, now, on)
        people = (person for step in ladder.steps for person in step.people)
        return tuple(dict.fromkeys(people))

    def _languages(self) -> tuple[Language, ...]:
        return tuple(one for one in self.book.voices if one is not Language.EN)

    def _intro(self, language: Language) -> tuple[str, ...]:
        """What is true about a language once somebody has chosen it."""
        if not self.book.speaks(language):
            return ("voice-unspoken", "voice-danger")
        draft = ("voice-translated",) if language in self.book.drafts else ()
        return (*draft, "voice-danger")

    async def _told(self, session: Session, stored: StoredCall) -> Told:
        phone = None
        if stored.call.stage in (Stage.RINGING, Stage.TALKED):
            leg = await calls.leg_at(session, stored.id, stored.step)
            phone = Phone(leg.id, leg.number) if leg else None
        return Told(stored.id, stored.step, stored.call, self._languages(), phone)
