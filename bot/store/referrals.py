"""Referral rows: one draft a conversation fills in, then files.

Does not belong here: what staff read of them (bot/store/views.py), or which programme fits.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.dialogue.turn import Programme, ReferralKind, SaveReferral
from bot.store.crypto import Spot
from bot.store.indexes import name_index
from bot.store.session import Session
from bot.store.statement import Statement
from bot.store.tables import Conversation, Referral

_BANDS = ((13, "under_14"), (17, "14_17"), (25, "18_25"))
_OLDEST_BAND = "over_25"


def age_band(age: object) -> str | None:
    """`under_14`, `14_17`, `18_25`, `over_25`: what queues and figures may show."""
    if not isinstance(age, int):
        return None
    return next((band for top, band in _BANDS if age <= top), _OLDEST_BAND)


_KEPT = ("id", "conversation_id", "created_at")
_WRITTEN = (
    "kind",
    "programme",
    "state",
    "fields_sealed",
    "name_index",
    "reasons",
    "flags",
    "age_band",
    "filed_at",
    "updated_at",
)


def _save() -> Statement:
    made = insert(Referral).values({name: bindparam(name) for name in (*_KEPT, *_WRITTEN)})
    written = {name: getattr(made.excluded, name) for name in _WRITTEN}
    return Statement(made.on_conflict_do_update(index_elements=["id"], set_=written))


_SAVE = _save()
_IN_HAND = Statement(
    update(Conversation)
    .where(Conversation.id == bindparam("thread_id"))
    .values(referral_id=bindparam("in_hand"))
)


async def save_referral(
    session: Session,
    conversation_id: UUID,
    referral_id: UUID | None,
    wish: SaveReferral,
    now: datetime,
) -> UUID:
    """Writes the draft, or files it; a filed one is never overwritten by the next draft."""
    row_id = referral_id or uuid4()
    spot = Spot("referrals", "fields_sealed", row_id)
    name = wish.fields.get("name")
    in_hand = row_id if wish.state == "draft" or wish.more else None
    saved = _SAVE.filled(
        id=row_id,
        conversation_id=conversation_id,
        created_at=now,
        kind=wish.kind.value,
        programme=wish.programme.value if wish.programme else None,
        state=wish.state,
        fields_sealed=session.vault.seal(spot, json.dumps(dict(wish.fields))),
        name_index=name_index(session, str(name)) if name else None,
        reasons=list(wish.reasons),
        flags=list(wish.flags),
        age_band=age_band(wish.fields.get("age")),
        filed_at=now if wish.state == "received" else None,
        updated_at=now,
    )
    await session.run_all(saved, _IN_HAND.filled(thread_id=conversation_id, in_hand=in_hand))
    session.announce(conversation_id, "referral", now)
    return row_id


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral as it was filed last, and when."""

    wish: SaveReferral
    at: datetime


async def sent_so_far(session: Session, referral_id: UUID) -> Sent | None:
    """What of a referral went out already; None where nothing did."""
    found = await session.db.execute(select(Referral).where(Referral.id == referral_id))
    row = found.scalar_one_or_none()
    if row is None or row.filed_at is None or row.state != "received":
        return None
    fields = json.loads(
        session.vault.open(Spot("referrals", "fields_sealed", row.id), row.fields_sealed)
    )
    programme = Programme(row.programme) if row.programme else None
    wish = SaveReferral(ReferralKind(row.kind), fields, programme, "received", tuple(row.reasons))
    return Sent(wish, row.filed_at)


async def sent_last(session: Session, conversation_id: UUID) -> UUID | None:
    """The referral of a conversation that the team got last, unless it was taken back."""
    found = await session.db.execute(
        select(Referral.id)
        .where(
            Referral.conversation_id == conversation_id,
            Referral.filed_at.is_not(None),
            Referral.state != "withdrawn",
        )
        .order_by(Referral.filed_at.desc(), Referral.id)
        .limit(1)
    )
    return found.scalar_one_or_none()


@dataclass(frozen=True, slots=True)
class Kept:
    """A referral as staff change it, its row locked."""

    conversation_id: UUID
    kind: ReferralKind
    programme: str | None
    state: str
    fields: Mapping[str, str | int | bool]


async def lock(session: Session, referral_id: UUID) -> Kept | None:
    """Its conversation is locked first, as a turn does, so that the two never deadlock."""
    await session.db.execute(
        select(Conversation.id)
        .join(Referral, Referral.conversation_id == Conversation.id)
        .where(Referral.id == referral_id)
        .with_for_update(of=Conversation)
    )
    found = await session.db.execute(
        select(Referral).where(Referral.id == referral_id).with_for_update()
    )
    row = found.scalar_one_or_none()
    if row is None:
        return None
    spot = Spot("referrals", "fields_sealed", row.id)
    fields = json.loads(session.vault.open(spot, row.fields_sealed))
    return Kept(row.conversation_id, ReferralKind(row.kind), row.programme, row.state, fields)


async def put_fields(
    session: Session, referral_id: UUID, fields: Mapping[str, object], now: datetime
) -> None:
    """With what is found by them: the name's index and the age band."""
    name = fields.get("name")
    spot = Spot("referrals", "fields_sealed", referral_id)
    await session.db.execute(
        update(Referral)
        .where(Referral.id == referral_id)
        .values(
            fields_sealed=session.vault.seal(spot, json.dumps(dict(fields))),
            name_index=name_index(session, str(name)) if name else None,
            age_band=age_band(fields.get("age")),
            updated_at=now,
        )
    )


async def put_column(
    session: Session, referral_id: UUID, change: tuple[str, str], now: datetime
) -> None:
    """`change`: `state` or `programme`, and its new value."""
    column, value = change
    await session.db.execute(
        update(Referral)
        .where(Referral.id == referral_id)
        .values({column: value, "updated_at": now})
    )
