"""What was attached to a message: how much of it is taken, and what it really is. Pure.

Belongs here: the bounds, and telling the type by the content itself: what a carrier or a phone says
of it is not believed. Does not belong here: fetching (bot/channels), keeping (bot/desk/keeping.py).
Facts: the first bytes of each format as its own specification gives them.
"""

from datetime import timedelta
from typing import Final

from bot.messages import MediaKind

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of one attachment: WhatsApp's own limit; Telegram hands bots up to 20 MB."""
UNFETCHED: Final = (MediaKind.LOCATION, MediaKind.CONTACT)
"""Told with the message itself: nothing is fetched for them."""
_WAITS: Final = (5, 30, 120, 600, 1800, 3600)
"""Seconds before each further try; afterwards a person hears that it never came."""
_STARTS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\x1f\x8b", "application/gzip"),
    (b"%PDF-", "application/pdf"),
    (b"BEGIN:VCARD", "text/vcard"),
)
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_BRANDS: Final = (
    (b"M4A", "audio/mp4"),
    (b"heic", "image/heic"),
    (b"heix", "image/heic"),
    (b"mif1", "image/heic"),
)
PLAYS: Final = ("audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/wav")
"""What a browser plays in the page; all else but pictures is only ever saved to a file."""


def type_of(content: bytes) -> str | None:
    """The type that the first bytes tell; None for what is not taken."""
    if content[:4] == b"RIFF":
        return _RIFF.get(content[8:12])
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        return next((found for start, found in _BRANDS if brand.startswith(start)), "video/mp4")
    return next((found for start, found in _STARTS if content.startswith(start)), None)


def wait_after(tries: int) -> timedelta | None:
    """How long until the next try after so many, one or more; None: it is given up."""
    return timedelta(seconds=_WAITS[tries - 1]) if tries <= len(_WAITS) else None


def rough_place(position: str) -> str:
    """A position to about a kilometre, from `latitude,longitude`; empty for what is none."""
    latitude, _, longitude = position.partition(",")
    try:
        return f"{float(latitude):.2f},{float(longitude):.2f}"
    except ValueError:
        return ""
