"""Which format goes where: rows are sorted, limited and cut to fields, then written. The outside world is passed in."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TextIO

from medaid_cli.content import begins_as_store
from medaid_cli.errors import OutputError, UnknownNameError, UsageError
from medaid_cli.model import Facts, Record
from medaid_cli.records import nearest
from medaid_cli.render.clean import clean
from medaid_cli.render.envelope import json_text, jsonl_text
from medaid_cli.reports.report import Report, column, plural, value_at

Format = Literal["table", "json", "jsonl", "csv", "tsv", "markdown"]

FORMATS: tuple[Format, ...] = ("table", "json", "jsonl", "csv", "tsv", "markdown")
ENDINGS: dict[str, Format] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "table",
}
SHOW_NOTES: tuple[Format, ...] = ("json", "markdown")


class Looks(Record, frozen=True):
    """How to show it: nothing here changes a number."""

    format: Format = "table"
    output: Path | None = None
    fields: tuple[str, ...] = ()
    sort: str | None = None
    limit: int | None = None


class World(Record, frozen=True):
    """Where it goes: streams, whether a person is reading, how wide, with colour or not; whether someone can answer."""

    out: TextIO
    err: TextIO
    terminal: bool = False
    width: int = 80
    color: bool = False
    asking: bool = False


def choose_format(given: str | None, *, json: bool, csv: bool, output: Path | None) -> Format:
    """The one format that is asked for.

    Raises:
        UsageError: if more than one is, or the file's ending tells of none.
    """
    asked: set[Format] = set()
    if json:
        asked.add("json")
    if csv:
        asked.add("csv")
    if given is not None:
        found = next((name for name in FORMATS if name == given.lower()), None)
        if found is None:
            raise UnknownNameError("format", given, nearest(given, FORMATS) or list(FORMATS))
        asked.add(found)
    if len(asked) > 1:
        raise UsageError(f"one format at a time, not {' and '.join(sorted(asked))}")
    if asked:
        return asked.pop()
    if output is None:
        return "table"
    if output.suffix.lower() not in ENDINGS:
        raise UsageError(f"can't tell the format from {output.name!r}; use --format, or one of {', '.join(ENDINGS)}")
    return ENDINGS[output.suffix.lower()]


def publish(report: Report, facts: Facts, looks: Looks, world: World) -> None:
    """Write the report where it is wanted, and the notes that the format has no place for to the error stream.

    Raises:
        UsageError: for an unknown field.
        OutputError: if the file can't be written.
    """
    total = len(report.rows)
    shaped = shape(report, looks)
    to_screen = looks.output is None and looks.format == "table" and world.terminal
    text = draw(shaped, facts, looks, world) if to_screen else render(shaped, facts, looks, total)
    if looks.output is None:
        write(text, world.out)
    else:
        spare_stores(looks.output, Path(facts.path))
        save(text, looks.output)
    if not to_screen and looks.format not in SHOW_NOTES:
        world.err.writelines(f"{clean(note)}\n" for note in shaped.notes)


def write(text: str, out: TextIO) -> None:
    """Write to a stream, and see it gone.

    Raises:
        BrokenPipeError: if the reader has gone; it is for the app to say nothing.
        OutputError: if that fails in any other way.
    """
    try:
        out.write(text)
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"standard output: can't be written: {error.strerror}") from error


def spare_stores(path: Path, store: Path) -> None:
    """Keep a report from being written over the store that it is about, which need not be there yet, or another.

    Raises:
        UsageError: if it would be.
    """
    both = path.exists() and store.exists()
    same = path.samefile(store) if both else os.path.realpath(path) == os.path.realpath(store)
    if same or begins_as_store(path):
        raise UsageError(f"{path}: is {'the' if same else 'a'} store; write the output elsewhere")


def save(text: str, path: Path) -> None:
    """Write a file.

    Raises:
        OutputError: if that fails; it says so if the file is left incomplete.
    """
    begun = False
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            begun = True
            file.write(text)
    except OSError as error:
        state = "; what is there now is incomplete" if begun else ""
        raise OutputError(f"{path}: can't be written: {error.strerror}{state}") from error


def draw(report: Report, facts: Facts, looks: Looks, world: World) -> str:  # noqa: ARG001 one shape with `render`
    """For a person at a terminal."""
    from medaid_cli.render.terminal import terminal_text  # Rich costs as much as everything else

    return terminal_text(report, width=world.width, color=world.color)


def render(report: Report, facts: Facts, looks: Looks, total: int) -> str:
    """For everything else."""
    if looks.format == "json":
        return json_text(report, facts, total)
    if looks.format == "jsonl":
        return jsonl_text(report.rows)
    from medaid_cli.render import separated, text  # JSON does not wait for them

    if looks.format in ("csv", "tsv"):
        return separated.separated_text(looks.fields or report.fields, report.rows, tabs=looks.format == "tsv")
    return text.markdown_text(report) if looks.format == "markdown" else text.plain_text(report)


def shape(report: Report, looks: Looks) -> Report:
    """The report with its rows sorted, limited and cut to the fields asked for, and the blocks that show these rows.

    Raises:
        UsageError: for an unknown field, or a limit below nothing.
    """
    rows = list(report.rows)
    if looks.sort:
        path = check_field(looks.sort.removeprefix("-"), report)
        known = [row for row in rows if sort_value(row, path) is not None]
        known.sort(key=lambda row: sort_key(sort_value(row, path)), reverse=looks.sort.startswith("-"))
        rows = known + [row for row in rows if sort_value(row, path) is None]
    if looks.limit is not None and looks.limit < len(rows):
        note = f"showing {looks.limit} of {plural(len(rows), 'row')}"
        rows = rows[: looks.limit]
        report = report.replace(notes=(*report.notes, note))
    if not looks.fields:
        unfolded = report.unfold(rows) if report.unfold else ()
        return report.replace(rows=rows, tail=(*report.tail, *unfolded), unfold=None)
    paths = [check_field(field, report) for field in looks.fields]
    return report.replace(
        rows=[{path: value_at(row, path) for path in paths} for row in rows],
        lead=(),
        tail=(),
        unfold=None,
        columns=tuple(column(path, path, numeric=is_numeric(rows, path)) for path in paths),
    )


def check_field(path: str, report: Report) -> str:
    """The path, if rows have it: a whole field, or a part of an object.

    Raises:
        UnknownNameError: with the nearest fields.
    """
    heads = {field.split(".")[0] for field in report.fields}
    if path in report.fields or path in heads:
        return path
    near = nearest(path, dict.fromkeys([*report.fields, *heads])) or sorted(heads)
    raise UnknownNameError("field", path, near)


def sort_value(row: Mapping[str, Any], path: str) -> Any:
    """What to sort by: of a figure its low, of a list its length of text."""
    value = value_at(row, path)
    return value.get("low") if isinstance(value, Mapping) else value


def sort_key(value: Any) -> tuple[int, float, str]:
    """Numbers before texts, texts without regard to case."""
    if isinstance(value, (int, float)):
        return (0, value, "")
    return (1, 0, ", ".join(map(str, value)).casefold() if isinstance(value, list) else str(value).casefold())


def is_numeric(rows: list[Mapping[str, Any]], path: str) -> bool:
    """Whether a column of values is best aligned to the right."""
    values = [value for row in rows if (value := value_at(row, path)) is not None]
    return bool(values) and all(isinstance(value, int) and not isinstance(value, bool) for value in values)
