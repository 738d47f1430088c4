"""An age said in any of the ways people say it, in years.

Belongs here: numbers, school years, birthdays to come, dates of birth. Does not belong here:
numbers that are money, time or amounts, and what an age means for who can be helped.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import re2

from nlu.gazetteer import Gazetteer
from nlu.normalise import Token
from nlu.reading import Entity, EntityName

YOUNGEST = 5
OLDEST = 99

_FIRST_SCHOOL_YEAR = 7
_LAST_SCHOOL_YEAR = 13
_YOUNGEST_IN_YEAR_SEVEN = 11
_LAST_WHO_SAY_IT_BARE = 30
_YEAR_WORDS = frozenset({"yr", "year", "y", "yrs", "grade", "klasa", "clasa"})
_BORN_WORDS = frozenset({"born", "dob", "birthday", "birth", "bday"})
_MONEY = frozenset("\u00a3$\u20ac")
_ATTACHED = re2.compile(
    r"^(\d{1,2})(?:ish|yo|yrs?|yrold|yearold|f|m|y|ys|yold|yearsold)$|^(?:f|m|aged?|im|hes|shes)(\d{1,2})$"
)
_SCHOOL_YEAR = re2.compile(r"^(?:yr|year|y)(\d{1,2})s?$")
_DATE = re2.compile(r"\b(?:(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})|(\d{4})-(\d{2})-(\d{2}))\b")


def ages(
    text: str, tokens: Sequence[Token], bare: bool, gazetteer: Gazetteer, today: date
) -> Iterator[Entity]:
    """Ages in order of trust; `bare` when the question before asked for one."""
    yield from _from_birth(text, tokens, today)
    for at, token in enumerate(tokens):
        if token.word not in gazetteer.numbers and not any(map(str.isdigit, token.word)):
            continue
        value = _attached(token.word)
        if value is None:
            value = _school_year(tokens, at, gazetteer)
        if value is None and not _is_money(text, token):
            value = _spoken(tokens, at, bare, gazetteer)
        if value is not None and YOUNGEST <= value <= OLDEST:
            yield Entity(EntityName.AGE, value, token.start, token.end)


def _number(word: str, gazetteer: Gazetteer) -> int | None:
    if word.isascii() and word.isdigit() and len(word) <= 2:
        return int(word)
    return gazetteer.numbers.get(word)


def _attached(word: str) -> int | None:
    match = _ATTACHED.match(word)
    return int(match.group(1) or match.group(2)) if match else None


def _school_year(tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> int | None:
    """The age at which most of a school year begins it, and "yr 9" as 13."""
    match = _SCHOOL_YEAR.match(tokens[at].word)
    year = int(match.group(1)) if match else None
    if year is None and at > 0 and tokens[at - 1].word in _YEAR_WORDS:
        year = _number(tokens[at].word, gazetteer)
    if year is None or not _FIRST_SCHOOL_YEAR <= year <= _LAST_SCHOOL_YEAR:
        return None
    return year - _FIRST_SCHOOL_YEAR + _YOUNGEST_IN_YEAR_SEVEN


def _spoken(tokens: Sequence[Token], at: int, bare: bool, gazetteer: Gazetteer) -> int | None:
    value = _number(tokens[at].word, gazetteer)
    if value is None:
        return None
    following = [token.word for token in tokens[at + 1 : at + 3]] + ["", ""]
    if following[0] in gazetteer.age_after:
        is_past = following[1] in gazetteer.age_past_after
        return None if is_past else value - _to_come(tokens, at, gazetteer)
    if following[0] in gazetteer.age_not_after or _ends_with(tokens, at, {("year",), ("yr",)}):
        return None
    if _to_come(tokens, at, gazetteer):
        return value - 1 if value > YOUNGEST + 3 else None
    said = _ends_with(tokens, at, gazetteer.age_before) and value >= YOUNGEST + 3
    alone = len(tokens) <= 2 and YOUNGEST + 3 <= value <= _LAST_WHO_SAY_IT_BARE
    if said or bare:
        return value
    return value if alone and tokens[at].word.isdigit() and len(tokens) == 1 else None


def _to_come(tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> int:
    return int(_ends_with(tokens, at, gazetteer.turning))


def _ends_with(
    tokens: Sequence[Token], at: int, phrases: frozenset[tuple[str, ...]] | set[tuple[str, ...]]
) -> bool:
    """Whether the words just before `at` are one of the phrases."""
    return any(
        tuple(token.word for token in tokens[max(0, at - length) : at]) in phrases
        for length in (1, 2, 3)
    )


def _is_money(text: str, token: Token) -> bool:
    before = text[token.start - 1 : token.start] if token.start else ""
    around = text[max(0, token.start - 1) : token.end + 2]
    is_clock = any(mark in around for mark in (":", "%")) or before in {".", "/"}
    return before in _MONEY or is_clock


def _from_birth(text: str, tokens: Sequence[Token], today: date) -> Iterator[Entity]:
    if not any(map(str.isdigit, text)):
        return
    for match in _DATE.finditer(text):
        born = _born(match.groups(), today)
        if born is not None:
            years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
            if YOUNGEST <= years <= OLDEST:
                yield Entity(EntityName.AGE, years, match.start(), match.end())
    for at, token in enumerate(tokens):
        recent = {before.word for before in tokens[max(0, at - 4) : at]}
        if len(token.word) == 4 and token.word.isdigit() and recent & _BORN_WORDS:
            years = today.year - int(token.word) - (today.month < 7)
            if YOUNGEST <= years <= OLDEST:
                yield Entity(EntityName.AGE, years, token.start, token.end)


def _born(parts: tuple[str | None, ...], today: date) -> date | None:
    """The date, day first as written here; None when there is no such day."""
    day, month, year, iso_year, iso_month, iso_day = (int(part or 0) for part in parts)
    if iso_year:
        day, month, year = iso_day, iso_month, iso_year
    if year < 100:
        year += 2000 if year <= today.year % 100 else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None
