"""An age said in any of the ways people say it, in years.

Belongs here: numbers, school years, birthdays to come. Does not belong here: dates of birth
(`nlu.births`), and what an age means for who can be helped.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import re2

from nlu.births import OLDEST, YOUNGEST, births
from nlu.gazetteer import Gazetteer
from nlu.normalise import Token
from nlu.reading import Entity, EntityName

_FIRST_SCHOOL_YEAR = 7
_LAST_SCHOOL_YEAR = 13
_YOUNGEST_IN_YEAR_SEVEN = 11
_LAST_WHO_SAY_IT_BARE = 30
_YEAR_WORDS = frozenset({"yr", "year", "y", "yrs", "grade", "klasa", "clasa"})
_LONG_AGO = frozenset({"since", "from"})
"""Before a school year they tell when something began: `since yr 8`."""
_TURNED = "turned"
_MONEY = frozenset("\u00a3$\u20ac")
_ATTACHED = re2.compile(
    r"^(\d{1,2})(?:ish|yo|yrs?|yrold|yearold|f|m|y|ys|yold|yearsold)$|^(?:f|m|aged?|im|hes|shes)(\d{1,2})$"
)
_SCHOOL_YEAR = re2.compile(r"^(?:yr|year|y)(\d{1,2})s?$")


def ages(
    text: str, tokens: Sequence[Token], bare: bool, gazetteer: Gazetteer, today: date
) -> Iterator[Entity]:
    """Ages in order of trust; `bare` when the question before asked for one. A school year tells
    an age only where nobody says it."""
    born = list(births(text, tokens, bare, gazetteer, today))
    yield from born
    said: list[Entity] = []
    from_years: list[Entity] = []
    for at, token in enumerate(tokens):
        if token.word not in gazetteer.numbers and not any(map(str.isdigit, token.word)):
            continue
        value = _attached(token.word)
        year = _school_year(tokens, at, gazetteer) if value is None else None
        if value is None and year is None and not _is_no_age(text, tokens, at, gazetteer):
            value = _spoken(tokens, at, bare, gazetteer)
        for number, kept in ((value, said), (year, from_years)):
            if number is not None and YOUNGEST <= number <= OLDEST:
                kept.append(Entity(EntityName.AGE, number, token.start, token.end))
    yield from said or ([] if born else from_years)


def _number(word: str, gazetteer: Gazetteer) -> int | None:
    """In the digits of any script, or in words."""
    if word.isdecimal() and len(word) <= 2:
        return int(word)
    return gazetteer.numbers.get(word)


def _spoken_number(tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> int | None:
    """`twenty one` is one number, told where it begins."""
    value = _number(tokens[at].word, gazetteer)
    before = gazetteer.numbers.get(tokens[at - 1].word) if at else None
    after = gazetteer.numbers.get(tokens[at + 1].word) if at + 1 < len(tokens) else None
    if value is not None and before is not None and _makes_one(before, value):
        return None
    if tokens[at].word.isdecimal() or value is None or after is None:
        return value
    return value + after if _makes_one(value, after) else value


def _makes_one(tens: int, ones: int) -> bool:
    return tens >= 20 and tens % 10 == 0 and 1 <= ones <= 9


def _attached(word: str) -> int | None:
    match = _ATTACHED.match(word)
    return int(match.group(1) or match.group(2)) if match else None


def _school_year(tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> int | None:
    """The age at which most of a school year begins it, and "yr 9" as 13."""
    match = _SCHOOL_YEAR.match(tokens[at].word)
    year = int(match.group(1)) if match else None
    if year is None and at > 0 and tokens[at - 1].word in _YEAR_WORDS:
        year = _number(tokens[at].word, gazetteer)
    before = {token.word for token in tokens[max(at - 2, 0) : at]}
    if year is None or before & _LONG_AGO or not _FIRST_SCHOOL_YEAR <= year <= _LAST_SCHOOL_YEAR:
        return None
    return year - _FIRST_SCHOOL_YEAR + _YOUNGEST_IN_YEAR_SEVEN


def _spoken(tokens: Sequence[Token], at: int, bare: bool, gazetteer: Gazetteer) -> int | None:
    value = _spoken_number(tokens, at, gazetteer)
    if value is None:
        return None
    following = [token.word for token in tokens[at + 1 : at + 3]] + ["", ""]
    to_come = _to_come(tokens, at, gazetteer)
    if following[0] in gazetteer.age_after:
        is_past = following[1] in gazetteer.age_past_after
        return None if is_past else value - to_come
    if following[0] in gazetteer.age_not_after or _ends_with(tokens, at, {("year",), ("yr",)}):
        return None
    if to_come:
        return value - 1 if value > YOUNGEST + 3 else None
    said = _ends_with(tokens, at, gazetteer.age_before) and value >= YOUNGEST + 3
    alone = len(tokens) <= 2 and YOUNGEST + 3 <= value <= _LAST_WHO_SAY_IT_BARE
    if said or bare:
        return value
    return value if alone and tokens[at].word.isdigit() and len(tokens) == 1 else None


def _to_come(tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> int:
    """One where the birthday that is spoken of has not been yet: `nearly 16`, `16 in march`."""
    if _ends_with(tokens, at, gazetteer.turning):
        return 1
    following = [token.word for token in tokens[at + 1 : at + 3]] + ["", ""]
    in_month = following[0] == "in" and following[1] in gazetteer.months
    turned = at > 0 and tokens[at - 1].word == _TURNED
    return int((in_month or following[0] in gazetteer.birthday_soon) and not turned)


def _ends_with(
    tokens: Sequence[Token], at: int, phrases: frozenset[tuple[str, ...]] | set[tuple[str, ...]]
) -> bool:
    """Whether the words just before `at` are one of the phrases."""
    return any(
        tuple(token.word for token in tokens[max(0, at - length) : at]) in phrases
        for length in (1, 2, 3)
    )


def _is_no_age(text: str, tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> bool:
    """Money, a time, a share, a limit (`under 18`, `18+`), or what somebody is not (`not 16`)."""
    token = tokens[at]
    before = text[token.start - 1 : token.start] if token.start else ""
    around = text[max(0, token.start - 1) : token.end + 2]
    is_clock = any(mark in around for mark in (":", "%")) or before in {".", "/"}
    is_limit = text[token.end : token.end + 1] == "+"
    is_led = at > 0 and tokens[at - 1].word in gazetteer.age_not_before
    return before in _MONEY or is_clock or is_limit or is_led
