"""The way out: `deliver` hands one row to its carrier and writes down what became of it.

Belongs here: claim, send, settle; what follows from each answer. Does not belong here: how a
carrier is spoken to (bot/channels), or the rows themselves (bot/store/sending.py).

    queued ── claim ──▶ sending ── Accepted ─▶ sent ─▶ delivered ─▶ read      (status reports)
      ▲                    ├────── TryLater ─▶ queued, later
      │                    ├────── Unclear, or the sender died ─▶ unclear ── asked ─▶ sent | queued
      └────── never arrived┘       └── cannot be asked ─▶ again, marked as a repeat | to a person
                           └────── Refused ──▶ failed, and a person where there is risk
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID

import structlog

from bot.channels.port import Channel
from bot.clock import Clock
from bot.dialogue.book import Book
from bot.dialogue.turn import OpenTicket, Priority, Say, TicketReason
from bot.dialogue.words import render
from bot.effects import Queued
from bot.messages import (
    DELIVERY_RANK,
    Accepted,
    CannotTell,
    ChannelName,
    DeliveryStatus,
    Found,
    NeverArrived,
    Outbound,
    Purpose,
    Refused,
    SendResult,
    StatusReport,
    TryLater,
    Unclear,
)
from bot.rules import tries
from bot.store import sending, tickets
from bot.store.jobs import Jobs, deliver_job
from bot.store.outgoing import RowStatus
from bot.store.sending import Row, Settled
from bot.store.session import Session, Store
from nlu.reading import Language

log = structlog.get_logger()

SENDER_DEAD = timedelta(seconds=20)
"""A row that has been `sending` for so long has lost its sender; carriers are given 10 s."""
SETTLE_AFTER = timedelta(seconds=3)
"""A carrier's list is asked so long after an answer was lost."""
OVERDUE = timedelta(seconds=10)
UNASKABLE = "unaskable"
_OPERATOR_WAIT = 60.0
_URGENT = (Purpose.EMERGENCY, Purpose.PAGE)


def _with_carrier(status: DeliveryStatus) -> DeliveryStatus:
    """What waits at the carrier has left us: our own `queued` would send it again."""
    return max(status, DeliveryStatus.SENT, key=lambda each: DELIVERY_RANK[each])


def _is_forbidden(row: Row) -> bool:
    """Whether the person asked not to be written to. The confirmation made in the same turn and
    emergency words, which answer the person's own message, still go."""
    if row.message.purpose in _URGENT or row.opted_out_at is None:
        return False
    return row.created_at != row.opted_out_at


@dataclass
class Outbox:
    """Sends what `effects` queued. Any number of these may run on one database."""

    store: Store
    jobs: Jobs
    clock: Clock
    channels: Mapping[ChannelName, Channel]
    book: Book
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def hand_over(self, row: Queued) -> None:
        """Start the send now, or when its hold ends; the durable job stands behind it."""
        wait = (row.due_at - self.clock.now()).total_seconds()
        task = asyncio.get_running_loop().create_task(self._later(row.row_id, wait))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _later(self, row_id: UUID, wait: float) -> None:
        if wait > 0:
            await asyncio.sleep(wait)
        try:
            await self.deliver(row_id)
        except Exception as error:  # noqa: BLE001 - a hint may fail: its job does the same again
            log.warning("send put off", outbox=str(row_id), error=type(error).__name__)

    async def drain(self) -> None:
        """Waits for the sends under way; the held ones are left to their jobs."""
        tasks = [task for task in self._running if not task.done()]
        if tasks:
            await asyncio.wait(tasks, timeout=3)

    async def deliver(self, row_id: UUID) -> None:
        """Claim one row and send it, then whatever waited behind it in its conversation."""
        next_id: UUID | None = row_id
        while next_id is not None:
            now = self.clock.now()
            async with self.store.begin() as session:
                row = await sending.claim(session, next_id, now)
                if row is not None and _is_forbidden(row):
                    settled = await self._fail(session, row, "opted_out", now)
                    next_id = settled.behind if settled else None
                    continue
            if row is None:
                return
            result = await self.channels[row.message.to.channel].send(self._marked(row))
            next_id = await self._record(row, result)

    def _marked(self, row: Row) -> Outbound:
        if not row.repeat:
            return row.message
        marker, _ = render(Say("repeat-marker"), self.book, Language.EN, row.message.to.channel)
        return replace(row.message, text=f"{marker} {row.message.text}")

    async def _record(self, row: Row, result: SendResult) -> UUID | None:
        """T3: what the carrier said; the id of the row whose turn is next."""
        now = self.clock.now()
        async with self.store.begin() as session:
            match result:
                case Accepted(provider_id, status):
                    settled = await self._accepted(session, row, provider_id, status)
                case TryLater(seconds, code):
                    settled = await self._later_or_fail(session, row, seconds, code, now)
                case Unclear(code):
                    unclear = RowStatus.UNCLEAR.value
                    settled = await sending.settle_row(
                        session, row, status=unclear, error_code=code, due_at=now + SETTLE_AFTER
                    )
                case Refused():
                    settled = await self._refused(session, row, result, now)
                case _:
                    assert_never(result)
            if row.conversation_id is not None:
                session.announce(row.conversation_id, "delivery", now)
        return settled.behind if settled else None

    async def _accepted(
        self, session: Session, row: Row, provider_id: str, status: DeliveryStatus
    ) -> Settled | None:
        outside = row.message.to.channel is ChannelName.WHATSAPP and not row.message.window_open
        kept = RowStatus.WAITING_WINDOW.value if outside else _with_carrier(status).value
        if row.job_id is not None:
            await self.jobs.take_back(session, row.job_id)
        return await sending.settle_row(session, row, status=kept, provider_id=provider_id)

    async def _later_or_fail(
        self, session: Session, row: Row, seconds: float, code: str, now: datetime
    ) -> Settled | None:
        if row.attempts >= tries.SEND_TRIES and row.message.purpose not in _URGENT:
            return await self._fail(session, row, code, now)
        due_at = now + tries.send_wait(row.attempts, seconds)
        if row.attempts >= tries.SEND_TRIES:
            await tickets.raise_alarm(session, "urgent_not_sent", str(row.id), now)
        await self._again(session, row, due_at)
        return await sending.settle_row(
            session, row, status=DeliveryStatus.QUEUED.value, error_code=code, due_at=due_at
        )

    async def _refused(
        self, session: Session, row: Row, result: Refused, now: datetime
    ) -> Settled | None:
        match result.cause:
            case "opted_out":
                await tickets.set_opt_out(session, row.message.to, True, "carrier", now)
            case "operator":
                await tickets.raise_alarm(session, "carrier_settings", result.code, now)
                return await self._later_or_fail(session, row, _OPERATOR_WAIT, result.code, now)
            case "needs_template":
                await tickets.raise_alarm(session, "template_missing", result.code, now)
            case "unreachable" | "invalid":
                pass
            case _:
                assert_never(result.cause)
        return await self._fail(session, row, result.code, now)

    async def _fail(self, session: Session, row: Row, code: str, now: datetime) -> Settled | None:
        await self._tell_of_failure(session, row, now)
        return await sending.settle_row(
            session, row, status=DeliveryStatus.FAILED.value, error_code=code
        )

    async def _tell_of_failure(self, session: Session, row: Row, now: datetime) -> None:
        """Words that will never arrive become a task, in the transaction that says so, where
        somebody is at risk, a worker wrote them, or they were emergency words."""
        if row.message.purpose is Purpose.PAGE:
            await tickets.raise_alarm(session, "page_not_sent", str(row.id), now)
            return
        if row.conversation_id is None:
            return
        level = await sending.open_risk(session, row.conversation_id)
        if level is not None or row.message.purpose is not Purpose.REPLY:
            wish = OpenTicket(TicketReason.UNDELIVERED, level or Priority.HIGH)
            await tickets.open_ticket(session, row.conversation_id, wish, now)

    async def _again(self, session: Session, row: Row, due_at: datetime) -> None:
        is_page = row.message.purpose is Purpose.PAGE
        await self.jobs.defer(session, deliver_job(row.id, is_page, not_before=due_at))

    async def settle(self, row_id: UUID) -> None:
        """A send without an answer: ask the carrier before anything is sent again."""
        async with self.store.begin() as session:
            row = await sending.load_row(session, row_id, self.clock.now())
        if row is None:
            return
        channel = self.channels[row.message.to.channel]
        answer = await channel.status(row.message, row.created_at)
        now = self.clock.now()
        async with self.store.begin() as session:
            match answer:
                case Found(report):
                    await sending.settle_row(
                        session,
                        row,
                        status=_with_carrier(report.status).value,
                        provider_id=report.provider_id,
                    )
                case NeverArrived():
                    await self._requeue(session, row, now, repeat=False)
                case CannotTell(code):
                    await self._cannot_tell(session, row, code, now)
                case _:
                    assert_never(answer)

    async def _requeue(self, session: Session, row: Row, now: datetime, repeat: bool) -> None:
        changed = await sending.settle_row(
            session,
            row,
            status=DeliveryStatus.QUEUED.value,
            due_at=now,
            repeat=repeat or row.repeat,
        )
        if changed:
            await self._again(session, row, now)

    async def _cannot_tell(self, session: Session, row: Row, code: str, now: datetime) -> None:
        """Urgent words go again, marked; for others staff learn that they may not have come."""
        if row.message.purpose in _URGENT:
            await self._requeue(session, row, now, repeat=True)
            return
        if code != UNASKABLE and row.attempts < tries.SETTLE_TRIES:
            await sending.settle_row(
                session,
                row,
                status=RowStatus.UNCLEAR.value,
                due_at=now + tries.send_wait(row.attempts, 0),
                attempts=row.attempts + 1,
            )
            return
        await sending.settle_row(
            session, row, status=DeliveryStatus.SENT.value, error_code="uncertain"
        )
        if row.conversation_id is not None:
            wish = OpenTicket(TicketReason.UNCERTAIN_DELIVERY, Priority.ROUTINE)
            await tickets.open_ticket(session, row.conversation_id, wish, now)

    async def note_status(self, channel: ChannelName, report: StatusReport) -> None:
        """A carrier's callback: they repeat and overtake, so a row only ever goes forwards."""
        now = self.clock.now()
        report = replace(report, status=_with_carrier(report.status))
        async with self.store.begin() as session:
            row_id = report.outbox_id or await sending.row_of_provider_id(
                session, channel.value, report.provider_id
            )
            if row_id is None:
                return
            changed = await sending.advance_status(session, row_id, report)
            if not changed:
                return
            row = await sending.load_row(session, row_id, now)
            if row is None:
                return
            if report.status is DeliveryStatus.FAILED:
                await self._failed_later(session, row, report.error_code, now)
            if row.conversation_id is not None:
                session.announce(row.conversation_id, "delivery", now)

    async def _failed_later(self, session: Session, row: Row, code: str, now: datetime) -> None:
        """The carrier took it and failed afterwards."""
        result = self.channels[row.message.to.channel].failure(code)
        match result:
            case TryLater(seconds):
                if row.attempts < tries.SEND_TRIES:
                    due_at = now + tries.send_wait(row.attempts, seconds)
                    await sending.reopen(session, row.id, due_at)
                    await self._again(session, row, due_at)
                    return
            case Refused(cause="opted_out"):
                await tickets.set_opt_out(session, row.message.to, True, "carrier", now)
            case Refused(cause="operator"):
                await tickets.raise_alarm(session, "carrier_settings", code, now)
            case Refused():
                pass
            case _:
                assert_never(result)
        await self._tell_of_failure(session, row, now)

    async def sweep(self) -> None:
        """The net under the jobs: rows that should have left, and rows that lost their answer."""
        now = self.clock.now()
        async with self.store.begin() as session:
            late = await sending.overdue(session, now, OVERDUE)
            lost = await sending.stuck(session, now, SENDER_DEAD)
        for row_id in late:
            await self.deliver(row_id)
        for row_id in lost:
            await self.settle(row_id)
