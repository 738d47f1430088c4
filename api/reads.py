"""Pages to read, other help, and the stylesheet in the colours of this deployment.

Belongs here: choosing what stands on them. Does not belong here: words and colours (content),
which programmes are current (bot/rules/matching.py).
"""

from dataclasses import dataclass
from functools import cache

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.pages import HERE, page, service_of
from bot.dialogue.book import Book
from bot.dialogue.look import Look, Palette
from bot.dialogue.nodes import Ages, ProgrammeCard
from bot.rules.matching import is_current

_OLDEST = 120


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody looks for; None and empty are everything."""

    need: str = ""
    age: int | None = None

    def fits(self, card: ProgrammeCard) -> bool:
        ages = card.ages
        young = self.age is not None and ages.youngest is not None and self.age < ages.youngest
        old = self.age is not None and ages.oldest is not None and self.age > ages.oldest
        return not young and not old and (not self.need or self.need in card.needs)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: plain words, never a service's name."""

    about: str
    ages: str
    span: dict[str, int]
    areas: str


async def read(request: Request) -> Response:
    wanted = request.path_params["name"]
    found = next((one for one in service_of(request).book.site.pages if one.id == wanted), None)
    if found is None:
        raise HTTPException(404)
    return page(request, "read.html", {"read": found})


async def help_page(request: Request) -> Response:
    """Other help, filtered; what is stale is not there at all."""
    service = service_of(request)
    today = service.clock.now().date()
    cards = [
        one for one in service.book.programmes.values() if is_current(one, service.book, today)
    ]
    needs = {need for card in cards for need in card.needs}
    wanted = _chosen(request)
    values = {
        "chosen": wanted,
        "needs": [
            (number, need, f"site-need-{need}")
            for number, need in _numbered(service.book).items()
            if need in needs
        ],
        "entries": [_entry(card) for card in cards if wanted.fits(card)],
        "lines": service.book.site.lines,
    }
    return page(request, "help.html", values)


def _chosen(request: Request) -> Chosen:
    """`n` the number of a need, `a` an age: the address is kept in a history, and says nothing.
    What is no number of ours finds nothing."""
    age, number = (request.query_params.get(name, "").strip() for name in ("a", "n"))
    known = age.isascii() and age.isdigit() and int(age[:4]) <= _OLDEST
    need = _numbered(service_of(request).book).get(number, number)
    return Chosen(need, int(age) if known else None)


def _numbered(book: Book) -> dict[str, str]:
    """Every need by a number that stays while the content does."""
    needs = sorted({need for card in book.programmes.values() for need in card.needs})
    return {str(number): need for number, need in enumerate(needs, 1)}


def _entry(card: ProgrammeCard) -> Entry:
    text, span = _ages(card.ages)
    return Entry(card.about, text, span, ", ".join(card.areas))


def _ages(ages: Ages) -> tuple[str, dict[str, int]]:
    """Which sentence says the ages, and what fills it."""
    match ages.youngest, ages.oldest:
        case None, None:
            return "", {}
        case int(youngest), None:
            return "site-help-from", {"from": youngest}
        case None, int(oldest):
            return "site-help-to", {"to": oldest}
        case youngest, oldest:
            return "site-help-ages", {"from": int(youngest or 0), "to": int(oldest or 0)}


async def stylesheet(request: Request) -> Response:
    return Response(_styles(service_of(request).book.look), media_type="text/css")


@cache
def _styles(look: Look) -> str:
    rules = (HERE / "static" / "page.css").read_text(encoding="utf-8")
    dark = f"@media (prefers-color-scheme: dark) {{ :root {{ {_colours(look.dark)} }} }}"
    return f":root {{ color-scheme: light dark; {_colours(look.light)} }}\n{dark}\n{rules}"


def _colours(palette: Palette) -> str:
    named = palette.model_dump().items()
    return " ".join(f"--{name.replace('_', '-')}: {colour};" for name, colour in named)


READS = Route("/{name:str}", read, methods=["GET"])
"""After every other route of one part: a page is whatever the content says that it is."""
ROUTES = [
    Route("/help", help_page, methods=["GET"]),
    Route("/static/page.css", stylesheet, methods=["GET"], middleware=[Middleware(GZipMiddleware)]),
]
