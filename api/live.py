"""One web conversation as its browser may see it, now and as it changes.

Belongs here: what is shown, and when. Does not belong here: cookies and forms (api/chat.py).
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from api.stream import HEARTBEAT, Hub, Waiter, event
from bot.bootstrap import Service
from bot.errors import StoreAway
from bot.messages import Choice, DeliveryStatus
from bot.store import events, views, websessions
from bot.store.session import Session

ANSWER_WAIT = 5.0
"""Seconds that a page without JavaScript waits for an answer: the hold is at most four."""
_UNSEEN = (DeliveryStatus.HELD.value, DeliveryStatus.FAILED.value)


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on the page."""

    id: str
    direction: str
    author: str
    text: str
    at: str
    status: str
    choices: tuple[Choice, ...]
    purpose: str = ""
    by: str = ""
    """First name of the worker who wrote it."""

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "direction": self.direction,
            "author": self.author,
            "by": self.by,
            "text": self.text,
            "at": self.at,
            "status": self.status,
            "choices": [{"value": one.value, "label": one.label} for one in self.choices],
        }


@dataclass(frozen=True, slots=True)
class Talk:
    """What a page shows; an empty one is a newcomer's."""

    is_live: bool = False
    conversation_id: UUID | None = None
    messages: tuple[Shown, ...] = ()
    language: str = "en"
    last_event: int = 0
    person: str = ""
    """First name of the worker who has joined; empty while a programme answers."""

    @property
    def is_answered(self) -> bool:
        return bool(self.messages) and self.messages[-1].direction == "out"

    @property
    def chips(self) -> tuple[Choice, ...]:
        return self.messages[-1].choices if self.is_answered else ()

    def as_json(self) -> dict[str, object]:
        conversation = str(self.conversation_id) if self.conversation_id else None
        return {
            **({"person": self.person} if self.person else {}),
            "conversation": conversation,
            "messages": [message.as_json() for message in self.messages],
        }


async def load(service: Service, token: str, *, touch: bool) -> Talk:
    """The conversation of a cookie. `touch`: the person did something, so it stays alive."""
    look = websessions.touch if touch else websessions.peek
    async with service.store.begin() as session:
        browser = await look(session, token, service.clock.now())
        if browser is None:
            return Talk()
        conversation_id = await views.conversation_at(session, browser.address)
        if conversation_id is None:
            return Talk(is_live=True)
        return await _talk(session, conversation_id)


async def _talk(session: Session, conversation_id: UUID) -> Talk:
    # The event first: what changes in between is then sent once too often, never too seldom.
    last = await events.newest(session, conversation_id)
    lines = await views.lines(session, conversation_id)
    language, person = await views.company_of(session, conversation_id)
    return Talk(True, conversation_id, tuple(_shown(lines)), language, last, person)


def _shown(lines: Iterable[views.Line]) -> Iterable[Shown]:
    labels: dict[str, str] = {}
    for line in lines:
        if line.status in _UNSEEN:
            continue
        labels = {one.value: one.label for one in line.choices} or labels
        text = labels.get(line.text, line.text) if line.kind == "button" else line.text
        yield Shown(
            str(line.id),
            line.direction,
            line.author,
            text,
            line.at.isoformat(),
            line.status,
            line.choices,
            line.purpose,
            line.by,
        )


async def answered(hub: Hub, service: Service, token: str, talk: Talk) -> Talk:
    """The conversation once its last message has an answer, or as it is after `ANSWER_WAIT`."""
    if talk.is_answered or talk.conversation_id is None:
        return talk
    if not hub.has_room(talk.conversation_id):
        return talk
    with suppress(TimeoutError):
        async with asyncio.timeout(ANSWER_WAIT):
            with hub.waiting(Waiter(talk.conversation_id)) as waiter:
                while not talk.is_answered and not hub.ended.is_set():
                    await waiter.woken.wait()
                    waiter.woken.clear()
                    talk = await load(service, token, touch=False)
    return talk


async def lines(hub: Hub, service: Service, token: str, last: int | None) -> AsyncIterator[str]:
    """The stream: each message once when it is new and again when its status changed. `last` is
    the event that the browser saw last; what has changed since is sent first."""
    yield "retry: 2000\n\n"
    sent: set[tuple[str, str]] = set()
    person = ""
    talk = await load(service, token, touch=False)
    if talk.conversation_id is None or not hub.has_room(talk.conversation_id):
        return
    with hub.waiting(Waiter(talk.conversation_id)) as waiter:
        talk = await load(service, token, touch=False)
        if last is not None and last >= talk.last_event:
            person = talk.person
            sent = {(message.id, message.status) for message in talk.messages}
        while talk.is_live and not hub.ended.is_set():
            fresh = [one for one in talk.messages if (one.id, one.status) not in sent]
            sent |= {(one.id, one.status) for one in fresh}
            if fresh or talk.person != person:
                person = talk.person
                yield _event(talk, fresh)
            try:
                await asyncio.wait_for(waiter.woken.wait(), HEARTBEAT)
            except TimeoutError:
                yield ": \n\n"
            waiter.woken.clear()
            if waiter.typing:
                waiter.typing.clear()
                yield "event: typing\ndata: {}\n\n"
            try:
                await stay(service, token)
                talk = await load(service, token, touch=False)
            except StoreAway:
                return
    if not talk.is_live:
        yield "event: lapsed\ndata: {}\n\n"


async def stay(service: Service, token: str) -> None:
    """A page that waits for a person stays, however still they sit."""
    async with service.store.begin() as session:
        await websessions.stay(session, token, service.clock.now())


def _event(talk: Talk, fresh: list[Shown]) -> str:
    data = {**talk.as_json(), "messages": [one.as_json() for one in fresh]}
    return event(talk.last_event, data)
