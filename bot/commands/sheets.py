"""A sheet to print, as PDF and as PNG: the same few strokes on either.

Belongs here: fonts, words and QR codes put at places in millimetres. Does not belong here: what
stands on a sheet (bot/commands/poster.py).
"""

from io import BytesIO
from pathlib import Path
from typing import Protocol

import segno
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from bot.settings import CONTENT_DIR
from nlu.reading import Language

_FONTS = CONTENT_DIR.parent / "api" / "desk" / "fonts"
_LATIN, _BOLD = "NotoSans_400Regular.ttf", "NotoSans_700Bold.ttf"
_OWN = {
    Language.UR: "NotoSansArabic_400Regular.ttf",
    Language.AR: "NotoSansArabic_400Regular.ttf",
    Language.PA: "NotoSansGurmukhi_400Regular.ttf",
    Language.GU: "NotoSansGujarati_400Regular.ttf",
    Language.TA: "NotoSansTamil_400Regular.ttf",
    Language.TI: "NotoSansEthiopic_400Regular.ttf",
}
_OTHER_SCRIPTS = 0x0370
"""The first code point after the Latin letters."""
_POINT = 25.4 / 72
"""Millimetres."""
_DPI = 300
_BORDER = 4
"""Modules of white that a QR code needs around it."""


def font_for(words: str, language: Language, bold: bool) -> Path:
    """One that has every letter of the words."""
    if any(ord(char) >= _OTHER_SCRIPTS and char.isalpha() for char in words):
        return _FONTS / _OWN.get(language, _LATIN)
    return _FONTS / (_BOLD if bold else _LATIN)


def modules(link: str) -> list[list[bool]]:
    """The squares of a QR code that still reads with a fifth of it rubbed off."""
    code = segno.make(link, error="q", micro=False)
    return [[bool(cell) for cell in row] for row in code.matrix_iter(border=_BORDER)]


class Sheet(Protocol):
    """Places and lengths in millimetres from the top left, sizes of letters in points."""

    def wide(self, words: str, size: float, bold: bool) -> float: ...

    def say(self, at: tuple[float, float], words: str, size: float, bold: bool) -> None:
        """`at`: the top left corner of the line."""
        ...

    def square(self, at: tuple[float, float], side: float) -> None: ...

    def save(self) -> bytes: ...


class Pdf:
    """One page of PDF, its letters and squares as lines, not as dots."""

    def __init__(self, width: float, height: float, language: Language) -> None:
        self.language = language
        self._paper = FPDF(unit="mm", format=(width, height))
        self._paper.set_auto_page_break(False)
        self._paper.set_text_shaping(True)
        self._paper.add_page()

    def _take(self, words: str, size: float, bold: bool) -> None:
        path = font_for(words, self.language, bold)
        if path.stem.lower() not in self._paper.fonts:
            self._paper.add_font(path.stem, fname=path)
        self._paper.set_font(path.stem, size=size)

    def wide(self, words: str, size: float, bold: bool) -> float:
        self._take(words, size, bold)
        return float(self._paper.get_string_width(words))

    def say(self, at: tuple[float, float], words: str, size: float, bold: bool) -> None:
        self._take(words, size, bold)
        self._paper.set_xy(at[0] - self._paper.c_margin, at[1])
        self._paper.cell(text=words, h=size * _POINT * 1.2)

    def square(self, at: tuple[float, float], side: float) -> None:
        self._paper.rect(at[0], at[1], side, side, style="F")

    def save(self) -> bytes:
        return bytes(self._paper.output())


class Png:
    """The same in dots, at 300 an inch."""

    def __init__(self, width: float, height: float, language: Language) -> None:
        self.language = language
        self._image = Image.new("L", (_dots(width), _dots(height)), 255)
        self._pen = ImageDraw.Draw(self._image)

    def _font(self, words: str, size: float, bold: bool) -> ImageFont.FreeTypeFont:
        path = font_for(words, self.language, bold)
        return ImageFont.truetype(str(path), _dots(size * _POINT))

    def wide(self, words: str, size: float, bold: bool) -> float:
        return self._font(words, size, bold).getlength(words) * 25.4 / _DPI

    def say(self, at: tuple[float, float], words: str, size: float, bold: bool) -> None:
        place = (_dots(at[0]), _dots(at[1]))
        self._pen.text(place, words, font=self._font(words, size, bold), fill=0)

    def square(self, at: tuple[float, float], side: float) -> None:
        left, top = _dots(at[0]), _dots(at[1])
        right, bottom = _dots(at[0] + side) - 1, _dots(at[1] + side) - 1
        self._pen.rectangle((left, top, right, bottom), fill=0)

    def save(self) -> bytes:
        kept = BytesIO()
        self._image.save(kept, "PNG", dpi=(_DPI, _DPI))
        return kept.getvalue()


def _dots(millimetres: float) -> int:
    return round(millimetres * _DPI / 25.4)


def draw_code(sheet: Sheet, at: tuple[float, float], side: float, link: str) -> None:
    """A QR code with the white around it, `side` in all."""
    rows = modules(link)
    each = side / len(rows)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                sheet.square((at[0] + across * each, at[1] + down * each), each)
