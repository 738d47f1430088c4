"""A strict reading of TwiML: what Twilio's documentation allows of the verbs that we use, and
nothing else.

Belongs here: elements, attributes, nesting. Twilio publishes no schema, so this one is written
from twilio.com/docs/voice/twiml: an unknown name, a wrong value or a wrong place fails.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_URL: Final = r"https://\S+"
_DIGIT: Final = r"\d+"
_TRUE: Final = "true|false"
_LONGEST_SAID: Final = 4096


@dataclass(frozen=True)
class Verb:
    """`needs`: attributes that must be there; `may`: the others; `holds`: elements within."""

    needs: Mapping[str, str]
    may: Mapping[str, str]
    holds: frozenset[str] = frozenset()
    has_text: bool = False


_SPEECH: Final = {"language": "[a-z]{2,3}(-[A-Z]{2})?", "voice": r"(Polly|Google)\.[\w-]+"}
VERBS: Final[Mapping[str, Verb]] = {
    "Response": Verb(
        {}, {}, frozenset({"Say", "Gather", "Dial", "Pause", "Redirect", "Hangup", "Message"})
    ),
    "Say": Verb({"language": _SPEECH["language"]}, {"voice": _SPEECH["voice"]}, has_text=True),
    "Gather": Verb(
        {"numDigits": "1", "action": _URL, "method": "POST", "timeout": _DIGIT},
        {"actionOnEmptyResult": _TRUE},
        frozenset({"Say", "Pause"}),
    ),
    "Dial": Verb(
        {
            "callerId": r"\+\d{8,15}",
            "timeout": "[5-9]|[1-9][0-9]|[1-5][0-9][0-9]|600",
            "timeLimit": _DIGIT,
            "action": _URL,
            "method": "POST",
            "answerOnBridge": "true",
        },
        {"ringTone": "uk", "record": "record-from-answer-dual"},
        frozenset({"Number"}),
    ),
    "Number": Verb({}, {"url": _URL, "method": "POST"}, has_text=True),
    "Pause": Verb({"length": _DIGIT}, {}),
    "Redirect": Verb({"method": "POST"}, {}, has_text=True),
    "Hangup": Verb({}, {}),
}
_ENDS: Final = ("Hangup", "Redirect", "Dial")
"""Nothing may stand behind these: Twilio never gets there."""


def checked(text: str) -> Element:
    """The document, or an assertion that says what is wrong with it."""
    root = ElementTree.fromstring(text)
    assert root.tag == "Response", root.tag
    _check(root)
    for at, verb in enumerate(root):
        last = at == len(root) - 1
        assert last or verb.tag not in _ENDS, f"something stands behind <{verb.tag}>"
        if verb.tag == "Gather" and verb.get("actionOnEmptyResult") == "true":
            assert last, "a gather that always acts is the last verb"
    return root


def _check(element: Element) -> None:
    assert element.tag in VERBS, f"<{element.tag}> is no verb of ours"
    verb = VERBS[element.tag]
    known = {**verb.needs, **verb.may}
    missing = set(verb.needs) - set(element.attrib)
    assert not missing, f"<{element.tag}> lacks {missing}"
    for name, value in element.attrib.items():
        assert name in known, f"<{element.tag}> has no attribute {name}"
        assert re.fullmatch(known[name], value), f"{element.tag}.{name} may not be {value!r}"
    said = (element.text or "").strip()
    assert bool(said) == verb.has_text, f"<{element.tag}>: text {said!r}"
    assert len(said) <= _LONGEST_SAID
    for child in element:
        assert child.tag in verb.holds, f"<{child.tag}> within <{element.tag}>"
        assert not (child.tail or "").strip()
        _check(child)
