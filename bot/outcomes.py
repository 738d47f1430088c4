"""What follows from each answer of a carrier: the row goes on, goes again, or to a person.

Belongs here: the writes that one answer leads to, inside the caller's transaction. Does not
belong here: claiming and sending (bot/outbox.py), or what a code means (bot/channels).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from bot.channels.port import Channel
from bot.dialogue.turn import OpenTicket, Priority, TicketReason
from bot.messages import (
    DELIVERY_RANK,
    ChannelName,
    DeliveryStatus,
    Purpose,
    Refused,
    StatusReport,
    TryLater,
)
from bot.rules import tries
from bot.rules.contact import SILENCE
from bot.store import page_sends, sending, tickets, told, window
from bot.store.jobs import defer, deliver_job, taking_back
from bot.store.outgoing import UNCERTAIN, RowStatus
from bot.store.sending import Row, Settled
from bot.store.session import Session

SETTLE_AFTER = timedelta(seconds=3)
"""A carrier's list is asked so long after an answer was lost."""
UNASKABLE = "unaskable"
URGENT = (Purpose.EMERGENCY, Purpose.PAGE)
FORBIDDEN = Refused("opted_out", "opted_out")
"""Our own ledger's answer, before any carrier is asked."""
_OPERATOR_WAIT = 60.0


def with_carrier(status: DeliveryStatus) -> DeliveryStatus:
    """What waits at the carrier has left us: our own `queued` would send it again."""
    return max(status, DeliveryStatus.SENT, key=lambda each: DELIVERY_RANK[each])


def _may_become_template(row: Row) -> bool:
    """The carrier found the window shut where we thought it open."""
    return row.message.window_open and row.attempts < tries.SEND_TRIES


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Every method writes what became of one claimed row, and returns None where somebody
    else settled or claimed it since."""

    channels: Mapping[ChannelName, Channel]

    async def accepted(
        self, session: Session, row: Row, provider_id: str, status: DeliveryStatus, now: datetime
    ) -> Settled | None:
        kept = await self._kept(session, row, status, now)
        if row.job_id is not None:
            session.with_commit(taking_back(row.job_id))
        if kept == DeliveryStatus.QUEUED.value:
            await self._again(session, row, now)
        return await sending.settle_row(
            session, row, status=kept, provider_id=provider_id, due_at=now
        )

    async def _kept(self, session: Session, row: Row, status: DeliveryStatus, now: datetime) -> str:
        """Behind an opener the words wait, unless the person wrote while it was on its way."""
        if row.conversation_id is None or not row.opener:
            return with_carrier(status).value
        if await window.wrote_within(session, row.conversation_id, SILENCE, now):
            return DeliveryStatus.QUEUED.value
        return RowStatus.WAITING_WINDOW.value

    async def unclear(self, session: Session, row: Row, code: str, now: datetime) -> Settled | None:
        return await sending.settle_row(
            session,
            row,
            status=RowStatus.UNCLEAR.value,
            error_code=code,
            due_at=now + SETTLE_AFTER,
        )

    async def later_or_fail(
        self, session: Session, row: Row, seconds: float, code: str, now: datetime
    ) -> Settled | None:
        if row.attempts >= tries.SEND_TRIES and row.message.purpose not in URGENT:
            return await self._fail(session, row, code, now)
        due_at = now + tries.send_wait(row.attempts, seconds)
        if row.attempts >= tries.SEND_TRIES:
            await tickets.raise_alarm(session, "urgent_not_sent", str(row.id), now)
        await self._again(session, row, due_at)
        return await sending.settle_row(
            session, row, status=DeliveryStatus.QUEUED.value, error_code=code, due_at=due_at
        )

    async def refused(
        self, session: Session, row: Row, result: Refused, now: datetime
    ) -> Settled | None:
        match result.cause:
            case "opted_out":
                if result is not FORBIDDEN:
                    await self._opted_out(session, row, now)
            case "operator":
                await tickets.raise_alarm(session, "carrier_settings", result.code, now)
                return await self.later_or_fail(session, row, _OPERATOR_WAIT, result.code, now)
            case "needs_template":
                if _may_become_template(row):
                    return await self._shut_window(session, row, now)
                await tickets.raise_alarm(session, "template_missing", result.code, now)
            case "unsafe":
                return await self._unsafe(session, row, result.code, now)
            case "unreachable" | "invalid":
                pass
            case _:
                assert_never(result.cause)
        return await self._fail(session, row, result.code, now)

    async def _opted_out(self, session: Session, row: Row, now: datetime) -> None:
        """A worker's phone is taken off the pager; a person's address goes into the ledger."""
        if row.message.purpose is Purpose.PAGE:
            await page_sends.opted_out(session, row.id, now)
        else:
            await tickets.set_opt_out(session, row.message.to, True, "carrier", now)

    async def _unsafe(self, session: Session, row: Row, why: str, now: datetime) -> Settled | None:
        """The gate let nothing go this way: a person finds a safe one."""
        settled = await sending.settle_row(
            session, row, status=DeliveryStatus.FAILED.value, error_code=f"unsafe_{why}"
        )
        if settled is not None and row.conversation_id is not None:
            level = await tickets.open_risk(session, row.conversation_id)
            wish = OpenTicket(TicketReason.UNSAFE_CONTACT, level or Priority.CONCERN)
            await tickets.open_ticket(session, row.conversation_id, wish, now)
        return settled

    async def _shut_window(self, session: Session, row: Row, now: datetime) -> Settled | None:
        """The words go again, behind a template."""
        if row.conversation_id is not None:
            await window.shut(session, row.conversation_id, now)
        return await self._requeue(session, row, now, repeat=False)

    async def _fail(self, session: Session, row: Row, code: str, now: datetime) -> Settled | None:
        settled = await sending.settle_row(
            session, row, status=DeliveryStatus.FAILED.value, error_code=code
        )
        if settled is not None:
            await self._tell_of_failure(session, row, now)
        return settled

    async def _tell_of_failure(self, session: Session, row: Row, now: datetime) -> None:
        """Words that will never arrive become a task, in the transaction that says so. A mere
        reply to somebody who asked not to be written to, and is not at risk, wakes nobody."""
        if row.message.purpose is Purpose.PAGE:
            await tickets.raise_alarm(session, "page_not_sent", str(row.id), now)
            await page_sends.failed(session, row.id)
            return
        if row.message.purpose is Purpose.PATROL:
            await tickets.raise_alarm(session, "patrol_not_sent", str(row.id), now)
        if row.message.purpose is Purpose.RING:
            await tickets.raise_alarm(session, "worker_not_rung", str(row.id), now)
        if row.conversation_id is None:
            return
        level = await tickets.open_risk(session, row.conversation_id)
        is_reply = row.message.purpose is Purpose.REPLY
        if level is None and is_reply and await tickets.opted_out_since(session, row.message.to):
            return
        priority = level or (Priority.ROUTINE if is_reply else Priority.HIGH)
        wish = OpenTicket(TicketReason.UNDELIVERED, priority)
        await tickets.open_ticket(session, row.conversation_id, wish, now)

    async def _again(self, session: Session, row: Row, due_at: datetime) -> None:
        is_page = row.message.purpose in (Purpose.PAGE, Purpose.RING)
        defer(session, deliver_job(row.id, is_page, not_before=due_at))

    async def found(
        self, session: Session, row: Row, report: StatusReport, now: datetime
    ) -> Settled | None:
        settled = await sending.settle_row(
            session,
            row,
            status=await self._kept(session, row, report.status, now)
            if report.status is not DeliveryStatus.FAILED
            else DeliveryStatus.FAILED.value,
            provider_id=report.provider_id,
            error_code=report.error_code,
        )
        if settled is not None and report.status is DeliveryStatus.FAILED:
            await self.failed_later(session, row, report.error_code, now)
        return settled

    async def never_arrived(self, session: Session, row: Row, now: datetime) -> Settled | None:
        if row.attempts >= tries.SEND_TRIES:
            return await self.later_or_fail(session, row, 0, "never_arrived", now)
        return await self._requeue(session, row, now, repeat=False)

    async def partly(
        self, session: Session, row: Row, ids: Sequence[str], now: datetime
    ) -> Settled | None:
        """Only the rest goes."""
        if row.attempts >= tries.SEND_TRIES:
            return await self.later_or_fail(session, row, 0, "partial", now)
        changed = await sending.settle_row(
            session,
            row,
            status=DeliveryStatus.QUEUED.value,
            due_at=now,
            provider_id=sending.unfinished(ids),
        )
        if changed is not None:
            await self._again(session, row, now)
        return changed

    async def _requeue(
        self, session: Session, row: Row, due_at: datetime, repeat: bool
    ) -> Settled | None:
        """With its mark a text is cut into other parts, so a first repeat begins at the front."""
        begins = {"provider_id": None} if repeat and not row.repeat else {}
        changed = await sending.settle_row(
            session,
            row,
            status=DeliveryStatus.QUEUED.value,
            due_at=due_at,
            repeat=repeat or row.repeat,
            **begins,
        )
        if changed is not None:
            await self._again(session, row, due_at)
        return changed

    async def cannot_tell(
        self, session: Session, row: Row, code: str, now: datetime
    ) -> Settled | None:
        """Urgent words go again, marked; for others staff learn that they may not have come."""
        urgent = row.message.purpose in URGENT
        if urgent and row.attempts < tries.SEND_TRIES:
            wait = tries.send_wait(row.attempts, 0) if row.repeat else timedelta(0)
            return await self._requeue(session, row, now + wait, repeat=True)
        if code != UNASKABLE and row.attempts < tries.SETTLE_TRIES:
            return await sending.settle_row(
                session,
                row,
                status=RowStatus.UNCLEAR.value,
                due_at=now + tries.send_wait(row.attempts, 0),
                attempts=row.attempts + 1,
            )
        if urgent:
            await tickets.raise_alarm(session, "urgent_uncertain", str(row.id), now)
        if row.conversation_id is not None:
            priority = Priority.HIGH if urgent else Priority.ROUTINE
            wish = OpenTicket(TicketReason.UNCERTAIN_DELIVERY, priority)
            await tickets.open_ticket(session, row.conversation_id, wish, now)
        kept = await self._kept(session, row, DeliveryStatus.SENT, now)
        if kept == DeliveryStatus.QUEUED.value:
            return await self._requeue(session, row, now, repeat=False)
        return await sending.settle_row(session, row, status=kept, error_code=UNCERTAIN)

    async def failed_later(self, session: Session, row: Row, code: str, now: datetime) -> None:
        """The carrier took it and failed afterwards."""
        result = self.channels[row.message.to.channel].failure(code)
        match result:
            case TryLater(seconds):
                if row.attempts < tries.SEND_TRIES:
                    due_at = now + tries.send_wait(row.attempts, seconds)
                    await told.reopen(session, row.id, due_at, others_may_be=True)
                    await self._again(session, row, due_at)
                    return
            case Refused(cause="opted_out"):
                await self._opted_out(session, row, now)
            case Refused(cause="operator"):
                await tickets.raise_alarm(session, "carrier_settings", code, now)
            case Refused(cause="needs_template") if row.attempts < tries.SEND_TRIES:
                if row.conversation_id is not None:
                    await window.shut(session, row.conversation_id, now)
                await told.reopen(session, row.id, now, others_may_be=False)
                await self._again(session, row, now)
                return
            case Refused():
                pass
            case _:
                assert_never(result)
        await self._tell_of_failure(session, row, now)
