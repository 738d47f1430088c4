"""Pages of the staff console: templates, and words from content.

Belongs here: rendering, and codes made into words. Does not belong here: any word a person
reads (content/languages/en/desk*.ftl), or what a page shows.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.pages import service_of
from bot.dialogue.book import Book
from bot.dialogue.turn import Say
from bot.dialogue.words import render
from bot.messages import ChannelName
from bot.rules.hours import LOCAL
from bot.rules.rights import Right, may
from bot.store.staff_sessions import Visit
from nlu.reading import Language

TEMPLATES = Path(__file__).resolve().parent / "templates"
DESK = "/desk"
SIGN_IN = "/desk/login"
COOKIE = "d"
FORM_TOKEN = "form"  # noqa: S105 - the name of a field
FORM_HEADER = "x-desk-form"
_HOUR = timedelta(hours=1)


FITS: Final = frozenset(
    {
        "age_below", "age_fits", "age_unknown", "also_step_together", "area_not_listed",
        "area_unknown", "incomplete", "lives_in_area", "no_place", "not_current", "out_of_area",
        "place_known", "place_unlisted", "ties_to_weigh", "time_given", "time_unknown",
        "hidden", "silence",
    }
)  # fmt: skip
"""Codes of bot/rules/matching.py."""
_FITS_WITH: Final = frozenset({"under", "turning", "consider"})
"""Those that name an age or a programme after them."""


def tell(book: Book, text_id: str, /, **args: str | int) -> str:
    """The words of `text_id`. The console speaks English, in plain text."""
    return render(Say(text_id, args), book, Language.EN, ChannelName.SMS)[0]


def named(book: Book, kind: str, code: str) -> str:
    """A code in words: `named(book, "reason", "asked_for_person")`."""
    return tell(book, f"desk-{kind}-{code.replace('_', '-')}")


def fits(book: Book, code: str) -> str:
    """Why a programme fits or does not, and what staff should plan for, in words. A code of an
    older service stays as it is."""
    head, _, rest = code.partition("_")
    if head in _FITS_WITH:
        return tell(book, f"desk-fit-{head}", what=in_words(rest))
    return named(book, "fit", code) if code in FITS else in_words(code)


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


def clock_seconds(at: datetime) -> str:
    """Time of day to the second: for what is measured in seconds."""
    return at.astimezone(LOCAL).strftime("%H:%M:%S")


def day_name(at: datetime) -> str:
    """The local day, with its weekday."""
    return at.astimezone(LOCAL).strftime("%a %d %b")


def hour(at: datetime) -> str:
    return at.astimezone(LOCAL).strftime("%H:%M")


def full_time(at: datetime) -> str:
    """With the year: for what is kept on paper."""
    return at.astimezone(LOCAL).strftime("%d/%m/%Y %H:%M")


def in_words(field: str) -> str:
    """A field of a referral as its flow calls it: flows add fields without asking the console."""
    return field.replace("_", " ")


def form_token(request: Request) -> str:
    """What every form of this session carries: bound to its cookie, and of no use without it."""
    bearer = request.cookies.get(COOKIE)
    return service_of(request).store.vault.index("desk_form", bearer).hex() if bearer else ""


_templates = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
)
_templates.filters["clock_time"] = clock_time
_templates.filters["full_time"] = full_time
_templates.filters["clock_seconds"] = clock_seconds
_templates.filters["day_name"] = day_name
_templates.filters["hour"] = hour
_templates.filters["in_words"] = in_words


def desk_page(
    request: Request,
    template: str,
    values: Mapping[str, object],
    *,
    status: int = 200,
    visit: Visit | None = None,
) -> HTMLResponse:
    """In a template `tell('desk-…')` gives words, `named(kind, code)` those of a code, `may(right)`
    says whether the reader has a right, and `member` is the reader."""
    service = service_of(request)
    now = service.clock.now()
    text = _templates.get_template(template).render(
        tell=partial(tell, service.book),
        named=partial(named, service.book),
        fits=partial(fits, service.book),
        waited=lambda since: waited(service.book, since, now),
        may=lambda right: visit is not None and may(visit.member.role, Right(right)),
        member=visit.member if visit else None,
        token=form_token(request),
        path=request.url.path,
        practice=service.settings.practice,
        **values,
    )
    return HTMLResponse(text, status)


def notice(request: Request, text_id: str, status: int, visit: Visit | None = None) -> HTMLResponse:
    """A page that says one thing."""
    return desk_page(request, "notice.html", {"text_id": text_id}, status=status, visit=visit)
