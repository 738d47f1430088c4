"""Pages of the staff console: templates, and words from content.

Belongs here: rendering, and codes made into words. Does not belong here: any word a person
reads (content/languages/en/desk.ftl), or what a page shows (api/desk/routes.py).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.pages import service_of
from bot.dialogue.book import Book
from bot.dialogue.turn import Say
from bot.dialogue.words import render
from bot.messages import ChannelName
from bot.rules.hours import LOCAL
from nlu.reading import Language

TEMPLATES = Path(__file__).resolve().parent / "templates"
_HOUR = timedelta(hours=1)


def tell(book: Book, text_id: str, /, **args: str | int) -> str:
    """The words of `text_id`. The console speaks English, in plain text."""
    return render(Say(text_id, args), book, Language.EN, ChannelName.SMS)[0]


def named(book: Book, kind: str, code: str) -> str:
    """A code in words: `named(book, "reason", "asked_for_person")`."""
    return tell(book, f"desk-{kind}-{code.replace('_', '-')}")


def waited(book: Book, since: datetime, now: datetime) -> str:
    """How long somebody has been waiting."""
    span = max(now - since, timedelta())
    hours, rest = divmod(span, _HOUR)
    minutes = rest // timedelta(minutes=1)
    if hours:
        return tell(book, "desk-waited-hours", hours=hours, minutes=minutes)
    return tell(book, "desk-waited-minutes", minutes=minutes)


def clock_time(at: datetime) -> str:
    """Day and time as the wall clock here shows them."""
    return at.astimezone(LOCAL).strftime("%d/%m %H:%M")


_templates = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
)
_templates.filters["clock_time"] = clock_time


def desk_page(
    request: Request, template: str, values: Mapping[str, object], *, status: int = 200
) -> HTMLResponse:
    """In a template `tell('desk-…')` gives words and `named(kind, code)` those of a code."""
    service = service_of(request)
    now = service.clock.now()
    text = _templates.get_template(template).render(
        tell=partial(tell, service.book),
        named=partial(named, service.book),
        waited=lambda since: waited(service.book, since, now),
        **values,
    )
    return HTMLResponse(text, status)


def notice(request: Request, text_id: str, status: int) -> HTMLResponse:
    """A page that says one thing."""
    return desk_page(request, "notice.html", {"text_id": text_id}, status=status)
