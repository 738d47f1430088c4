"""The exit word, done: nobody writes there, nobody holds it, and a page shows nothing.

Does not belong here: when it is said (bot/dialogue), or keeping words back (bot/rules/contact.py).
"""

from datetime import datetime
from uuid import UUID

from bot.messages import Address, ChannelName
from bot.store import holding, outgoing, tickets, websessions
from bot.store.session import Session

SOURCE = "hidden"


async def hide(session: Session, conversation_id: UUID, address: Address, now: datetime) -> None:
    """Tickets and risk stay as they are; what has not left yet never does."""
    await outgoing.take_back(session, conversation_id)
    await tickets.set_opt_out(session, address, True, SOURCE, now)
    await holding.set_holder(session, conversation_id, None, now)
    if address.channel is ChannelName.WEB:
        await websessions.revoke_at(session, address, now)
    session.announce(conversation_id, "message", now)
