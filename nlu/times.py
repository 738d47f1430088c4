"""A time of day said in figures or words, as 24-hour `HH:MM`.

Belongs here: clock times. Does not belong here: parts of the day and days of the week, which are
words of the gazetteer.
"""

from collections.abc import Iterator, Mapping

import re2

from nlu.reading import Entity, EntityName

_WORD = r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HOURS: Mapping[str, int] = {word: hour for hour, word in enumerate(_WORD.split("|"), start=1)}
_MINUTES: Mapping[str, int] = {
    "quarter": 15,
    "quater": 15,
    "ten": 10,
    "five": 5,
    "twenty": 20,
    "twenty five": 25,
}
_EXACT = re2.compile(r"(?i)\b([01]?\d|2[0-3])[:.h]([0-5]\d)(?:\s?(am|pm))?\b")
_SUFFIXED = re2.compile(r"(?i)\b(\d{1,2})\s?(am|pm)\b")
_PART = r"(?:\s+(?:in\s+the|at)?\s*(morning|afternoon|evening|night|tonight))?"
"""The part of the day that an hour stands in: `7 in the evening`, `half 7 at night`."""
_HALF = re2.compile(rf"(?i)\bhalf\s+(?:past\s+)?(\d{{1,2}}|{_WORD})\b{_PART}")
_PAST = re2.compile(
    r"(?i)\b(quarter|quater|twenty[ -]five|five|ten|twenty|\d{1,2})\s+(past|to)\s+"
    rf"(\d{{1,2}}|{_WORD})\b{_PART}"
)
_IN_PART = re2.compile(
    rf"(?i)\b(\d{{1,2}}|{_WORD})\s+(?:in\s+the\s+|at\s+)?(morning|afternoon|evening|night|tonight)\b"
)
_RANGE = re2.compile(
    r"(?i)\b(\d{1,2})\s?(am|pm)?\s?(?:-|–|to|til|till|until|and)\s?(\d{1,2})\s?(am|pm)?\b"
)
_RANGE_LEAD = re2.compile(r"(?i)\b(?:between|from)\s+$")
_AT = re2.compile(
    rf"(?i)\b(?:at|around|about|bout|after|before|by|til|till|until|from|past)\s+(\d{{1,2}}|{_WORD})"
    r"(?:ish)?(?:\s?o'?clock)?(?:\s+(?:mins?|minutes|hours?|days?|weeks?|months?|years?|yrs|of|times|pm|am|to|past|"
    r"people|boys|lads|quid|pounds|year|goals|stops|miles|lessons|the))?\b"
)
_AT_END = re2.compile(r"(?i)(?:\d|ish|o'?clock|" + _WORD + r")$")
_OCLOCK = re2.compile(rf"(?i)\b(\d{{1,2}}|{_WORD})\s?o'?\s?clock\b")
_BARE = re2.compile(rf"(?i)^\W*(?:maybe\s+|like\s+|say\s+)?(\d{{1,2}}|{_WORD})(?:ish)?\W*$")
_TOGETHER = re2.compile(r"(?i)^\W*(?:(?:at|around|about)\s+)?([01]?\d|2[0-3])([0-5]\d)\W*$")
_MAY_BE = re2.compile(rf"(?i)\d|\b(?:{_WORD})\b")
"""Nearly every message holds no number at all."""
_LAST_AFTERNOON_HOUR = 7
_NOON = 12
_PM = "pm"
_BEFORE_NOON = frozenset({"am", "morning"})
_LAST_HOUR_SAID = 12
"""`about 13` alone is an age."""


def times(text: str, asked: bool = False) -> Iterator[Entity]:
    """Clock times; an hour from one to seven without am or pm is the afternoon. `asked` when the
    question before was when: then a bare hour answers it."""
    if not _MAY_BE.search(text):
        return
    for match in _EXACT.finditer(text):
        yield from _entity(match, _hour(match.group(1), match.group(3)), int(match.group(2)))
    for match in _SUFFIXED.finditer(text):
        yield from _entity(match, _hour(match.group(1), match.group(2)), 0)
    yield from _in_words(text)
    yield from _ranges(text, asked)
    for match in _AT.finditer(text):
        if _AT_END.search(match.group(0)) and _hour(match.group(1), _PM) < 24:
            yield from _entity(match, _hour(match.group(1), None), 0, match.start(1))
    for match in _OCLOCK.finditer(text):
        yield from _entity(match, _hour(match.group(1), None), 0)
    if asked:
        yield from _bare(text)


def _in_words(text: str) -> Iterator[Entity]:
    """`half 3`, `quarter to 4`, `8 in the morning`."""
    for match in _HALF.finditer(text):
        yield from _entity(match, _hour(match.group(1), match.group(2)), 30)
    for match in _PAST.finditer(text):
        said = match.group(1).lower().replace("-", " ")
        minutes = _MINUTES[said] if said in _MINUTES else int(said)
        hour = _hour(match.group(3), match.group(4))
        if match.group(2).lower() == "to":
            hour, minutes = hour - 1, 60 - minutes
        yield from _entity(match, hour, minutes)
    for match in _IN_PART.finditer(text):
        yield from _entity(match, _hour(match.group(1), match.group(2)), 0)


def _ranges(text: str, asked: bool) -> Iterator[Entity]:
    """Both ends of `3 to 4pm`; two numbers alone only where a time was asked for or is led in."""
    for match in _RANGE.finditer(text):
        led = _RANGE_LEAD.search(text[: match.start()])
        if asked or led or match.group(2) or match.group(4):
            for group in (1, 3):
                half = match.group(group + 1) or match.group(4)
                yield from _entity(
                    match, _hour(match.group(group), half), 0, match.start(group), match.end(group)
                )


def _bare(text: str) -> Iterator[Entity]:
    """`3`, `about 3ish`, `330`, `1530`."""
    for match in _BARE.finditer(text):
        yield from _entity(match, _hour(match.group(1), None), 0)
    for match in _TOGETHER.finditer(text):
        yield from _entity(match, _hour(match.group(1), None), int(match.group(2)))


def _hour(said: str, part_of_day: str | None) -> int:
    """Twenty-four for what is no hour."""
    hour = _HOURS.get(said.lower()) or int(said)
    if hour > _NOON and part_of_day is not None:
        return 24
    if part_of_day is not None:
        return hour % _NOON + (_NOON if part_of_day.lower() not in _BEFORE_NOON else 0)
    is_afternoon = 1 <= hour <= _LAST_AFTERNOON_HOUR and not said.startswith("0")
    return hour + _NOON if is_afternoon else hour


def _entity(
    match: "re2._Match[str]",
    hour: int,
    minutes: int,
    start: int | None = None,
    end: int | None = None,
) -> Iterator[Entity]:
    begin = match.start() if start is None else start
    if 0 <= hour <= 23 and 0 <= minutes <= 59:
        stop = match.end() if end is None else end
        yield Entity(EntityName.TIME, f"{hour:02}:{minutes:02}", begin, stop)
