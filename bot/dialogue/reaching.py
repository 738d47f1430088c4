"""How to reach the writer, as a message says it.

Belongs here: numbers, addresses and times by which somebody can be reached, in their own words.
Does not belong here: which field they answer (answers.py), what follows for sending (contact.py).
"""

import re

from bot.dialogue.nodes import Step, Topics
from bot.dialogue.path import NOTE, TOLD
from bot.dialogue.topics import asks
from bot.dialogue.turn import FieldValue, Turn
from nlu.normalise import fold
from nlu.reading import EntityName, Intent

LONGEST_NOTE = 300
"""Characters: longer than anybody's answer to one question."""
_TIME_WORDS = 3
_NOTE_WORDS = 5
_HERE = "web"
"""`here is fine`, said on the web: where no number leads."""
_REACHED = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|\+?\d(?: ?\d){9,14}")
"""An address or a number that somebody can be reached at."""


def about_contact(turn: Turn, step: Step | None, topics: Topics) -> dict[str, FieldValue]:
    """How to reach the person, in their own words where a bare fact would say too little."""
    told = turn.reading.values()
    is_asked = _is_asked(step)
    refuses = bool({*fold(turn.text).split()} & {*topics.refusals})
    found: dict[str, FieldValue] = {}
    if EntityName.SAFE_TIME in told and refuses:
        found[EntityName.SAFE_TIME.value] = turn.text.strip()[:LONGEST_NOTE]
    elif _is_bare_time(turn, step):
        found[EntityName.SAFE_TIME.value] = turn.text.strip()
    reached = _REACHED.findall(turn.text)
    says_how = is_asked or turn.reading.intent is Intent.CONTACT_PREFERENCE
    more = is_asked and not asks(turn.text, topics) and len(turn.text.split()) > _NOTE_WORDS
    more = more and EntityName.SAFE_TIME not in told
    is_note = reached or more or (refuses and not found)
    if says_how and is_note and len(turn.text) <= LONGEST_NOTE:
        found[TOLD + NOTE] = turn.text.strip()[:LONGEST_NOTE]
    elif reached:
        found[TOLD + NOTE] = ", ".join(reached)[:LONGEST_NOTE]
    return found


def gives_number(turn: Turn, step: Step) -> bool:
    """Asked how to reach them, somebody gives a number or an address, and no way of ours with it:
    a person finds out whether to ring or to write."""
    way = turn.reading.values().get(EntityName.SAFE_CHANNEL)
    brief = len(turn.text) <= LONGEST_NOTE
    return _is_asked(step) and brief and way in (None, _HERE) and bool(_REACHED.search(turn.text))


def _is_asked(step: Step | None) -> bool:
    return step is not None and step.expects is EntityName.SAFE_CHANNEL


def _is_bare_time(turn: Turn, step: Step | None) -> bool:
    """`after 4`, and nothing else: asked for anything but a choice, it is when to reach them."""
    clock = str(turn.reading.values().get(EntityName.TIME, ""))
    is_choice = step is not None and step.expects == "choice"
    return clock[:1].isdigit() and len(turn.text.split()) <= _TIME_WORDS and not is_choice
