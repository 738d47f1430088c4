"""Browsers that chat: a cookie's keyed hash, the address it stands for, when it was last seen.

Belongs here: making, finding and lapsing sessions. Does not belong here: cookies and pages
(api/chat.py).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.dialogue.turn import TicketReason
from bot.messages import Address, ChannelName
from bot.store.arrivals import address_index
from bot.store.crypto import Spot, Vault
from bot.store.session import Session
from bot.store.tables import Conversation, Ticket, WebSession

IDLE = timedelta(minutes=20)
"""After so long without a sign from the person, whoever opens the page is a newcomer."""
_OFTEN = timedelta(minutes=1)
"""Signs of a page that waits are written down so often."""
_WAITED_FOR = [
    TicketReason.RISK.value,
    TicketReason.ASKED_FOR_PERSON.value,
    TicketReason.NOT_UNDERSTOOD.value,
    TicketReason.BROKEN_TURN.value,
    TicketReason.COMPLAINT.value,
]
"""Reasons of a ticket for which the writer was told that a person comes."""
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Browser:
    """A live session."""

    id: UUID
    address: Address


def new_token() -> str:
    """256 random bits for the cookie."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def address_of(vault: Vault, token: str) -> Address:
    """The address that a cookie stands for: known without the database, so that words written
    while it is away still land in the right conversation."""
    return Address(ChannelName.WEB, vault.index("web_address", token).hex())


async def start(session: Session, token: str, now: datetime) -> Browser:
    """A newcomer's session."""
    session_id, address = uuid4(), address_of(session.vault, token)
    await session.db.execute(insert(WebSession).values(_row(session, session_id, token, now)))
    return Browser(session_id, address)


async def start_once(session: Session, token: str, now: datetime) -> None:
    """A session for a cookie that we gave out while the database was away, unless it has one."""
    row = upsert(WebSession).values(_row(session, uuid4(), token, now))
    await session.db.execute(row.on_conflict_do_nothing(index_elements=["token_hash"]))


async def revive(session: Session, token: str, since: datetime, now: datetime) -> Browser | None:
    """`touch` for somebody whose signs of life could not be written down from `since` on."""
    return await _seen(session, token, since - IDLE, now)


async def touch(session: Session, token: str, now: datetime) -> Browser | None:
    """The live session of a cookie, seen now; None when it lapsed or never was."""
    return await _seen(session, token, now - IDLE, now)


async def peek(session: Session, token: str, now: datetime) -> Browser | None:
    """The same without counting as a sign of life: an open tab alone keeps nothing alive."""
    found = await session.db.execute(
        select(WebSession.id).where(
            WebSession.token_hash == _hash(session, token),
            WebSession.seen_at > now - IDLE,
            WebSession.revoked_at.is_(None),
        )
    )
    session_id = found.scalar_one_or_none()
    return None if session_id is None else Browser(session_id, address_of(session.vault, token))


async def stay(session: Session, token: str, now: datetime) -> None:
    """An open page is no sign of a person, but while somebody is on their way to it, or there,
    it stays: nobody is cut off from the one they wait for."""
    address = address_of(session.vault, token)
    waited_for = (
        select(Conversation.id)
        .join(Ticket, Ticket.conversation_id == Conversation.id)
        .where(
            Conversation.channel == address.channel.value,
            Conversation.address_index == address_index(session, address),
            Ticket.state != "closed",
            or_(Ticket.state == "claimed", Ticket.reasons.overlap(_WAITED_FOR)),
        )
        .exists()
    )
    await session.db.execute(
        update(WebSession)
        .where(
            WebSession.token_hash == _hash(session, token),
            WebSession.seen_at.between(now - IDLE, now - _OFTEN),
            WebSession.revoked_at.is_(None),
            waited_for,
        )
        .values(seen_at=now)
    )


async def revoke(session: Session, token: str, now: datetime) -> bool:
    """The cookie opens nothing from now on; False when it opened nothing before."""
    found = await session.db.execute(
        update(WebSession)
        .where(WebSession.token_hash == _hash(session, token), WebSession.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(WebSession.id)
    )
    return found.scalar_one_or_none() is not None


async def revoke_at(session: Session, address: Address, now: datetime) -> None:
    """The page of this address shows a newcomer's at once."""
    await session.db.execute(
        update(WebSession)
        .where(
            WebSession.address_index == address_index(session, address),
            WebSession.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def _row(session: Session, session_id: UUID, token: str, now: datetime) -> dict[str, object]:
    spot = Spot("web_sessions", "address_token_sealed", session_id)
    address = address_of(session.vault, token)
    return {
        "id": session_id,
        "token_hash": _hash(session, token),
        "address_token_sealed": session.vault.seal(spot, address.value),
        "address_index": address_index(session, address),
        "created_at": now,
        "seen_at": now,
    }


async def _seen(session: Session, token: str, oldest: datetime, now: datetime) -> Browser | None:
    found = await session.db.execute(
        update(WebSession)
        .where(
            WebSession.token_hash == _hash(session, token),
            WebSession.seen_at > oldest,
            WebSession.revoked_at.is_(None),
        )
        .values(seen_at=now)
        .returning(WebSession.id)
    )
    session_id = found.scalar_one_or_none()
    return None if session_id is None else Browser(session_id, address_of(session.vault, token))


def _hash(session: Session, token: str) -> bytes:
    return session.vault.index("web_session", token)
