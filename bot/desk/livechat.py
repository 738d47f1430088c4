"""A worker's own words, sent in the person's own thread.

Belongs here: whether they may go, and the row that takes them there. Does not belong here:
delivery (bot/outbox.py), who holds what (bot/desk/queue.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from bot.channels.port import Channel
from bot.desk.manners import Manners
from bot.desk.paging import is_on
from bot.desk.queue import Worker, held, join
from bot.errors import NotYours, Refuse
from bot.messages import Address, ChannelName, Purpose
from bot.rules.contact import Goes, GoesAs, Leaving, Verdict, decide
from bot.store import audit, chats, holding, threads, views
from bot.store.outgoing import Draft, Part, queue_row
from bot.store.session import Session
from bot.store.tickets import opted_out_since
from bot.store.views import ThreadView

STAFF_TEXT = "staff"


class OptedOut(Refuse):
    """The person asked not to be written to."""


class ChannelCannot(Refuse):
    """This channel is off, or carries no written words."""


async def shut(
    session: Session, channels: Mapping[ChannelName, Channel], address: Address
) -> str | None:
    """A code for why nobody can be written to here; None where words may go."""
    if address.channel is ChannelName.VOICE or not is_on(channels, address.channel):
        return "channel_cannot"
    return "opted_out" if await opted_out_since(session, address) is not None else None


async def outlook(session: Session, view: ThreadView, now: datetime) -> Verdict:
    """What the gate would do with a worker's words that left now."""
    address = Address(ChannelName(view.channel), view.address)
    state = await threads.state_of(session, view.id)
    return decide(
        Leaving(
            purpose=Purpose.STAFF,
            channel=address.channel,
            created_at=now,
            now=now,
            last_in_at=view.last_in_at,
            opted_out_at=await opted_out_since(session, address),
            hidden=state.hidden,
            contact=state.contact,
        )
    )


@dataclass(frozen=True, slots=True)
class TypesTo:
    """`last_in`: the provider's id of the last message that came from there."""

    conversation_id: UUID
    to: Address
    last_in: str


async def may_show_typing(
    session: Session, staff_id: UUID, ticket_id: UUID, now: datetime
) -> TypesTo | None:
    """Whom to show it, if this worker holds them and words would reach them at once: a sign at a
    time that is not safe says as much as words."""
    chat = await chats.of_ticket(session, ticket_id)
    if chat is None or chat.staff_id != staff_id:
        return None
    (view,) = await views.threads_by_id(session, [chat.conversation_id])
    if not isinstance(await outlook(session, view, now), Goes | GoesAs):
        return None
    last_in = await chats.last_in(session, view.id)
    return TypesTo(view.id, Address(ChannelName(view.channel), view.address), last_in)


@dataclass(frozen=True, slots=True)
class Reply:
    """`once`: the caller's idempotency key; the same words with it again send nothing. Other
    words are sent: a worker who goes back to an old form must not lose what they wrote."""

    ticket_id: UUID
    text: str
    once: str | None = None


@dataclass(frozen=True, slots=True)
class LiveChat:
    channels: Mapping[ChannelName, Channel]
    manners: Manners

    async def reply(
        self, session: Session, worker: Worker, reply: Reply, now: datetime
    ) -> UUID | None:
        """The first outbox row made; None when this very reply was queued before. Before a
        worker's first words it is the one that says who they are.

        Raises `NotYours`, `NotFound`, `OptedOut`, `ChannelCannot`."""
        conversation_id = await held(session, Worker(worker.id), reply.ticket_id)
        if conversation_id is None:
            raise NotYours(str(reply.ticket_id))
        if await self._sent_before(session, worker, reply, now):
            return None
        address = await self.need_open(session, conversation_id)
        await join(session, worker, reply.ticket_id, conversation_id, now)
        intro = await self.manners.introduce(session, reply.ticket_id, worker.id, now)
        draft = Draft(
            to=address,
            purpose=Purpose.STAFF,
            parts=(Part(STAFF_TEXT, reply.text),),
            conversation_id=conversation_id,
            due_at=now,
            ticket_id=reply.ticket_id,
            staff_id=worker.id,
        )
        row_id = await queue_row(session, draft, now)
        await holding.seen(session, worker.id, now)
        audit.note(session, worker.id, "reply", [reply.ticket_id], now)
        session.announce(conversation_id, "message", now)
        return intro or row_id

    async def need_open(self, session: Session, conversation_id: UUID) -> Address:
        """Where they can be written to. Raises `OptedOut`, `ChannelCannot`."""
        address = (await threads.load_thread(session, conversation_id)).address
        why = await shut(session, self.channels, address)
        if why == "opted_out":
            raise OptedOut(str(conversation_id))
        if why is not None:
            raise ChannelCannot(address.channel.value)
        return address

    async def _sent_before(
        self, session: Session, worker: Worker, reply: Reply, now: datetime
    ) -> bool:
        """The conversation is locked here, so two at once are told apart as well."""
        if reply.once is None:
            return False
        words = session.vault.index("reply", reply.text).hex()
        mark = uuid5(reply.ticket_id, f"{words} {reply.once}")
        if await audit.is_noted(session, worker.id, "reply_once", mark):
            return True
        audit.note(session, worker.id, "reply_once", [mark], now)
        return False
