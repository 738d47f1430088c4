"""Deciding what becomes of a wish to delete, and sending although a code word is forgotten.

Belongs here: what a named worker may do about somebody's own words, each with a written reason.
Does not belong here: hearing the wish (bot/dialogue/moves.py), the erasing (bot/store/erasing.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.desk import access
from bot.desk.access import Look
from bot.dialogue.book import Book
from bot.dialogue.turn import Contact, Say, State
from bot.dialogue.words import render
from bot.errors import NotFound, Refuse
from bot.messages import ChannelName, Purpose
from bot.rules.reasons import says_why
from bot.rules.rights import Right, may
from bot.store import added, audit, calls, decided, erasing, threads, window
from bot.store.decided import Decision, NewDeletion, Wish
from bot.store.jobs import defer, deliver_job
from bot.store.outgoing import Draft, Part, queue_row
from bot.store.session import Session

ERASED, KEPT = "erased-decided", "kept-decided"


class NoDecisionReason(Refuse):
    """Nothing is decided without saying why."""


class NothingWaits(Refuse):
    """Nobody's code word is waited for."""


@dataclass(frozen=True, slots=True)
class Deciding:
    ticket_id: UUID
    decision: Decision
    reason: str


async def access_wishes(session: Session, look: Look) -> Sequence[Wish]:
    """Every wish to delete that nobody has decided; it names nobody."""
    _need(look)
    return await decided.wishes(session)


async def access_wish(session: Session, look: Look, ticket_id: UUID) -> Wish | None:
    _need(look)
    return await decided.wish_of(session, ticket_id)


async def decide(session: Session, look: Look, book: Book, deciding: Deciding) -> UUID | None:
    """Erased: every word of the conversation, what was attached, what it remembered, and the
    carrier's copies; ids, tickets, decisions and how it is safe to reach them stay. The row that
    tells the person; None where somebody else might read that there was something to decide.
    Raises `NoDecisionReason`, `NotFound`."""
    _need(look)
    wish = await decided.wish_of(session, deciding.ticket_id)
    if wish is None:
        raise NotFound(str(deciding.ticket_id))
    if not says_why(deciding.reason):
        raise NoDecisionReason(deciding.decision.value)
    thread = await threads.load_thread(session, wish.conversation_id)
    language, channel = thread.state.language, thread.address.channel
    if deciding.decision is Decision.ERASED:
        await erasing.erase(session, thread.id, look.at)
        rules = State(language=language, hidden=thread.state.hidden, contact=thread.state.contact)
        await calls.save_state(session, thread.id, rules)
    new = NewDeletion(wish, look.by.id, deciding.decision, deciding.reason)
    await decided.add_deletion(session, new, look.at)
    audit.note(session, look.by.id, f"deletion_{deciding.decision.value}", [thread.id], look.at)
    session.announce(thread.id, "ticket", look.at)
    if channel is ChannelName.VOICE or not _is_surely_theirs(thread.state.contact):
        return None
    text_id = ERASED if deciding.decision is Decision.ERASED else KEPT
    text, choices = render(Say(text_id), book, language, channel)
    part = Part(text_id, text, choices, keep=True)
    draft = Draft(thread.address, Purpose.STAFF, (part,), thread.id, look.at)
    return await queue_row(session, draft, look.at)


def _is_surely_theirs(contact: Contact) -> bool:
    """Nobody else sees the phone, or the words wait for the code word."""
    return contact.own_phone is True or bool(contact.code_word)


async def free_words(session: Session, look: Look, ticket_id: UUID, reason: str) -> Sequence[UUID]:
    """As `send_anyway`, for whoever holds the ticket. Raises `NotFound` for everybody else."""
    _need(look)
    ticket, opened = await access.access_ticket(session, look, ticket_id)
    if ticket.claimed_by is None or ticket.claimed_by.id != look.by.id:
        raise NotFound(str(ticket_id))
    return await send_anyway(session, look, opened.thread.id, reason)


async def send_anyway(
    session: Session, look: Look, conversation_id: UUID, reason: str
) -> Sequence[UUID]:
    """The code word is forgotten and the worker is sure by another way who writes: it counts no
    more, and what waited for it goes: its rows. Raises `NoDecisionReason`, `NothingWaits`."""
    _need(look)
    if not says_why(reason):
        raise NoDecisionReason("send_anyway")
    thread = await threads.load_thread(session, conversation_id)
    contact = thread.state.contact
    if not contact.code_word:
        raise NothingWaits(str(conversation_id))
    sure = contact.model_copy(update={"code_word": "", "proved": True})
    state = thread.state.model_copy(update={"contact": sure})
    await calls.save_state(session, conversation_id, state)
    await added.add_note(session, conversation_id, look.by.id, reason, look.at)
    audit.note(session, look.by.id, "send_anyway", [conversation_id], look.at)
    freed = await window.release(session, conversation_id, look.at)
    for row_id in freed:
        defer(session, deliver_job(row_id, is_page=False))
    session.announce(conversation_id, "message", look.at)
    return freed


def _need(look: Look) -> None:
    if not may(look.by.role, Right.TALK):
        raise NotFound(Right.TALK.value)
