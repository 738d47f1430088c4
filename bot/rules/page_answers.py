"""What a worker's text or tap says about a page. Pure.

Belongs here: the few words that the pager understands. Does not belong here: what is done then
(bot/desk/answers.py).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

TAKE_BUTTON = "page:take:"
PASS_BUTTON = "page:pass:"  # noqa: S105 - a button, not a secret
_STOPS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit"})
_STARTS = frozenset({"start", "unstop"})
_SAID = re.compile(r"(?:(?P<first>[a-z]+|999)\s+)?(?P<code>\d{5})(?:\s+(?P<last>[a-z]+|999))?")


class Ask(StrEnum):
    TAKE = "take"
    PASS = "pass"  # noqa: S105
    CALLED = "called"
    """The worker has rung the person."""
    CALLED_999 = "999"
    STOP = "stop"
    """No more pages to this phone."""
    START = "start"


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` names the page; empty for STOP and START."""

    ask: Ask
    code: str = ""


_WORDS = {
    "": Ask.TAKE,
    "take": Ask.TAKE,
    "ok": Ask.TAKE,
    "yes": Ask.TAKE,
    "pass": Ask.PASS,
    "called": Ask.CALLED,
    "999": Ask.CALLED_999,
}


def parse_answer(text: str) -> Answer | None:
    """None for what the pager does not understand."""
    said = " ".join(text.casefold().replace("-", " ").split()).strip(" .!")
    for button, wish in ((TAKE_BUTTON, Ask.TAKE), (PASS_BUTTON, Ask.PASS)):
        if text.startswith(button):
            return Answer(wish, text.removeprefix(button))
    if said in _STOPS:
        return Answer(Ask.STOP)
    if said in _STARTS:
        return Answer(Ask.START)
    found = _SAID.fullmatch(said)
    if found is None:
        return None
    word = found["first"] or found["last"] or ""
    ask = _WORDS.get(word)
    if ask is None or (found["first"] and found["last"]):
        return None
    return Answer(ask, found["code"])


def is_button(text: str) -> bool:
    return text.startswith((TAKE_BUTTON, PASS_BUTTON))
