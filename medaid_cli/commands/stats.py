"""`medaid stats`."""

from pathlib import Path
from typing import Annotated

import typer

from medaid_cli.commands.run import say
from medaid_cli.query import Filter
from medaid_cli.render.output import Looks
from medaid_cli.reports import stats as stats_reports


def stats(
    ask: Filter,
    looks: Looks,
    store: Path | None,
    why: Annotated[bool, typer.Option("--why", help="Also the quantities and claims behind each line.")] = False,
) -> None:
    """One line per measure: the widest figure told of it, how well its sources agree, and as of when."""
    say(store, looks, ask, lambda facts, wanted: stats_reports.stats(facts, wanted, why=why))
