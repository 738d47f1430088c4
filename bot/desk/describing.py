"""Offering somebody to say how they describe themselves, and the link behind which they do.

Belongs here: the offer, what a link opens. Does not belong here: the page (api/describe.py),
counting (bot/rules/figures.py). Nothing here reads what was said.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from bot.desk.livechat import LiveChat
from bot.desk.queue import Worker, held
from bot.dialogue.turn import Say
from bot.errors import NotYours
from bot.store import audit, described
from bot.store.crypto import Vault
from bot.store.session import Session

PATH = "/you/"
_MARK = 10
"""Bytes of our mark: nobody makes a link by guessing."""
_ID = 16


def link(vault: Vault, public_url: str, conversation_id: UUID) -> str:
    """It lets its reader write one thing and shows nothing."""
    told = conversation_id.bytes + _mark(vault, conversation_id)
    return f"{public_url.rstrip('/')}{PATH}{urlsafe_b64encode(told).decode().rstrip('=')}"


def behind(vault: Vault, written: str) -> UUID | None:
    """The conversation of a link that we made."""
    try:
        told = urlsafe_b64decode(written + "=" * (-len(written) % 4))
    except (NotBase64, ValueError):
        return None
    if len(told) != _ID + _MARK:
        return None
    conversation_id = UUID(bytes=told[:_ID])
    is_ours = compare_digest(told[_ID:], _mark(vault, conversation_id))
    return conversation_id if is_ours else None


def _mark(vault: Vault, conversation_id: UUID) -> bytes:
    return vault.index("self_described", str(conversation_id))[:_MARK]


@dataclass(frozen=True, slots=True)
class Offers:
    """`public_url` empty: there is no page to lead to, so nothing is offered."""

    chat: LiveChat
    public_url: str

    async def offer(
        self, session: Session, worker: Worker, ticket_id: UUID, now: datetime
    ) -> UUID | None:
        """The row that carries the offer. Raises `NotYours`, `NotFound`, `OptedOut`,
        `ChannelCannot`."""
        conversation_id = await held(session, Worker(worker.id), ticket_id)
        if conversation_id is None or not self.public_url:
            raise NotYours(str(ticket_id))
        await self.chat.need_open(session, conversation_id)
        await described.offer(session, conversation_id, now)
        audit.note(session, worker.id, "offer_describing", [conversation_id], now)
        say = Say("describe-offer", {"link": link(session.vault, self.public_url, conversation_id)})
        return await self.chat.manners.offer(session, ticket_id, say, now)
