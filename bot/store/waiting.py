"""What the queue shows beside a ticket: the words that brought it, age band, how to reach them.

Belongs here: read queries over many conversations at once. Does not belong here: who may read
(bot/desk/access.py).
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import case, select
from sqlalchemy.dialects.postgresql import distinct_on

from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.tables import Conversation, Message, Referral
from nlu.reading import Reading, RiskLevel

_READING = TypeAdapter(Reading)
SAFE_RULES = ("safe_channel", "safe_time", "phone_seen", "code_word", "cover")
"""Fields in which somebody says how they may be reached."""
_WORST_FIRST = case(
    {
        RiskLevel.IMMEDIATE.value: 3,
        RiskLevel.HIGH.value: 2,
        RiskLevel.CONCERN.value: 1,
    },
    value=Message.risk_level,
    else_=0,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of one message, and where in them the worry stands (offsets)."""

    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """What somebody may know before they take a conversation."""

    channel: str
    language: str
    age_band: str | None = None
    safe: Mapping[str, str] = field(default_factory=dict)
    """Safe-contact answers by field, in the person's own words."""
    quote: Quote | None = None


async def hints(session: Session, conversation_ids: Collection[UUID]) -> Mapping[UUID, Hint]:
    found = await session.db.execute(
        select(Conversation.id, Conversation.channel, Conversation.language).where(
            Conversation.id.in_(conversation_ids)
        )
    )
    referrals = await _referrals(session, conversation_ids)
    quotes = await _quotes(session, conversation_ids)
    return {
        row.id: Hint(
            row.channel,
            row.language,
            *referrals.get(row.id, (None, {})),
            quote=quotes.get(row.id),
        )
        for row in found
    }


async def _referrals(
    session: Session, conversation_ids: Collection[UUID]
) -> Mapping[UUID, tuple[str | None, Mapping[str, str]]]:
    """Of each conversation's newest referral."""
    found = await session.db.execute(
        select(Referral)
        .where(Referral.conversation_id.in_(conversation_ids))
        .ext(distinct_on(Referral.conversation_id))
        .order_by(Referral.conversation_id, Referral.created_at.desc())
    )
    return {
        row.conversation_id: (row.age_band, _safe_rules(session, row)) for row in found.scalars()
    }


def _safe_rules(session: Session, row: Referral) -> Mapping[str, str]:
    opened = session.vault.open(Spot("referrals", "fields_sealed", row.id), row.fields_sealed)
    fields = json.loads(opened)
    return {name: str(fields[name]) for name in SAFE_RULES if fields.get(name)}


async def _quotes(session: Session, conversation_ids: Collection[UUID]) -> Mapping[UUID, Quote]:
    """The most worrying message of each, the newest of equals."""
    found = await session.db.execute(
        select(Message)
        .where(
            Message.conversation_id.in_(conversation_ids),
            Message.direction == "in",
            Message.risk_level != RiskLevel.NONE.value,
            Message.reading_sealed.is_not(None),
        )
        .ext(distinct_on(Message.conversation_id))
        .order_by(Message.conversation_id, _WORST_FIRST.desc(), Message.seq.desc())
    )
    return {row.conversation_id: _quote(session, row) for row in found.scalars()}


def _quote(session: Session, row: Message) -> Quote:
    open_ = session.vault.open
    text = open_(Spot("messages", "text_sealed", row.id), row.text_sealed)
    spot = Spot("messages", "reading_sealed", row.id)
    reading = _READING.validate_json(open_(spot, row.reading_sealed or b""))
    return Quote(text, tuple((one.start, one.end) for one in reading.risk.signals))
