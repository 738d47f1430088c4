"""Words from Fluent files, and a wish to say something made into them.

Belongs here: reading `.ftl`, rendering for a language and a channel. Does not belong here: when
something is said (engine), how a carrier is given it (channels).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from bot.dialogue.turn import Say, TextArgs
from bot.errors import BadContent
from bot.messages import ChannelName, Choice
from nlu.reading import Language

if TYPE_CHECKING:
    from bot.dialogue.book import Book

TYPED_ONLY = frozenset({ChannelName.SMS, ChannelName.VOICE})
"""Channels with nothing to tap: the choices stand in the text."""


RIGHT_TO_LEFT = frozenset({Language.UR, Language.AR})
_WITHIN_NUMBER = re.compile(r"(?<=\d) (?=\d{3})")


def whole_numbers(text: str) -> str:
    """Telephone numbers for a line from right to left. Beside Arabic letters a plain space turns
    the parts of a number round: 116 123 is read as 123 116. A space that does not break holds them
    together, on any screen that follows the Unicode rules."""
    return _WITHIN_NUMBER.sub("\N{NO-BREAK SPACE}", text)


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one text stands."""

    id: str
    file: str
    line: int


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """All texts of one language."""

    language: Language
    entries: Mapping[str, Entry]
    sources: Mapping[str, str]
    """Each text as it stands in its file."""
    plain: FluentBundle
    """Without the invisible marks around what is filled in, as SMS needs it."""
    isolating: FluentBundle

    def text(self, text_id: str, args: TextArgs, marks: bool) -> str | None:
        """The text filled in; None where this language does not have it."""
        bundle = self.isolating if marks else self.plain
        if not bundle.has_message(text_id):
            return None
        message = bundle.get_message(text_id)
        if message.value is None:
            return None
        filled, _ = bundle.format_pattern(message.value, dict(args))
        if self.language in RIGHT_TO_LEFT:
            return whole_numbers(str(filled))
        return str(filled)


def load_words(language: Language, files: Mapping[str, str]) -> Words:
    """Raises `BadContent` on what is not Fluent and on an id that stands twice."""
    bundles = tuple(FluentBundle([language.value], use_isolating=marks) for marks in (False, True))
    entries: dict[str, Entry] = {}
    sources: dict[str, str] = {}
    for name, source in files.items():
        resource = _resource(source)
        for item in resource.body:
            if isinstance(item, ast.Junk):
                raise BadContent(f"{name}:{_line(source, item)}: this is not a Fluent message")
            if isinstance(item, ast.Message):
                if item.id.name in entries:
                    line = _line(source, item)
                    raise BadContent(f"{name}:{line}: {item.id.name} stands twice; keep one")
                entries[item.id.name] = Entry(item.id.name, name, _line(source, item))
                sources[item.id.name] = _source(source, item)
        for bundle in bundles:
            bundle.add_resource(resource)
    return Words(language, MappingProxyType(entries), MappingProxyType(sources), *bundles)


@lru_cache(maxsize=256)
def _resource(source: str) -> ast.Resource:
    """Remembered: what a change alters is shown by reading all words twice."""
    return FluentResource(source)


def _source(source: str, item: ast.SyntaxNode) -> str:
    return source[item.span.start : item.span.end] if item.span else ""


def _line(source: str, item: ast.SyntaxNode) -> int:
    return source.count("\n", 0, item.span.start if item.span else 0) + 1


def render(
    say: Say, book: "Book", language: Language, channel: ChannelName
) -> tuple[str, tuple[Choice, ...]]:
    """The words of `say`, and what can be tapped (nothing on SMS and voice: there the choices
    are named in the text). A language that lacks the text falls back to English; an id that
    English lacks as well is answered with the `holding` text, so that nobody reads an id."""
    args = {**book.facts, **say.args}
    marks = channel not in TYPED_ONLY
    text = _text(book, language, say.text, args, marks)
    if text is None:
        text = _text(book, language, "holding", args, marks) or ""
    choices = tuple(
        Choice(choice, _text(book, language, f"choice-{choice}", args, marks) or choice)
        for choice in say.choices
    )
    if marks or not choices:
        return text, choices
    comma = "\N{ARABIC COMMA} " if language in RIGHT_TO_LEFT else ", "
    named = {"options": comma.join(choice.label for choice in choices)}
    line = _text(book, language, "choices-line", named, marks) or ""
    return f"{text} {line}".strip(), ()


def render_line(text_id: str, book: "Book", language: Language) -> str:
    """A text with nothing to tap and nothing to fill in, as it goes by SMS."""
    return render(Say(text_id), book, language, ChannelName.SMS)[0]


def _text(
    book: "Book", language: Language, text_id: str, args: TextArgs, marks: bool
) -> str | None:
    for candidate in (language, Language.EN):
        words = book.words.get(candidate)
        text = words.text(text_id, args, marks) if words else None
        if text is not None:
            return text
    return None
