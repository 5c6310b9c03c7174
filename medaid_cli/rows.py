"""Rows that people bring: JSON Lines or CSV, read one after the other, each with its line.

What can't be read is told where it stands, and the next row is read.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TextIO

from medaid_cli import content, records
from medaid_cli.errors import UsageError
from medaid_cli.model import Record
from medaid_cli.plain import unguard, unquote

AS_TEXT: dict[str, Any] = {"encoding": "utf-8-sig", "errors": "surrogateescape", "newline": ""}
LONGEST_LINE = 100_000  # characters: no record has as many, and a line is held as a whole
TOO_LONG = f"is longer than {LONGEST_LINE:,} characters"


# A row is of the first table of which it has a field.
TELLTALE = {"claims": ("quote", "measure"), "sources": ("title", "publisher")}


class Row(Record, frozen=True):
    """A line's number, and what stands there: a document, or why there is none; the table, if its field names tell."""

    line: int
    document: Mapping[str, Any] | None
    complaint: str = ""
    table: str | None = None


class Lines:
    """The lines of a text, counted. Of one that is too long there is only the beginning: a file may be a single line.

    `first`: the first that is not blank, which comes with the others all the same.
    """

    def __init__(self, text: TextIO) -> None:
        """Look at the first line."""
        self.text = text
        self.number = 0
        self.held = ""
        self.first = self.held = next((line for line in self if line.strip()), "")

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line, self.held = self.held or self.read(), ""
        if not line:
            raise StopIteration
        return line

    def read(self) -> str:
        """The next line; nothing at the end.

        Raises:
            UsageError: if it can't be read.
        """
        try:
            line = rest = self.text.readline(LONGEST_LINE)
            while is_long(rest) and not rest.endswith("\n"):
                rest = self.text.readline(LONGEST_LINE)
        except OSError as error:
            raise UsageError(f"line {self.number + 1}: can't be read: {error.strerror}") from error
        self.number += bool(line)
        return line


def is_long(line: str) -> bool:
    """Whether it is longer than any line of a record."""
    return len(line) >= LONGEST_LINE


def read(text: TextIO) -> Iterator[Row]:
    """The rows of a text: JSON Lines if it begins with a brace, else CSV, or TSV, with a line of field names.

    Args:
        text: with its line ends as they are, and a surrogate for each byte that is not UTF-8, as with `AS_TEXT`.

    Raises:
        UsageError: if it is neither.
    """
    lines = Lines(text)
    first = lines.first.strip()
    if first.startswith("["):
        raise UsageError("these rows are one JSON array; medaid import takes an object a line: jq -c '.[]' makes them")
    if first == "{":
        raise UsageError("these rows are one JSON object over many lines; medaid import takes one a line (-f jsonl)")
    return from_json(lines) if first.startswith("{") else from_csv(lines)


def from_json(lines: Lines) -> Iterator[Row]:
    """One object a line; blank lines are nothing."""
    for line in lines:
        if line.strip():
            yield json_row(lines.number, line)


def json_row(number: int, line: str) -> Row:
    """One line of JSON."""
    if is_long(line) or is_broken(line):
        return Row(number, None, TOO_LONG if is_long(line) else "is not UTF-8")
    try:
        document = content.parse(line.rstrip("\r\n"))
    except json.JSONDecodeError as error:
        return Row(number, None, f"is not JSON: {error.msg.removesuffix(' at')} at column {error.colno}")
    except RecursionError:
        return Row(number, None, "is nested too deeply to be a record")
    except ValueError as error:
        return Row(number, None, str(error))
    if not isinstance(document, dict):
        return Row(number, None, f"holds {content.json_name(document)}, not an object")
    return Row(number, document, table=table_of(document))


def from_csv(lines: Lines) -> Iterator[Row]:
    """One record a row, by the names in the first; cells that are empty are not there, nor are rows of such cells.

    Raises:
        UsageError: as `field_names`.
    """
    short = map(bounded, lines)
    reader = map(tab_separated, short) if "\t" in lines.first else csv.reader(short, strict=True)
    fields = field_names(reader)
    table = table_of(fields)
    while True:
        number = lines.number + 1  # where the row begins: cells may have line ends
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number, None, f"is not CSV: {error}")
            continue
        if any(cells):
            yield csv_row(number, fields, cells).replace(table=table)


def bounded(line: str) -> str:
    """The same line.

    Raises:
        csv.Error: if it is too long.
    """
    if is_long(line):
        raise csv.Error(TOO_LONG)
    return line


def tab_separated(line: str) -> list[str]:
    """The cells of a line of TSV: none has a tab or a line's end in it."""
    return [unquote(cell) for cell in line.rstrip("\r\n").split("\t")]


def field_names(reader: Iterator[list[str]]) -> list[str]:
    """The names in the first row.

    Raises:
        UsageError: if they can't be read, or one stands twice: which cell would be meant?
    """
    try:
        found = next(reader, [])
    except csv.Error as error:
        raise UsageError(f"the line with the field names is not CSV: {error}") from error
    if any(map(is_broken, found)):
        raise UsageError("the line with the field names is not UTF-8")
    twice = next((name for name in found if name and found.count(name) > 1), None)
    if twice is not None:
        raise UsageError(f"the field name {records.shown(twice)} stands twice in its line")
    return found


def csv_row(number: int, fields: list[str], cells: list[str]) -> Row:
    """One row of CSV."""
    if any(map(is_broken, cells)):
        return Row(number, None, "is not UTF-8")
    if any(cells[len(fields) :]):
        return Row(number, None, f"has {len(cells)} cells under {len(fields)} names")
    document = {}
    for name, cell in zip(fields, cells, strict=False):
        try:
            if cell or (name == "unit" and "adds" in fields):  # a measure needs a unit, if only an empty one
                document[name] = CELLS.get(name, unguard)(cell)
        except ValueError as error:
            return Row(number, None, f"{name}: {error}")
    return Row(number, document)


def table_of(fields: Iterable[str]) -> str | None:
    """The table that a row with these fields belongs to."""
    return next((table for table, names in TELLTALE.items() if not set(names).isdisjoint(fields)), None)


def is_broken(text: str) -> bool:
    """Whether bytes were read that are no UTF-8."""
    return not text.isascii() and any("\udc80" <= char <= "\udcff" for char in text)


def number(cell: str) -> int:
    """A whole number in plain digits."""
    if cell.isascii() and cell.isdigit() and len(cell) <= content.LONGEST_NUMBER:
        return int(cell)
    raise records.expected("a whole number in plain digits", cell)


def names(cell: str) -> list[str]:
    """Ids with semicolons between them."""
    return [part.strip() for part in unguard(cell).split(";") if part.strip()]


def truth(cell: str) -> bool:
    """`true` or `false`, however they are capitalised."""
    if cell.lower() in ("true", "false"):
        return cell.lower() == "true"
    raise records.expected("true or false", cell)


def as_json(cell: str) -> Any:
    """What has parts is JSON also in a cell."""
    try:
        return content.parse(cell)
    except (ValueError, RecursionError):
        raise records.expected("JSON", cell) from None


# The fields that are not text.
CELLS: dict[str, Callable[[str], Any]] = {
    "value": number,
    "recipient": names,
    "and_others": truth,
    "retracted": as_json,
    "author": as_json,
    "aliases": names,
    "within": names,
    "exclusive_children": names,
}
