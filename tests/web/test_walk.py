"""A newcomer comes to every page in their language: nowhere a dead end, a foreign word, an agency,
a third party, a page too heavy for a bus, or one without the exit."""

import re
from collections.abc import Collection
from html import escape

import pytest
from httpx import AsyncClient
from starlette.routing import Route

from api import again, chat, front, leave, questions, reads
from api.pages import own_name
from bot.dialogue.book import Book, public
from bot.dialogue.check_words import MARKED, agencies_in, variants
from bot.dialogue.words import RIGHT_TO_LEFT
from nlu.reading import Language
from tests.bot.talking import book
from tests.harness import World
from tests.web.walk import Newcomer, Seen, wire

pytestmark = [pytest.mark.edge, pytest.mark.timeout(240)]

_FETCHED = re.compile(r'<(?:script|link|img|iframe|form)\b[^>]*(?:src|href|action)="([^"]+)"')
_TELLING = re.compile(r"viol|gang|knife|abus|danger|help\b.*young|friend|child\b", re.IGNORECASE)
_FAULTS = {403, 404, 405, 413, 422}
LIGHT, CHAT = 20_000, 35_000
"""Bytes on the wire, with all files: of any page, and of the chat."""
_SHORT = 12
_OTHER_SCRIPTS = {Language.UR, Language.AR, Language.PA}
_NAMING = ("site-line-", "privacy-complain", "truth-")


def languages() -> list[object]:
    """Three in a short run."""
    short = (Language.EN, Language.UR, Language.PL)
    marks = {True: (), False: (pytest.mark.long,)}
    return [pytest.param(one, marks=marks[one in short]) for one in book().on_pages]


@pytest.mark.parametrize("language", languages())
async def test_a_newcomer_meets_nothing_wrong(
    client: AsyncClient, world: World, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By links, by answering, by mistakes, in every language."""
    monkeypatch.setattr(questions, "_TURN_WAIT", 0.02)
    pages = await Newcomer(client, world, language).sees()
    assert len({seen.path for seen in pages}) > 70
    assert {seen.status for seen in pages} == {200, *_FAULTS}
    files = {file for seen in pages for file in seen.files}
    weights = {file: wire((await client.get(file)).text) for file in files}
    for seen in pages:
        leads_on(seen)
        leaves_first(seen)
        says_nothing_to_who_looks_on(seen)
        asks_nobody_else(seen)
        whole = wire(seen.html) + sum(weights[file] for file in seen.files)
        assert whole <= (CHAT if seen.path.startswith("/chat") else LIGHT), seen.path
        names_no_agency(seen, book(), language)
        speaks(seen, language)
    if language is not Language.EN:
        leaves_no_english(pages, language)


def leads_on(seen: Seen) -> None:
    """A fault is told kindly on a page with a way on; no text is shown by its id."""
    assert re.search(r'<a[^>]+href="/[^"]*"', seen.html.split("<main", 1)[1]), seen.path
    ids = {*book().words[Language.EN].entries}
    assert not {*re.findall(r"[a-z]+(?:-[a-z_]+)+", seen.text)} & ids, seen.path


def leaves_first(seen: Seen) -> None:
    """The exit and 999 stand before anything else, and the exit's script is there."""
    before = seen.html.split("<main", 1)[0]
    assert 'id="out" href="/out"' in before, seen.path
    assert 'href="tel:999"' in before, seen.path
    assert '<script src="/static/leave.js" defer>' in before, seen.path


def says_nothing_to_who_looks_on(seen: Seen) -> None:
    (title,) = re.findall("<title>([^<]*)</title>", seen.html)
    assert len(title) <= 14, (seen.path, title)
    assert not _TELLING.search(title), title
    assert not _TELLING.search(seen.path), seen.path


def asks_nobody_else(seen: Seen) -> None:
    """Everything that a browser fetches comes from here, in four requests at most."""
    fetched = [url for url in _FETCHED.findall(seen.html) if not url.startswith("data:")]
    assert all(url.startswith("/") for url in fetched), seen.path
    assert len(seen.files) <= 3, seen.path


def names_no_agency(seen: Seen, book: Book, language: Language) -> None:
    """The police and the rest stand only where the truth is told."""
    words = book.words[language]
    ids = [one for one in words.entries if one.startswith(MARKED)]
    truth = {" ".join(text.split()) for one in ids for text in variants(words, one)} - {""}
    rest = seen.text.replace("\u2068", "").replace("\u2069", "")
    for told in sorted(truth, key=len, reverse=True):
        rest = rest.replace(told, " ")
    assert not agencies_in(book, language).findall(rest), seen.path


def speaks(seen: Seen, language: Language) -> None:
    """The page says its language and direction, and where a computer translated, it says so."""
    side = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    assert f'<html lang="{language}" dir="{side}">' in seen.html, seen.path
    if language in book().drafts:
        told = book().words[language].text("translated", {}, marks=False) or ""
        assert escape(told) in seen.html, seen.path


def leaves_no_english(pages: Collection[Seen], language: Language) -> None:
    """No English text is met, and no Latin word where another script is written."""
    english, own = book().words[Language.EN], book().words[language]
    said = {text for one in public(book(), Language.EN) for text in variants(english, one)}
    said -= {text for one in public(book(), language) for text in variants(own, one)}
    for seen in pages:
        shown = seen.text.replace("\u2068", "").replace("\u2069", "")
        assert not [text for text in said if len(text) > _SHORT and text in shown], seen.path
        if language in _OTHER_SCRIPTS:
            left = {*re.findall(r"[A-Za-z]{2,}", re.sub(r"https?://\S+", "", shown))}
            left -= _names(language)
            assert not left, (seen.path, left)


def _names(language: Language) -> set[str]:
    """Names that keep their letters: ours, of towns, of helplines, of languages, of the law."""
    texts = [one for one in book().words[language].entries if one.startswith(_NAMING)]
    named = " ".join(text for one in texts for text in variants(book().words[language], one))
    tongues = " ".join(own_name(one) for one in book().on_pages)
    towns = " ".join(area for card in book().programmes.values() for area in card.areas)
    return {*re.findall("[A-Za-z]+", f"{named} {tongues} {towns} {book().look.name}")}


def test_no_public_page_is_left_out_of_the_walk() -> None:
    """A route that nobody walked to must be walked to, or be no page."""
    routes = [*front.ROUTES, *chat.ROUTES, *questions.ROUTES, *again.ROUTES, *leave.ROUTES]
    ours = {route.path for route in (*routes, *reads.ROUTES, reads.READS) if _is_page(route)}
    assert ours == {
        "/",
        "/chat",
        "/q/{form}",
        "/q/{form}/{place}",
        "/again",
        "/help",
        "/{name:str}",
    }


def _is_page(route: Route) -> bool:
    """The exit is no page, nor are a stream and a stylesheet."""
    return "GET" in (route.methods or ()) and route.path not in _NO_PAGES


_NO_PAGES = {"/out", "/chat/events", "/static/page.css"}


def test_the_site_speaks_every_language_of_the_chat() -> None:
    """Whoever can be talked with can read the pages too."""
    assert {*book().on_pages} == {*book().offered}
    assert len(book().on_pages) == 9
