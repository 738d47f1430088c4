"""What Twilio's forms say: their fields, the id of a message, the media that came with it.

Belongs here: pure reading. Does not belong here: signatures (twilio.py), or what follows.
Facts: twilio.com/docs/messaging/guides/webhook-request.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import parse_qsl

from bot.errors import BadPayload
from bot.messages import Media, MediaKind

_SID: Final = re.compile(r"[A-Za-z0-9]{1,64}")
_CODE: Final = re.compile(r"[0-9]{1,10}")
_MEDIA_KINDS: Final[Mapping[str, MediaKind]] = {
    "image": MediaKind.PHOTO,
    "audio": MediaKind.VOICE_NOTE,
    "video": MediaKind.VIDEO,
}
_CONTACT_TYPES: Final = ("text/vcard", "text/x-vcard", "text/directory")


class Form:
    """A form with its repeated parameters, as Twilio's validator asks for them."""

    def __init__(self, body: bytes) -> None:
        try:
            pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=500)
        except ValueError as error:
            raise BadPayload("not a form") from error
        self._body = body
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def getlist(self, name: str) -> list[str]:
        return self._values[name]

    def first(self, name: str) -> str:
        return self._values.get(name, [""])[0]

    def sid(self, secret: str) -> str:
        """Twilio's id of a message; where there is none, a keyed hash of the whole form, so that
        a redelivery is still known for what it is."""
        found = self.told_sid("MessageSid", "SmsMessageSid", "SmsSid")
        return found or f"none{hmac.digest(secret.encode(), self._body, hashlib.sha256).hex()[:40]}"

    def told_sid(self, *names: str) -> str:
        """The first of these that holds what can be an id of Twilio's; empty where none does."""
        return next((each for each in map(self.first, names) if _SID.fullmatch(each)), "")

    def code(self) -> str:
        """Twilio's number of an error; whatever else stands there says nothing."""
        return found[0] if (found := _CODE.fullmatch(self.first("ErrorCode"))) else ""

    def required(self, name: str) -> str:
        value = self.first(name)
        if not value:
            raise BadPayload(f"{name} is missing")
        return value


def media(form: Form) -> tuple[Media, ...]:
    count = form.first("NumMedia")
    found: list[Media] = []
    for n in range(min(int(count), 20) if count.isdecimal() else 0):
        url, content_type = form.first(f"MediaUrl{n}"), form.first(f"MediaContentType{n}")
        if url:
            found.append(Media(_media_kind(content_type), url, content_type))
    return tuple(found)


def _media_kind(content_type: str) -> MediaKind:
    if content_type == "image/webp":
        return MediaKind.STICKER
    if content_type.lower() in _CONTACT_TYPES:
        return MediaKind.CONTACT
    return _MEDIA_KINDS.get(content_type.partition("/")[0], MediaKind.FILE)


def location(form: Form) -> tuple[Media, ...]:
    latitude, longitude = form.first("Latitude"), form.first("Longitude")
    if not (latitude and longitude):
        return ()
    return (Media(MediaKind.LOCATION, f"{latitude},{longitude}"),)
