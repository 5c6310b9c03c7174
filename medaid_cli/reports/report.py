"""What a command found, before it is known how it will be shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from medaid_cli.model import Record

Row = Mapping[str, Any]


class Span(Record, frozen=True):
    """What a bar shows: from `begin` to `end` on a scale from 0 to `size`."""

    size: float
    begin: float
    end: float


class Column(Record, frozen=True):
    """A column for people: heading, and the text of the cell for a row; on terminals a bar, if `bar` gives one.

    `at_most`: the width that it takes at most, wherever its words allow, so that others have room.
    """

    heading: str
    show: Callable[[Row], str]
    numeric: bool = False
    bar: Callable[[Row], Span] | None = None
    at_most: int | None = None


class Block(Record, frozen=True):
    """A table for people, with a line above it that says what it is."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]


class Report(Record, frozen=True):
    """What a command found.

    `rows` are for machines: plain JSON values, all with the keys that `fields` names. A field with dots is a path:
    `personnel.low` is the key `low` of the object `personnel`. People see the `lead` blocks, then `columns` over the
    same rows (none without columns), the `tail` blocks, those that `unfold` makes of the rows once they are sorted and
    limited, then the notes. `extra` goes into the JSON envelope beside the rows.
    """

    name: str
    fields: tuple[str, ...]
    rows: Sequence[Row]
    query: Mapping[str, Any]
    title: str = ""
    columns: tuple[Column, ...] = ()
    lead: tuple[Block, ...] = ()
    tail: tuple[Block, ...] = ()
    unfold: Callable[[Sequence[Row]], Iterable[Block]] | None = None
    notes: tuple[str, ...] = ()
    extra: Mapping[str, Any] = {}


def value_at(row: Row, path: str) -> Any:
    """The value that a path leads to; None where there is nothing. Rows cut to fields have whole paths as keys."""
    if path in row:
        return row[path]
    parts = path.split(".")
    for length in range(len(parts) - 1, 0, -1):  # a measure's id may have a dot too: the longest key that is there
        inner = row.get(".".join(parts[:length]))
        if isinstance(inner, Mapping):
            return value_at(inner, ".".join(parts[length:]))
    return None


def as_text(value: Any) -> str:
    """A value in a cell of a table for people."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, (list, tuple)):
        return ", ".join(as_text(item) for item in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {as_text(item)}" for key, item in value.items() if item is not None)
    return str(value)


def column(heading: str, path: str, *, numeric: bool = False) -> Column:
    """A column that shows what a path leads to, as it is."""
    return Column(heading, lambda row: as_text(value_at(row, path)), numeric)


def plural(count: int, one: str, many: str = "") -> str:
    """`1 claim`, `2 claims`, `2 countries`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
