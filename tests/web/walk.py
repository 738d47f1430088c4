"""A newcomer's walk: every link of every public page, every question, every mistake.

Belongs here: walking, and what a page shows and weighs. Does not belong here: what is expected.
"""

import gzip
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from uuid import uuid4

from httpx import AsyncClient, Response

from api.questions import FORMS
from tests.harness import World

_ID = "data-live"
_UNSEEN = {"script", "style", "template"}


class _Text(HTMLParser):
    """What a person reads or hears, attributes for screen readers with it."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside.append(tag)
        said = {"aria-label", "title", "alt", "placeholder"}
        self.parts += [value for name, value in attrs if name in said and value]
        told = [value for name, value in attrs if name.startswith("data-") and name != _ID]
        self.parts += [value for value in told if value]

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {*self._inside} & _UNSEEN:
            self.parts.append(data)


def text_of(page: str) -> str:
    parser = _Text()
    parser.feed(page)
    return re.sub(r"\s+", " ", unescape(" ".join(parser.parts)))


@dataclass
class Seen:
    """One page of the walk. `path`: without the language."""

    path: str
    status: int
    html: str

    @property
    def text(self) -> str:
        return text_of(self.html)

    @property
    def files(self) -> list[str]:
        return re.findall(r'(?:src|href)="(/static/[^"]+)"', self.html)


def wire(text: str) -> int:
    """Bytes after gzip."""
    return len(gzip.compress(text.encode()))


async def walk(client: AsyncClient, start: str = "/") -> list[Seen]:
    """Every page that links lead to from `start`, but for the exit and other languages."""
    language = _picked(start)
    ahead, met, pages = [start], {start}, []
    while ahead:
        path = ahead.pop(0)
        answer = await client.get(path, follow_redirects=True)
        pages.append(Seen(_plain(path), answer.status_code, answer.text))
        for href in re.findall(r'<a[^>]+href="([^"]+)"', answer.text):
            place = re.sub(r"look=\w+&?", "", unescape(href).split("#")[0]).rstrip("?")
            if place.startswith("/") and place not in met and not place.startswith("/out"):
                if _picked(place) != language:
                    continue
                met.add(place)
                ahead.append(place)
    return pages


@dataclass
class Newcomer:
    """Somebody who reads one language and comes to every page there is."""

    client: AsyncClient
    world: World
    language: str

    async def sees(self) -> list[Seen]:
        """By links, by answering, by mistakes; "999" is all that they write."""
        await self._posts("/chat", text="999")
        await self.world.settle()
        seen = await walk(self.client, self._mark("/"))
        seen += [page async for page in self._questions()]
        seen += [page async for page in self._mistakes()]
        answer = await self._posts("/chat/delete")
        return [*seen, Seen("/chat/delete", answer.status_code, answer.text)]

    async def _questions(self) -> AsyncIterator[Seen]:
        for form, flow in FORMS.items():
            await self._posts(f"/q/{form}/1", text="999")
            await self.world.settle()
            steps = len(self.world.service.book.flows[flow].steps)
            for place in (*range(1, steps + 1), "all", "save", "kept", "sent"):
                yield await self._gets(f"/q/{form}/{place}")

    async def _mistakes(self) -> AsyncIterator[Seen]:
        for path in ("/nothing-here", "/q/z", "/q/a/99", "/chat/delete"):
            yield await self._gets(path)
        for path, form in (
            ("/q/a/1", {"text": " "}),
            ("/q/a/1", {"text": "9" * 4001}),
            ("/chat", {"text": ""}),
            ("/chat", {"text": "9" * 4001}),
            ("/chat", {"text": "9", "client_id": "<>"}),
        ):
            answer = await self._posts(path, **form)
            yield Seen(path, answer.status_code, answer.text)
        elsewhere = {"origin": "https://elsewhere.example"}
        answer = await self.client.post(self._mark("/chat"), data={}, headers=elsewhere)
        yield Seen("/chat", answer.status_code, answer.text)

    async def _gets(self, path: str) -> Seen:
        answer = await self.client.get(self._mark(path), follow_redirects=True)
        return Seen(path, answer.status_code, answer.text)

    async def _posts(self, path: str, **form: str) -> Response:
        return await self.client.post(self._mark(path), data={"client_id": uuid4().hex, **form})

    def _mark(self, path: str) -> str:
        return f"{path}?l={self.language}"


def _plain(path: str) -> str:
    return re.sub(r"[?&]l=[\w-]+", "", path)


def _picked(path: str) -> str:
    found = re.search(r"[?&]l=([\w-]+)", path)
    return found[1] if found else ""
