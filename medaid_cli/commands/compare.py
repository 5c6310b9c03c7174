"""`medaid compare` and `medaid timeline`."""

from pathlib import Path
from typing import Annotated

import typer

from medaid_cli import names, query
from medaid_cli.commands import complete
from medaid_cli.commands.options import the_world
from medaid_cli.commands.run import say
from medaid_cli.errors import ExitCode, UsageError
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
    Without MEASURE, all that is not in agreement, and what has a disputed claim.
    """
    facts = load(store)
    wanted = query.resolve(ask, facts)
    if name:
        wanted = wanted.replace(measure=one_measure(names.measure(name, facts), wanted.measure))
    report = compare_reports.compare(facts, wanted)
    publish(report, facts, looks, the_world())
    if strict and compare_reports.any_conflict(report):
        raise typer.Exit(ExitCode.FOUND)


def one_measure(named: str, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The measure that is named, which --measure may only repeat.

    Raises:
        UsageError: if it asks for another.
    """
    both = tuple(dict.fromkeys((named, *asked)))
    if asked and len(both) > 1:
        each = " ".join(f"-m {measure}" for measure in both)
        raise UsageError(f"MEASURE is {named}, but --measure is {' and '.join(asked)}; to compare them, use {each}")
    return both


def timeline(ask: Filter, looks: Looks, store: Path | None) -> None:
    """Dated events in order; with -m, figures by day.

    First teams and other events with a date. With --measure also the figures of that measure as they were printed one
    after the other, one series for each scope.
    """
    say(store, looks, ask, timeline_report)
