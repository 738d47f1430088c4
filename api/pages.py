"""Pages: templates filled with words from content, in the language that the person chose.

Belongs here: rendering, and how a choice of language travels from page to page. Does not belong
here: any word a person reads (content/languages), or what a page shows (the module of each page).
"""

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import negotiate_locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.bootstrap import Service
from bot.dialogue.book import Book
from bot.dialogue.turn import Say
from bot.dialogue.words import RIGHT_TO_LEFT, render
from bot.messages import ChannelName
from nlu.reading import Language

HERE = Path(__file__).resolve().parent
CHOICE = "l"
"""Parameter that carries a chosen language: nothing is written to the device for it."""
_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def service_of(request: Request) -> Service:
    """The service behind this app; it is there once the app has started."""
    service: Service = request.app.state.service
    return service


def words(book: Book, language: Language, text_id: str, **args: str | int) -> str:
    return render(Say(text_id, args), book, language, ChannelName.WEB)[0]


def chosen(request: Request) -> Language | None:
    """The language that the person picked on a page before, if it is one that we have; else what
    their browser asks for, where that is not English. It goes from page to page in the address."""
    have = service_of(request).book.on_pages
    wanted = request.query_params.get(CHOICE, "")
    picked = next((one for one in have if one == wanted), None)
    if picked is not None:
        return picked
    asked = request.headers.get("accept-language", "").split(",")
    found = negotiate_locale([one.split(";")[0].strip() for one in asked], have, sep="-")
    return Language(found) if found and found != Language.EN else None


def language_of(request: Request) -> Language:
    """What was picked, else what the browser asks for, else English."""
    return chosen(request) or Language.EN


def link_in(language: Language | None) -> Callable[[str], str]:
    """Addresses of our own pages, with the language that was picked."""

    def link(path: str) -> str:
        path, _, fragment = path.partition("#")
        mark = "&" if "?" in path else "?"
        told = f"{path}{mark}{CHOICE}={language.value}" if language else path
        return f"{told}#{fragment}" if fragment else told

    return link


@cache
def own_name(language: Language) -> str:
    """What speakers call their language."""
    try:
        name = str(Locale.parse(language.value, sep="-").get_display_name())
        return name[:1].upper() + name[1:]
    except (UnknownLocaleError, ValueError):
        return language.value


def page(
    request: Request,
    template: str,
    values: Mapping[str, object],
    *,
    status: int = 200,
    language: Language | None = None,
) -> HTMLResponse:
    """`values` are the template's own; `say('site-…')` in it gives the words. `language`: that
    of a conversation, where there is one; a pick on the page goes before it."""
    book, picked = service_of(request).book, chosen(request)
    spoken = picked or language or language_of(request)
    text = _templates.get_template(template).render(
        {
            "say": partial(words, book, spoken),
            "link": link_in(picked),
            "language": spoken.value,
            "direction": "rtl" if spoken in RIGHT_TO_LEFT else "ltr",
            "tongues": [(one.value, own_name(one)) for one in book.on_pages if one is not spoken],
            "is_draft": spoken in book.drafts,
            "chosen_language": picked.value if picked else "",
            "here": request.url.path,
            "look": book.look,
            "reads": book.site.pages,
            # Other pages of ours may stand in no frame: links to them open apart.
            "is_framed": request.headers.get("sec-fetch-dest") == "iframe",
            **values,
        }
    )
    return HTMLResponse(text, status)
