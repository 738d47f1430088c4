"""What the engine and the guard wished for, done: one exhaustive `match`, inside the turn's own
transaction.

Belongs here: turning effects into rows and jobs. Does not belong here: deciding on effects, or
talking to a carrier.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never
from uuid import UUID

from bot.desk.paging import Pager, Wanted
from bot.desk.patrols import Patrols, Told
from bot.dialogue.book import Book
from bot.dialogue.path import added, flow_of_kind
from bot.dialogue.turn import (
    AddToReferral,
    Continues,
    Effect,
    Erase,
    GiveReference,
    Hide,
    KeepFeedback,
    OpenTicket,
    Priority,
    RecordConsent,
    RecordNotice,
    SaveReferral,
    Say,
    SetOptOut,
    SetTimer,
    StartPage,
    TicketReason,
)
from bot.dialogue.words import render
from bot.messages import ChannelName, Purpose, drill_of
from bot.rules import hold, references
from bot.rules.patrols import report_of
from bot.store import erasing, feedback, receipts, tickets, timers, window
from bot.store.hiding import hide
from bot.store.jobs import defer, deliver_job
from bot.store.outgoing import Draft, Part, queue_row, take_held
from bot.store.referrals import lock, put_fields, save_referral, sent_last, sent_so_far
from bot.store.session import Session
from bot.store.threads import Thread, record_notice
from nlu.reading import Language


@dataclass(frozen=True, slots=True)
class Occasion:
    """Whose turn it is, and whether its reply waits for more lines."""

    thread: Thread
    language: Language
    now: datetime
    holds: bool
    """False for a tapped choice: it is answered at once."""
    is_slow: bool = False
    """The service is misused here: routine replies wait."""


@dataclass(frozen=True, slots=True)
class Queued:
    """An outbox row that exists, and when it may leave."""

    row_id: UUID
    due_at: datetime


@dataclass
class _Progress:
    """What earlier effects of the same turn made, for those that follow."""

    referral_id: UUID | None
    is_open: bool = True
    """The referral may still change: another of the same turn is one of its own."""
    ticket: tuple[UUID, str] | None = None
    says: list[Say] = field(default_factory=list)
    rows: list[Queued] = field(default_factory=list)
    """Reports to those who walk the way home."""


@dataclass(frozen=True, slots=True)
class Effects:
    """The one place that applies effects."""

    book: Book
    pager: Pager
    patrols: Patrols

    async def apply(
        self, session: Session, occasion: Occasion, effects: Sequence[Effect]
    ) -> tuple[Queued, ...]:
        """Rows and jobs for every effect; the outbox rows to hand over after commit."""
        progress = _Progress(occasion.thread.referral_id)
        for effect in effects:
            await self._apply_one(session, occasion, progress, effect)
        rows = await self._emergency(session, occasion, progress.says)
        routine = [say for say in progress.says if not say.urgent]
        reply = await self._reply(session, occasion, routine)
        urgent = (*rows, *progress.rows)
        return (*urgent, reply) if reply else urgent

    async def release(
        self, session: Session, conversation_id: UUID, now: datetime
    ) -> tuple[Queued, ...]:
        """What waited for the person goes now."""
        freed = await window.release(session, conversation_id, now)
        for row_id in freed:
            defer(session, deliver_job(row_id, is_page=False))
        return tuple(Queued(row_id, now) for row_id in freed)

    async def _apply_one(
        self, session: Session, occasion: Occasion, progress: _Progress, effect: Effect
    ) -> None:
        thread, now = occasion.thread, occasion.now
        match effect:
            case Say():
                if thread.address.channel is not ChannelName.VOICE:  # a call has its own words
                    progress.says.append(effect)
            case OpenTicket():
                progress.ticket = await tickets.open_ticket(session, thread.id, effect, now)
            case StartPage():
                await self._page(session, occasion, progress, effect)
            case SaveReferral():
                wanted = progress.referral_id if progress.is_open else None
                progress.rows += await self._report(session, effect, wanted, now)
                progress.referral_id = await save_referral(session, thread.id, wanted, effect, now)
                progress.is_open = effect.state == "draft"
            case AddToReferral():
                await self._add(session, thread.id, effect, now)
            case RecordNotice(version):
                await record_notice(session, thread.id, version, now)
            case RecordConsent(kind, given):
                consent = tickets.ConsentGiven(kind, given, progress.referral_id)
                await tickets.record_consent(session, thread.id, consent, now)
            case SetOptOut(out):
                await tickets.set_opt_out(session, thread.address, out, "person", now)
            case GiveReference(name):
                await self._refer(session, occasion, progress, name)
            case Continues(earlier_id):
                await receipts.join(session, thread.id, earlier_id)
            case Erase():
                await erasing.erase(session, thread.id, now)
            case SetTimer():
                await timers.put(session, thread.id, effect)
            case KeepFeedback():
                await feedback.keep(session, thread.id, effect, now)
            case Hide():
                await hide(session, thread.id, thread.address, now)
            case _:
                assert_never(effect)

    async def _report(
        self, session: Session, referral: SaveReferral, before: UUID | None, now: datetime
    ) -> list[Queued]:
        report = report_of(referral, self.book)
        if report is None:
            return []
        earlier = await self._told_half_way(session, before)
        told = await self.patrols.tell(session, report, now, earlier)
        return [Queued(row_id, now) for row_id in told]

    async def _told_half_way(self, session: Session, referral_id: UUID | None) -> Told | None:
        sent = await sent_so_far(session, referral_id) if referral_id else None
        report = report_of(sent.wish, self.book) if sent else None
        return Told(report, sent.at) if sent and report else None

    async def _add(
        self, session: Session, conversation_id: UUID, effect: AddToReferral, now: datetime
    ) -> None:
        sent_id = await sent_last(session, conversation_id)
        sent = await lock(session, sent_id) if sent_id else None
        if sent_id is None or sent is None:
            return
        fields = added(flow_of_kind(sent.kind, self.book), sent.fields, effect)
        await put_fields(session, sent_id, fields, now)
        session.announce(conversation_id, "referral", now)

    async def _refer(
        self, session: Session, occasion: Occasion, progress: _Progress, name: str
    ) -> None:
        """Five words for the referral that was just sent."""
        if progress.referral_id is None:
            return
        words = " ".join(references.make(self.book.easy_words, secrets.choice))
        thread, now = occasion.thread, occasion.now
        await receipts.give(session, thread.id, progress.referral_id, words, now)
        text = "your-reference-for" if name else "your-reference"
        progress.says.append(Say(text, {"words": words, "name": name}, keep=True))

    async def _page(
        self, session: Session, occasion: Occasion, progress: _Progress, page: StartPage
    ) -> None:
        ticket = progress.ticket or await tickets.open_ticket(
            session,
            occasion.thread.id,
            OpenTicket(TicketReason.RISK, Priority.HIGH),
            occasion.now,
        )
        wanted = Wanted(*ticket, page.level, drill_of(occasion.thread.address))
        await self.pager.start(session, wanted, occasion.now)

    def _parts(self, occasion: Occasion, says: Sequence[Say]) -> tuple[Part, ...]:
        channel = occasion.thread.address.channel
        rendered = [(say, render(say, self.book, occasion.language, channel)) for say in says]
        has_choices = any(choices for _, (_, choices) in rendered)
        opener = Say("choices-pick")
        pick = render(opener, self.book, occasion.language, channel)[0] if has_choices else ""
        return tuple(
            Part(say.text, text, choices, say.keep, pick) for say, (text, choices) in rendered
        )

    async def _emergency(
        self, session: Session, occasion: Occasion, says: Sequence[Say]
    ) -> list[Queued]:
        return [
            await self._row(session, occasion, Purpose.EMERGENCY, self._parts(occasion, [say]))
            for say in says
            if say.urgent
        ]

    async def _reply(
        self, session: Session, occasion: Occasion, says: Sequence[Say]
    ) -> Queued | None:
        """One row for the whole reply; it takes the place of one that still waits for quiet."""
        if not says:
            return None
        waits = occasion.thread.has_held_reply
        held = await take_held(session, occasion.thread.id) if waits else None
        parts = self._parts(occasion, says)
        said = {part.text_id for part in parts}
        earlier = held.parts if held else ()
        kept = tuple(part for part in earlier if part.keep and part.text_id not in said)
        since = held.held_since if held else occasion.now
        return await self._row(
            session, occasion, Purpose.REPLY, kept + parts, since if occasion.holds else None
        )

    async def _row(
        self,
        session: Session,
        occasion: Occasion,
        purpose: Purpose,
        parts: tuple[Part, ...],
        held_since: datetime | None = None,
    ) -> Queued:
        thread, now = occasion.thread, occasion.now
        due_at = hold.due(now, held_since) if held_since else now
        if occasion.is_slow and purpose is Purpose.REPLY:
            due_at = hold.slowed(due_at, held_since or now)
        draft = Draft(thread.address, purpose, parts, thread.id, due_at, held_since)
        row_id = await queue_row(session, draft, now)
        session.announce(thread.id, "message", now)
        return Queued(row_id, due_at)
