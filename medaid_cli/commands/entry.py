"""The options of the commands that change a store: which store, and the fields of what is entered."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from medaid_cli.commands.complete import measures, places, programmes, sources, words
from medaid_cli.commands.options import OPTIONS
from medaid_cli.errors import UsageError
from medaid_cli.model import HEDGES, OUTLETS, READ, STATUSES, Record

CLAIM = "The claim"
SOURCE = "The source"

Text = str | None


class Target(Record, frozen=True):
    """The store to be changed, how many seconds to wait for another writer, and the day."""

    path: Path
    wait: float
    day: str


class ClaimFields(Record, frozen=True):
    """The fields of a claim as typed, by the store's names; those not typed are not there."""

    given: dict[str, Any]


class SourceFields(Record, frozen=True):
    """The same of a source, and the file of its text."""

    given: dict[str, Any]
    text: Path | None


def today() -> str:
    """The day as an ISO string."""
    return date.today().isoformat()


def seconds(text: str) -> float:
    """A time to wait as typed.

    Raises:
        typer.BadParameter: if it is none.
    """
    try:
        found = float(text)
    except ValueError:
        found = -1
    if 0 <= found < float("inf"):
        return found
    raise typer.BadParameter(f"{text!r} is not a number of seconds, 0 or more")


Wait = Annotated[
    float,
    typer.Option(metavar="SECONDS", help="How long to wait for another writer.", parser=seconds),
]


def which_target(
    store: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", envvar="MEDAID_STORE", help="The store to change.", show_default=False, readable=False
        ),
    ] = None,
    wait: Wait = 10,
) -> Target:
    """The store as typed.

    Raises:
        UsageError: if there is none: the shipped store is not for writing.
    """
    if store is None:
        raise UsageError("needs --store FILE, or MEDAID_STORE; medaid init FILE makes one")
    return Target(store, wait, today())


def which_claim_fields(
    source: Annotated[
        Text, typer.Option("--source", "-s", metavar="NAME", help="Source by id or title.", autocompletion=sources)
    ] = None,
    locator: Annotated[
        Text, typer.Option(metavar="PLACE", help="p7 for the 7th line that is not blank, or opening.")
    ] = None,
    quote: Annotated[Text, typer.Option(metavar="WORDS", help="The figure as printed, 1 to 8 words.")] = None,
    measure: Annotated[
        Text, typer.Option("--measure", "-m", metavar="NAME", help="What is counted.", autocompletion=measures)
    ] = None,
    value: Annotated[Text, typer.Option(metavar="NUMBER", help="If the quote does not tell.")] = None,
    hedge: Annotated[
        Text, typer.Option(metavar="HEDGE", help=f"{', '.join(HEDGES)}.", autocompletion=words(HEDGES))
    ] = None,
    recipient: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Whose people; again for several.", autocompletion=places),
    ] = None,
    provider: Annotated[Text, typer.Option(metavar="NAME", help="Who gave it.", autocompletion=places)] = None,
    programme: Annotated[
        Text, typer.Option("--programme", "-p", metavar="NAME", help="Line of work.", autocompletion=programmes)
    ] = None,
    period: Annotated[Text, typer.Option(metavar="EDTF", help="As 1963/.., /.., 2018/2022, 2023-11-09.")] = None,
    status: Annotated[
        Text, typer.Option(metavar="STATUS", help=f"{', '.join(STATUSES)}.", autocompletion=words(STATUSES))
    ] = None,
    statement: Annotated[Text, typer.Option(metavar="TEXT", help="One sentence in your own words.")] = None,
    attributed_to: Annotated[Text, typer.Option(metavar="NAME", help="The authority that the source names.")] = None,
    and_others: Annotated[
        bool | None,
        typer.Option(
            "--and-others/--no-and-others", help="The printed list of recipients goes on.", show_default=False
        ),
    ] = None,
    note: Annotated[Text, typer.Option(metavar="TEXT", help="What a reader must know.")] = None,
    id: Annotated[Text, typer.Option("--id", metavar="ID", help="Made at entry if not given.")] = None,
) -> ClaimFields:
    """The fields as typed."""
    return ClaimFields(typed(locals()))


def which_source_fields(
    id: Annotated[Text, typer.Option("--id", metavar="ID", help="Short and lasting, as who-2014-03-23.")] = None,
    title: Annotated[Text, typer.Option(metavar="TEXT", help="As printed.")] = None,
    publisher: Annotated[Text, typer.Option(metavar="NAME", help="Who prints it.")] = None,
    issued: Annotated[Text, typer.Option(metavar="EDTF", help="Day, month or year; leave out if unknown.")] = None,
    url: Annotated[Text, typer.Option("--url", metavar="URL", help="Its address.")] = None,
    language: Annotated[Text, typer.Option(metavar="CODE", help="As en, fr, zh.")] = None,
    outlet: Annotated[
        Text, typer.Option(metavar="KIND", help=f"{', '.join(OUTLETS)}.", autocompletion=words(OUTLETS))
    ] = None,
    read: Annotated[Text, typer.Option(metavar="HOW", help=f"{', '.join(READ)}.", autocompletion=words(READ))] = None,
    type: Annotated[Text, typer.Option("--type", metavar="TYPE", help="CSL-JSON type, as article-newspaper.")] = None,
    author: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Again for several.")] = None,
    derived_from: Annotated[
        Text, typer.Option(metavar="NAME", help="The source or agency that it reprints.", autocompletion=sources)
    ] = None,
    note: Annotated[Text, typer.Option(metavar="TEXT", help="What a reader must know.")] = None,
    text: Annotated[Path | None, typer.Option(metavar="FILE", help="The text: its SHA-256 is kept.")] = None,
) -> SourceFields:
    """The fields as typed."""
    given = typed(locals())
    given.pop("text", None)
    if "url" in given:
        given["URL"] = given.pop("url")
    if author:
        given["author"] = [{"literal": name} for name in author]
    return SourceFields(given, text)


def typed(given: dict[str, Any]) -> dict[str, Any]:
    """What was typed of all that could be."""
    return {name: value for name, value in given.items() if value not in (None, [])}


GROUPS = {
    Target: (OPTIONS, which_target),
    ClaimFields: (CLAIM, which_claim_fields),
    SourceFields: (SOURCE, which_source_fields),
}
