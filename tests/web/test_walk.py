"""A newcomer follows every link: nowhere a dead end, a foreign word, an agency or a third party."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace

import pytest
from httpx import AsyncClient

from api.app import make
from bot.dialogue.book import Book
from bot.dialogue.check_words import MARKED, rules_of, variants
from bot.dialogue.words import Words
from nlu.reading import Language
from tests.harness import World
from tests.web.walk import InAnotherScript, Seen, walk

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


async def test_no_agency_outside_truth_texts(pages: list[Seen], world: World) -> None:
    """The police and the rest stand only where the truth is told."""
    book = world.service.book
    agencies, truth = rules_of(book).agencies, allowed(book)
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


async def test_every_word_comes_from_content(client: AsyncClient, world: World) -> None:
    """In a language of another script, written from right to left, no Latin letter is left over
    but in names."""
    book = world.service.book
    english = book.words[Language.EN]
    values = {each.name: getattr(english, each.name) for each in fields(Words)}
    urdu = InAnotherScript(**{**values, "language": Language.UR})
    words: Mapping[Language, Words] = {**book.words, Language.UR: urdu}
    service = replace(world.service, book=replace(book, words=words))
    client._transport.app = make(service)  # type: ignore[attr-defined]
    names = {book.look.name, *(area for card in book.programmes.values() for area in card.areas)}
    names |= {"English"}
    pages = [seen for seen in await walk(client, "/?l=ur") if "l=en" not in seen.path]
    assert len(pages) >= 15
    for seen in pages:
        assert 'dir="rtl"' in seen.html, seen.path
        left = {*re.findall(r"[A-Za-z]{2,}", re.sub(r"https?://\S+", "", seen.text))} - names
        assert not left, (seen.path, left)
