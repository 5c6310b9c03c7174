"""`medaid countries` and `medaid country`."""

from pathlib import Path
from typing import Annotated

import typer

from medaid_cli import names, query
from medaid_cli.commands import complete
from medaid_cli.commands.options import the_world
from medaid_cli.commands.run import say
from medaid_cli.query import Filter
from medaid_cli.render.output import Looks, publish
from medaid_cli.reports.countries import countries as countries_report
from medaid_cli.store import load


def countries(ask: Filter, looks: Looks, store: Path | None) -> None:
    """One row per country that claims name as a recipient.

    First team, who sent it, people, patients, batches, and how many claims and sources tell of it. "!" marks what
    sources contradict each other on.
    """
    say(store, looks, ask, countries_report)


def country(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name, code or alias.", autocompletion=complete.countries)
    ],
    ask: Filter,
    looks: Looks,
    store: Path | None,
) -> None:
    """Everything on one country.

    Its figures, with how well sources agree on them, then its claims by year.
    """
    from medaid_cli.reports.country import country as country_report

    facts = load(store)
    code = names.country(name, facts)
    wanted = query.resolve(ask.replace(country=(code,)), facts)
    publish(country_report(facts, wanted, code), facts, looks, the_world())
