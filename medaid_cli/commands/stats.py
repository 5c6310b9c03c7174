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
    """One line per measure: the widest figure told of it.

    With its sources, how well they agree, and the day up to which it is known. With --why, or for measures asked for
    by -m, also the figures and claims behind each line.
    """
    say(store, looks, ask, lambda facts, wanted: stats_reports.stats(facts, wanted, why=why))
