"""Which numbers the service rings and texts, and how often: nobody earns money by our calls. Pure.

Belongs here: allowed beginnings, ranges that cost more than they look, limits. Does not belong
here: counting (bot/store/dialling.py), whether it is safe for the person (bot/rules/contact.py).
Facts: Ofcom's National Telephone Numbering Plan (070 personal numbers, 076 pagers, the crown
dependencies' geographic and mobile ranges); twilio.com/docs/voice/api/call-resource.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

_COSTLY: Final = (
    "+4470", "+4476",
    "+441481", "+441534", "+441624",
    "+447781", "+447839", "+447911", "+447509", "+447700300", "+447797", "+447829", "+447937",
    "+447524", "+447624", "+447924",
)  # fmt: skip
"""Within the allowed beginnings, but priced as personal numbers or as abroad."""
_MOBILE: Final = "+447"
_E164: Final = re.compile(r"\+[1-9]\d{7,14}")
_UK: Final = re.compile(r"\+44\d{9,10}")
_NO_NUMBER: Final = frozenset(
    {"+266696687", "+7378742833", "+2562533", "+8566696", "+86282452253", "+464"}
)
"""ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on the keys of a phone, as carriers
write them where a number is withheld."""


class Use(StrEnum):
    CALL = "call"
    TEXT = "text"


class Barred(StrEnum):
    """Why a number is not rung or texted; a code for staff."""

    NO_NUMBER = "no_number"
    PREFIX = "prefix"
    OFTEN = "often"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within so long; one more has to wait."""

    most: int
    within: timedelta


_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
PER_NUMBER: Final[Mapping[Use, Sequence[Limit]]] = {
    Use.CALL: (Limit(6, _HOUR), Limit(20, _DAY)),
    Use.TEXT: (Limit(3, _HOUR), Limit(8, _DAY)),
}
PER_WORKER: Final[Mapping[Use, Sequence[Limit]]] = {
    Use.CALL: (Limit(30, _HOUR),),
    Use.TEXT: (Limit(30, _HOUR),),
}
IN_ALL: Final[Mapping[Use, Sequence[Limit]]] = {
    Use.CALL: (Limit(120, _HOUR),),
    Use.TEXT: (Limit(120, _HOUR),),
}


def is_shown(number: str) -> bool:
    """Whether a caller's number is a number: withheld ones come as words or made-up digits."""
    return bool(_E164.fullmatch(number)) and number not in _NO_NUMBER


def barred(number: str, use: Use, prefixes: Sequence[str]) -> Barred | None:
    """None where the number may be used. `prefixes`: the deployment's, with a plus."""
    if not is_shown(number):
        return Barred.NO_NUMBER
    costly = number.startswith("+44") and (number.startswith(_COSTLY) or not _UK.fullmatch(number))
    if costly or not number.startswith(tuple(prefixes)):
        return Barred.PREFIX
    if use is Use.TEXT and number.startswith("+44") and not number.startswith(_MOBILE):
        return Barred.PREFIX
    return None


def is_over(counts: Sequence[tuple[Limit, int]]) -> bool:
    """`counts`: each limit with how often it was used within its time."""
    return any(count >= limit.most for limit, count in counts)
