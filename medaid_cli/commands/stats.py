"""`medaid stats`."""

from pathlib import Path
from typing import Annotated

import typer

from medaid_cli.commands.options import the_world
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
    """One line per measure: a total that can be defended.

    With the widest figure told, the sources, how well they agree, and the day up to which it is known. With --why, or
    for measures asked for by -m, also what was added up, all figures, the claims behind them, and what was left out.
    """
    full = looks.format != "table" or bool(looks.fields)
    world = the_world()
    columns = world.width if world.terminal and looks.output is None and not full else None
    say(
        store, looks, ask, lambda facts, wanted: stats_reports.stats(facts, wanted, why=why, full=full, columns=columns)
    )
