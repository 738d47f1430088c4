"""What workers answer to a page: take it, pass it on, say what was done, stop being paged.

Belongs here: each answer as one change, and the words that go back. Does not belong here:
reading the words of an answer (bot/rules/page_answers.py), how it reached us (api).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never
from uuid import UUID, uuid4

from bot.channels.port import Channel
from bot.desk.paging import ON_CALL_PHONE, Pager
from bot.messages import Address, ChannelName, Inbound, InboundKind, Outbound, Purpose
from bot.rules import ladder as rungs
from bot.rules.ladder import RINGING
from bot.rules.page_answers import Answer, Ask, is_button, parse_answer
from bot.rules.rights import Right, may
from bot.store import audit, contacts, drills, holding, notices, pages, people, promises, sending
from bot.store.contacts import Known
from bot.store.help import Help, HelpKind, record_help
from bot.store.pages import Stored
from bot.store.session import Session, Store
from bot.store.tickets import raise_alarm

WORKER_STOPPED = "worker_stopped"


class Taken(StrEnum):
    """What came of an answer; the words are `page-answer-<value>`."""

    TAKEN = "taken"
    LATE = "late"
    """Somebody else was first."""
    OVER = "over"
    """Stopped, closed, or a worse page took its place."""
    PASSED = "passed"
    NOTED = "noted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who answers: a worker at one of their phones, or the one phone (`staff` None)."""

    staff: UUID | None
    method: Known | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Raises `StoreAway`; every answer may come twice and counts once."""

    store: Store
    pager: Pager
    channels: Mapping[ChannelName, Channel]
    pager_number: str
    own_numbers: frozenset[str]
    """Numbers of ours that people write to: on these only what reads as an answer is one."""

    def may_be_answer(self, inbound: Inbound) -> bool:
        """Whether to look at all: costs nothing for what people write to us."""
        if is_button(inbound.text) and inbound.kind is InboundKind.BUTTON:
            return True
        if inbound.kind is InboundKind.BLOCKED:
            return True
        if not self.pager_number or inbound.recipient != self.pager_number:
            return False
        return inbound.recipient not in self.own_numbers or parse_answer(inbound.text) is not None

    async def handle(self, inbound: Inbound, now: datetime) -> str | None:
        """The words to answer with, already sent where the carrier takes none in its hook's
        answer; None where this is nobody's answer and goes the way of every message."""
        if not self.may_be_answer(inbound):
            return None
        words = await self.take_in(inbound, now)
        if words and inbound.sender.channel is ChannelName.TELEGRAM:
            message = Outbound(uuid4(), inbound.sender, words, Purpose.PAGE)
            await self.channels[ChannelName.TELEGRAM].send(message)
        return words

    async def take_in(self, inbound: Inbound, now: datetime) -> str | None:
        """The words to answer with; None when this is no worker, whose words are for the bot."""
        async with self.store.begin() as session:
            sender = await self._sender(session, inbound.sender)
            if sender is None:
                return None
            if inbound.kind is InboundKind.BLOCKED:
                await self._stop_method(session, sender, now)
                return ""
            answer = parse_answer(inbound.text)
            if answer is None:
                return self.pager.words.say("page-answer-unknown")
            return await self._do(session, sender, answer, now)

    async def _sender(self, session: Session, address: Address) -> Sender | None:
        known = await contacts.known_at(session, address)
        if known is not None:
            return Sender(known.staff, known)
        return Sender(None) if address == self.pager.routes.phone else None

    async def _do(self, session: Session, sender: Sender, answer: Answer, now: datetime) -> str:
        match answer.ask:
            case Ask.STOP:
                await self._stop_method(session, sender, now)
                return self.pager.words.say("page-answer-stopped")
            case Ask.START:
                if sender.method is not None:
                    await contacts.set_stopped(session, sender.method.id, None)
                return self.pager.words.say("page-answer-started")
            case Ask.TAKE | Ask.PASS | Ask.CALLED | Ask.CALLED_999:
                return await self._about_page(session, sender, answer, now)
            case _:
                assert_never(answer.ask)

    async def _about_page(
        self, session: Session, sender: Sender, answer: Answer, now: datetime
    ) -> str:
        told = await notices.told_of(session, sender.staff, answer.code)
        stored = None if told is None else await holding.lock_page(session, told.page_id)
        if stored is None:
            return self.pager.words.say("page-answer-unknown")
        match answer.ask:
            case Ask.PASS:
                outcome = await self.pass_on(session, stored, sender.staff, now)
            case Ask.CALLED | Ask.CALLED_999:
                kind = HelpKind.CALLED if answer.ask is Ask.CALLED else HelpKind.CALLED_999
                await self.acknowledge(session, stored, sender.staff, now)
                await record_help(session, sender.staff, Help(stored.ticket_id, kind), now)
                await self._note(session, sender.staff, f"help:{kind.value}", stored, now)
                outcome = Taken.NOTED
            case Ask.TAKE | Ask.STOP | Ask.START:
                outcome = await self.acknowledge(session, stored, sender.staff, now)
            case _:
                assert_never(answer.ask)
        args = {"reference": stored.reference, "code": stored.code}
        return self.pager.words.say(f"page-answer-{outcome.value}", args)

    async def by_link(self, link: str, takes: bool, now: datetime) -> tuple[Taken, str] | None:
        """What the one-time link in a page does (`takes` False: what it would do), and the
        reference; None for a link that was never made."""
        async with self.store.begin() as session:
            behind = await notices.behind_link(session, link)
            stored = None if behind is None else await holding.lock_page(session, behind[0])
            if behind is None or stored is None:
                return None
            if takes:
                return await self.acknowledge(session, stored, behind[1], now), stored.reference
            return self._state(stored, behind[1]), stored.reference

    async def call_words(self, outbox_id: UUID, now: datetime) -> tuple[str, bool]:
        """What the call that this row made says, and whether a key is waited for. A row that
        tells of no page says its own words: the code that proves a phone."""
        async with self.store.begin() as session:
            for page_id, staff in await notices.called_by(session, outbox_id):
                stored = await pages.lock(session, page_id)
                if stored is None:
                    continue
                state = self._state(stored, staff)
                if state is not Taken.NOTED:
                    return self.pager.words.say(f"page-link-{state.value}"), False
                return self.pager.words.call(stored), True
            row = await sending.load_row(session, outbox_id, now)
        if row is not None and row.message.to.channel is ChannelName.VOICE:
            return row.message.text, False
        return self.pager.words.say("page-call-unknown"), False

    async def by_row(self, outbox_id: UUID, ask: Ask, now: datetime) -> Taken:
        """A key pressed in the call that this row made."""
        async with self.store.begin() as session:
            for page_id, staff in await notices.called_by(session, outbox_id):
                stored = await holding.lock_page(session, page_id)
                if stored is not None and ask is Ask.PASS:
                    return await self.pass_on(session, stored, staff, now)
                if stored is not None:
                    return await self.acknowledge(session, stored, staff, now)
        return Taken.UNKNOWN

    def _state(self, stored: Stored, staff: UUID | None) -> Taken:
        page = stored.page
        if page.state is rungs.PageState.ACKNOWLEDGED:
            return Taken.TAKEN if page.by == staff else Taken.LATE
        return Taken.NOTED if page.state in RINGING else Taken.OVER

    async def acknowledge(
        self, session: Session, stored: Stored, staff: UUID | None, now: datetime
    ) -> Taken:
        """Of any number at once exactly one takes it. The page and, before it, the conversation
        are locked."""
        page = rungs.acknowledge(stored.page, staff, now)
        if page is None:
            return self._state(stored, staff)
        await pages.save(session, stored.id, page, now)
        await self._note(session, staff, "acknowledge_page", stored, now)
        if staff is not None:
            await self._promise(session, stored.ticket_id, staff, now)
        if stored.is_test:
            await drills.answered(session, stored.id, now)
        session.announce(None, "page", now)
        return Taken.TAKEN

    async def _promise(self, session: Session, ticket_id: UUID, staff: UUID, now: datetime) -> None:
        """The ticket is theirs, unless somebody sits at it. The bot goes on speaking: it falls
        silent when they join (bot/desk/queue.py)."""
        member = await people.member(session, staff)
        if member is None or not may(member.role, Right.TALK):
            return
        await promises.take_back(session, ticket_id)
        if await holding.take(session, ticket_id, staff, now):
            audit.note(session, staff, "claim_ticket", [ticket_id], now, "by_page")
            conversation_id = await holding.lock_conversation(session, ticket_id)
            session.announce(conversation_id, "ticket", now)

    async def pass_on(
        self, session: Session, stored: Stored, staff: UUID | None, now: datetime
    ) -> Taken:
        """The next rung is woken in the same transaction. The page is locked."""
        who = staff or ON_CALL_PHONE
        page = rungs.pass_on(stored.page, who, now)
        if page is None:
            return self._state(stored, staff)
        await self._note(session, staff, "pass_page", stored, now)
        await self.pager.take_step(session, replace(stored, page=page), now)
        return Taken.PASSED

    async def stop(
        self, session: Session, page_id: UUID, staff: UUID, reason: str, now: datetime
    ) -> bool:
        """A supervisor ends a page by name and with a reason; False when nothing rings."""
        stored = await pages.lock(session, page_id)
        page = rungs.stop(stored.page, staff, reason) if stored else None
        if stored is None or page is None:
            return False
        await pages.save(session, page_id, page, now)
        await pages.keep_reason(session, page_id, reason)
        await self._note(session, staff, "stop_page", stored, now)
        return True

    async def _stop_method(self, session: Session, sender: Sender, now: datetime) -> None:
        """Taken off; whoever is next is paged; the supervisors are told."""
        if sender.method is None or sender.method.is_stopped:
            return
        await contacts.set_stopped(session, sender.method.id, now)
        await raise_alarm(session, WORKER_STOPPED, str(sender.method.staff), now)
        for page_id in await notices.pages_ringing_for(session, sender.method.staff):
            stored = await pages.lock(session, page_id)
            if stored is not None:
                page = rungs.hurry(stored.page, now)
                await self.pager.take_step(session, replace(stored, page=page), now)
        part = self.pager.words.part("page-worker-stopped")
        await self.pager.tell_supervisors(session, part, now)

    async def _note(
        self, session: Session, staff: UUID | None, action: str, stored: Stored, now: datetime
    ) -> None:
        audit.note(session, staff or ON_CALL_PHONE, action, [stored.id], now)
