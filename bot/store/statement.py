"""A statement built once and run without SQLAlchemy's machinery: for the path of every message.

Belongs here: turning a statement into words that psycopg runs. Does not belong here: the
statements themselves, which stand beside the functions that run them.

Building and running a statement through an ORM session costs 0.5 to 0.9 ms of processor time,
this costs 0.07 (measured, PostgreSQL on the same machine); one message needs about twenty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, String, false, literal_column, or_
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

type Row = Any
"""A named tuple: the columns that the statement returns."""

_DIALECT = psycopg.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Filled:
    text: str
    values: Mapping[str, object]


class Statement:
    """`text` with psycopg's named places. A place that was given a value when the statement was
    built keeps it; every `bindparam` must be filled at each run."""

    def __init__(self, built: ClauseElement) -> None:
        compiled = built.compile(dialect=_DIALECT)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("not a statement that reads or writes rows")
        self.text = compiled.string
        self._fixed = {
            name: place.effective_value
            for place, name in compiled.bind_names.items()
            if not place.required
        }
        self._fixed |= _column_defaults(compiled)

    def filled(self, **values: object) -> Filled:
        """With every place filled."""
        return Filled(self.text, {**self._fixed, **values})


def _column_defaults(compiled: SQLCompiler) -> dict[str, object]:
    """What an insert fills in for columns it does not name. Defaults here are constants: a
    callable one only makes an empty list, which nobody changes."""
    found: dict[str, object] = {}
    for column in compiled.insert_prefetch:
        match column.default:
            case ScalarElementColumnDefault(arg=value):
                found[column.key] = value
            case CallableColumnDefault(arg=make):
                found[column.key] = make(None)  # type: ignore[arg-type]
            case other:
                raise TypeError(f"{column}: a default of kind {type(other).__name__}")
    return found


def constant(value: str) -> ColumnElement[str]:
    """A word of ours, written out and not bound: in a prepared statement a bound value matches
    no partial index."""
    return literal_column(f"'{value}'", String)


def one_of(column: SQLColumnExpression[str], values: Iterable[str]) -> ColumnElement[bool]:
    """`column IN (...)`, the words written out."""
    return or_(false(), *(column == constant(value) for value in values))
