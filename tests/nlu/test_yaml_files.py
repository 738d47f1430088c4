"""Whoever edits content meets no trap of YAML, and is told the line of a mistake."""

import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from nlu.yaml_files import BadYaml, load_yaml, read_yaml


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("no", "no"),
        ("on", "on"),
        ("16:30", "16:30"),
        ("012", 12),
        ("true", True),
        ("~", None),
        ("", None),
        ("2.5", 2.5),
        ("2026-03-10", datetime.date(2026, 3, 10)),
        ("'12'", "12"),
    ],
)
def test_a_word_means_what_it_looks_like(written: str, means: object) -> None:
    """`no` is a word and half past four a time, not a number of seconds."""
    assert read_yaml(f"says: {written}").value == {"says": means}


def test_a_key_that_stands_twice_is_refused_by_its_line() -> None:
    """The second would silently win."""
    with pytest.raises(BadYaml) as error:
        read_yaml("a:\n  b: 1\n  b: 2\n")
    assert error.value.problem_mark is not None
    assert (error.value.problem, error.value.problem_mark.line) == ('found duplicate key "b"', 2)


def test_every_part_knows_its_line() -> None:
    """As deep as the file goes, and the last that is known beyond."""
    tree = read_yaml("steps:\n  - id: one\n  - id: two\n    asks:\n      what: age\n")
    assert tree.line_of(("steps", 1)) == 3
    assert tree.line_of(("steps", 1, "asks", "what")) == 5
    assert tree.line_of(("steps", 1, "asks", "nothing", "there")) == 4
    assert tree.line_of(("steps", 7)) == 1


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    """With the place of what is wrong."""
    path = tmp_path / "numbers.yaml"
    path.write_text("- 1\n- two\n", encoding="utf-8")
    with pytest.raises(ValidationError):
        load_yaml(path, list[int])
