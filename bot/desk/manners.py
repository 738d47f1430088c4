"""What the service itself says around a worker's words: who has come, that the end is near, and
how to come back.

Belongs here: whether each is due, and its row. Does not belong here: the worker's own words
(bot/desk/livechat.py), tickets (bot/desk/queue.py).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.dialogue.book import Book
from bot.dialogue.followup import CHOICES, FEEDBACK
from bot.dialogue.turn import Say
from bot.dialogue.words import render
from bot.messages import Purpose
from bot.rules.contact import SILENCE
from bot.store import chats, people, threads
from bot.store.outgoing import Draft, Part, queue_row
from bot.store.session import Session

ENDS_SOON = timedelta(minutes=10)
"""So long before its end somebody is told that a chat ends."""
HANDED_BACK = "handed-back"
CHAT_ENDED = "chat-ended"
_UNNAMED = "worker-unnamed"
_ENDING_SOON = "ending-soon"


@dataclass(frozen=True, slots=True)
class Manners:
    """Each method gives the id of the row it made, or None where nothing is to be said."""

    book: Book

    async def introduce(
        self, session: Session, ticket_id: UUID, staff_id: UUID, now: datetime
    ) -> UUID | None:
        """Before a worker's first words: who they are, how private it is, how long they have."""
        chat = await chats.of_ticket(session, ticket_id)
        if chat is None or chat.first_words_at is not None:
            return None
        name = await people.first_name(session, staff_id)
        minutes = self.book.deployment.chat_minutes
        thread = await threads.load_thread(session, chat.conversation_id)
        if not name:
            language, channel = thread.state.language, thread.address.channel
            name, _ = render(Say(_UNNAMED), self.book, language, channel)
        say = Say("worker-joined", {"name": name, "minutes": minutes})
        return await self._queue(session, chat, (say,), Purpose.STAFF, now)

    async def part(
        self, session: Session, ticket_id: UUID, text_id: str, now: datetime
    ) -> UUID | None:
        """At the end of a chat that took place: the next step, how to come back, and whether it
        was any help. Somebody who has been silent for long is not written to for it."""
        chat = await chats.of_ticket(session, ticket_id)
        if chat is None or chat.first_words_at is None or now - chat.last_in_at > SILENCE:
            return None
        asks = (Say(FEEDBACK, choices=CHOICES),) if text_id == CHAT_ENDED else ()
        return await self._queue(session, chat, (Say(text_id), *asks), Purpose.REPLY, now)

    async def offer(
        self, session: Session, ticket_id: UUID, say: Say, now: datetime
    ) -> UUID | None:
        """Something ready-made that whoever holds the ticket offers."""
        chat = await chats.of_ticket(session, ticket_id)
        return (
            None if chat is None else await self._queue(session, chat, (say,), Purpose.STAFF, now)
        )

    async def warn_of_ends(self, session: Session, now: datetime) -> tuple[UUID, ...]:
        """Ten minutes before the time that the worker said they had."""
        length = timedelta(minutes=self.book.deployment.chat_minutes) - ENDS_SOON
        rows = []
        for chat in await chats.ending(session, now - length, now - SILENCE):
            await chats.note_warned(session, chat, now)
            say = Say(_ENDING_SOON, {"minutes": int(ENDS_SOON.total_seconds() // 60)})
            rows.append(await self._queue(session, chat, (say,), Purpose.REPLY, now))
        return tuple(rows)

    async def _queue(
        self,
        session: Session,
        chat: chats.Chat,
        says: tuple[Say, ...],
        purpose: Purpose,
        now: datetime,
    ) -> UUID:
        thread = await threads.load_thread(session, chat.conversation_id)
        language, channel = thread.state.language, thread.address.channel
        parts = tuple(
            Part(say.text, *render(say, self.book, language, channel), keep=True) for say in says
        )
        draft = Draft(thread.address, purpose, parts, thread.id, now)
        row_id = await queue_row(session, draft, now)
        session.announce(thread.id, "message", now)
        return row_id
