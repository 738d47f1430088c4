"""Writing first to a young person whom a parent, a school or a friend named.

Belongs here: asking, agreeing, and what goes with it (the limits, the thread, the audit). Nothing
is ever written before somebody with the right has agreed. What leaves first is the gate's own line,
which says nothing; our words follow their answer and say nothing of who referred. Does not belong
here: who must agree (bot/rules/starting.py), the gate (bot/rules/contact.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.channels.port import Channel
from bot.desk import access
from bot.desk.access import Look
from bot.desk.livechat import shut
from bot.dialogue.book import Book
from bot.dialogue.turn import OpenTicket, Priority, ReferralKind, Say, TicketReason
from bot.dialogue.words import render
from bot.errors import NotFound, Refuse
from bot.messages import Address, ChannelName, Purpose
from bot.rules import dialling, starting
from bot.rules.dialling import Use
from bot.rules.reasons import says_why
from bot.rules.rights import Right, may
from bot.store import arrivals, audit, decided, tickets
from bot.store import dialling as uses
from bot.store.decided import ContactView, Decided, NewContact, Standing
from bot.store.outgoing import Draft, Part, queue_row
from bot.store.session import Session
from nlu.reading import Language

FIRST_WORDS = "first-words"


class Why(StrEnum):
    """Why nothing was written; a code for staff."""

    NO_NUMBER = "no_number"
    PREFIX = "prefix"
    OFTEN = "often"
    OPTED_OUT = "opted_out"
    CHANNEL_CANNOT = "channel_cannot"
    NO_REASON = "no_reason"
    NOT_OTHERS = "not_others"
    """The referral is somebody's own: they are there to write to."""


class CannotStart(Refuse):
    """`why`: a code for staff."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Starting:
    """`written`: the number as it was typed."""

    referral_id: UUID
    channel: ChannelName
    written: str
    reason: str


@dataclass(frozen=True, slots=True)
class FirstContacts:
    channels: Mapping[ChannelName, Channel]
    book: Book
    prefixes: tuple[str, ...]

    async def ask(self, session: Session, look: Look, wanted: Starting) -> UUID | None:
        """The first row to leave, where the asker may agree by themselves; None where a supervisor
        must. Raises `CannotStart`, `NotFound`."""
        _need(look, Right.TALK)
        referral = await access.access_referral(session, look, wanted.referral_id)
        kind = ReferralKind(referral.kind)
        if not starting.can_start(kind):
            raise CannotStart(Why.NOT_OTHERS)
        if not says_why(wanted.reason):
            raise CannotStart(Why.NO_REASON)
        to = self._address(wanted)
        new = NewContact(referral.id, look.by.id, to, wanted.reason)
        contact_id = await decided.add_contact(session, new, look.at)
        audit.note(session, look.by.id, "ask_first_contact", [referral.id], look.at)
        session.announce(referral.conversation_id, "referral", look.at)
        if not may(look.by.role, starting.needs(kind, referral.fields, referral.flags)):
            wish = OpenTicket(TicketReason.CONTACT_WAITS, Priority.CONCERN)
            await tickets.open_ticket(session, referral.conversation_id, wish, look.at)
            return None
        return await self.approve(session, look, contact_id)

    def _address(self, wanted: Starting) -> Address:
        number = starting.typed_number(wanted.written)
        if number is None or wanted.channel not in starting.CHANNELS:
            raise CannotStart(Why.NO_NUMBER)
        barred = dialling.barred(number, Use.TEXT, self.prefixes)
        if barred is not None:
            raise CannotStart(Why(barred.value))
        return Address(wanted.channel, number)

    async def approve(self, session: Session, look: Look, contact_id: UUID) -> UUID:
        """The row that leaves. Raises `CannotStart`, `NotFound`; what was decided is not there."""
        contact, right = await self._open(session, look, contact_id)
        _need(look, right)
        closed = await shut(session, self.channels, contact.to)
        if closed is not None:
            raise CannotStart(Why(closed))
        wanted = uses.Wanted(Use.TEXT, contact.to.value, look.by.id)
        barred = await uses.spend(session, wanted, self.prefixes, look.at)
        if barred is not None:
            raise CannotStart(Why(barred.value))
        thread_id = await arrivals.start_thread(session, contact.to, look.at)
        text, _ = render(Say(FIRST_WORDS), self.book, Language.EN, contact.to.channel)
        part = Part(FIRST_WORDS, text, keep=True)
        draft = Draft(contact.to, Purpose.STAFF, (part,), thread_id, look.at, staff_id=look.by.id)
        row_id = await queue_row(session, draft, look.at)
        wish = OpenTicket(TicketReason.CONTACT_STARTED, Priority.CONCERN)
        await tickets.open_ticket(session, thread_id, wish, look.at)
        done = Decided(Standing.APPROVED, look.by.id, thread_id)
        await decided.decide_contact(session, contact.id, done, look.at)
        audit.note(session, look.by.id, "approve_contact", [contact.referral_id], look.at)
        session.announce(thread_id, "message", look.at)
        return row_id

    async def refuse(self, session: Session, look: Look, contact_id: UUID) -> None:
        contact, right = await self._open(session, look, contact_id)
        _need(look, right)
        done = Decided(Standing.REFUSED, look.by.id)
        await decided.decide_contact(session, contact.id, done, look.at)
        audit.note(session, look.by.id, "refuse_contact", [contact.referral_id], look.at)

    async def _open(
        self, session: Session, look: Look, contact_id: UUID
    ) -> tuple[ContactView, Right]:
        """One that waits, and the right that its decision takes."""
        _need(look, Right.TALK)
        contact = await decided.lock_contact(session, contact_id)
        if contact is None:
            raise NotFound(str(contact_id))
        referral = await access.access_referral(session, look, contact.referral_id)
        kind = ReferralKind(referral.kind)
        return contact, starting.needs(kind, referral.fields, referral.flags)


async def access_first_contacts(
    session: Session, look: Look, referral_id: UUID
) -> Sequence[ContactView]:
    """Of one referral; to be asked for with it, which is noted."""
    if not may(look.by.role, Right.TALK):
        return ()
    return await decided.contacts_of(session, referral_id)


async def access_waiting_contacts(session: Session, look: Look) -> Sequence[ContactView]:
    """All that wait for somebody to agree."""
    _need(look, Right.TALK)
    found = await decided.contacts_waiting(session)
    ids = [contact.referral_id for contact in found]
    audit.note(session, look.by.id, "read_referral", ids, look.at, "first_contacts")
    return found


def _need(look: Look, right: Right) -> None:
    if not may(look.by.role, right):
        raise NotFound(right.value)
