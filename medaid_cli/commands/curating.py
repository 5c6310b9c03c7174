"""The commands that change a store: `init`, `add`, `add-source`, `import`, `retract`, `replace`."""

import sys
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from medaid_cli import curation, names
from medaid_cli.commands import complete, entry
from medaid_cli.commands.ask import asked_claim, asked_source
from medaid_cli.commands.entry import ClaimFields, SourceFields, Target
from medaid_cli.commands.intake import Desk, after_a_change, check_looks, claim_document, opened, source_document
from medaid_cli.commands.options import the_world
from medaid_cli.errors import ExitCode
from medaid_cli.records import TABLES
from medaid_cli.render.output import Looks, publish
from medaid_cli.reports import changes
from medaid_cli.store import load

GROUPS = entry.GROUPS


def init(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The file to make.", readable=False)],
    looks: Looks,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="What the store is about.")] = None,
    with_claims: Annotated[bool, typer.Option("--with-claims", help="Also the claims and sources.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also in the place of a store that is there.")] = False,
    wait: entry.Wait = 10,
) -> None:
    """Make a store of your own.

    Measures, programmes and places are copied from the one that comes with medaid; with --with-claims all else too.
    """
    check_looks(looks, changes.CHANGE_FIELDS, path)
    facts = curation.new_store(path, title, claims=with_claims, force=force, wait=wait, day=entry.today())
    with after_a_change():
        publish(changes.made(facts), facts, looks, the_world())


def add(fields: ClaimFields, target: Target, looks: Looks) -> None:
    """Enter a claim: one figure as one source prints it.

    It needs source, place in its text, phrase as printed, and what is counted; the rest has defaults. Value and hedge
    are read from the phrase. On a terminal what is missing is asked for.
    """
    check_looks(looks, changes.CHANGE_FIELDS, target.path)
    facts = load(target.path)
    document = asked_claim(claim_document(fields, facts), facts, the_world())
    claim = curation.add(target.path, "claims", document, wait=target.wait, day=target.day)
    with after_a_change():
        facts = load(target.path)
        publish(changes.added(facts, claim), facts, looks, the_world())


def add_source(fields: SourceFields, target: Target, looks: Looks) -> None:
    """Enter a source: the text that prints claims.

    On a terminal what is missing is asked for.
    """
    check_looks(looks, changes.CHANGE_FIELDS, target.path)
    document = asked_source(source_document(fields), load(target.path), the_world())
    source = curation.add(target.path, "sources", document, wait=target.wait, day=target.day)
    with after_a_change():
        facts = load(target.path)
        publish(changes.added_source(facts, source), facts, looks, the_world())


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines, CSV or TSV; - for standard input.")],
    target: Target,
    looks: Looks,
    table: Annotated[
        str | None,
        typer.Option(
            metavar="TABLE",
            help="claims, sources, measures, programmes or places; else each row's fields tell.",
            autocompletion=complete.words(list(TABLES)[1:]),
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be entered; change nothing.")] = False,
) -> None:
    """Enter claims and sources from a file, all or none.

    Rows have the store's field names, as `medaid claims --format jsonl` prints them. What is there already is skipped
    and counted; every row that can't be entered is told with its line and the reason, and then nothing is.
    """
    wanted = names.choice("table", table, list(TABLES)[1:]) if table else None
    check_looks(looks, changes.COUNT_FIELDS, target.path, file)
    desk = Desk(looks, sys.stderr)
    with opened(file) as found, closing(desk):
        rows = desk.counted(found)
        counts = curation.enter(target.path, rows, wanted, desk.tell, wait=target.wait, day=target.day, dry_run=dry_run)
    refused = any(count.refused for count in counts)
    changed = not (dry_run or refused) and any(count.added for count in counts)
    with after_a_change() if changed else nullcontext():
        facts = load(target.path)
        publish(changes.imported(facts, counts, desk.refused, dry_run=dry_run), facts, looks, the_world())
    if refused:
        raise typer.Exit(ExitCode.FOUND)


def retract(
    claim: Annotated[str, typer.Argument(metavar="ID", help="Id of a claim.", autocompletion=complete.claims)],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it no longer stands.")],
    target: Target,
    looks: Looks,
) -> None:
    """Take a claim out of all sums. It stays in the store, with the day and the reason."""
    check_looks(looks, changes.CHANGE_FIELDS, target.path)
    found = names.claim(claim, load(target.path))
    curation.retract(target.path, found, reason, wait=target.wait, day=target.day)
    with after_a_change():
        facts = load(target.path)
        publish(changes.retracted(facts, found), facts, looks, the_world())


def replace(
    claim: Annotated[str, typer.Argument(metavar="ID", help="Id of a claim.", autocompletion=complete.claims)],
    fields: ClaimFields,
    target: Target,
    looks: Looks,
) -> None:
    """Put a corrected claim in the place of another.

    The other one stays in the store, out of all sums. What is not given is as it was, what is given as '' is taken
    away; value and hedge are read anew from a changed phrase.
    """
    check_looks(looks, changes.CHANGE_FIELDS, target.path)
    facts = load(target.path)
    old, given = names.claim(claim, facts), claim_document(fields, facts)
    new = curation.replace(target.path, old, given, wait=target.wait, day=target.day)
    with after_a_change():
        facts = load(target.path)
        publish(changes.replaced(facts, old, new), facts, looks, the_world())
