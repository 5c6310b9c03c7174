"""`medaid compare` and `medaid timeline`."""

from pathlib import Path
from typing import Annotated

import typer

from medaid_cli import query
from medaid_cli.commands import complete
from medaid_cli.commands.options import the_world
from medaid_cli.commands.run import say
from medaid_cli.errors import ExitCode
from medaid_cli.query import Filter
from medaid_cli.render.output import Looks, publish
from medaid_cli.reports import compare as compare_reports
from medaid_cli.reports.timeline import timeline as timeline_report
from medaid_cli.store import load


def compare(
    ask: Filter,
    looks: Looks,
    store: Path | None,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="MEASURE", help="Only this measure, also where all agrees.", autocompletion=complete.measures
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="End with exit 3 if there is a conflict.")] = False,
) -> None:
    """Where sources contradict each other, the worst first.

    Each quantity that is told more than once: its claims by day with bars, how they stand to each other, and why.
    Without MEASURE, all that is not in agreement.
    """
    facts = load(store)
    asked = ask._replace(measure=(*ask.measure, *((name,) if name else ())))
    report = compare_reports.compare(facts, query.resolve(asked, facts))
    publish(report, facts, looks, the_world())
    if strict and compare_reports.any_conflict(report):
        raise typer.Exit(ExitCode.FOUND)


def timeline(ask: Filter, looks: Looks, store: Path | None) -> None:
    """Dated events in order; with -m, figures by day.

    First teams and other events with a date. With --measure also the figures of that measure as they were printed one
    after the other, one series for each scope.
    """
    say(store, looks, ask, timeline_report)
