"""`medaid measures`, `medaid programmes` and `medaid places`."""

from pathlib import Path
from typing import Annotated

import typer

from medaid_cli.commands.run import say
from medaid_cli.query import Filter
from medaid_cli.render.output import Looks
from medaid_cli.reports import vocabulary


def measures(ask: Filter, looks: Looks, store: Path | None) -> None:
    """What is counted, and how far it may be added up."""
    say(store, looks, ask, vocabulary.measures)


def programmes(ask: Filter, looks: Looks, store: Path | None) -> None:
    """The lines of work, with start, end and place."""
    say(store, looks, ask, vocabulary.programmes)


def places(
    ask: Filter,
    looks: Looks,
    store: Path | None,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="Part of a name, or a code: searches all known places.")
    ] = None,
) -> None:
    """The places that claims name, with their codes.

    With TEXT, all known places that go by it, with their other names.
    """
    say(store, looks, ask, lambda facts, wanted: vocabulary.places(facts, wanted, text))
