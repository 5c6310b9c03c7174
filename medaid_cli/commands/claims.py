"""`medaid claims` and `medaid show`."""

from pathlib import Path
from typing import Annotated

import typer

from medaid_cli import names
from medaid_cli.commands import complete
from medaid_cli.commands.options import the_world
from medaid_cli.commands.run import say
from medaid_cli.query import Filter
from medaid_cli.render.output import Looks, publish
from medaid_cli.reports import claims as claim_reports
from medaid_cli.store import load


def claims(
    ask: Filter,
    looks: Looks,
    store: Path | None,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="Words to look for in phrase, statement, note and names.")
    ] = None,
) -> None:
    """The claims themselves, as printed.

    With TEXT, those that have all its words, in any order and case.
    """
    say(store, looks, ask.replace(text=text), claim_reports.claims)


def show(
    claim: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Id of a claim, as `medaid claims` shows it.", autocompletion=complete.claims
        ),
    ],
    looks: Looks,
    store: Path | None,
) -> None:
    """One claim in full, and what agrees or contradicts it.

    Source, place in the text, phrase as printed, what the figure allows, and what other claims tell of the same.
    """
    facts = load(store)
    publish(claim_reports.show(facts, names.claim(claim, facts)), facts, looks, the_world())
