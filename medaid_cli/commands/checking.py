"""`medaid check` and `medaid verify`."""

from pathlib import Path
from typing import Annotated

import typer

from medaid_cli import checks, names, store
from medaid_cli import verify as quotes
from medaid_cli.commands import complete
from medaid_cli.commands.options import the_world
from medaid_cli.errors import ExitCode
from medaid_cli.render.output import Looks, publish
from medaid_cli.reports import problems as reports


def check(
    looks: Looks,
    store_path: Path | None,
    rule: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Only this rule; again for several.", autocompletion=complete.rules),
    ] = None,
    list_rules: Annotated[bool, typer.Option("--list", help="Show the rules.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with exit 3 for warnings too.")] = False,
) -> None:
    """Everything that is wrong in a store, at once.

    Each problem with its rule, where it is, and what to do. Exit 3 if there is an error. Contradictions between sources
    are no errors: see `medaid compare`.
    """
    path = store_path or store.shipped()
    if list_rules:
        publish(reports.rules(checks.RULES), checks.nothing(path), looks, the_world())
        return
    wanted = [names.choice("rule", one, [name for name, _, _ in checks.RULES]) for one in rule or ()]
    facts, found = checks.everything(path, wanted)
    publish(reports.problems(facts, found, wanted), facts, looks, the_world())
    if any(strict or one.severity == "error" for one in found):
        raise typer.Exit(ExitCode.FOUND)


def verify(
    looks: Looks,
    store_path: Path | None,
    texts: Annotated[
        Path, typer.Option(metavar="DIR", envvar="MEDAID_TEXTS", help="Folder with a file <source>.txt each.")
    ],
) -> None:
    """Whether each quote stands on its line of your texts.

    Number and hedge are read anew from the line, and the text is compared with the one that was read. Exit 3 if a quote
    is missing, has moved or reads otherwise, or a text is another.
    """
    facts = store.load(store_path)
    files = quotes.texts_in(texts, facts)
    found = list(quotes.verify(facts, files))
    publish(reports.verified(found, files, texts), facts, looks, the_world())
    if quotes.changed(files) or any(one.result not in ("found", "not checkable") for one in found):
        raise typer.Exit(ExitCode.FOUND)
