"""`handrail content check` on the words of danger: an editor is told file and line."""

import shutil
from pathlib import Path

import pytest

from bot.commands.content_risk import check_risk
from nlu.yaml_files import BadFile
from tests.bot.talking import CONTENT

_RISK = """\
language: en
guards:
  game:
    where: around
    effect: none
    reason: a game is no danger
    patterns: [fortnite]
entries:
  - id: en.outside
    level: immediate
    categories: [threat_from_others]
    reason: attackers who are there
    guards: [game]
    patterns: [outside my house]
    hit:
      - theyre outside my house
    miss:
      - outside my house in fortnite
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """As much of the content as the reader and practice read, with one entry."""
    for folder in ("gazetteer", "practice"):
        shutil.copytree(CONTENT / folder, tmp_path / folder)
    (tmp_path / "languages" / "en").mkdir(parents=True)
    shutil.copy(CONTENT / "languages/en/keywords.yaml", tmp_path / "languages/en")
    (tmp_path / "languages/en/risk.yaml").write_text(_RISK, encoding="utf-8")
    return tmp_path


def test_an_entry_that_hears_what_it_says_is_well(content: Path) -> None:
    """Nothing to mend."""
    assert [*check_risk(content)] == []


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("- theyre outside my house", "- theyre inside my house", 16, "does not hear this"),
        ("patterns: [fortnite]", "patterns: [chess]", 18, "would wake somebody"),
    ],
)
def test_an_example_that_is_heard_otherwise_is_found_by_its_line(
    content: Path, old: str, new: str, line: int, what: str
) -> None:
    """Whoever changes a phrase learns at once what it no longer hears, or now hears."""
    _edit(content, old, new)
    (found,) = check_risk(content)
    assert (found.file, found.line) == ("languages/en/risk.yaml", line)
    assert what in found.what


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("level: immediate", "level: dire", r"risk\.yaml:10: entries\.0\.level"),
        ("  - id: en.outside", "  - id: [", r"risk\.yaml:\d+: "),
        ("guards: [game]", "guards: [film]", "en.outside: no guard is called film"),
        ("[outside my house]", '["outside {nowhere}"]', "en.outside: no family"),
        ("[fortnite]", '["{nowhere}"]', "game: no family"),
    ],
)
def test_a_file_that_makes_no_sense_is_named(content: Path, old: str, new: str, said: str) -> None:
    """One clear sentence in place of a service that does not start."""
    _edit(content, old, new)
    with pytest.raises(BadFile, match=said):
        [*check_risk(content)]


@pytest.mark.parametrize(
    "name", ["gazetteer/places.yaml", "languages/en/keywords.yaml", "practice/people.yaml"]
)
def test_what_only_the_reader_reads_is_checked_too(content: Path, name: str) -> None:
    """A slip in a list of places stops no service at night: it is found before it goes out."""
    path = content / name
    path.write_text(path.read_text(encoding="utf-8") + "\n}", encoding="utf-8")
    with pytest.raises(BadFile, match=rf"{name}:\d+: "):
        [*check_risk(content)]


def _edit(content: Path, old: str, new: str) -> None:
    path = content / "languages/en/risk.yaml"
    assert old in _RISK
    path.write_text(_RISK.replace(old, new), encoding="utf-8")
