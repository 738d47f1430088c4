"""The way out: `deliver` hands one row to its carrier and writes down what became of it.

Belongs here: claim, send, settle; what follows from each answer. Does not belong here: how a
carrier is spoken to (bot/channels), or the rows themselves (bot/store/sending.py).

    queued ── claim ──▶ sending ── Accepted ─▶ sent ─▶ delivered ─▶ read      (status reports)
      ▲                    ├────── TryLater ─▶ queued, later
      │                    ├────── Unclear, or the sender died ─▶ unclear ── asked ─▶ sent | queued
      └────── never arrived┘       └── cannot be asked ─▶ again, marked as a repeat | to a person
                           └────── Refused ──▶ failed, and a person unless they opted out
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never
from uuid import UUID

import structlog

from bot.channels.port import Channel
from bot.clock import Clock
from bot.dialogue.book import Book
from bot.dialogue.turn import Say
from bot.dialogue.words import render
from bot.effects import Queued
from bot.errors import BadSettings
from bot.messages import (
    Accepted,
    CannotTell,
    ChannelName,
    DeliveryStatus,
    Found,
    NeverArrived,
    Outbound,
    Partly,
    Purpose,
    Refused,
    SendResult,
    Settlement,
    StatusReport,
    TryLater,
    Unclear,
    drill_of,
)
from bot.outcomes import FORBIDDEN, Outcomes, with_carrier
from bot.rules import contact
from bot.rules.contact import Dropped, Goes, GoesAs, Later, NeedsPerson, Never, Opens, Waits
from bot.store import left_behind, notices, sending, tickets, told, window
from bot.store.outgoing import RowStatus
from bot.store.sending import Row
from bot.store.session import Store
from nlu.reading import Language

log = structlog.get_logger()

SENDER_DEAD = timedelta(seconds=20)
"""A row that has been `sending` for so long has lost its sender; carriers are given 10 s."""
OVERDUE = timedelta(seconds=10)
DRAIN_WITHIN = 1.0
"""Seconds that an orderly stop gives to the sends under way."""
_TIMER_SLACK = 0.005
"""Timers may ring a moment early, and a row that is not quite due would wait for its job."""
_SWEEP_AT_ONCE = 8


@dataclass
class Outbox:
    """Sends what `effects` queued. Any number of these may run on one database."""

    store: Store
    outcomes: Outcomes
    clock: Clock
    channels: Mapping[ChannelName, Channel]
    book: Book
    _running: set[asyncio.Task[None]] = field(default_factory=set)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def hand_over(self, row: Queued) -> None:
        """Start the send now, or when its hold ends; the durable job stands behind it."""
        wait = (row.due_at - self.clock.now()).total_seconds()
        task = asyncio.get_running_loop().create_task(self._later(row.row_id, wait))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _later(self, row_id: UUID, wait: float) -> None:
        try:
            if wait > 0 and await self._stops_within(wait + _TIMER_SLACK):
                return
            await self.deliver(row_id)
        except Exception as error:  # noqa: BLE001 - a hint may fail: its job does the same again
            log.warning("send put off", outbox=str(row_id), error=type(error).__name__)

    async def _stops_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await self._stopping.wait()
        except TimeoutError:
            return False

    async def drain(self, seconds: float = DRAIN_WITHIN) -> None:
        """Waits for the sends under way; held ones are left to their jobs, and what takes longer
        is settled by whoever finds it."""
        self._stopping.set()
        tasks = [task for task in self._running if not task.done()]
        if tasks:
            _, slow = await asyncio.wait(tasks, timeout=seconds)
            for task in slow:
                task.cancel()
            await asyncio.gather(*slow, return_exceptions=True)
        self._stopping.clear()

    async def deliver(self, row_id: UUID) -> None:
        """Claim one row and send it, then whatever waited behind it in its conversation."""
        next_id: UUID | None = row_id
        while next_id is not None:
            row = await self._claim(next_id)
            if row is None:
                return
            passed = await self._passed(row)
            if not isinstance(passed, Row):
                next_id = passed
                continue
            if await self._is_stale(row):
                return
            result = await self._send(passed)
            next_id = await self._record(passed, result)

    async def _passed(self, row: Row) -> Row | UUID | None:
        """The row as the gate lets it leave; otherwise the id of the row whose turn is next."""
        verdict = contact.decide(row.leaving(self.clock.now()))
        match verdict:
            case Goes():
                return row
            case GoesAs(text_id):
                return self._worded(row, text_id)
            case Opens(text_id):
                return await self._opening(row, text_id)
            case Waits():
                return await self._put_by(row, RowStatus.WAITING_WINDOW)
            case Later(at):
                return await self._put_by(row, RowStatus.WAITING_TIME, at)
            case Never():
                return await self._record(row, FORBIDDEN)
            case Dropped():
                return await self._put_by(row, RowStatus.REPLACED)
            case NeedsPerson(why):
                return await self._record(row, Refused("unsafe", why))
            case _:
                assert_never(verdict)

    async def _claim(self, row_id: UUID) -> Row | None:
        """A row that no key opens stays where it is, for the operator, and stops nothing."""
        now = self.clock.now()
        try:
            async with self.store.begin() as session:
                return await sending.claim(session, row_id, now)
        except BadSettings:
            async with self.store.begin() as session:
                await tickets.raise_alarm(session, "unreadable_outbox", str(row_id), now)
            return None

    async def _put_by(
        self, row: Row, status: RowStatus, due_at: datetime | None = None
    ) -> UUID | None:
        due = {"due_at": due_at} if due_at else {}
        async with self.store.begin() as session:
            settled = await sending.settle_row(session, row, status=status.value, **due)
        return settled.behind if settled else None

    async def _opening(self, row: Row, text_id: str) -> Row | UUID | None:
        """One opener is enough for all that waits for the person's next message."""
        if row.conversation_id is None:
            return row
        now = self.clock.now()
        async with self.store.begin() as session:
            if await window.wrote_within(session, row.conversation_id, contact.SILENCE, now):
                return row
            if await window.opener_is_out(session, row.conversation_id):
                waiting = RowStatus.WAITING_WINDOW.value
                settled = await sending.settle_row(session, row, status=waiting)
                return settled.behind if settled else None
            await window.mark_opener(session, row.id, row.claimed_at)
        return replace(self._worded(row, text_id), opener=True)

    def _worded(self, row: Row, text_id: str) -> Row:
        language = row.state.language if row.state else Language.EN
        text, _ = render(Say(text_id), self.book, language, row.message.to.channel)
        return replace(row, message=replace(row.message, text=text, choices=()))

    async def _is_stale(self, row: Row) -> bool:
        """A page that somebody has taken never goes out again."""
        if row.message.purpose is not Purpose.PAGE:
            return False
        async with self.store.begin() as session:
            if not await notices.is_stale(session, row.id):
                return False
            await sending.settle_row(session, row, status=RowStatus.REPLACED.value)
        return True

    async def _send(self, row: Row) -> SendResult:
        """A drill's writer is made up: what is written to them stays here."""
        if drill_of(row.message.to) is not None:
            return Accepted(f"drill-{row.id}", DeliveryStatus.DELIVERED)
        return await self.channels[row.message.to.channel].send(self._marked(row))

    def _marked(self, row: Row) -> Outbound:
        if not row.repeat:
            return row.message
        is_page = row.message.purpose is Purpose.PAGE
        text_id = "page-repeat" if is_page else "repeat-marker"
        language = row.state.language if row.state else Language.EN
        mark, _ = render(Say(text_id), self.book, language, row.message.to.channel)
        return replace(row.message, mark=mark)

    async def _record(self, row: Row, result: SendResult) -> UUID | None:
        """T3: what the carrier said; the id of the row whose turn is next."""
        now = self.clock.now()
        async with self.store.begin() as session:
            match result:
                case Accepted(provider_id, status):
                    settled = await self.outcomes.accepted(session, row, provider_id, status, now)
                case TryLater(seconds, code):
                    settled = await self.outcomes.later_or_fail(session, row, seconds, code, now)
                case Unclear(code):
                    settled = await self.outcomes.unclear(session, row, code, now)
                case Refused():
                    settled = await self.outcomes.refused(session, row, result, now)
                case _:
                    assert_never(result)
            if settled is None and isinstance(result, Accepted):
                settled = await sending.keep_ids(session, row, result.provider_id)
            if row.conversation_id is not None:
                session.announce(row.conversation_id, "delivery", now)
        return settled.behind if settled else None

    async def settle(self, row_id: UUID) -> None:
        """A send without an answer: ask the carrier before anything is sent again."""
        async with self.store.begin() as session:
            row = await sending.load_row(session, row_id, self.clock.now())
        if row is None:
            return
        answer = await self._asked(row)
        now = self.clock.now()
        async with self.store.begin() as session:
            match answer:
                case Found(report):
                    settled = await self.outcomes.found(session, row, report, now)
                case Partly(ids):
                    settled = await self.outcomes.partly(session, row, ids, now)
                case NeverArrived():
                    settled = await self.outcomes.never_arrived(session, row, now)
                case CannotTell(code):
                    settled = await self.outcomes.cannot_tell(session, row, code, now)
                case _:
                    assert_never(answer)
        if settled is not None and settled.behind is not None:
            await self.deliver(settled.behind)

    async def _asked(self, row: Row) -> Settlement:
        """Of a repeat, whether it or the words before it arrived."""
        channel = self.channels[row.message.to.channel]
        answer = await channel.status(self._marked(row), row.created_at)
        if not row.repeat or not isinstance(answer, NeverArrived):
            return answer
        before = await channel.status(replace(row.message, parts_out=()), row.created_at)
        return before if isinstance(before, Found) else answer

    async def note_status(self, channel: ChannelName, report: StatusReport) -> None:
        """A carrier's callback: they repeat and overtake, so a row only ever goes forwards."""
        now = self.clock.now()
        report = replace(report, status=with_carrier(report.status))
        async with self.store.begin() as session:
            row_id = report.outbox_id or await told.row_of_provider_id(
                session, channel.value, report.provider_id
            )
            if row_id is None:
                return
            settled = await told.advance_status(session, row_id, report)
            if settled is None:
                return
            if settled.behind is not None:
                session.after_commit(partial(self.hand_over, Queued(settled.behind, now)))
            row = await sending.load_row(session, row_id, now)
            if row is None:
                return
            if report.status is DeliveryStatus.FAILED:
                await self.outcomes.failed_later(session, row, report.error_code, now)
            if row.conversation_id is not None:
                session.announce(row.conversation_id, "delivery", now)

    async def sweep(self) -> None:
        """The net under the jobs: rows that should have left, and rows that lost their answer."""
        now = self.clock.now()
        async with self.store.begin() as session:
            late = await left_behind.overdue(session, now, OVERDUE)
            lost = await left_behind.stuck(session, now, SENDER_DEAD)
        gate = asyncio.Semaphore(_SWEEP_AT_ONCE)
        await asyncio.gather(
            *(self._swept(gate, row_id, self.deliver) for row_id in late),
            *(self._swept(gate, row_id, self.settle) for row_id in lost),
        )

    async def _swept(
        self, gate: asyncio.Semaphore, row_id: UUID, action: Callable[[UUID], Awaitable[None]]
    ) -> None:
        """The job boundary for one row: what breaks on it does not keep the others."""
        async with gate:
            try:
                await action(row_id)
            except Exception as error:  # noqa: BLE001
                log.error("row not swept", outbox=str(row_id), error=type(error).__name__)
