"""A newcomer's walk: every link of every public page, followed once.

Belongs here: walking, and what a page shows as text. Does not belong here: what is expected.
"""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from httpx import AsyncClient

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
        self.parts += [value for name, value in attrs if name.startswith("data-") and value]

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
    """One page of the walk."""

    path: str
    status: int
    html: str

    @property
    def text(self) -> str:
        return text_of(self.html)


async def walk(client: AsyncClient, start: str = "/") -> list[Seen]:
    """Every page that links lead to from `start`, but for the exit and other languages."""
    language = _picked(start)
    ahead, met, pages = [start], {start}, []
    while ahead:
        path = ahead.pop(0)
        answer = await client.get(path, follow_redirects=True)
        pages.append(Seen(path, answer.status_code, answer.text))
        for href in re.findall(r'<a[^>]+href="([^"]+)"', answer.text):
            place = re.sub(r"look=\w+&?", "", unescape(href).split("#")[0]).rstrip("?")
            if place.startswith("/") and place not in met and not place.startswith("/out"):
                if _picked(place) != language:
                    continue
                met.add(place)
                ahead.append(place)
    return pages


def _picked(path: str) -> str:
    found = re.search(r"[?&]l=([\w-]+)", path)
    return found[1] if found else ""
