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

from medaid_cli.commands.complete import countries, measures, programmes, providers, regions, sources, words
from medaid_cli.errors import UsageError
from medaid_cli.model import OUTLETS
from medaid_cli.query import ALL_STATUSES, Filter
from medaid_cli.render.output import ENDINGS, FORMATS, Looks, World, choose_format

FILTERS = "Filters (the same one twice: either will do; different ones: all must hold)"
DISPLAY = "Display"
ARGUMENTS, OPTIONS = "Arguments", "Options"

Names = list[str] | None


def year(text: str) -> int:
    """A year as typed.

    Raises:
        typer.BadParameter: if it is none; Typer adds which option it was given to.
    """
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 9999:
        return int(text)
    raise typer.BadParameter(f"{text!r} is not a year like 1963")


def count(text: str) -> int:
    """A number of rows as typed.

    Raises:
        typer.BadParameter: as `year`.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    raise typer.BadParameter(f"{text!r} is not a whole number, 0 or more")


Country = Annotated[
    Names,
    typer.Option("--country", metavar="NAME", help="Recipient country, with its parts.", autocompletion=countries),
]
Region = Annotated[
    Names, typer.Option("--region", metavar="NAME", help="Recipients in this UN region.", autocompletion=regions)
]
Provider = Annotated[
    Names,
    typer.Option("--provider", metavar="NAME", help="Who gave it: a country or a province.", autocompletion=providers),
]
Measure = Annotated[
    Names, typer.Option("--measure", "-m", metavar="NAME", help="What is counted.", autocompletion=measures)
]
Programme = Annotated[
    Names,
    typer.Option("--programme", "-p", metavar="NAME", help="Line of work, with its parts.", autocompletion=programmes),
]
Source = Annotated[
    Names,
    typer.Option("--source", "-s", metavar="NAME", help="Source by id, title or publisher.", autocompletion=sources),
]
Outlet = Annotated[
    Names, typer.Option("--outlet", metavar="KIND", help=f"{', '.join(OUTLETS)}.", autocompletion=words(OUTLETS))
]
Status = Annotated[
    Names,
    typer.Option("--status", metavar="STATUS", help=f"{', '.join(ALL_STATUSES)}.", autocompletion=words(ALL_STATUSES)),
]
Since = Annotated[
    int | None, typer.Option(metavar="YEAR", help="Periods that start in that year or later.", parser=year)
]
Until = Annotated[
    int | None, typer.Option(metavar="YEAR", help="Periods that end in that year or earlier.", parser=year)
]
AsOf = Annotated[str | None, typer.Option(metavar="DAY", help="Only what was printed by that day (or month, or year).")]


def which_claims(
    country: Country = None,
    region: Region = None,
    provider: Provider = None,
    measure: Measure = None,
    programme: Programme = None,
    source: Source = None,
    outlet: Outlet = None,
    status: Status = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
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
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"{', '.join(FORMATS)}.", autocompletion=words(FORMATS)),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Short for --format csv.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help=f"Write FILE; its ending is the format: {' '.join(ENDINGS)}."
        ),
    ] = None,
    fields: Annotated[
        str | None, typer.Option(metavar="A,B", help="Only these fields of the JSON rows; parts as in personnel.low.")
    ] = None,
    sort: Annotated[
        str | None, typer.Option(metavar="[-]FIELD", help="Sort rows by a field; with - the other way round.")
    ] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", help="At most N rows.", parser=count)] = None,
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
        Path | None,
        typer.Option(
            metavar="FILE",
            envvar="MEDAID_STORE",
            help="Another store than the shipped one.",
            show_default=False,
            readable=False,  # reading it tells why it can't be read
        ),
    ] = None,
) -> Path | None:
    """The store as typed; none means the shipped one."""
    return store


def the_world() -> World:
    """The streams and the terminal as they are now."""
    terminal = sys.stdout.isatty()
    colorless = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    asking = terminal and sys.stdin is not None and sys.stdin.isatty()
    width = shutil.get_terminal_size().columns
    return World(sys.stdout, sys.stderr, terminal, width, terminal and not colorless, asking)
