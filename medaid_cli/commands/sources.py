"""`medaid sources` and `medaid source`."""

from pathlib import Path
from typing import Annotated

import typer

from medaid_cli import names, query
from medaid_cli.commands import complete
from medaid_cli.commands.options import the_world
from medaid_cli.commands.run import say
from medaid_cli.query import Filter
from medaid_cli.render.output import Looks, publish
from medaid_cli.reports import sources as source_reports
from medaid_cli.store import load


def sources(ask: Filter, looks: Looks, store: Path | None) -> None:
    """Who prints what, and how many claims each.

    With outlet, day, language, origin, and whether the text was read in full.
    """
    say(store, looks, ask, source_reports.sources)


def source(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="Id or title of a source.", autocompletion=complete.sources)
    ],
    ask: Filter,
    looks: Looks,
    store: Path | None,
) -> None:
    """One source in full, and its claims in the order of the text."""
    facts = load(store)
    found = names.source(name, facts)
    wanted = query.resolve(ask.replace(source=(found,)), facts)
    publish(source_reports.source(facts, wanted, found), facts, looks, the_world())
