"""References given and asked for: keyed hashes, and every question counted.

Belongs here: the queries. Does not belong here: making and hearing references
(bot/rules/references.py, bot/dialogue/reference.py).

A right reference, a wrong one and one too many run the same statements in the same order, so
that neither words nor time tell them apart before the answer does.
"""

import hmac
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update

from bot.dialogue import contact
from bot.dialogue.book import Book
from bot.dialogue.reference import heard
from bot.dialogue.turn import Opened, Reference, State, Turn
from bot.messages import Address, InboundKind
from bot.rules.references import MOST_TRIES, TRIES_WITHIN, progress
from bot.store.arrivals import address_index
from bot.store.session import Session
from bot.store.tables import Conversation, Referral, Ticket
from bot.store.tables_trust import Receipt, Try
from bot.store.threads import opened_state
from nlu.normalise import fold
from nlu.reading import RiskLevel


async def give(
    session: Session, conversation_id: UUID, referral_id: UUID, words: str, now: datetime
) -> None:
    """`words`: folded, with a space between."""
    await session.db.execute(
        insert(Receipt).values(
            id=uuid4(),
            conversation_id=conversation_id,
            referral_id=referral_id,
            words_index=_index(session, words),
            made_at=now,
        )
    )


async def recognised(
    session: Session, address: Address, state: State, turn: Turn, book: Book
) -> Turn:
    """The turn with what its reference, or the code word after one, leads to. A message without
    either costs no statement."""
    if turn.kind is not InboundKind.MESSAGE or turn.assessment.message_level > RiskLevel.NONE:
        return turn
    words = heard(turn.text, state, book)
    if words is not None:
        return replace(turn, reference=await look_up(session, address, words, turn.at))
    if state.at_reference is None or len(turn.text.split()) > contact.MOST_CODE_WORDS:
        return turn
    opened = await open_with(session, address, state.at_reference, turn.text, turn.at)
    return replace(turn, opened=opened)


async def look_up(session: Session, address: Address, words: str, now: datetime) -> Reference:
    """How far the referral is; unknown after too many questions from one address."""
    tries = await _counted(session, address, now)
    of_ticket = (
        select(Ticket.state)
        .where(Ticket.conversation_id == Receipt.conversation_id)
        .order_by(Ticket.opened_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = await session.db.execute(
        select(Receipt.id, Referral.state, of_ticket)
        .join(Referral, Referral.id == Receipt.referral_id)
        .where(Receipt.words_index == _index(session, words))
    )
    row = found.one_or_none()
    if row is None or tries >= MOST_TRIES:
        return Reference()
    receipt_id, referral_state, ticket_state = row
    return Reference(receipt_id, progress(referral_state, ticket_state))


async def open_with(
    session: Session, address: Address, receipt_id: UUID, said: str, now: datetime
) -> Opened | None:
    """What the code word opens of the conversation that the reference was given in."""
    tries = await _counted(session, address, now)
    found = await session.db.execute(
        select(Conversation.id, Conversation.state_sealed)
        .join(Receipt, Receipt.conversation_id == Conversation.id)
        .where(Receipt.id == receipt_id)
    )
    conversation_id, sealed = found.one()
    state = opened_state(session, conversation_id, sealed)
    code = state.contact.code_word
    is_right = hmac.compare_digest(fold(said).encode(), code.encode())
    if not code or not is_right or tries >= MOST_TRIES:
        return None
    return Opened(conversation_id, contact.of_elsewhere(state), state.contact)


async def join(session: Session, conversation_id: UUID, earlier_id: UUID) -> None:
    """Staff see that the writer of the one is the writer of the other."""
    await session.db.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.id != earlier_id)
        .values(continues_id=earlier_id)
    )


async def _counted(session: Session, address: Address, now: datetime) -> int:
    """Earlier tries from this address; this one is written down."""
    index = address_index(session, address)
    earlier = await session.db.execute(
        select(func.count())
        .select_from(Try)
        .where(Try.address_index == index, Try.at > now - TRIES_WITHIN)
    )
    await session.db.execute(insert(Try).values(id=uuid4(), address_index=index, at=now))
    return earlier.scalar_one()


def _index(session: Session, words: str) -> bytes:
    return session.vault.index("reference", words)
