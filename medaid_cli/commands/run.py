"""How a command gets its options and says its report."""

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from medaid_cli import query
from medaid_cli.commands.options import DISPLAY, FILTERS, OPTIONS, how_shown, the_world, which_claims, which_store
from medaid_cli.model import Facts
from medaid_cli.query import Filter
from medaid_cli.render.output import Looks, publish
from medaid_cli.reports.report import Report
from medaid_cli.store import load

# By the type of a parameter: the heading in the help, and the function whose options make it up.
Groups = dict[Any, tuple[str, Callable[..., Any]]]

GROUPS: Groups = {
    Filter: (FILTERS, which_claims),
    Looks: (DISPLAY, how_shown),
    Path | None: (OPTIONS, which_store),
}


def takes_options(command: Callable[..., None], more: Groups | None = None) -> Callable[..., None]:
    """The command with each parameter of a shared type spread into the options that make it up.

    Typer reads a command's signature; this writes one: first the command's own parameters, then each group's. `more`:
    types that only the command's own file knows. `run.headings`: under which heading help shows an option.
    """
    own = inspect.signature(command).parameters
    known = GROUPS | (more or {})
    groups = {name: known[parameter.annotation] for name, parameter in own.items() if parameter.annotation in known}
    spread = [parameter for name, parameter in own.items() if name not in groups]
    names: dict[str, list[str]] = {}
    headings: dict[str, str] = {}
    for name, (heading, group) in groups.items():
        options = list(inspect.signature(group).parameters.values())
        names[name] = [option.name for option in options]
        headings |= dict.fromkeys(names[name], heading)
        spread += options

    @functools.wraps(command)
    def run(**given: Any) -> None:
        made = {name: group(**{key: given.pop(key) for key in names[name]}) for name, (_, group) in groups.items()}
        command(**given, **made)

    run.headings = headings  # type: ignore[attr-defined]
    run.__signature__ = inspect.Signature(spread)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in spread}
    del run.__wrapped__  # or the signature would be looked up behind it
    return run


def say(store: Path | None, looks: Looks, ask: Filter, make: Callable[[Facts, Filter], Report]) -> None:
    """Load, resolve the filter, make the report, publish it."""
    facts = load(store)
    publish(make(facts, query.resolve(ask, facts)), facts, looks, the_world())
