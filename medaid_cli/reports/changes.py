"""What a command changed in a store, and what to run next."""

import shlex
from collections.abc import Sequence
from typing import Any

from medaid_cli import figures
from medaid_cli.curation import Count, Refused
from medaid_cli.model import Claim, Facts, Source
from medaid_cli.quantities import quantities
from medaid_cli.reports.parts import scope_text
from medaid_cli.reports.report import Report, column, plural
from medaid_cli.scopes import counts, first_days, scope_of, tell

CHANGE_FIELDS = ("change", "table", "id", "says")
COUNT_FIELDS = ("table", "added", "skipped", "refused")


def made(facts: Facts) -> Report:
    """A new store."""
    row = change("made", "store", facts.path, f"{len(facts.measures)} measures, {len(facts.places)} places")
    return changed("init", facts, [row], (step("add-source", facts), f"then: medaid add {in_store(facts)}"))


def added(facts: Facts, claim: Claim) -> Report:
    """A new claim."""
    row = change("added", "claims", claim.id, in_words(claim))
    return changed("add", facts, [row], (look(claim, facts),))


def added_source(facts: Facts, source: Source) -> Report:
    """A new source."""
    row = change("added", "sources", source.id, ": ".join(filter(None, (source.publisher, source.title))))
    return changed("add-source", facts, [row], (step("add", facts, "--source", source.id),))


def retracted(facts: Facts, id: str) -> Report:
    """A claim taken out of all sums, and what is left of its quantity."""
    claim = next(one for one in facts.claims if one.id == id)
    row = change("retracted", "claims", id, claim.retracted.reason if claim.retracted else "")
    return changed("retract", facts, [row], (left_of(claim, facts), step("check", facts)))


def replaced(facts: Facts, old: str, new: Claim) -> Report:
    """A claim with another in its place."""
    rows = [change("replaced", "claims", old, f"by {new.id}"), change("added", "claims", new.id, in_words(new))]
    return changed("replace", facts, rows, (look(new, facts),))


def imported(facts: Facts, counts: Sequence[Count], refused: Sequence[Refused], *, dry_run: bool) -> Report:
    """What became of rows, by table."""
    bad = sum(count.refused for count in counts)
    new = sum(count.added for count in counts)
    if bad:
        done = f"{plural(bad, 'row')} can't be entered, so none is; nothing is changed"
    elif not new:
        done = "no row is new; nothing is changed"
    else:
        done = plural(new, "row") + (" would be entered; nothing is changed" if dry_run else " entered")
    steps = () if bad or dry_run or not new else (step("check", facts),)
    return Report(
        name="import",
        fields=COUNT_FIELDS,
        rows=[count.as_dict() for count in counts],
        query={"dry_run": dry_run},
        columns=(
            column("table", "table"),
            column("would be added" if bad or dry_run else "added", "added", numeric=True),
            column("there already", "skipped", numeric=True),
            column("refused", "refused", numeric=True),
        ),
        notes=(done, *steps),
        extra={
            "changed": bool(new) and not (bad or dry_run),
            "problems": [refused_object(one) for one in refused],
        },
    )


def refused_object(refused: Refused) -> dict[str, Any]:
    """A row that could not be entered, for JSON."""
    one = refused.problem
    return {
        "line": refused.line,
        "rule": one.rule,
        "where": one.where,
        "message": one.message,
        "remedy": one.remedy,
    }


def changed(name: str, facts: Facts, rows: list[dict[str, Any]], notes: tuple[str, ...]) -> Report:
    """The report of a change."""
    return Report(
        name=name,
        fields=CHANGE_FIELDS,
        rows=rows,
        query={"store": facts.path},
        columns=(column("change", "change"), column("id", "id"), column("says", "says")),
        notes=notes,
    )


def change(what: str, table: str, id: str, says: str) -> dict[str, Any]:
    """One row."""
    return {"change": what, "table": table, "id": id, "says": says}


def in_words(claim: Claim) -> str:
    """The claim's phrase, and how it is read."""
    if claim.value is None or claim.hedge is None:
        return f"“{claim.quote}”"
    return f"“{claim.quote}”: {figures.words(figures.interval(claim.value, claim.hedge))}"


def step(command: str, facts: Facts, *words: str) -> str:
    """What to run next, as a shell takes it."""
    return f"next: medaid {shlex.join([command, *words])} {in_store(facts)}"


def look(claim: Claim, facts: Facts) -> str:
    """What shows the claim; an id that begins as an option does comes behind two dashes."""
    return step("show", facts, claim.id) if claim.id[0] != "-" else f"{step('show', facts)} -- {shlex.quote(claim.id)}"


def in_store(facts: Facts) -> str:
    """The option that names the store."""
    return shlex.join(["--store", facts.path])


def left_of(claim: Claim, facts: Facts) -> str:
    """How many claims still tell of the same quantity."""
    measure = facts.measures[claim.measure]
    if measure.kind == "note":
        return "it has no number, so all totals are as they were"
    first = first_days((one for one in facts.claims if counts(one, facts)), facts)
    scope = scope_of(tell(claim, facts, first), facts)
    told = [tell(one, facts, first) for one in facts.claims if one.measure == claim.measure and counts(one, facts)]
    same = [one for one in told if scope_of(one, facts) == scope]
    found = quantities(same, facts)
    if not found:
        return "no other claim tells of the same"
    still = f"{plural(len(same), 'claim')} still tell{'s' if len(same) == 1 else ''} of it"
    return f"{measure.label}, {scope_text(found[0], facts)}: {still}"
