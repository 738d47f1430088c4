"""Who sees an attachment, and how: blurred at first, clear for a written reason, locked where it
may be illegal.

Belongs here: rights, reasons and the audit of each look. Does not belong here: fetching
(bot/desk/keeping.py), drawing (bot/desk/pictures.py). Nothing here goes into documents, exports or
training: these functions are the only way out of the rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.desk.access import Look
from bot.errors import NotFound, Refuse
from bot.rules.reasons import says_why
from bot.rules.rights import Right, may
from bot.store import attachments, audit
from bot.store.attachments import AttachmentView, LookKind, LookView, NewLook, Stand
from bot.store.session import Session

OPEN_FOR = timedelta(minutes=10)
"""A reason counts for so long; afterwards it is written anew."""
_LOOKED_FOR = timedelta(minutes=10)


class NoLookReason(Refuse):
    """Nobody opens or locks without saying why."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One attachment as its page has it."""

    item: AttachmentView
    looks: Sequence[LookView]
    is_open: bool
    """The reader gave a reason a moment ago."""
    may_see: bool
    """False: it is locked, and not to this reader."""
    blurred_text: str
    """Of a place: where it roughly is."""
    clear_text: str
    """Of a place or a card that is open: what it says."""


async def access_attachments(
    session: Session, look: Look, conversation_id: UUID
) -> Sequence[AttachmentView]:
    """What came with a conversation. To be asked for with the thread, which is noted."""
    _need(look, Right.TALK)
    return await attachments.of_thread(session, conversation_id)


async def access_attachment(session: Session, look: Look, attachment_id: UUID) -> Shown:
    item = await _found(session, look, attachment_id)
    may_see = _may_see(look, item) and item.state == Stand.KEPT.value
    since = look.at - OPEN_FOR
    is_open = may_see and await attachments.opened_since(session, item.id, look.by.id, since)
    is_text = may_see and item.content_type == "text/plain"
    audit.note(session, look.by.id, "see_attachment", [item.id], look.at, item.kind)
    return Shown(
        item,
        await attachments.looks(session, item.id),
        is_open,
        may_see,
        (await attachments.blurred(session, item.id)).decode()
        if is_text and item.has_blurred
        else "",
        (await attachments.original(session, item.id)).decode() if is_text and is_open else "",
    )


async def access_blurred(session: Session, look: Look, attachment_id: UUID) -> bytes:
    """A JPEG. Noted once in a while for each reader: an open thread asks again and again."""
    item = await _kept(session, look, attachment_id)
    if not item.has_blurred or not item.content_type.startswith("image/"):
        raise NotFound(str(attachment_id))
    seen = (look.by.id, "see_blurred")
    known = await audit.noted_since(session, seen, [item.id], look.at - _LOOKED_FOR)
    fresh = [one for one in [item.id] if one not in known]
    audit.note(session, look.by.id, "see_blurred", fresh, look.at, item.kind)
    return await attachments.blurred(session, item.id)


async def access_clear(
    session: Session, look: Look, attachment_id: UUID
) -> tuple[AttachmentView, bytes]:
    """The original, for whoever wrote a reason within `OPEN_FOR`."""
    item = await _kept(session, look, attachment_id)
    if not await attachments.opened_since(session, item.id, look.by.id, look.at - OPEN_FOR):
        raise NotFound(str(attachment_id))
    audit.note(session, look.by.id, "see_clear", [item.id], look.at, item.kind)
    return item, await attachments.original(session, item.id)


async def open_one(session: Session, look: Look, attachment_id: UUID, reason: str) -> None:
    """Raises `NoLookReason`."""
    item = await _kept(session, look, attachment_id)
    await _write(session, look, item, (LookKind.OPENED, reason))


async def lock(session: Session, look: Look, attachment_id: UUID, reason: str) -> None:
    """It may be illegal: from now on a supervisor alone can see it, the blurred copy too.
    Raises `NoLookReason`."""
    item = await _kept(session, look, attachment_id)
    await _write(session, look, item, (LookKind.LOCKED, reason))
    await attachments.set_locked(session, item.id, look.at)
    session.announce(item.conversation_id, "message", look.at)


async def unlock(session: Session, look: Look, attachment_id: UUID, reason: str) -> None:
    """A supervisor's alone. Raises `NoLookReason`."""
    _need(look, Right.SUPERVISE)
    item = await _kept(session, look, attachment_id)
    await _write(session, look, item, (LookKind.UNLOCKED, reason))
    await attachments.set_locked(session, item.id, None)
    session.announce(item.conversation_id, "message", look.at)


async def _write(
    session: Session, look: Look, item: AttachmentView, deed: tuple[LookKind, str]
) -> None:
    what, reason = deed
    if not says_why(reason):
        raise NoLookReason(what.value)
    added = NewLook(item.id, look.by.id, what, reason)
    await attachments.add_look(session, added, look.at)
    audit.note(session, look.by.id, f"attachment_{what.value}", [item.id], look.at, item.kind)


async def _kept(session: Session, look: Look, attachment_id: UUID) -> AttachmentView:
    item = await _found(session, look, attachment_id)
    if item.state != Stand.KEPT.value or not _may_see(look, item):
        raise NotFound(str(attachment_id))
    return item


async def _found(session: Session, look: Look, attachment_id: UUID) -> AttachmentView:
    _need(look, Right.TALK)
    item = await attachments.one(session, attachment_id)
    if item is None:
        raise NotFound(str(attachment_id))
    return item


def _may_see(look: Look, item: AttachmentView) -> bool:
    return not item.is_locked or may(look.by.role, Right.SUPERVISE)


def _need(look: Look, right: Right) -> None:
    if not may(look.by.role, right):
        raise NotFound(right.value)
