"""`handrail poster`: a neutral poster and a card for a wallet, in each language on offer.

Belongs here: what stands where. Does not belong here: ink (bot/commands/sheets.py), words
(content), which ways are set up (bot/rules/ways.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.commands.progress import tell
from bot.commands.sheets import Pdf, Png, Sheet, draw_code
from bot.content_files import read_content
from bot.dialogue.book import Book, load_book
from bot.dialogue.turn import Say
from bot.dialogue.words import RIGHT_TO_LEFT, render, whole_numbers
from bot.errors import BadSettings
from bot.messages import ChannelName
from bot.rules.ways import Way, ways_of
from bot.settings import CONTENT_DIR, Settings
from nlu.reading import Language

_A4 = (210.0, 297.0)
_CARD = (85.0, 55.0)
"""Millimetres; the card is as large as a bank card."""
_POINT = 25.4 / 72
_WHOLE = "site-heading"
"""A language that has this text has the public pages."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, its size, and where its lines begin."""

    sheet: Sheet
    size: tuple[float, float]
    margin: float
    is_rtl: bool

    def line(self, top: float, words: str, points: float, bold: bool = False) -> float:
        """The words across the sheet, in as many lines as they need; where the next begins."""
        room = self.size[0] - 2 * self.margin
        return self.block((self.margin, top, room), words, points, bold)

    def block(
        self, place: tuple[float, float, float], words: str, points: float, bold: bool = False
    ) -> float:
        """`place`: left, top and width."""
        left, top, room = place
        whole = whole_numbers(words) if self.is_rtl else words
        for part in self._broken(whole, points, bold, room):
            wide = self.sheet.wide(part, points, bold)
            start = left + room - wide if self.is_rtl else left
            self.sheet.say((start, top), part, points, bold)
            top += points * _POINT * 1.35
        return top

    def _broken(self, words: str, points: float, bold: bool, room: float) -> list[str]:
        lines: list[str] = []
        for word in words.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.sheet.wide(longer, points, bold) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


def poster(settings: Settings, out: Path) -> int:
    """Writes PDF and PNG of both for every language that has the public pages."""
    if not settings.public_url:
        raise BadSettings("set HANDRAIL_PUBLIC_URL: a code must lead somewhere")
    book = load_book(read_content(CONTENT_DIR))
    out.mkdir(parents=True, exist_ok=True)
    for language in (one for one, words in book.words.items() if _WHOLE in words.entries):
        for name, made in drawn(settings, book, language).items():
            (out / name).write_bytes(made)
            tell(str(out / name))
    return 0


def drawn(settings: Settings, book: Book, language: Language) -> dict[str, bytes]:
    """File name to file."""
    say = partial(_say, book, language)
    ways = [(way, _link(way, settings, language)) for way in ways_of(settings)]
    files: dict[str, bytes] = {}
    for kind, size, draw in (("poster", _A4, _poster), ("card", _CARD, _card)):
        for ending, ink in (("pdf", Pdf), ("png", Png)):
            sheet: Sheet = ink(*size, language)
            draw(Paper(sheet, size, size[0] / 12, language in RIGHT_TO_LEFT), ways, say)
            files[f"{kind}-{language.value}.{ending}"] = sheet.save()
    return files


def _say(book: Book, language: Language, text_id: str) -> str:
    return render(Say(text_id), book, language, ChannelName.WEB)[0]


def _link(way: Way, settings: Settings, language: Language) -> str:
    """What a phone opens; the first page, in the language of the sheet, for the chat."""
    if way.name != "chat":
        return way.href
    return settings.public_url + ("" if language is Language.EN else f"/?l={language.value}")


type _Ways = list[tuple[Way, str]]


def _poster(paper: Paper, ways: _Ways, say: Callable[[str], str]) -> None:
    """Heading, up to four codes two by two, the numbers, and 999 at the foot."""
    width, height = paper.size
    top = paper.line(26, say("site-heading"), 40, bold=True)
    top = paper.line(top + 3, say("site-lead"), 19)
    coded = [(way, link) for way, link in ways if way.name != "call"]
    side, gap = 62.0, 14.0
    left = (width - 2 * side - gap) / 2 if len(coded) > 1 else (width - side) / 2
    for number, (way, link) in enumerate(coded):
        across, down = number % 2, number // 2
        x, y = left + across * (side + gap), top + 8 + down * (side + 22)
        draw_code(paper.sheet, (x, y), side, link)
        below = paper.block((x + 7, y + side, side), say(_name(way)), 17, bold=True)
        if way.shown:
            paper.block((x + 7, below, side), way.shown, 15)
    called = [way for way, _ in ways if way.name == "call"]
    for way in called:
        paper.line(height - 44, f"{say(_name(way))} {way.shown}", 19, bold=True)
    paper.line(height - 26, say("site-danger"), 15)


def _card(paper: Paper, ways: _Ways, say: Callable[[str], str]) -> None:
    """One code, the numbers, 999: nothing that says what it is for."""
    width, height = paper.size
    side, margin = 33.0, 6.0
    at = margin if paper.is_rtl else width - side - margin
    draw_code(paper.sheet, (at, 11), side, ways[0][1])
    left = margin + (side if paper.is_rtl else 0)
    room = width - side - 2 * margin
    top = paper.block((left, 9, room), say("site-heading"), 11, bold=True)
    for way in (way for way, _ in ways if way.shown):
        top = paper.block((left, top + 1.5, room), f"{say(_name(way))} {way.shown}", 9)
    paper.block((margin, height - 10, width - 2 * margin), say("site-danger"), 8)


def _name(way: Way) -> str:
    return "site-way-web" if way.name == "chat" else f"site-way-{way.name}"
