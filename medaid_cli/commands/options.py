"""The options that commands share, each written once.

A function here takes options and returns what they mean together; a command that has a parameter of that type, under
`takes_options`, gets all of them on its command line.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from medaid_cli.commands.complete import countries, measures, programmes, regions, sources
from medaid_cli.errors import UsageError
from medaid_cli.model import OUTLETS
from medaid_cli.query import ALL_STATUSES, Filter
from medaid_cli.render.output import ENDINGS, FORMATS, Looks, World, choose_format

FILTERS = "Which claims (repeat an option for either-or; different options must all hold)"
DISPLAY = "How to show them"

Names = list[str] | None


def which_claims(
    country: Annotated[Names, typer.Option(help="Recipient country, with its parts.", autocompletion=countries)] = None,
    region: Annotated[Names, typer.Option(help="Recipients in this UN region.", autocompletion=regions)] = None,
    provider: Annotated[Names, typer.Option(help="Who gave it: a country or a province.")] = None,
    measure: Annotated[Names, typer.Option("--measure", "-m", help="What is counted.", autocompletion=measures)] = None,
    programme: Annotated[
        Names, typer.Option("--programme", "-p", help="Line of work, with its parts.", autocompletion=programmes)
    ] = None,
    source: Annotated[
        Names, typer.Option("--source", "-s", help="Source by id, title or publisher.", autocompletion=sources)
    ] = None,
    outlet: Annotated[Names, typer.Option(help=f"Kind of outlet: {', '.join(OUTLETS)}.")] = None,
    status: Annotated[Names, typer.Option(help=f"One of {', '.join(ALL_STATUSES)}.")] = None,
    since: Annotated[int | None, typer.Option(help="Periods that start in this year or later.", min=1, max=9999)] = None,
    until: Annotated[int | None, typer.Option(help="Periods that end in this year or earlier.", min=1, max=9999)] = None,
    as_of: Annotated[str | None, typer.Option(help="What had been printed by this day (or month, or year).")] = None,
) -> Filter:
    """The filter as typed."""
    return Filter(
        country=tuple(country or ()),
        region=tuple(region or ()),
        provider=tuple(provider or ()),
        measure=tuple(measure or ()),
        programme=tuple(programme or ()),
        source=tuple(source or ()),
        outlet=tuple(outlet or ()),
        status=tuple(status or ()),
        since=since,
        until=until,
        as_of=as_of,
    )


def how_shown(
    format: Annotated[str | None, typer.Option("--format", "-f", help=f"One of {', '.join(FORMATS)}.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Short for --format csv.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=f"Write a file; format from its ending: {' '.join(ENDINGS)}.")
    ] = None,
    fields: Annotated[str | None, typer.Option(help="Only these fields of a row: a,b or personnel.low.")] = None,
    sort: Annotated[str | None, typer.Option(help="Sort by a field; -FIELD for the other way round.")] = None,
    limit: Annotated[int | None, typer.Option(help="At most so many rows.", min=0)] = None,
) -> Looks:
    """The looks as typed."""
    to_file = None if output is None or str(output) == "-" else output
    return Looks(
        format=choose_format(format, json=json, csv=csv, output=to_file),
        output=to_file,
        fields=split_fields(fields),
        sort=sort,
        limit=limit,
    )


def split_fields(fields: str | None) -> tuple[str, ...]:
    """The fields between the commas.

    Raises:
        UsageError: if there are none, or one stands twice.
    """
    if fields is None:
        return ()
    found = tuple(part.strip() for part in fields.split(",") if part.strip())
    if not found:
        raise UsageError("--fields needs at least one field")
    if len(set(found)) < len(found):
        raise UsageError("--fields has one field twice")
    return found


def which_store(
    store: Annotated[
        Path | None, typer.Option(envvar="MEDAID_STORE", help="Another store than the shipped one.", show_default=False)
    ] = None,
) -> Path | None:
    """The store as typed; none means the shipped one."""
    return store


def the_world() -> World:
    """The streams and the terminal as they are now."""
    terminal = sys.stdout.isatty()
    colorless = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return World(sys.stdout, sys.stderr, terminal, shutil.get_terminal_size().columns, terminal and not colorless)
