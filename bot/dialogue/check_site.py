"""Checks of the public pages: what they name exists, colours can be read, no agency's name. Pure.

Does not belong here: how one text is worded (check_words.py).
"""

import re
from collections.abc import Iterator

from bot.dialogue.book import Book
from bot.dialogue.check_words import (
    READING_AGE,
    Finding,
    finding,
    reading_age,
    rules_of,
    variants,
)
from bot.dialogue.look import faint
from nlu.reading import Language

LOOK = "site/look.yaml"
PAGES = "site/pages.yaml"
STATUTORY = re.compile(r"//([^/]*\.)?(gov|police|nhs|judiciary|parliament|mod)\.uk\b")
"""Sites that only an agency can have."""
NEED = "site-need-"
"""Begins the ids of texts that say in plain words what a programme helps with."""
_HOME = (
    "site-heading", "site-lead", "site-doors", "site-door-me", "site-door-child",
    "site-door-work", "site-door-friend", "site-door-route", "site-ways", "site-next-one",
    "site-next-two", "site-next-three",
)  # fmt: skip


def check_site(book: Book) -> Iterator[Finding]:
    if rules_of(book).agencies.search(book.look.name):
        yield finding(LOOK, "the name names an agency", "take a name of your own")
    if STATUTORY.search(str(book.look.leaves_to)):
        yield finding(LOOK, "the exit leads to an agency", "lead to a page anybody may have open")
    for scheme in ("light", "dark"):
        for what in faint(getattr(book.look, scheme)):
            yield finding(LOOK, f"{scheme}: {what}", "take colours further apart")
    texts = {"the front page": _HOME} | {page.id: page.all_texts for page in book.site.pages}
    for name, ids in texts.items():
        yield from _check_page(name, ids, book)
    yield from _check_page("the list of lines", tuple(line.text for line in book.site.lines), book)
    needs = {need for card in book.programmes.values() for need in card.needs}
    for need in sorted(needs):
        if f"{NEED}{need}" not in book.words[Language.EN].entries:
            yield finding(PAGES, f"text {NEED}{need} is missing", "say it in plain words")


def _check_page(name: str, ids: tuple[str, ...], book: Book) -> Iterator[Finding]:
    english = book.words[Language.EN]
    for text_id in ids:
        if text_id not in english.entries:
            yield finding(PAGES, f"{name}: text {text_id} is missing", "write it in languages/en")
    age = reading_age(tuple(text for text_id in ids for text in variants(english, text_id)))
    if age > READING_AGE:
        yield finding(PAGES, f"{name}: reading age {age:.1f}", "use shorter words")
