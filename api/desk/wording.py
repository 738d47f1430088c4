"""The content as people read it, for whoever edits it: every conversation in a language and on a
channel, what the deployment has told, and what a check finds. Nobody's own words.

Does not belong here: laying conversations out (bot/dialogue/show.py), checking
(bot/dialogue/check.py), changing anything: content is changed in its files and reviewed there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from api.desk.pages import desk_page
from api.pages import service_of
from bot.dialogue.book import Book
from bot.dialogue.check import check
from bot.dialogue.show import show as lay_out
from bot.messages import ChannelName
from bot.rules.hours import LOCAL
from bot.store.staff_sessions import Visit
from nlu.reading import Language

WORDING = "/desk/content"
_UNKNOWN = "unknown"
_MARKS = {"==": "title", ">": "asked", "<": "said", "[": "step"}


@dataclass(frozen=True, slots=True)
class Line:
    """`kind`: title, step, asked, said, chips, or id."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A setting that texts depend on, and which ones; `value` empty: nobody has told it."""

    name: str
    value: str
    texts: Sequence[str]


async def show(request: Request, visit: Visit) -> Response:
    service = service_of(request)
    book, asked = service.book, request.query_params
    language = _one(asked, "language", [one.value for one in book.words], Language.EN.value)
    channel = _one(asked, "channel", [*ChannelName], ChannelName.WEB.value)
    today = service.clock.now().astimezone(LOCAL).date()
    values = {
        "lines": lines(lay_out(book, Language(language), ChannelName(channel))),
        "facts": facts(book),
        "findings": check(book, today),
        "languages": [one.value for one in book.words],
        "channels": [*ChannelName],
        "language": language,
        "channel": channel,
        "is_draft": Language(language) in book.drafts,
    }
    return desk_page(request, "wording.html", values, visit=visit)


def _one(asked: Mapping[str, str], name: str, known: Sequence[str], otherwise: str) -> str:
    return asked[name] if asked.get(name) in known else otherwise


def lines(shown: Iterable[str]) -> list[Line]:
    """The lines of `handrail content show`, told apart."""
    found = []
    for line in shown:
        plain = line.strip()
        mark = plain.split(" ", 1)[0]
        if line.startswith("    "):
            found.append(Line("chips", plain))
        elif mark in _MARKS and mark != "[":
            found.append(Line(_MARKS[mark], plain.removeprefix(mark).strip()))
        elif plain.startswith("["):
            found.append(Line("step", plain.strip("[]")))
        else:
            found.append(Line("id", plain))
    return found


def facts(book: Book) -> list[Fact]:
    sources = book.words[Language.EN].sources
    return [
        Fact(
            name,
            "" if value == _UNKNOWN else str(value),
            [text for text, source in sources.items() if re.search(rf"\${name}\b", source)],
        )
        for name, value in book.facts.items()
    ]
