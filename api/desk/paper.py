"""The handover page as PDF, in every script that people write to us in.

Belongs here: fonts and where things stand on the sheet. Does not belong here: what stands on it
(bot/desk/handover.py), its words (content).
"""

from collections.abc import Callable
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from api.desk.pages import full_time, in_words
from bot.desk.handover import Handover

type Tell = Callable[..., str]
type Named = Callable[[str, str], str]

_FONTS = Path(__file__).resolve().parent / "fonts"
_SCRIPTS = ("Arabic", "Gurmukhi", "Gujarati", "Tamil", "Ethiopic")
_SIZE, _SMALL, _LARGE = 9.5, 8.0, 15.0
_LINE = 4.6
_LABEL_WIDTH = 38.0
_MARGIN = 15.0


class _Sheet(FPDF):
    """A4, with a line at the foot that says whose copy this is."""

    foot = ""
    mark = ""

    def header(self) -> None:
        """What stands on every sheet that is not about anybody real."""
        if self.mark:
            self.set_font("sans", style="B", size=_LARGE)
            self.multi_cell(0, 8, self.mark, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("sans", size=_SMALL)
        self.cell(0, 5, self.foot, align="C")


def pdf(made: Handover, tell: Tell, named: Named, mark: str = "") -> bytes:
    """The same handover gives the same words; the file names nobody in its properties."""
    sheet = _blank(tell("desk-handover-title"))
    sheet.mark = mark
    by, at = made.made_by, full_time(made.made_at)
    sheet.foot = tell("desk-handover-foot", name=by, at=at, reference=made.reference)
    sheet.add_page()
    _top(sheet, made, tell, named)
    _part(sheet, tell("desk-handover-facts"))
    for field, value in made.facts:
        _pair(sheet, in_words(field), value)
    _part(sheet, tell("desk-handover-said"))
    for one in made.said:
        _pair(sheet, f"{full_time(one.at)} {named('risk', one.level.value)}", f"“{one.text}”")
    _part(sheet, tell("desk-handover-risk"))
    for step in made.risk:
        who = tell("desk-risk-by", name=step.author) if step.author else tell("desk-risk-heard")
        words = f"{named('risk', step.level)}, {who} {step.reason}".strip()
        _pair(sheet, full_time(step.at), words)
    _part(sheet, tell("desk-handover-done"))
    for deed in made.deeds:
        _pair(sheet, full_time(deed.at), f"{named('deed', deed.what)} {deed.who}".strip())
    _part(sheet, tell("desk-handover-unknown"))
    _words(sheet, ", ".join(in_words(field) for field in made.unknown) or tell("desk-none"))
    _part(sheet, tell("desk-handover-given"))
    for share in made.given:
        _pair(sheet, full_time(share.at), f"{named('front-door', share.recipient)}, {share.author}")
    return bytes(sheet.output())


def _blank(title: str) -> _Sheet:
    sheet = _Sheet(format="A4")
    sheet.set_margin(_MARGIN)
    sheet.set_auto_page_break(True, margin=_MARGIN)
    sheet.set_title(title)
    sheet.add_font("sans", fname=_FONTS / "NotoSans_400Regular.ttf")
    sheet.add_font("sans", style="B", fname=_FONTS / "NotoSans_700Bold.ttf")
    for script in _SCRIPTS:
        sheet.add_font(script.lower(), fname=_FONTS / f"NotoSans{script}_400Regular.ttf")
    sheet.set_fallback_fonts([script.lower() for script in _SCRIPTS], exact_match=False)
    sheet.set_text_shaping(True)
    return sheet


def _top(sheet: _Sheet, made: Handover, tell: Tell, named: Named) -> None:
    sheet.set_font("sans", style="B", size=_LARGE)
    _line(sheet, tell("desk-handover-title"))
    sheet.set_font("sans", size=_SIZE)
    categories = ", ".join(named("category", one) for one in made.categories)
    _pair(sheet, tell("desk-column-reference"), made.reference)
    _pair(sheet, tell("desk-risk-title"), f"{named('risk', made.level)} {categories}".strip())
    _pair(sheet, tell("desk-handover-channel"), named("channel", made.channel))


def _part(sheet: _Sheet, title: str) -> None:
    sheet.ln(2)
    sheet.set_font("sans", style="B", size=_SIZE + 1)
    _line(sheet, title)
    sheet.set_font("sans", size=_SIZE)


def _pair(sheet: _Sheet, label: str, words: str) -> None:
    sheet.set_font("sans", size=_SMALL)
    sheet.cell(_LABEL_WIDTH, _LINE, label)
    sheet.set_font("sans", size=_SIZE)
    _words(sheet, words)


def _words(sheet: _Sheet, words: str) -> None:
    sheet.multi_cell(0, _LINE, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _line(sheet: _Sheet, words: str) -> None:
    sheet.cell(0, _LINE + 2, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
