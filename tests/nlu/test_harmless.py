"""Harmless messages that borrow the words of danger: none of them wakes anybody.

`harmless/<language>.txt` holds them, one a line, `#` before a heading; a message that alarmed and
should not have belongs there.
"""

from pathlib import Path

import pytest

from nlu.lexicon import hear, level
from nlu.lexicon_files import load_risk_book
from nlu.reading import Language, RiskLevel

FOLDER = Path(__file__).parent / "harmless"
BOOK = load_risk_book(Path(__file__).parents[2] / "content")
FILES = sorted(FOLDER.glob("*.txt"))


def messages(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_nothing_harmless_raises_a_page(path: Path) -> None:
    """Words alone answer no harmless message of the file as high or immediate."""
    alarmed = [text for text in messages(path) if level(hear(text, BOOK)) >= RiskLevel.HIGH]
    assert alarmed == []


def test_the_messages_are_many_and_each_is_there_once() -> None:
    """At least 300 in English, and no message counted twice."""
    assert len(messages(FOLDER / "en.txt")) >= 300
    everything = [text for path in FILES for text in messages(path)]
    assert len(everything) == len(set(everything))
    assert all(path.stem in set(Language) for path in FILES)
