"""Checks of wording: length, reading age, names, blame, promises, numbers, placeholders. Pure.

Belongs here: what a machine can tell about one text or the texts of one flow. Does not belong
here: the structure of flows (check.py).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import textstat

from bot.dialogue.book import DRAFT, STAFF, Book, conversational, is_reviewed, public
from bot.dialogue.nodes import Flow
from bot.dialogue.words import Entry, Words
from nlu.reading import Language

LONGEST = 306
"""Characters: what two SMS segments hold, and so below 320."""
LONGEST_MESSAGE = 390
"""Characters of a first answer: greeting and notice, opening, question; three SMS segments."""
SENTENCE_WORDS = 18
READING_AGE = 9
BUTTON = 20
"""Characters that WhatsApp shows on a button; lists and other channels take more."""
MARKED = ("truth-", "privacy-", "emergency-")
"""Beginnings of ids whose texts may name an agency."""
_TEXT_999 = re.compile(r"\b(text|sms|message)\s+999\b", re.IGNORECASE)
_LINK = re.compile(r"(https?://\S+|www\.\S+|\b[\w-]+\.(?:com|org|uk|net)\b\S*)", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d[\d ]{2,}\d\b")
_DIGITS = re.compile(r"\d[\d ]*\d|\d")
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ARGS: Mapping[str, str] = {
    "name": "Sam", "reference": "1234", "level": "high", "options": "Me, My child",
    "minutes": "45", "words": "apple river lamp bread cloud",
    "date": "24/11", "time": "16:00", "link": "this page",
    "from": "10", "to": "18", "areas": "Coventry", "count": "2", "of": "7",
}  # fmt: skip
_VARIANTS: Mapping[str, tuple[str, ...]] = {
    "controllers": ("unknown", "The Team Name"),
    "recipients": ("unknown", "one team, another team"),
    "police_role": ("unknown", "leads_a_programme", "partner", "none"),
    "enforcement_link": ("unknown", "yes", "no"),
    "retention_days": ("unknown", "365"),
    "answer_hours": ("unknown", "24"),
    "ahead": ("unknown", "none", "12"),
    "wait": ("unknown", "120"),
    "patrol": ("unknown", "planned", "none"),
    "safe_place": ("unknown", "the youth club"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that must be mended before the content goes out."""

    file: str
    """Path below content/."""
    line: int
    what: str
    fix: str


def finding(file: str, what: str, fix: str) -> Finding:
    """About a file as a whole."""
    return Finding(file, 1, what, fix)


@dataclass(frozen=True, slots=True)
class Rules:
    """The wording rules, ready to search with."""

    agencies: re.Pattern[str]
    blame: re.Pattern[str]
    secrecy: re.Pattern[str]
    numbers: frozenset[str]


def rules_of(book: Book) -> Rules:
    numbers = (*book.wording.numbers, *book.deployment.links)
    examples = {*_VARIANTS["retention_days"], _ARGS["reference"]}
    return Rules(
        _any_of(book.wording.agencies),
        _any_of(book.wording.blame),
        _any_of(book.wording.secrecy),
        frozenset(re.sub(r"\s", "", number) for number in numbers) | examples,
    )


def agencies_in(book: Book, language: Language) -> re.Pattern[str]:
    """Finds the names of agencies as that language has them."""
    if language is Language.EN:
        return _any_of(book.wording.agencies)
    return _any_of(book.wording.agencies_in.get(language, ()))


def _any_of(wordings: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of them as whole words; `*` stands for any ending."""
    parts = "|".join(re.escape(wording).replace(r"\*", r"\w*") for wording in wordings)
    return re.compile(rf"\b(?:{parts})\b" if parts else r"(?!)", re.IGNORECASE)


def check_words(book: Book) -> Iterator[Finding]:
    english = book.words[Language.EN]
    rules = rules_of(book)
    for entry in _of_people(english):
        if not _filled(english, entry.id) <= {*placeholders()}:
            what = f"{entry.id}: a placeholder nobody fills"
            yield Finding(entry.file, entry.line, what, "use " + ", ".join(placeholders()))
        for text in variants(english, entry.id):
            for what, fix in _faults(entry.id, text, rules):
                yield Finding(entry.file, entry.line, what, fix)
    for flow in book.flows.values():
        yield from _check_reading_age(flow, english)
        yield from _check_first_answer(flow, english)
    for words in book.words.values():
        if words is not english:
            yield from _check_complete(words, book)
            yield from _check_marks(words, book)
            yield from _check_agencies(words, book)


def _of_people(words: Words) -> Iterator[Entry]:
    """The texts that somebody who writes to us may read."""
    return (entry for entry in words.entries.values() if not entry.id.startswith(STAFF))


def variants(words: Words, text_id: str) -> tuple[str, ...]:
    """The text under every setting of a deployment that changes it, and with examples."""
    source = words.sources.get(text_id, "")
    used = [name for name in _VARIANTS if f"${name}" in source]
    texts: dict[str, None] = {}
    for values in product(*(_VARIANTS[name] for name in used)):
        text = words.text(text_id, {**_ARGS, **dict(zip(used, values, strict=True))}, marks=False)
        texts[text or ""] = None
    return tuple(texts)


def _faults(text_id: str, text: str, rules: Rules) -> Iterator[tuple[str, str]]:
    if text_id.startswith("choice-"):
        if len(text) > BUTTON:
            yield f"{text_id}: longer than a button", f"use at most {BUTTON} characters"
        if text.casefold().strip(".! ") in ("yes", "no"):
            yield f"{text_id}: a bare yes or no", "say it in words: carriers take YES for START"
    if len(text) > LONGEST or not set(text) <= _GSM:
        yield f"{text_id}: over two SMS segments", f"use at most {LONGEST} plain characters"
    for sentence in sentences(text):
        if len(sentence.split()) > SENTENCE_WORDS:
            yield f"{text_id}: a sentence over {SENTENCE_WORDS} words", "cut it in two"
    if rules.agencies.search(text) and not text_id.startswith(MARKED):
        yield f"{text_id}: names an agency", "only truth-, privacy- and emergency- texts may"
    if rules.blame.search(text):
        yield f"{text_id}: a word that blames", "say it without the label"
    if rules.secrecy.search(text):
        yield f"{text_id}: promises secrecy", "say what is shared, and when"
    if _TEXT_999.search(text):
        yield f"{text_id}: tells people to text 999", "say: ring 999"
    for number in (*_NUMBER.findall(text), *_LINK.findall(text)):
        if re.sub(r"\s", "", number) not in rules.numbers:
            yield f"{text_id}: a link or number not on the list", "add it to deployment.yaml"


def placeholders() -> tuple[str, ...]:
    """Every placeholder that a text may hold."""
    return (*_ARGS, *_VARIANTS)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?:])\s+", text) if part]


def flow_texts(flow: Flow) -> tuple[str, ...]:
    """Ids of the texts that a person meets in this flow."""
    asked = [name for step in flow.steps for name in step.texts]
    return tuple(
        name for name in ("hello", flow.opens, *asked, flow.stays, flow.ends, flow.adds) if name
    )


def reading_age(texts: tuple[str, ...]) -> float:
    """Flesch-Kincaid grade + 5 of the joined texts, numbers and names of towns taken out."""
    joined = " ".join(re.sub(r"\d[\d ]*|Coventry|Wolverhampton", "", text) for text in texts)
    return float(textstat.flesch_kincaid_grade(joined)) + 5


def _check_reading_age(flow: Flow, english: Words) -> Iterator[Finding]:
    texts = tuple(text for name in flow_texts(flow) for text in variants(english, name))
    age = reading_age(texts)
    if age > READING_AGE:
        yield finding(f"flows/{flow.id}.yaml", f"reading age {age:.1f}", "use shorter words")


def _check_first_answer(flow: Flow, english: Words) -> Iterator[Finding]:
    """The greeting, the opening and the first question leave as one message."""
    first = ("hello", flow.opens, flow.steps[0].asks if flow.steps else None)
    whole = " ".join(max(variants(english, name), key=len, default="") for name in first if name)
    if len(whole) > LONGEST_MESSAGE:
        what = f"the first answer has {len(whole)} characters"
        yield finding(f"flows/{flow.id}.yaml", what, f"shorten it to {LONGEST_MESSAGE}")


def _check_complete(words: Words, book: Book) -> Iterator[Finding]:
    """Nothing falls back to English halfway, and the same numbers are named."""
    english, files = book.words[Language.EN], words.entries
    folder = f"languages/{words.language.value}"
    for text_id in (*conversational(book, Language.EN), *public(book, Language.EN)):
        if text_id not in files:
            yield finding(folder, f"text {text_id} is missing", "translate it")
            continue
        own, theirs = files[text_id], english.entries[text_id].file
        if _filled(words, text_id) != _filled(english, text_id):
            yield Finding(own.file, own.line, f"{text_id}: other placeholders", f"see {theirs}")
        if _numbers(words, text_id) != _numbers(english, text_id):
            yield Finding(own.file, own.line, f"{text_id}: other numbers", f"see {theirs}")
        button = words.text(text_id, {}, marks=False) or ""
        if text_id.startswith("choice-") and len(button) > BUTTON:
            what = f"{text_id}: longer than a button"
            yield Finding(own.file, own.line, what, f"use at most {BUTTON} characters")
    for text_id, own in files.items():
        if text_id not in english.entries:
            yield Finding(own.file, own.line, f"{text_id} is no text of English", "take it out")


def _check_agencies(words: Words, book: Book) -> Iterator[Finding]:
    agencies = agencies_in(book, words.language)
    for entry in _of_people(words):
        named = any(agencies.search(text) for text in variants(words, entry.id))
        if named and not entry.id.startswith(MARKED):
            fix = "only truth-, privacy- and emergency- texts may"
            yield Finding(entry.file, entry.line, f"{entry.id}: names an agency", fix)


def _check_marks(words: Words, book: Book) -> Iterator[Finding]:
    """Every text of another language says whether a named human has read it as it stands."""
    language = words.language
    file, review = f"languages/{language.value}/review.yaml", book.reviews.get(language)
    for text_id in (*conversational(book, language), *public(book, language)):
        mark = review.texts.get(text_id) if review else None
        if mark is None:
            yield finding(file, f"{text_id} is not marked", "mark it `draft`")
        elif mark != DRAFT and not is_reviewed(review, words, text_id):
            yield finding(file, f"{text_id} changed since {mark.by} read it", "mark it `draft`")


def _numbers(words: Words, text_id: str) -> frozenset[str]:
    return frozenset(re.sub(r"\s", "", one) for one in _DIGITS.findall(words.sources[text_id]))


def _filled(words: Words, text_id: str) -> frozenset[str]:
    return frozenset(re.findall(r"\$(\w+)", words.sources[text_id]))
