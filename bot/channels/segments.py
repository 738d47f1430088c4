"""How a text is made to fit a channel: characters that cost less, and parts that are short enough.

Belongs here: pure functions over text. Does not belong here: any carrier, or what is said.
Facts: GSM 03.38 for the seven-bit alphabet and its extension.
"""

import re
import unicodedata
from collections.abc import Sequence

from bot.messages import Choice

SMS_LIMIT = 320
"""Characters of one text message, whatever its alphabet."""

_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM = _GSM_BASIC | _GSM_EXTENSION

_PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "′": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "″": '"',
        "«": '"',
        "»": '"',
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "−": "-",
        "•": "-",
        "…": "...",
        "\u00a0": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\t": " ",
    }
)
"""Typography only. Letters are never here: a name keeps its accents and costs what it costs."""

_INVISIBLE = dict.fromkeys([0x2066, 0x2067, 0x2068, 0x2069, 0x200B, 0xFEFF])
"""Isolating marks and empty spaces: some phones show them as boxes."""

_ENDS = re.compile(r"[.!?…؟۔।]+[\"'”’)]*\s+|\n+")
_SPACES = re.compile(r"\s+")


def is_gsm(text: str) -> bool:
    """Whether a text fits the seven-bit alphabet of SMS."""
    return _GSM.issuperset(text)


def plain(text: str) -> str:
    """The same words for SMS: no isolating marks, seven-bit where typography alone prevents it."""
    whole = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    plainer = whole.translate(_PLAIN)
    return plainer if is_gsm(plainer) else whole


def with_choices(text: str, choices: Sequence[Choice]) -> str:
    """The text with each choice's words on a line of its own, for channels without buttons."""
    return "\n".join([text, *(choice.label for choice in choices)])


def marked(text: str, mark: str) -> str:
    """One part with what stands before it, if anything does."""
    return f"{mark} {text}" if mark else text


def split(text: str, limit: int, mark: str = "") -> tuple[str, ...]:
    """Parts of at most `limit` characters, cut at line, sentence or word ends; no word is lost.

    Only the white space at a cut goes. A single word longer than `limit` is cut inside. Each part
    begins with `mark`, so that none can be taken for new words.
    """
    room = limit - len(marked("", mark))
    parts: list[str] = []
    rest = text.strip()
    while len(rest) > room:
        cut = _cut(rest, room)
        parts.append(marked(rest[:cut].rstrip(), mark))
        rest = rest[cut:].lstrip()
    return (*parts, marked(rest, mark))


def _cut(text: str, limit: int) -> int:
    window = text[: limit + 1]
    sentences = [m.end() for m in _ENDS.finditer(window) if len(window[: m.end()].rstrip()) > 0]
    if sentences and sentences[-1] >= limit // 3:
        return sentences[-1]
    words = [m.end() for m in _SPACES.finditer(window)]
    if words:
        return words[-1]
    cut = limit
    while cut > 1 and unicodedata.combining(text[cut]):
        cut -= 1
    return cut


def fit_sms(text: str, choices: Sequence[Choice] = (), mark: str = "") -> tuple[str, ...]:
    """The parts that a text goes out in as SMS, each at most `SMS_LIMIT` characters."""
    return split(plain(with_choices(text, choices)), SMS_LIMIT, plain(mark))
