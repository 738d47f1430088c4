"""Pictures made safe to look at: blurred, or clear, and in either case nothing but pixels.

Belongs here: Pillow, and nothing that is not about pixels. Does not belong here: who may see which
(bot/desk/attachments.py). Whatever stood beside the pixels (place, time, phone) is left out because
every copy is drawn anew.
"""

from collections.abc import Callable
from io import BytesIO
from struct import error as StructError
from typing import Final

from PIL import Image, ImageOps

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_MOST_PIXELS: Final = 40_000_000
_LARGEST_SIDE: Final = 2000
_BLOCKS: Final = 24
"""The blurred copy keeps so many points along its longer side, and cannot be made clear again."""
_BLURRED_SIDE: Final = 320
_UNREADABLE: Final = (
    OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError,
    StructError, ZeroDivisionError, Image.DecompressionBombError,
)  # fmt: skip
"""All that Pillow raises for what is broken or made to break it."""


def blurred(content: bytes) -> bytes | None:
    """A small JPEG; None for what is no picture that can be read."""
    return _drawn(content, _blur)


def clear(content: bytes) -> bytes | None:
    """A JPEG the right way up; None for what is no picture that can be read."""
    return _drawn(content, _fit)


def _drawn(content: bytes, change: Callable[[Image.Image], Image.Image]) -> bytes | None:
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            out = BytesIO()
            _pixels(change(upright)).save(out, "JPEG", quality=85)
            return out.getvalue()
    except _UNREADABLE:
        return None


def _pixels(picture: Image.Image) -> Image.Image:
    """A new picture with these pixels, and none of what else the old one carried."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    return bare


def _fit(picture: Image.Image) -> Image.Image:
    picture.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    return picture


def _blur(picture: Image.Image) -> Image.Image:
    picture.thumbnail((_BLOCKS, _BLOCKS))
    scale = _BLURRED_SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.BICUBIC)
