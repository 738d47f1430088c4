"""What `accept` writes: the conversation of an address, and the message that came.

Belongs here: the queries of the first transaction, and recognising what came before. Does not
belong here: what a turn reads and writes (bot/store/threads.py).
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.messages import Address, ChannelName, Inbound
from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.statement import Filled, Statement
from bot.store.tables import Conversation, Message


def address_index(session: Session, address: Address) -> bytes:
    return session.vault.index(f"address:{address.channel.value}", address.value)


def fingerprint(session: Session, inbound: Inbound) -> bytes:
    """Equal for a redelivery, different when one id comes with another body."""
    content = [inbound.sender.value, inbound.kind.value, inbound.text]
    content += [f"{media.kind.value} {media.ref}" for media in inbound.media]
    content += [inbound.answers] if inbound.answers else []
    return session.vault.index("inbound", json.dumps(content))


_opening = insert(Conversation).values(
    id=bindparam("id"),
    channel=bindparam("channel"),
    address_sealed=bindparam("address_sealed"),
    address_index=bindparam("address_index"),
    opened_at=bindparam("opened_at"),
    last_in_at=bindparam("last_in_at"),
)
_OPEN_THREAD = Statement(
    _opening.on_conflict_do_update(
        index_elements=["channel", "address_index"],
        set_={"last_in_at": _opening.excluded.last_in_at},
    ).returning(Conversation.id)
)


def _opened(session: Session, address: Address, now: datetime) -> Filled:
    new_id = uuid4()
    return _OPEN_THREAD.filled(
        id=new_id,
        channel=address.channel.value,
        address_sealed=session.vault.seal(
            Spot("conversations", "address_sealed", new_id), address.value
        ),
        address_index=address_index(session, address),
        opened_at=now,
        last_in_at=now,
    )


async def open_thread(session: Session, address: Address, now: datetime) -> UUID:
    """The conversation of an address, made if there is none. Its row stays locked until
    commit, so that messages of one conversation are numbered in the order they are accepted."""
    ((thread,),) = await session.run_all(_opened(session, address, now))
    return cast("UUID", thread.id)


NOBODY_WROTE = datetime(1970, 1, 1, tzinfo=UTC)
"""When the person last wrote, in a thread that we began: the gate takes it for a long silence."""
_START_THREAD = Statement(
    _opening.on_conflict_do_update(
        index_elements=["channel", "address_index"],
        set_={"last_in_at": Conversation.last_in_at},
    ).returning(Conversation.id)
)


async def start_thread(session: Session, address: Address, now: datetime) -> UUID:
    """The conversation of an address that we write to first; where there is one it stays as it
    is."""
    values = {**_opened(session, address, now).values, "last_in_at": NOBODY_WROTE}
    ((thread,),) = await session.run_all(_START_THREAD.filled(**values))
    return cast("UUID", thread.id)


_ADD_INBOUND = Statement(
    insert(Message)
    .values(
        id=bindparam("id"),
        conversation_id=select(Conversation.id)
        .where(
            Conversation.channel == bindparam("channel"),
            Conversation.address_index == bindparam("address_index"),
        )
        .scalar_subquery(),
        direction="in",
        channel=bindparam("channel"),
        provider_id=bindparam("provider_id"),
        fingerprint=bindparam("fingerprint"),
        kind=bindparam("kind"),
        answers=bindparam("answers"),
        picked=bindparam("picked"),
        text_sealed=bindparam("text_sealed"),
        media_sealed=bindparam("media_sealed"),
        at=bindparam("at"),
    )
    .on_conflict_do_nothing(index_elements=["channel", "provider_id"])
    .returning(Message.id)
)


async def add_inbound(
    session: Session, inbound: Inbound, now: datetime
) -> tuple[UUID, UUID | None]:
    """The conversation as `open_thread` has it, and the new message's id, or None when this
    provider id was accepted before."""
    new_id = uuid4()
    media = [[m.kind.value, m.ref, m.content_type, m.size] for m in inbound.media]
    seal = session.vault.seal
    (thread,), added = await session.run_all(
        _opened(session, inbound.sender, now),
        _ADD_INBOUND.filled(
            id=new_id,
            channel=inbound.sender.channel.value,
            address_index=address_index(session, inbound.sender),
            provider_id=inbound.provider_id,
            fingerprint=fingerprint(session, inbound),
            kind=inbound.kind.value,
            answers=inbound.answers or None,
            picked=inbound.picked or None,
            text_sealed=seal(Spot("messages", "text_sealed", new_id), inbound.text),
            media_sealed=seal(Spot("messages", "media_sealed", new_id), json.dumps(media))
            if media
            else None,
            at=now,
        ),
    )
    return thread.id, new_id if added else None


async def same_body(session: Session, inbound: Inbound) -> bool:
    """Whether the accepted message with this provider id is this very one."""
    known = await session.db.execute(
        select(Message.fingerprint).where(
            Message.channel == inbound.sender.channel.value,
            Message.provider_id == inbound.provider_id,
        )
    )
    return known.scalar_one_or_none() == fingerprint(session, inbound)


async def known_ids(
    session: Session, channel: ChannelName, provider_ids: Sequence[str]
) -> frozenset[str]:
    """Which of these were accepted before."""
    found = await session.db.execute(
        select(Message.provider_id).where(
            Message.channel == channel.value, Message.provider_id.in_(provider_ids)
        )
    )
    return frozenset(each for each in found.scalars() if each is not None)
