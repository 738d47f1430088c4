"""Saved replies: words that workers often need, from content, in the person's language.

Does not belong here: the words themselves (content/languages/*/saved.ftl).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.book import Book
from nlu.reading import Language

_PREFIX = "saved-"


@dataclass(frozen=True, slots=True)
class Saved:
    """`is_theirs`: in the person's own language; otherwise English, and marked as that."""

    id: str
    text: str
    is_theirs: bool


def saved_replies(book: Book, language: str) -> Sequence[Saved]:
    english = book.words[Language.EN]
    theirs = book.words.get(Language(language))
    found = []
    for text_id in english.entries:
        if text_id.startswith(_PREFIX):
            own = theirs.text(text_id, {}, marks=False) if theirs else None
            text = own or english.text(text_id, {}, marks=False) or ""
            found.append(Saved(text_id, text, own is not None))
    return found
