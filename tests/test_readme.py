"""What the README says is so."""

import re
from pathlib import Path

from bot.rules import hold, tries
from bot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_settings_table_is_the_settings() -> None:
    """Every variable is in the table with its sentence, and nothing else is."""
    said = re.findall(r"^\| `(HANDRAIL_\w+)` \| (.+) \|$", README, re.MULTILINE)
    real = [
        (f"HANDRAIL_{name.upper()}", field.description)
        for name, field in Settings.model_fields.items()
    ]
    assert said == real


def test_every_path_that_the_readme_names_exists() -> None:
    """A tour that leads to a missing file teaches nothing."""
    named = set(re.findall(r"(?:`|\s)((?:nlu|bot|api|content|tests)/[\w./]*)", README))
    assert named
    assert not [path for path in named if not (ROOT / path.rstrip(".,")).exists()]


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    """`make run` and `make test` are what they are said to be."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in re.findall(r"^    make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)


def test_the_times_that_the_readme_gives_are_the_times() -> None:
    """The hold is as long as it is said to be, and so are the tries."""
    assert "Replies wait 1.5 s** (4 s at most)" in README
    assert (hold.QUIET.total_seconds(), hold.LONGEST.total_seconds()) == (1.5, 4)
    assert "fails three times" in README
    assert tries.TURN_TRIES == 3
