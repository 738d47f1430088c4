"""YAML as content is written in it: `no` is a word, a key stands once, and every line is known.

Belongs here: reading the language. Does not belong here: what a file must hold.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError
from yaml.reader import ReaderError


class BadFile(Exception):
    """A file that cannot be used, named with the line and what is wrong with it."""


class BadYaml(Exception):
    """What is not YAML, says a key twice or names a day that no calendar has. `line` from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line, self.problem = line, problem


class _Loader(yaml.CSafeLoader):
    """libyaml with the words of YAML 1.2: every process reads all content as it starts, and a
    reader written in Python took half of that time."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_PLAIN = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+", list("-+0123456789")),
    "float": (r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
    "timestamp": (r"\d{4}-\d\d-\d\d", list("0123456789")),
}
for _name, (_pattern, _first) in _PLAIN.items():
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_pattern})\Z"), _first
    )


def _line(mark: yaml.Mark | None) -> int:
    return 1 if mark is None else mark.line + 1


def _once_each(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise BadYaml(_line(key.start_mark), "expected a word for a key")
        if key.value in seen:
            raise BadYaml(_line(key.start_mark), f'found duplicate key "{key.value}"')
        seen.add(key.value)
    found: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return found


def _decimal(_: _Loader, node: yaml.ScalarNode) -> int:
    return int(node.value)


def _day(_: _Loader, node: yaml.ScalarNode) -> date:
    try:
        return date.fromisoformat(node.value)
    except ValueError as error:
        raise BadYaml(_line(node.start_mark), str(error)) from error


_Loader.add_constructor("tag:yaml.org,2002:map", _once_each)
_Loader.add_constructor("tag:yaml.org,2002:int", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


@dataclass(frozen=True)
class Tree:
    """A file's value, and where its parts stand."""

    value: Any
    _root: yaml.Node | None

    def line_of(self, where: tuple[int | str, ...]) -> int:
        """The line, from 1, of the deepest part of `where` that the file holds."""
        line, node = 1, self._root
        for part in where:
            found = _below(node, part)
            if found is None:
                break
            line, node = found
        return line


def _below(node: yaml.Node | None, part: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item.start_mark.line + 1, item
    return None


def read_yaml(text: str) -> Tree:
    """Raises `BadYaml`."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        return Tree(None if root is None else loader.construct_document(root), root)
    except yaml.MarkedYAMLError as error:
        raise BadYaml(_line(error.problem_mark), error.problem or str(error)) from error
    except ReaderError as error:
        read = text.encode()[: error.position]
        raise BadYaml(read.count(b"\n") + 1, error.reason) from error
    finally:
        loader.dispose()


def load_yaml[Shape](path: Path, shape: type[Shape]) -> Shape:
    """What a file holds. Raises `BadFile`."""
    try:
        tree = read_yaml(path.read_text(encoding="utf-8"))
        return TypeAdapter(shape).validate_python(tree.value)
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: not UTF-8 at byte {error.start}") from error
    except BadYaml as error:
        raise BadFile(f"{path}:{error.line}: {error.problem}") from error
    except ValidationError as error:
        line, said = first_fault(tree, error)
        raise BadFile(f"{path}:{line}: {said}") from error


def first_fault(tree: Tree, error: ValidationError) -> tuple[int, str]:
    """Where a file departs from its shape first, and how."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return tree.line_of(first["loc"]), f"{where}: {first['msg']}"
