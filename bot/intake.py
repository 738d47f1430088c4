"""The way in: `accept` keeps a message, `advance` gives each its turn, in order, exactly once.

Belongs here: the two transactions of the path and what happens when a turn fails. Does not
belong here: what a turn decides (dialogue, rules) or how effects are done (bot/effects.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Protocol
from uuid import UUID

import structlog
from pydantic import TypeAdapter

from bot.clock import Clock
from bot.dialogue.book import Book
from bot.dialogue.engine import overhear, step, wake
from bot.dialogue.filling import asked_at
from bot.dialogue.lookups import People
from bot.dialogue.path import asked
from bot.dialogue.turn import Effect, OpenTicket, Priority, Say, State, TicketReason, Turn
from bot.effects import Effects, Occasion, Queued
from bot.errors import BadSettings, StoreAway
from bot.messages import ChannelName, Inbound, InboundKind
from bot.rules import matching, safety, tries
from bot.rules.hold import is_slow
from bot.store import ahead, arrivals, attachments, erasing, learning, threads, waits
from bot.store.jobs import advance_job, defer, hurry
from bot.store.receipts import recognised
from bot.store.session import Session, Store
from bot.store.spool import Spool
from bot.store.threads import Pending, Thread
from bot.store.tickets import open_ticket, raise_alarm
from nlu.reading import Asked, Intent, Reading, RiskLevel

log = structlog.get_logger()
_READING = TypeAdapter(Reading)
_UNREAD = (InboundKind.BLOCKED, InboundKind.LEFT, InboundKind.CALL, InboundKind.ANSWER)
"""Where there are no words, there is nothing that anybody failed to understand."""


class Receipt(StrEnum):
    NEW = "new"
    REPEAT = "repeat"
    """The same message again: answered 2xx, nothing done."""
    CONFLICT = "conflict"
    """A known id with another body: kept as an alarm, nothing done."""
    SPOOLED = "spooled"
    """It could not be committed; the message is on disk and the carrier is told 503."""
    REFUSED = "refused"
    """It can never be committed and was set aside before: a person knows of it."""


class Reads(Protocol):
    async def read(self, text: str, asked: Asked | None = None) -> Reading:
        """What was said; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Intake:
    """`hear` is the pure lexicon: it decides the queue before anything else can fail."""

    store: Store
    clock: Clock
    spool: Spool
    hear: Callable[[str], RiskLevel]

    async def accept(self, inbound: Inbound) -> Receipt:
        """Commits the message and its job, or puts it on disk; raises when neither can be.
        What comes while an earlier message of the same person waits on disk goes behind it."""
        if not self.spool.holds_from(inbound.sender):
            try:
                return await self.accept_now(inbound)
            except StoreAway:
                log.warning("database away", channel=inbound.sender.channel.value)
            except Exception as error:  # noqa: BLE001
                # The hook's boundary: what breaks here ends at a person by way of the disk.
                log.error("message not accepted", error=type(error).__name__)
                if self.spool.has_refused(inbound):
                    return Receipt.REFUSED
        await self.spool.put(inbound)
        log.warning("message spooled", channel=inbound.sender.channel.value)
        return Receipt.SPOOLED

    async def accept_now(self, inbound: Inbound) -> Receipt:
        """T1. Raises `StoreAway` when it cannot be committed."""
        now = self.clock.now()
        async with self.store.begin() as session:
            conversation_id, message_id = await arrivals.add_inbound(session, inbound, now)
            if message_id is None:
                await session.roll_back()
                return await self._repeated(session, inbound, now)
            if inbound.media:
                came = attachments.Came(conversation_id, message_id)
                await attachments.add(session, came, inbound, now)
            danger = self.hear(inbound.text) >= RiskLevel.HIGH
            if danger:
                await hurry(session, conversation_id)
            defer(session, advance_job(conversation_id, danger))
            session.announce(conversation_id, "message", now)
        log.info("message accepted", message=str(message_id), conversation=str(conversation_id))
        return Receipt.NEW

    async def _repeated(self, session: Session, inbound: Inbound, now: datetime) -> Receipt:
        if await arrivals.same_body(session, inbound):
            return Receipt.REPEAT
        subject = f"{inbound.sender.channel.value}:{_short(session, inbound.provider_id)}"
        await raise_alarm(session, "same_id_other_body", subject, now)
        log.error("same provider id with another body", subject=subject)
        return Receipt.CONFLICT


def _short(session: Session, provider_id: str) -> str:
    """A carrier's id may hold a session token, so an alarm names it by its keyed hash."""
    return session.vault.index("provider", provider_id).hex()[:16]


def _as_read(pending: Pending, reading: Reading) -> threads.Read:
    return threads.Read(pending.id, _READING.dump_json(reading).decode(), reading.risk.level)


def _hold(thread: Thread) -> safety.Hold:
    return safety.Hold(thread.holder_id is not None, thread.holder_seen_at)


def _may_be_followed(thread: Thread, pending: Pending) -> bool:
    """Whether more lines may come that one reply should answer. A tap and a page are whole; who
    writes their first words on the web sees at once that somebody is there."""
    is_first_on_web = thread.address.channel is ChannelName.WEB and pending.idle_seconds is None
    return not is_first_on_web and pending.kind not in (InboundKind.BUTTON, InboundKind.ANSWER)


@dataclass(frozen=True, slots=True)
class Advance:
    """Gives every waiting message of one conversation its turn. Never runs twice at a time for
    one conversation: its job holds the conversation's lock."""

    store: Store
    clock: Clock
    reader: Reads
    book: Book
    effects: Effects
    hand_over: Callable[[Queued], None]
    """Told of each outbox row after commit, so that it leaves without waiting for its job."""

    async def run(self, conversation_id: UUID, retried: bool) -> None:
        """Raises when a turn failed and is to be tried again. `retried`: this job failed or
        died before, so the first waiting message is counted as having failed."""
        try:
            state, messages = await self._waiting(conversation_id, retried)
        except BadSettings:
            await self._unreadable(conversation_id)
            raise
        for pending in messages:
            # An answer is read against the question as the writer meets it after a silence.
            met, _ = wake(state, pending.idle_seconds, self.book)
            question = asked(met, self.book)
            if pending.kind is InboundKind.ANSWER:
                question = asked_at(pending.answers, self.book)
            reading = await self.reader.read(pending.text, question)
            state = await self._handle(conversation_id, pending, reading) or state

    async def _waiting(self, conversation_id: UUID, retried: bool) -> tuple[State, list[Pending]]:
        if not retried:
            return await threads.waiting(self.store, conversation_id)
        async with self.store.begin() as session:
            state, messages = await threads.waiting(session, conversation_id)
            if messages:
                await threads.count_failure(session, messages[0].id)
                messages[0] = replace(messages[0], attempts=messages[0].attempts + 1)
        return state, messages

    async def _unreadable(self, conversation_id: UUID) -> None:
        """No key opens what was written: a person hears that somebody wrote."""
        now = self.clock.now()
        async with self.store.begin() as session:
            wish = OpenTicket(TicketReason.BROKEN_TURN, Priority.HIGH)
            await open_ticket(session, conversation_id, wish, now)
            await raise_alarm(session, "unreadable_conversation", str(conversation_id), now)

    async def _handle(
        self, conversation_id: UUID, pending: Pending, reading: Reading
    ) -> State | None:
        """The new state, or None where the turn was not the engine's."""
        dangerous = reading.risk.level >= RiskLevel.HIGH
        if pending.attempts > 0 and dangerous and not pending.danger_raised:
            # Its worker may have died: nobody waits for another try to hear of danger.
            pending = await self._raise_danger(conversation_id, pending, reading)
        if pending.attempts >= tries.TURN_TRIES:
            await self._give_to_person(conversation_id, pending, reading)
            return None
        try:
            return await self._turn(conversation_id, pending, reading)
        except StoreAway:
            raise
        except Exception as error:
            # The job boundary: whatever a turn can do wrong must still end at a person.
            log.error("turn failed", message=str(pending.id), error=type(error).__name__)
            if dangerous and not pending.danger_raised:
                pending = await self._raise_danger(conversation_id, pending, reading)
            if pending.attempts + 1 < tries.TURN_TRIES:
                raise
            await self._give_to_person(conversation_id, pending, reading)
            return None

    async def _turn(
        self, conversation_id: UUID, pending: Pending, reading: Reading
    ) -> State | None:
        """T2: state, effects and the mark that the message is handled, all or nothing."""
        now = self.clock.now()
        async with self.store.begin() as session:
            read = _as_read(pending, reading)
            thread, ours = await threads.load_and_mark(session, conversation_id, read, now)
            if not ours:
                return None
            await self._sample(session, pending, reading, now)
            people = await self._people(session, thread, pending, reading)
            turn = self._as_turn(thread, pending, reading, people)
            turn = await recognised(session, thread.address, thread.state, turn, self.book)
            turn = await erasing.with_before(session, thread.id, turn, self.book)
            if reading.intent is Intent.ASK_HUMAN:
                turn = replace(turn, queue=await ahead.of(session, thread.id, now))
            state, wished = self._decide(thread, turn, now, pending.danger_raised)
            holds = _may_be_followed(thread, pending)
            slow = is_slow(thread.slowed_until, turn.assessment.level, now)
            occasion = Occasion(thread, state.language, now, holds, slow)
            rows = await self.effects.apply(session, occasion, wished)
            threads.save_turn(session, thread, state, turn.assessment)
            if thread.has_waiting and not state.contact.needs_proof:
                rows = (*await self.effects.release(session, thread.id, now), *rows)
            self._after(session, rows)
        return state

    async def _sample(
        self, session: Session, pending: Pending, reading: Reading, now: datetime
    ) -> None:
        """A share of what was read as harmless is put before staff, so that misses are found."""
        is_none = reading.risk.level is RiskLevel.NONE and bool(pending.text.strip())
        if is_none and learning.is_in_sample(session.vault, pending.id):
            await learning.put_in_sample(session, pending.id, now)

    async def _people(
        self, session: Session, thread: Thread, pending: Pending, reading: Reading
    ) -> People:
        """Looked up where there is danger, else as last seen. Whoever writes first after a silence
        hears nothing of what others of before led to."""
        pager, now = self.effects.pager, self.clock.now()
        if reading.risk.level < RiskLevel.HIGH:
            return People.TRYING if pager.reached_lately else People.NOBODY
        met, _ = wake(thread.state, pending.idle_seconds, self.book)
        since = thread.state.contact.sat_at
        if met is thread.state and since and await waits.is_seen(session, thread.id, since):
            return People.SEEN
        reaches = await pager.reaches_somebody(session, now)
        return People.TRYING if reaches else People.NOBODY

    def _as_turn(self, thread: Thread, pending: Pending, reading: Reading, people: People) -> Turn:
        met, _ = wake(thread.state, pending.idle_seconds, self.book)
        return Turn(
            text=pending.text,
            kind=pending.kind,
            media=pending.media,
            channel=thread.address.channel,
            at=pending.at,
            reading=reading,
            assessment=safety.assess(reading, thread.standing, met is not thread.state),
            people=people,
            idle_seconds=pending.idle_seconds,
            answers=pending.answers,
            picked=pending.picked,
        )

    def _decide(
        self, thread: Thread, turn: Turn, now: datetime, danger_raised: bool
    ) -> tuple[State, Sequence[Effect]]:
        hold = _hold(thread)
        if hold.is_held and turn.kind is not InboundKind.ANSWER:
            state, heard = overhear(thread.state, turn, self.book)
            if danger_raised:
                return state, heard
            held = safety.guard_while_held(turn.assessment, turn.reading, turn.people, hold, now)
            return state, (*held, *heard)
        state, wishes = step(thread.state, turn, self.book)
        wished = matching.place(wishes, self.book, now.date())
        if hold.is_held:
            silent = tuple(effect for effect in wished if not isinstance(effect, Say))
            if danger_raised:
                return state, silent
            held = safety.guard_while_held(turn.assessment, turn.reading, turn.people, hold, now)
            return state, (*held, *silent)
        if danger_raised or (turn.kind in _UNREAD and not turn.text.strip()):
            return state, wished
        return state, safety.guard(wished, turn.assessment, turn.reading, turn.people)

    async def _raise_danger(
        self, conversation_id: UUID, pending: Pending, reading: Reading
    ) -> Pending:
        """Danger never rolls back with a turn: ticket, page and emergency words by themselves."""
        try:
            await self._tell_of_danger(conversation_id, pending, reading)
        except StoreAway:
            raise
        except Exception as error:  # noqa: BLE001
            # The same boundary: where even this breaks, the bare ticket still stands.
            log.error("danger not told", message=str(pending.id), error=type(error).__name__)
            await self._bare_ticket(conversation_id, pending, reading)
            return pending
        return replace(pending, danger_raised=True)

    async def _bare_ticket(self, conversation_id: UUID, pending: Pending, reading: Reading) -> None:
        """Nothing but rows: no content, no words, nobody's state."""
        now = self.clock.now()
        level = max(reading.risk.level, RiskLevel.CONCERN)
        async with self.store.begin() as session:
            wish = OpenTicket(TicketReason.BROKEN_TURN, safety.priority_of(level))
            await open_ticket(session, conversation_id, wish, now)
            await raise_alarm(session, "broken_turn", str(pending.id), now)

    async def _tell_of_danger(
        self, conversation_id: UUID, pending: Pending, reading: Reading
    ) -> None:
        now = self.clock.now()
        async with self.store.begin() as session:
            thread = await threads.load_thread(session, conversation_id)
            assessment = safety.assess(reading, thread.standing)
            effects = safety.danger_effects(
                assessment,
                reading,
                await self._people(session, thread, pending, reading),
                words=_hold(thread).lets_speak(now),
            )
            occasion = Occasion(thread, thread.state.language, now, holds=False)
            rows = await self.effects.apply(session, occasion, effects)
            await threads.save_risk(session, thread.id, assessment)
            await threads.mark_danger_raised(session, pending.id)
            self._after(session, rows)

    async def _give_to_person(
        self, conversation_id: UUID, pending: Pending, reading: Reading
    ) -> None:
        """The third failure: a ticket, a holding reply, and on with the next message."""
        try:
            await self._hand_over_to_person(conversation_id, pending, reading)
        except StoreAway:
            raise
        except Exception as error:  # noqa: BLE001 - the same boundary
            log.error("no holding reply", message=str(pending.id), error=type(error).__name__)
            await self._bare_ticket(conversation_id, pending, reading)
            async with self.store.begin() as session:
                await threads.mark_handled(session, _as_read(pending, reading), self.clock.now())

    async def _hand_over_to_person(
        self, conversation_id: UUID, pending: Pending, reading: Reading
    ) -> None:
        now = self.clock.now()
        async with self.store.begin() as session:
            read = _as_read(pending, reading)
            thread, ours = await threads.load_and_mark(session, conversation_id, read, now)
            if not ours:
                return
            assessment = safety.assess(reading, thread.standing)
            level = max(assessment.level, RiskLevel.CONCERN)
            effects: tuple[Effect, ...] = (
                OpenTicket(TicketReason.BROKEN_TURN, safety.priority_of(level)),
            )
            if thread.holder_id is None:
                effects = (Say("holding"), *effects)
            occasion = Occasion(thread, thread.state.language, now, holds=False)
            rows = await self.effects.apply(session, occasion, effects)
            await threads.save_risk(session, thread.id, assessment)
            await raise_alarm(session, "broken_turn", str(pending.id), now)
            self._after(session, rows)

    def _after(self, session: Session, rows: Sequence[Queued]) -> None:
        for row in rows:
            session.after_commit(partial(self.hand_over, row))
