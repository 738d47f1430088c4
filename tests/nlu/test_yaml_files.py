"""Whoever edits content meets no trap of YAML, and is told the line of a mistake."""

import datetime
from pathlib import Path

import pytest

from nlu.yaml_files import BadFile, BadYaml, load_yaml, read_yaml


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


@pytest.mark.parametrize(
    ("written", "line", "problem"),
    [
        ("a:\n  b: 1\n  b: 2\n", 3, 'found duplicate key "b"'),
        ("é: ü\na: b\nc: \x07\n", 3, "control characters are not allowed"),
        ("a: 1\nb: [\n", 3, "did not find expected node content"),
        ("a: 1\nb: *nobody\n", 2, "found undefined alias"),
        ("checked: 2026-02-30\n", 1, "day is out of range for month"),
        ("? [a, b]\n: 1\n", 1, "expected a word for a key"),
        ("a: !!python/object:os.x 1\n", 1, "could not determine a constructor"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_line(written: str, line: int, problem: str) -> None:
    """Whoever wrote it finds the place; a key that stands twice would silently win."""
    with pytest.raises(BadYaml) as error:
        read_yaml(written)
    assert error.value.line == line
    assert error.value.problem.startswith(problem)


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
    with pytest.raises(BadFile, match=r"numbers.yaml:2: 1: "):
        load_yaml(path, list[int])
