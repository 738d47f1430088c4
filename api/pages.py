"""Pages: templates filled with words from content.

Belongs here: rendering. Does not belong here: any word a person reads (content/languages), or
what a page shows (api/chat.py).
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.bootstrap import Service
from bot.dialogue.book import Book
from bot.dialogue.turn import Say
from bot.dialogue.words import render
from bot.messages import ChannelName
from nlu.reading import Language

HERE = Path(__file__).resolve().parent
_RIGHT_TO_LEFT = frozenset({Language.UR, Language.AR})
_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
)


def service_of(request: Request) -> Service:
    """The service behind this app; it is there once the app has started."""
    service: Service = request.app.state.service
    return service


def words(book: Book, language: Language, text_id: str) -> str:
    return render(Say(text_id), book, language, ChannelName.WEB)[0]


def page(
    request: Request,
    template: str,
    values: Mapping[str, object],
    *,
    status: int = 200,
    language: Language = Language.EN,
) -> HTMLResponse:
    """`values` are the template's own; `say('web-…')` in it gives the words."""
    text = _templates.get_template(template).render(
        say=partial(words, service_of(request).book, language),
        language=language.value,
        direction="rtl" if language in _RIGHT_TO_LEFT else "ltr",
        **values,
    )
    return HTMLResponse(text, status)
