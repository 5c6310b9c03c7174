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
from medaid_cli.reports import countries as country_reports
from medaid_cli.store import load


def countries(ask: Filter, looks: Looks, store: Path | None) -> None:
    """One row per country named as a recipient: first team, who sent it, people, patients, batches."""
    say(store, looks, ask, country_reports.countries)


def country(
    name: Annotated[str, typer.Argument(help="Name, code or alias.", autocompletion=complete.countries)],
    ask: Filter,
    looks: Looks,
    store: Path | None,
) -> None:
    """Everything on one country: its figures with their standing, then its claims by year."""
    facts = load(store)
    code = names.country(name, facts)
    wanted = query.resolve(ask._replace(country=(code,)), facts)
    publish(country_reports.country(facts, wanted, code), facts, looks, the_world())
