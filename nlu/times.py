"""A time of day said in figures or words, as 24-hour `HH:MM`.

Belongs here: clock times. Does not belong here: parts of the day and days of the week, which are
words of the gazetteer.
"""

from collections.abc import Iterator, Mapping

import re2

from nlu.reading import Entity, EntityName

_WORD = r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HOURS: Mapping[str, int] = {word: hour for hour, word in enumerate(_WORD.split("|"), start=1)}
_MINUTES: Mapping[str, int] = {"quarter": 15, "ten": 10, "five": 5, "twenty": 20}
_EXACT = re2.compile(r"(?i)\b([01]?\d|2[0-3])[:.h]([0-5]\d)(?:\s?(am|pm))?\b")
_SUFFIXED = re2.compile(r"(?i)\b(\d{1,2})\s?(am|pm)\b")
_HALF = re2.compile(rf"(?i)\bhalf\s+(?:past\s+)?(\d{{1,2}}|{_WORD})\b")
_PAST = re2.compile(
    rf"(?i)\b(quarter|five|ten|twenty|\d{{1,2}})\s+(past|to)\s+(\d{{1,2}}|{_WORD})\b"
)
_AT = re2.compile(
    rf"(?i)\b(?:at|around|about|after|before|by|til|till|until|from|past)\s+(\d{{1,2}}|{_WORD})"
    r"(?:\s?o'?clock)?(?:\s+(?:mins?|minutes|hours?|days?|weeks?|months?|years?|yrs|of|times|pm|am|to|past|"
    r"people|boys|lads|quid|pounds|year|goals|stops|miles|lessons|the))?\b"
)
_AT_END = re2.compile(r"(?i)(?:\d|o'?clock|" + _WORD + r")$")
_OCLOCK = re2.compile(rf"(?i)\b(\d{{1,2}}|{_WORD})\s?o'?\s?clock\b")
_MAY_BE = re2.compile(rf"(?i)\d|\b(?:{_WORD})\b")
"""Nearly every message holds no number at all."""
_LAST_AFTERNOON_HOUR = 7
_LAST_HOUR_SAID = 12
"""`about 13` alone is an age."""


def times(text: str) -> Iterator[Entity]:
    """Clock times; an hour from one to seven without am or pm is the afternoon."""
    if not _MAY_BE.search(text):
        return
    for match in _EXACT.finditer(text):
        yield from _entity(match, _hour(match.group(1), match.group(3)), int(match.group(2)))
    for match in _SUFFIXED.finditer(text):
        yield from _entity(match, _hour(match.group(1), match.group(2)), 0)
    for match in _HALF.finditer(text):
        yield from _entity(match, _hour(match.group(1), None), 30)
    for match in _PAST.finditer(text):
        minutes = _MINUTES.get(match.group(1).lower()) or int(
            match.group(1) if match.group(1).isdigit() else 0
        )
        hour = _hour(match.group(3), None)
        if match.group(2).lower() == "to":
            hour, minutes = hour - 1, 60 - minutes
        yield from _entity(match, hour, minutes)
    for match in _AT.finditer(text):
        is_hour = not match.group(1).isdigit() or int(match.group(1)) <= _LAST_HOUR_SAID
        if is_hour and _AT_END.search(match.group(0)):
            yield from _entity(match, _hour(match.group(1), None), 0, match.start(1))
    for match in _OCLOCK.finditer(text):
        yield from _entity(match, _hour(match.group(1), None), 0)


def _hour(said: str, half_of_day: str | None) -> int:
    hour = _HOURS.get(said.lower()) or int(said)
    if half_of_day is not None:
        return hour % 12 + (12 if half_of_day.lower() == "pm" else 0)
    is_afternoon = 1 <= hour <= _LAST_AFTERNOON_HOUR and not said.startswith("0")
    return hour + 12 if is_afternoon else hour


def _entity(
    match: "re2._Match[str]", hour: int, minutes: int, start: int | None = None
) -> Iterator[Entity]:
    begin = match.start() if start is None else start
    if 0 <= hour <= 23 and 0 <= minutes <= 59:
        yield Entity(EntityName.TIME, f"{hour:02}:{minutes:02}", begin, match.end())
