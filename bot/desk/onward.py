"""A referral on its way to its programme, and the answer on its way back to whoever referred.

Belongs here: what goes together in each step: the share, the programme's own system, the answer,
the news of it, and a person wherever any of it fails. Does not belong here: the share and the
history themselves (bot/desk/referring.py), HTTP (bot/channels/signed.py, api/onward.py).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

import structlog

from bot.channels import signed
from bot.channels.signed import Target, Told
from bot.clock import Clock
from bot.desk import access, referring
from bot.desk.access import Look
from bot.desk.referring import Sending
from bot.dialogue.book import Book
from bot.dialogue.turn import OpenTicket, Priority, Say, TicketReason
from bot.dialogue.words import render
from bot.messages import Accepted, ChannelName, Purpose, Refused, TryLater
from bot.rules import hours
from bot.rules.fields import seen_by
from bot.rules.onward import Answer, may_go, may_hear, needs_person, news, wait_after
from bot.rules.rights import Role
from bot.rules.working import one_working_day_after
from bot.store import onward, people, shares, threads, tickets
from bot.store.jobs import defer, onward_job
from bot.store.onward import Journey, NewParcel, Parcel
from bot.store.outgoing import Draft, Part, queue_row
from bot.store.session import Session, Store
from bot.store.shares import Answered
from bot.store.views import ReferralView

log = structlog.get_logger()
SENT = "referral.sent"


@dataclass(frozen=True, slots=True)
class Outside:
    """What a programme's own system says."""

    referral_id: UUID
    answer: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class OnwardDesk:
    store: Store
    clock: Clock
    targets: Mapping[str, Target]
    book: Book

    async def send(self, session: Session, look: Look, wanted: Sending) -> None:
        """Into the programme's queue on the desk and, where it has one, to its own system.
        Raises `NoConsent`, `NoGrounds`, `NotFound`."""
        share_id = await referring.send(session, look, wanted)
        if wanted.recipient not in self.targets:
            return
        found = await access.access_referral(session, look, wanted.referral_id)
        body = json.dumps(parcel(found, wanted, look.at), ensure_ascii=False)
        new = NewParcel(share_id, found.conversation_id, wanted.recipient, body)
        await onward.add(session, new, look.at)

    async def answer(
        self, session: Session, look: Look, referral_id: UUID, given: Answered
    ) -> UUID | None:
        """The answer is kept and whoever referred hears of it, from a person alone where they may
        not from us: the outbox row, if words go. Raises `NotSent`, `NoGrounds`, `NotFound`."""
        taken = await referring.answer(session, look, referral_id, given)
        kept, told = taken.kept, Answer(given.told)
        hears = may_hear(await referring.standing(session, taken.share_id))
        if needs_person(told) or not hears:
            wish = OpenTicket(TicketReason.ANSWERED, Priority.CONCERN)
            await tickets.open_ticket(session, kept.conversation_id, wish, look.at)
        if not (hears and taken.is_new):
            return None
        return await self._tell(session, kept.conversation_id, news(kept.kind, told), look.at)

    async def _tell(
        self, session: Session, conversation_id: UUID, text_id: str, now: datetime
    ) -> UUID | None:
        """In the person's own thread and language; the gate decides whether, when and behind what
        line it goes. Times that only a person can read are left to one."""
        thread = await threads.load_thread(session, conversation_id)
        contact, channel = thread.state.contact, thread.address.channel
        unread = contact.safe_time and hours.span(contact.safe_time) is None
        if unread or channel is ChannelName.VOICE:
            wish = OpenTicket(TicketReason.UNSAFE_CONTACT, Priority.CONCERN)
            await tickets.open_ticket(session, conversation_id, wish, now)
            return None
        text, choices = render(Say(text_id), self.book, thread.state.language, channel)
        part = Part(text_id, text, choices, keep=True)
        draft = Draft(thread.address, Purpose.STAFF, (part,), conversation_id, now)
        session.announce(conversation_id, "message", now)
        return await queue_row(session, draft, now)

    async def deliver(self, parcel_id: UUID) -> None:
        """One try at a programme's own system."""
        now = self.clock.now()
        async with self.store.begin() as session:
            found = await self._wanted(session, parcel_id)
        if found is None:
            return
        target = self.targets.get(found.programme)
        if target is None:
            await self._fail(found, "no_address")
            return
        result = await signed.post(target, Told(str(found.id), found.body), now)
        match result:
            case Accepted():
                async with self.store.begin() as session:
                    await onward.settle(session, found.id, Journey.TAKEN, "", now)
                    session.announce(found.conversation_id, "referral", now)
            case TryLater(_, code):
                await self._again(found, code)
            case Refused(_, code):
                await self._fail(found, code)
            case _:
                assert_never(result)

    async def _wanted(self, session: Session, parcel_id: UUID) -> Parcel | None:
        """What is taken back or ended before it got there goes no further."""
        found = await onward.begin_try(session, parcel_id)
        if found is None or may_go(await referring.standing(session, found.share_id)):
            return found
        now = self.clock.now()
        await onward.settle(session, found.id, Journey.STOPPED, "taken_back", now)
        session.announce(found.conversation_id, "referral", now)
        return None

    async def _again(self, found: Parcel, code: str) -> None:
        wait, now = wait_after(found.tries), self.clock.now()
        if wait is None:
            await self._fail(found, code)
            return
        async with self.store.begin() as session:
            if await onward.settle(session, found.id, Journey.WAITING, code, now):
                defer(session, onward_job(found.id, now + wait))
        log.warning("onward put off", parcel=str(found.id), code=code)

    async def _fail(self, found: Parcel, code: str) -> None:
        """A person sends it another way: the download, the desk, the phone."""
        now = self.clock.now()
        async with self.store.begin() as session:
            if not await onward.settle(session, found.id, Journey.FAILED, code, now):
                return
            wish = OpenTicket(TicketReason.ONWARD_FAILED, Priority.HIGH)
            await tickets.open_ticket(session, found.conversation_id, wish, now)
            await tickets.raise_alarm(session, "onward_failed", found.programme, now)
        log.error("onward failed", parcel=str(found.id), code=code)

    async def look_for_late(self) -> None:
        """Each answer that did not come in time becomes a ticket, once."""
        now = self.clock.now()
        async with self.store.begin() as session:
            for _, conversation_id in await shares.newly_late(session, now):
                wish = OpenTicket(TicketReason.ANSWER_LATE, Priority.HIGH)
                await tickets.open_ticket(session, conversation_id, wish, now)

    async def answered_outside(
        self, session: Session, programme: str, request_id: str, told: Outside
    ) -> UUID | None:
        """A programme's own system answered; a repeat of its request does nothing again. Raises
        `NotFound`, `NotSent`, `NoGrounds`."""
        now = self.clock.now()
        if not await onward.is_first(session, programme, request_id, now):
            return None
        look = Look(await people.system_of(session, programme, now), now, "signed")
        given = Answered(programme, told.answer.value, told.reason)
        return await self.answer(session, look, told.referral_id, given)


def parcel(referral: ReferralView, wanted: Sending, now: datetime) -> Mapping[str, object]:
    """What a programme's own system is told: the referral as its desk would show it. Neither the
    thread nor anything that was attached goes along."""
    return {
        "type": SENT,
        "timestamp": now.isoformat(),
        "data": {
            "referral_id": str(referral.id),
            "programme": wanted.recipient,
            "basis": wanted.basis.value,
            "answer_due_at": one_working_day_after(now).isoformat(),
            **_told(referral),
        },
    }


def download(referral: ReferralView, look: Look) -> Mapping[str, object]:
    """The same for somebody at the desk; who took it, and when, stands in it."""
    return {
        "type": SENT,
        "timestamp": look.at.isoformat(),
        "copy_of": look.by.name,
        "data": {"referral_id": str(referral.id), **_told(referral)},
    }


def _told(referral: ReferralView) -> Mapping[str, object]:
    return {
        "kind": referral.kind,
        "state": referral.state,
        "received_at": (referral.filed_at or referral.created_at).isoformat(),
        "fields": dict(seen_by(referral.fields, referral.kind, Role.PROGRAMME)),
        "reasons": list(referral.reasons),
        "flags": list(referral.flags),
    }
