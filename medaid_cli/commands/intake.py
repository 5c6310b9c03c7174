"""From what was typed or piped in to documents, and what people see while rows come in."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import typer

from medaid_cli import names, rows
from medaid_cli.commands.entry import ClaimFields, SourceFields
from medaid_cli.curation import Refused
from medaid_cli.errors import OutputError, UsageError
from medaid_cli.model import Facts
from medaid_cli.render.clean import clean
from medaid_cli.render.output import Looks, shape, spare_stores
from medaid_cli.reports.report import Report
from medaid_cli.rows import Row

OFTEN = 10_000  # rows from one sign of life to the next


def claim_document(fields: ClaimFields, facts: Facts) -> dict[str, Any]:
    """The fields by the store's ids, whatever names were typed; None for what is typed to be empty.

    Raises:
        UsageError: for a name that the store does not have, or a value that is no number.
    """
    return {
        name: None if value in ("", False) else READERS.get(name, as_typed)(value, facts)
        for name, value in fields.given.items()
    }


def as_typed(value: Any, facts: Facts) -> Any:  # noqa: ARG001 as all readers
    """What needs no looking up."""
    return value


def place(given: str, facts: Facts) -> str:
    """Any place."""
    return names.place(given, facts, "place", lambda _: True, "")


def places(given: list[str], facts: Facts) -> list[str]:
    """The places, each once, in the order given."""
    return list(dict.fromkeys(place(one, facts) for one in given))


def value(given: str, facts: Facts) -> int:  # noqa: ARG001 likewise
    """A number with or without commas between its digits."""
    try:
        return rows.number(given.replace(",", ""))
    except ValueError as error:
        raise UsageError(f"--value: {error}") from None


READERS: dict[str, Callable[[Any, Facts], Any]] = {
    "source": names.source,
    "measure": names.measure,
    "programme": names.programme,
    "provider": place,
    "recipient": places,
    "value": value,
}


def source_document(fields: SourceFields) -> dict[str, Any]:
    """The fields, with the digest of the text.

    Raises:
        UsageError: if the text can't be read.
    """
    given = {name: value for name, value in fields.given.items() if value != ""}
    if fields.text is None:
        return given
    try:
        content = fields.text.read_bytes()
    except OSError as error:
        raise UsageError(f"{fields.text}: can't be read: {error.strerror}") from error
    return {"read": "full", **given, "text_sha256": hashlib.sha256(content).hexdigest()}


def check_looks(looks: Looks, fields: Sequence[str], store: Path, rows: Path | None = None) -> None:
    """See that a report with these fields can be shown as wanted, before the store is changed.

    Raises:
        UsageError: for an unknown field, or output that would go over the store or the file of rows.
        OutputError: if there is no folder for the output.
    """
    shape(Report(name="", fields=tuple(fields), rows=(), query={}), looks)
    if looks.output is None:
        return
    spare_stores(looks.output, store)
    if rows and os.path.realpath(looks.output) == os.path.realpath(rows):
        raise UsageError(f"{looks.output}: is what is imported; write the output elsewhere")
    if not looks.output.parent.is_dir():
        raise OutputError(f"{looks.output}: can't be written: there is no such folder")


@contextmanager
def after_a_change() -> Iterator[None]:
    """What is said once the store is changed: if that fails, people must know that it is.

    Raises:
        OutputError: if it could not be said.
    """
    try:
        yield
    except OutputError as error:
        raise OutputError(f"the change is made, but {error}") from error
    except KeyboardInterrupt:
        typer.echo("medaid: interrupted; the change is made", err=True)
        raise


@contextmanager
def opened(file: Path) -> Iterator[Iterable[Row]]:
    """The rows of a file, or of standard input.

    Raises:
        UsageError: if it can't be read, or is no rows.
    """
    if str(file) == "-":
        if sys.stdin is None:
            raise UsageError("standard input is closed")
        sys.stdin.reconfigure(**rows.AS_TEXT)  # type: ignore[union-attr]
        yield rows.read(sys.stdin)
        return
    try:
        text = file.open(**rows.AS_TEXT)
    except OSError as error:
        raise UsageError(f"{file}: can't be read: {error.strerror}") from error
    with text:
        yield rows.read(text)


class Desk:
    """Where rows pass: on a terminal they are counted; those that can't be entered are told.

    People are told at once, line by line; for JSON they are kept, in `refused`.
    """

    def __init__(self, looks: Looks, err: TextIO) -> None:
        """Nothing has come yet."""
        self.err = err
        self.keeps = looks.format == "json"
        self.refused: list[Refused] = []
        self.shown = ""

    def counted(self, found: Iterable[Row]) -> Iterator[Row]:
        """The same rows."""
        for number, row in enumerate(found, 1):
            if number % OFTEN == 0 and self.err.isatty():
                self.show(f"{number:,} rows")
            yield row

    def show(self, text: str) -> None:
        """Put a text in the place of the one before, on a line that something else will be written to."""
        self.err.write("\r" + text.ljust(len(self.shown)) + "\r" * (not text))
        self.err.flush()
        self.shown = text

    def tell(self, refused: Refused) -> None:
        """Say what is wrong with a row, or keep it."""
        if self.keeps:
            self.refused.append(refused)
            return
        self.close()
        one = refused.problem
        self.err.write(clean(f"line {refused.line}: {one.where}: {one.message}; {one.remedy}") + "\n")

    def close(self) -> None:
        """Take the count off the screen."""
        if self.shown:
            self.show("")
