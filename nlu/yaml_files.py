"""YAML as content is written in it: `no` is a word, a key stands once, and every line is known.

Belongs here: reading the language. Does not belong here: what a file must hold.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

BadYaml = yaml.MarkedYAMLError
"""What is not YAML, or says a key twice: `problem`, and `problem_mark.line` from 0."""


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


def _once_each(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen = set()
    for key, _ in node.value:
        if key.value in seen:
            problem = f'found duplicate key "{key.value}"'
            raise BadYaml(problem=problem, problem_mark=key.start_mark)
        seen.add(key.value)
    found: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return found


def _decimal(_: _Loader, node: yaml.ScalarNode) -> int:
    return int(node.value)


_Loader.add_constructor("tag:yaml.org,2002:map", _once_each)
_Loader.add_constructor("tag:yaml.org,2002:int", _decimal)


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
    finally:
        loader.dispose()


def load_yaml[Shape](path: Path, shape: type[Shape]) -> Shape:
    """What a file holds. Raises `BadYaml`, or `pydantic.ValidationError` on another shape."""
    tree = read_yaml(path.read_text(encoding="utf-8"))
    return TypeAdapter(shape).validate_python(tree.value)
