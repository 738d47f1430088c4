"""The face of the public pages: name, colours, and which texts stand on which page. Pure.

Belongs here: the shape of content/site and its checks. Does not belong here: the words
(content/languages), HTML or CSS (api).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, field_validator

type Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]

READABLE = 4.5
"""Contrast that words need against what they stand on (WCAG 2.2, 1.4.3)."""
VISIBLE = 3.0
"""Contrast that edges and focus rings need (1.4.11)."""
_ON = ("paper", "card")
_READ: Mapping[str, tuple[str, ...]] = {
    "ink": (*_ON, "own", "first", "second", "third"),
    "soft": (*_ON, "own"),
    "accent": (*_ON, "first", "second", "third"),
    "on_accent": ("accent",),
    "on_danger": ("danger",),
}
_SEEN: Mapping[str, tuple[str, ...]] = {"edge": _ON, "focus": (*_ON, "danger")}


class _Site(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Palette(_Site):
    """The colours of one scheme, as `#rrggbb`."""

    paper: Colour
    card: Colour
    ink: Colour
    soft: Colour
    edge: Colour
    accent: Colour
    on_accent: Colour
    focus: Colour
    own: Colour
    danger: Colour
    on_danger: Colour
    first: Colour
    second: Colour
    third: Colour


class Look(_Site):
    """What a partnership chooses for itself."""

    name: str
    leaves_to: HttpUrl
    framed_by: tuple[str, ...] = ()
    light: Palette
    dark: Palette

    @field_validator("framed_by")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?", origin):
                raise ValueError("a site is written as https://name, with nothing after it")
        return value


class Part(_Site):
    """Texts under a heading. `more`: folded away until somebody asks for it."""

    heading: str
    texts: tuple[str, ...]
    more: bool = False


class ReadPage(_Site):
    """One page to read. Its id is its address."""

    id: Annotated[str, Field(pattern=r"^[a-z]+$")]
    title: str
    texts: tuple[str, ...]
    parts: tuple[Part, ...] = ()

    @property
    def all_texts(self) -> tuple[str, ...]:
        parts = (text for part in self.parts for text in (part.heading, *part.texts))
        return (self.title, *self.texts, *parts)


class Line(_Site):
    """A public line: what it is for, and its number as people write it."""

    text: str
    number: str
    by: Literal["call", "text"] = "call"

    @property
    def href(self) -> str:
        return ("tel:" if self.by == "call" else "sms:") + self.number.replace(" ", "")


class Pages(_Site):
    pages: tuple[ReadPage, ...]
    lines: tuple[Line, ...] = ()


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def faint(palette: Palette) -> Iterator[str]:
    """Pairs of colours that cannot be told apart well enough."""
    for pairs, least in ((_READ, READABLE), (_SEEN, VISIBLE)):
        for over, unders in pairs.items():
            for under in unders:
                found = contrast(getattr(palette, over), getattr(palette, under))
                if found < least:
                    yield f"{over} on {under} has a contrast of {found:.1f}, not {least}"
