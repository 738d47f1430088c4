"""Words overwritten for good. Ids stay, so that a redelivery is still known and revives nothing.

Belongs here: the writes, and which copies a carrier still has. Does not belong here: whether
something may be erased (bot/dialogue/moves.py), asking carriers (bot/forgetting.py).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update

from bot.dialogue.book import Book
from bot.dialogue.lookups import Before
from bot.dialogue.topics import deletes, erases
from bot.dialogue.turn import Turn
from bot.messages import ChannelName
from bot.store import attachments, described, feedback, learning, onward, outgoing, timers
from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.tables import Conversation, Message, OutboxRow, Referral
from bot.store.tables_desk import Note, ReferralEdit
from bot.store.tables_trust import Copy
from nlu.reading import Intent, RiskLevel

RECENT = timedelta(days=30)
"""Danger counts as recent for so long after the message that told of it."""
_DANGER = (RiskLevel.HIGH.value, RiskLevel.IMMEDIATE.value)
_OURS = ("draft", "withdrawn")
"""Referrals that no programme has."""
_TRIES = 8
_SHORT = 120


async def with_before(session: Session, thread_id: UUID, turn: Turn, book: Book) -> Turn:
    """The turn of somebody who wants things deleted, with what was told and sent from here."""
    text = turn.text[:_SHORT]
    wishes = any(erases(text, one) or deletes(text, one) for one in book.topics.values())
    if turn.reading.intent is not Intent.DELETE_DATA and not wishes:
        return turn
    told = await tells_of_danger(session, thread_id, turn.at)
    return replace(turn, before=Before(told, await _was_sent(session, thread_id)))


async def _was_sent(session: Session, conversation_id: UUID) -> bool:
    found = await session.db.execute(
        select(Referral.id)
        .where(Referral.conversation_id == conversation_id, Referral.state.not_in(_OURS))
        .limit(1)
    )
    return found.first() is not None


async def tells_of_danger(session: Session, conversation_id: UUID, now: datetime) -> bool:
    """Whether a message of late did, whatever has been decided about it since."""
    found = await session.db.execute(
        select(Message.id)
        .where(
            Message.conversation_id == conversation_id,
            Message.risk_level.in_(_DANGER),
            Message.at > now - RECENT,
        )
        .limit(1)
    )
    return found.first() is not None


async def erase(session: Session, conversation_id: UUID, now: datetime) -> None:
    """Every word of a conversation, in either direction, what was attached, referrals that were not
    sent, and examples made of its words that nobody has accepted."""
    await outgoing.take_back(session, conversation_id)
    await _list_copies(session, conversation_id, now)
    seal = session.vault.seal
    messages = await session.db.execute(
        select(Message.id).where(Message.conversation_id == conversation_id)
    )
    for row_id in messages.scalars():
        empty = seal(Spot("messages", "text_sealed", row_id), "")
        await session.db.execute(
            update(Message)
            .where(Message.id == row_id)
            .values(text_sealed=empty, media_sealed=None, reading_sealed=None)
        )
    rows = await session.db.execute(
        select(OutboxRow.id).where(OutboxRow.conversation_id == conversation_id)
    )
    for row_id in rows.scalars():
        empty = seal(Spot("outbox", "body_sealed", row_id), "[]")
        await session.db.execute(
            update(OutboxRow).where(OutboxRow.id == row_id).values(body_sealed=empty)
        )
    await attachments.erase(session, conversation_id)
    await _erase_drafts(session, conversation_id)
    await feedback.erase(session, conversation_id)
    await described.erase(session, conversation_id)
    await learning.erase(session, conversation_id)
    await timers.clear(session, conversation_id)
    session.announce(conversation_id, "message", now)


async def erase_record(session: Session, conversation_id: UUID) -> int:
    """What staff wrote of somebody, and every field of their referrals, also where a programme's
    own system never took them: for when their time is
    over, and never at somebody's wish. How many referrals."""
    seal = session.vault.seal
    noted = await session.db.execute(select(Note.id).where(Note.conversation_id == conversation_id))
    for row_id in noted.scalars():
        empty = seal(Spot("notes", "text_sealed", row_id), "")
        await session.db.execute(update(Note).where(Note.id == row_id).values(text_sealed=empty))
    await onward.forget(session, conversation_id)
    of_it = Referral.conversation_id == conversation_id
    edits = select(ReferralEdit.id).join(Referral, Referral.id == ReferralEdit.referral_id)
    await session.db.execute(
        delete(ReferralEdit).where(ReferralEdit.id.in_(edits.where(of_it).scalar_subquery()))
    )
    found = await session.db.execute(select(Referral.id).where(of_it))
    referrals = list(found.scalars())
    for row_id in referrals:
        await _empty(session, row_id)
    return len(referrals)


async def forget_state(session: Session, conversation_id: UUID) -> None:
    """What the conversation remembered goes with its words."""
    await session.db.execute(
        update(Conversation).where(Conversation.id == conversation_id).values(state_sealed=None)
    )


async def _erase_drafts(session: Session, conversation_id: UUID) -> None:
    drafts = await session.db.execute(
        select(Referral.id).where(
            Referral.conversation_id == conversation_id, Referral.state.in_(_OURS)
        )
    )
    for row_id in drafts.scalars():
        await _empty(session, row_id)


async def _empty(session: Session, referral_id: UUID) -> None:
    empty = session.vault.seal(Spot("referrals", "fields_sealed", referral_id), "{}")
    values = {"fields_sealed": empty, "name_index": None, "age_band": None, "area_id": None}
    await session.db.execute(update(Referral).where(Referral.id == referral_id).values(**values))


async def _list_copies(session: Session, conversation_id: UUID, now: datetime) -> None:
    """What the carrier was given or gave us, to be deleted there."""
    came = await session.db.execute(
        select(Message.channel, Message.provider_id).where(
            Message.conversation_id == conversation_id, Message.provider_id.is_not(None)
        )
    )
    went = await session.db.execute(
        select(OutboxRow.channel, OutboxRow.provider_id).where(
            OutboxRow.conversation_id == conversation_id, OutboxRow.provider_id.is_not(None)
        )
    )
    ids = {(row[0], one) for row in (*came.all(), *went.all()) for one in (row[1] or "").split(",")}
    for channel, provider_id in sorted(ids):
        if channel in (ChannelName.SMS.value, ChannelName.WHATSAPP.value):
            await session.db.execute(
                insert(Copy).values(
                    id=uuid4(), channel=channel, provider_id=provider_id, next_at=now, tries=0
                )
            )


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A message that a carrier still has."""

    id: UUID
    channel: ChannelName
    provider_id: str
    tries: int

    @property
    def is_hopeless(self) -> bool:
        return self.tries + 1 >= _TRIES


async def copies_due(session: Session, now: datetime) -> list[KeptCopy]:
    """Some, locked, so that two processes never ask for the same."""
    found = await session.db.execute(
        select(Copy)
        .where(Copy.next_at <= now)
        .order_by(Copy.next_at)
        .limit(20)
        .with_for_update(skip_locked=True)
    )
    return [
        KeptCopy(row.id, ChannelName(row.channel), row.provider_id, row.tries)
        for row in found.scalars()
    ]


async def forgotten(session: Session, copy_id: UUID) -> None:
    await session.db.execute(delete(Copy).where(Copy.id == copy_id))


async def put_off(session: Session, copy: KeptCopy, until: datetime) -> None:
    await session.db.execute(
        update(Copy).where(Copy.id == copy.id).values(tries=copy.tries + 1, next_at=until)
    )
