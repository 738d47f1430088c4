"""A newcomer follows every link: nowhere a dead end, a foreign word, an agency or a third party."""

import re
from html import escape

import pytest
from httpx import AsyncClient

from api.pages import RIGHT_TO_LEFT, own_name
from bot.dialogue.book import Book, public
from bot.dialogue.check_words import MARKED, rules_of, variants
from nlu.reading import Language
from tests.bot.talking import book
from tests.harness import World
from tests.web.walk import Seen, walk

pytestmark = pytest.mark.edge

_FETCHED = re.compile(r'<(?:script|link|img|iframe|form)\b[^>]*(?:src|href|action)="([^"]+)"')


@pytest.fixture
async def pages(client: AsyncClient) -> list[Seen]:
    await client.post("/chat", data={"text": "hello", "client_id": "a"})
    return await walk(client)


def allowed(book: Book) -> str:
    """The texts that may name an agency."""
    words = book.words[Language.EN]
    ids = [one for one in words.entries if one.startswith(MARKED)]
    return " ".join(text for one in ids for text in variants(words, one))


async def test_every_link_leads_somewhere_and_back(pages: list[Seen], world: World) -> None:
    """Each page is there, has a way on, the exit, 999, and words instead of their ids."""
    assert len(pages) >= 17
    ids = {*world.service.book.words[Language.EN].entries}
    for seen in pages:
        assert seen.status == 200, seen.path
        assert 'id="out"' in seen.html, seen.path
        assert 'href="tel:999"' in seen.html, seen.path
        assert re.search(r'<a[^>]+href="/[^"]*"', seen.html), seen.path
        assert not {*re.findall(r"[a-z]+(?:-[a-z_]+)+", seen.text)} & ids, seen.path


async def test_no_page_asks_a_third_party_or_weighs_too_much(pages: list[Seen]) -> None:
    """Everything that a browser fetches comes from here; a page is small on the wire."""
    for seen in pages:
        fetched = [url for url in _FETCHED.findall(seen.html) if not url.startswith("data:")]
        assert all(url.startswith("/") for url in fetched), seen.path
        assert len(seen.html.encode()) < 20_000, seen.path


async def test_no_agency_outside_truth_texts(pages: list[Seen]) -> None:
    """The police and the rest stand only where the truth is told."""
    agencies, truth = rules_of(book()).agencies, allowed(book())
    for seen in pages:
        for found in agencies.finditer(seen.text):
            around = seen.text[max(0, found.start() - 8) : found.end() + 8].strip()
            assert around.split(" ", 1)[-1].rsplit(" ", 1)[0] in truth, (seen.path, around)


async def test_nothing_on_a_page_gives_it_away(pages: list[Seen]) -> None:
    """Titles and addresses say nothing to somebody who looks on."""
    telling = re.compile(r"viol|gang|knife|abus|danger|help\b.*young|friend|child\b", re.IGNORECASE)
    for seen in pages:
        (title,) = re.findall("<title>([^<]*)</title>", seen.html)
        assert len(title) <= 12, title
        assert not telling.search(title), title
        assert not telling.search(seen.path), seen.path


def test_the_site_speaks_every_language_of_the_chat() -> None:
    """Whoever can be talked with can read the pages too."""
    assert {*book().on_pages} == {*book().offered}
    assert len(book().on_pages) == 9


@pytest.mark.parametrize(
    "language",
    [
        pytest.param(one, marks=() if one in (Language.UR, Language.PL) else pytest.mark.long)
        for one in book().on_pages[1:]
    ],
)
async def test_no_word_is_left_untranslated(client: AsyncClient, language: Language) -> None:
    """In the language that was picked, from link to link, with the chat begun: no English text is
    met, no Latin word where another script is written, and it says that a computer translated."""
    english, own = book().words[Language.EN], book().words[language]
    await client.post(f"/chat?l={language}", data={"text": "999", "client_id": "a"})
    pages = await walk(client, f"/?l={language}")
    assert len(pages) >= 17
    side = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    said = {text for one in public(book(), Language.EN) for text in variants(english, one)}
    said -= {text for one in public(book(), language) for text in variants(own, one)}
    for seen in pages:
        assert f'<html lang="{language}" dir="{side}">' in seen.html, seen.path
        assert escape(own.text("translated", {}, marks=False) or "") in seen.html, seen.path
        shown = seen.text.replace("\u2068", "").replace("\u2069", "")
        assert not [text for text in said if len(text) > _SHORT and text in shown], seen.path
        if language in _OTHER_SCRIPTS:
            left = {*re.findall(r"[A-Za-z]{2,}", re.sub(r"https?://\S+", "", shown))}
            assert not left - _names(language), seen.path


_SHORT = 12
_OTHER_SCRIPTS = {Language.UR, Language.AR, Language.PA}


def _names(language: Language) -> set[str]:
    """Names that keep their letters: ours, of towns, of helplines, of languages, of the law."""
    texts = [one for one in book().words[language].entries if one.startswith(_NAMING)]
    named = " ".join(text for one in texts for text in variants(book().words[language], one))
    tongues = " ".join(own_name(one) for one in book().on_pages)
    towns = " ".join(area for card in book().programmes.values() for area in card.areas)
    return {*re.findall("[A-Za-z]+", f"{named} {tongues} {towns} {book().look.name}")}


_NAMING = ("site-line-", "privacy-complain", "truth-")
