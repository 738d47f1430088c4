"""Posters and cards: neutral, whole, and with codes that lead where they say."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.commands.poster import drawn, poster
from bot.commands.sheets import modules
from bot.dialogue.check_words import rules_of
from bot.errors import BadSettings
from bot.settings import Settings
from nlu.reading import Language
from tests.bot.talking import book

OURS = Settings.model_validate(
    {
        "public_url": "https://handrail.example",
        "sms_number": "+447700900100",
        "whatsapp_number": "+447700900101",
        "voice_number": "+441632960123",
        "telegram_name": "somebot",
    }
)
BARE = Settings.model_validate({"public_url": "https://handrail.example"})


@pytest.mark.parametrize("settings", [OURS, BARE], ids=["every way", "the web alone"])
def test_each_is_there_as_pdf_and_as_png(settings: Settings) -> None:
    """A4 and a bank card, at 300 dots an inch, and ink on both."""
    files = drawn(settings, book(), Language.EN)
    assert {*files} == {"poster-en.pdf", "poster-en.png", "card-en.pdf", "card-en.png"}
    for name in ("poster-en.pdf", "card-en.pdf"):
        assert files[name].startswith(b"%PDF-")
    for name, size in (("poster-en.png", (2480, 3508)), ("card-en.png", (1004, 650))):
        image = Image.open(BytesIO(files[name]))
        assert image.size == size
        assert image.info["dpi"] == pytest.approx((300, 300), abs=1)
        dark = image.histogram()[0]
        assert dark > 10_000


@pytest.mark.parametrize("language", [Language.EN, Language.UR, Language.AR, Language.PL])
def test_nothing_runs_over_the_edge(language: Language) -> None:
    """White all around, whatever ways there are, from left to right and from right to left: a
    printer cuts nothing off."""
    for settings in (OURS, BARE):
        files = drawn(settings, book(), language)
        for name in (f"poster-{language}.png", f"card-{language}.png"):
            image = Image.open(BytesIO(files[name])).point(lambda dot: 255 - dot)
            left, top, right, bottom = image.getbbox() or (0, 0, 0, 0)
            edge = image.width // 40
            assert min(left, top) >= edge
            assert right <= image.width - edge
            assert bottom <= image.height - edge


def test_no_agency_and_no_reason_stands_on_them() -> None:
    """Found in a pocket, a card says nothing of what it is for."""
    words = book().words[Language.EN]
    ids = ("site-heading", "site-lead", "site-danger", "site-way-web", "site-way-text")
    texts = [words.text(one, {}, marks=False) or "" for one in ids]
    assert not any(rules_of(book()).agencies.search(text) for text in texts)


def test_a_code_has_room_around_it() -> None:
    """Four modules of white on each side, as readers need, and three corners to find it by."""
    rows = modules("https://handrail.example")
    assert not any(any(row) for row in (*rows[:4], *rows[-4:]))
    corner = [row[4:11] for row in rows[4:11]]
    assert corner[0] == corner[6] == [True] * 7


def test_without_an_address_there_is_no_poster(tmp_path: Path) -> None:
    """A code that leads nowhere is never printed."""
    with pytest.raises(BadSettings):
        poster(Settings.model_validate({"public_url": ""}), tmp_path)
