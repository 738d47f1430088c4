"""What Telegram's updates say, in our own words.

Belongs here: pure reading of an `Update`. Does not belong here: anything sent back.
Facts: core.telegram.org/bots/api#update.
"""

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType

from bot.errors import BadPayload
from bot.messages import Address, ChannelName, Inbound, InboundKind, Media, MediaKind

_GONE = (ChatMember.BANNED, ChatMember.LEFT)


def inbound(update: Update) -> Inbound | None:
    """What a person did in a private chat; None for groups and for what we need not know.
    Raises `BadPayload`, and whatever else a field of the wrong type leads to."""
    if update.callback_query is not None:
        return _tapped(update, update.callback_query)
    if update.my_chat_member is not None:
        return _left(update, update.my_chat_member)
    if update.message is not None:
        return _said(update, update.message, InboundKind.MESSAGE)
    if update.edited_message is not None:
        return _said(update, update.edited_message, InboundKind.EDIT)
    return None


def group_to_leave(update: Update) -> int | None:
    """The id of a group or channel that we have been put into."""
    chat = update.effective_chat
    if chat is None or chat.type == ChatType.PRIVATE:
        return None
    member = update.my_chat_member
    if member is not None and member.new_chat_member.status in _GONE:
        return None
    return chat.id


def _said(update: Update, message: Message, kind: InboundKind) -> Inbound | None:
    if message.chat.type != ChatType.PRIVATE:
        return None
    return Inbound(
        sender=_address(message.chat.id),
        provider_id=str(update.update_id),
        text=_whole(message.text or message.caption or ""),
        kind=kind,
        media=_media(message),
        profile_language=_language(message.from_user),
    )


def _tapped(update: Update, query: CallbackQuery) -> Inbound | None:
    chat = query.message.chat if query.message is not None else None
    if chat is None or chat.type != ChatType.PRIVATE or not query.data:
        return None
    return Inbound(
        sender=_address(chat.id),
        provider_id=str(update.update_id),
        text=_whole(query.data),
        kind=InboundKind.BUTTON,
        profile_language=_language(query.from_user),
    )


def _left(update: Update, member: ChatMemberUpdated) -> Inbound | None:
    if member.chat.type != ChatType.PRIVATE or member.new_chat_member.status not in _GONE:
        return None
    return Inbound(
        sender=_address(member.chat.id),
        provider_id=str(update.update_id),
        text="",
        kind=InboundKind.BLOCKED,
        profile_language=_language(member.from_user),
    )


def _whole(text: str) -> str:
    """Half an emoji, cut off by somebody's phone, can be neither kept nor sent: it is marked."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _address(chat_id: int) -> Address:
    if not isinstance(chat_id, int):
        raise BadPayload("chat id is no number")
    return Address(ChannelName.TELEGRAM, str(chat_id))


def _language(user: User | None) -> str | None:
    return user.language_code if user is not None else None


def _media(message: Message) -> tuple[Media, ...]:
    return (*_pictures(message), *_recordings(message), *_cards(message))


def _pictures(message: Message) -> tuple[Media, ...]:
    found: list[Media] = []
    if message.photo:
        largest = message.photo[-1]
        found.append(Media(MediaKind.PHOTO, largest.file_id, "image/jpeg", largest.file_size))
    if message.sticker:
        sticker = message.sticker
        found.append(Media(MediaKind.STICKER, sticker.file_id, "", sticker.file_size))
    for video in (message.video, message.video_note):
        if video:
            found.append(Media(MediaKind.VIDEO, video.file_id, "video/mp4", video.file_size))
    return tuple(found)


def _recordings(message: Message) -> tuple[Media, ...]:
    found: list[Media] = []
    if message.voice:
        voice = message.voice
        kind = MediaKind.VOICE_NOTE
        found.append(Media(kind, voice.file_id, voice.mime_type or "", voice.file_size))
    for file in (message.audio, message.document):
        if file:
            found.append(Media(MediaKind.FILE, file.file_id, file.mime_type or "", file.file_size))
    return tuple(found)


def _cards(message: Message) -> tuple[Media, ...]:
    found: list[Media] = []
    if message.contact:
        found.append(Media(MediaKind.CONTACT, message.contact.phone_number))
    if message.location:
        place = message.location
        found.append(Media(MediaKind.LOCATION, f"{place.latitude},{place.longitude}"))
    return tuple(found)
