"""A date of birth, reduced to an age in years: the date itself is kept by nobody.

Belongs here: dates in figures, with a month in words, and years of birth. Does not belong here:
ages that are said as such (`nlu.ages`).
"""

from collections.abc import Iterator, Sequence
from datetime import date

import re2

from nlu.gazetteer import Gazetteer
from nlu.normalise import Token
from nlu.reading import Entity, EntityName

YOUNGEST = 5
OLDEST = 99
_BORN_WORDS = frozenset({"born", "dob", "birthday", "birth", "bday"})
_DATE = re2.compile(r"\b(?:(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})|(\d{4})-(\d{2})-(\d{2}))\b")
_DAY = re2.compile(r"^(\d{1,2})(?:st|nd|rd|th)?$")
_FAR = 4
"""Words between `born` and a year."""
_LONGEST_ANSWER = 6


def births(
    text: str, tokens: Sequence[Token], bare: bool, gazetteer: Gazetteer, today: date
) -> Iterator[Entity]:
    """`bare` when an age was asked for: then a year by itself is one of birth."""
    if not any(map(str.isdigit, text)):
        return
    for match in _DATE.finditer(text):
        born = _in_figures(match.groups(), today)
        if born is not None:
            yield from _entity(_years(born, today), match.start(), match.end())
    for at, token in enumerate(tokens):
        if len(token.word) != 4 or not token.word.isdecimal():
            continue
        told = {before.word for before in tokens[max(0, at - _FAR) : at]} & _BORN_WORDS
        if told or (bare and len(tokens) <= _LONGEST_ANSWER):
            born, start = _with_month(tokens, at, gazetteer)
            yield from _entity(_years(born, today), start, token.end)


def _with_month(tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> tuple[date, int]:
    """The date that ends in a year, and where it begins; the middle of the year where only that
    is told."""
    year = min(max(int(tokens[at].word), 1), 9999)
    month = gazetteer.months.get(tokens[at - 1].word) if at else None
    if month is None:
        return date(year, 7, 1), tokens[at].start
    day = _DAY.match(tokens[at - 2].word) if at > 1 else None
    start = tokens[at - 2 if day else at - 1].start
    return _date(year, month, int(day.group(1)) if day else 15) or date(year, month, 15), start


def _in_figures(parts: tuple[str | None, ...], today: date) -> date | None:
    """Day first as written here; None when there is no such day."""
    day, month, year, iso_year, iso_month, iso_day = (int(part or 0) for part in parts)
    if iso_year:
        day, month, year = iso_day, iso_month, iso_year
    if year < 100:
        year += 2000 if year <= today.year % 100 else 1900
    return _date(year, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _entity(years: int, start: int, end: int) -> Iterator[Entity]:
    if YOUNGEST <= years <= OLDEST:
        yield Entity(EntityName.AGE, years, start, end)
