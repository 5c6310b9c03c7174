"""Changing a store: documents made whole and judged as they come in, then written in one transaction.

Nothing is written unless every document is good, and the store loads with them.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from medaid_cli import store, transaction
from medaid_cli.content import read_file
from medaid_cli.errors import UnknownNameError, UsageError
from medaid_cli.judging import NOT_REPLACED, Intake, Verdict, cut, refused
from medaid_cli.model import Claim, Facts, Problem, Record
from medaid_cli.records import TABLES, Document
from medaid_cli.rows import Row


class Refused(Record, frozen=True):
    """A row that can't be entered: its line, and why not."""

    line: int
    problem: Problem


class Count(Record, frozen=True):
    """What became of the rows of one table."""

    table: str
    added: int = 0
    skipped: int = 0
    refused: int = 0


def enter(
    path: Path,
    rows: Iterable[Row],
    table: str | None,
    tell: Callable[[Refused], None],
    *,
    wait: float,
    day: str,
    dry_run: bool = False,
) -> list[Count]:
    """Enter rows, all of them or none; those that are there already are counted, those that can't be are told.

    Args:
        path: the store.
        rows: one after the other; they are not held.
        table: the table they belong to; None: as their fields tell.
        tell: is given each row that can't be entered.
        wait: how many seconds to wait for another writer.
        day: today.
        dry_run: judge only.

    Raises:
        StoreError: as `transaction.changing`.
    """
    if dry_run:
        return take_all(Intake(store.load(path)), rows, table, tell, keep=False)
    with transaction.changing(path, wait, day) as draft:
        intake = Intake(draft.facts)
        counts = take_all(intake, rows, table, tell, keep=True)
        for name, documents in intake.ready.items():
            transaction.insert(draft, name, documents)
    return counts


def take_all(
    intake: Intake, rows: Iterable[Row], table: str | None, tell: Callable[[Refused], None], *, keep: bool
) -> list[Count]:
    """What becomes of each row, by table. Once one is refused none is kept, since none will be written."""
    counts: dict[str, Count] = {}
    replaced: dict[str, int] = {}  # the lines of claims that are called so
    for row in rows:
        name = table or row.table or "rows"
        verdict = take_row(intake, row, name)
        counts[name] = more(counts.get(name, Count(name)), verdict.outcome)
        for problem in verdict.problems:
            tell(Refused(row.line, problem))
        if verdict.problems:
            keep = False
        elif row.document and row.document.get("status") == "replaced" and name == "claims":
            replaced[verdict.there or verdict.record.id] = row.line
        if not keep:
            intake.ready.clear()
    for id, line in replaced.items():
        if id not in intake.replaced:
            counts["claims"] = more(counts["claims"], "refused")
            tell(Refused(line, Problem("not-replaced", f"claim {id}", *NOT_REPLACED)))
            intake.ready.clear()
    return list(counts.values())


def more(count: Count, outcome: str) -> Count:
    """One more row with this outcome."""
    return count.replace(**{outcome: getattr(count, outcome) + 1})


def take_row(intake: Intake, row: Row, table: str) -> Verdict:
    """What one row comes to."""
    if row.document is None:
        return refused("row", "unreadable-row", cut(row.complaint), "mend the row")
    if table not in TABLES:
        message = "is neither a claim, with a quote, nor a source, with a title"
        return refused("row", "unknown-row", message, "name the fields as the store does, or give --table")
    return intake.take(table, row.document)


def add(path: Path, table: str, document: Document, *, wait: float, day: str) -> Any:
    """Enter one document; its record.

    Raises:
        UsageError: if anything is wrong with it, or it is there already.
        StoreError: as `transaction.changing`.
    """
    with transaction.changing(path, wait, day) as draft:
        intake = Intake(draft.facts)
        record = only(intake.take(table, document), table)
        transaction.insert(draft, table, intake.ready[table])
    return record


def only(verdict: Verdict, table: str) -> Any:
    """The record of one document that must be good and new.

    Raises:
        UsageError: if it is not.
    """
    if verdict.problems:
        raise UsageError("; ".join(f"{one.where}: {one.message}; {one.remedy}" for one in verdict.problems))
    if verdict.there:
        raise UsageError(f"{TABLES[table][0]} {verdict.there}: is there already {verdict.how}; nothing is changed")
    return verdict.record


def retract(path: Path, id: str, reason: str, *, wait: float, day: str) -> Claim:
    """Take a claim out of all sums; it stays, with the day and the reason.

    Raises:
        UsageError: if there is no such claim, it is retracted or replaced already, or there is no reason.
        StoreError: as `transaction.changing`.
    """
    if not reason.strip():
        raise UsageError("--reason needs words")
    with transaction.changing(path, wait, day) as draft:
        claim = standing_claim(draft.facts, id)
        transaction.change(draft, "claims", id, {"retracted": {"day": day, "reason": reason}})
    return claim


def replace(path: Path, id: str, changes: Mapping[str, Any], *, wait: float, day: str) -> Claim:
    """Put a new claim in the place of one that stays, out of all sums; the new one.

    What is not changed is as it was, and None takes a field away; value and hedge are read anew from a changed quote.

    Raises:
        UsageError: if there is no such claim, it is replaced or retracted already, or the new one is not good.
        StoreError: as `transaction.changing`.
    """
    with transaction.changing(path, wait, day) as draft:
        old = standing_claim(draft.facts, id)
        dropped = {"id", "replaces"} | ({"value", "hedge"} if {"quote", "measure"} & set(changes) else set())
        kept = {name: value for name, value in transaction.document(draft, "claims", id).items() if name not in dropped}
        intake = Intake(draft.facts)
        claim: Claim = only(intake.take("claims", {**kept, **changes, "replaces": id}), "claims")
        if claim.replace(id=id, replaces=old.replaces) == old:
            raise UsageError("nothing is changed: give what is to be another")
        transaction.insert(draft, "claims", intake.ready["claims"])
    return claim


def standing_claim(facts: Facts, id: str) -> Claim:
    """A claim that can still be retracted or replaced, as one can whose replacement was retracted.

    Raises:
        UsageError: if it can't, or is not there.
    """
    claim = next((claim for claim in facts.claims if claim.id == id), None)
    if claim is None:
        raise UnknownNameError("claim", id, [])
    if claim.retracted:
        raise UsageError(f"{id} was retracted on {claim.retracted.day}: {claim.retracted.reason}")
    by = [other.id for other in facts.claims if other.replaces == id and not other.retracted]
    if by:
        raise UsageError(f"{id} is replaced by {by[0]}: that is the one to change")
    return claim


def new_store(path: Path, title: str | None, *, claims: bool, force: bool, wait: float, day: str) -> Facts:
    """A store with the vocabulary of the shipped one, and its claims and sources if wanted.

    Raises:
        UsageError, StoreError: as `transaction.create`; also if the title is blank.
    """
    if title is not None and not title.strip():
        raise UsageError("--title needs words")
    tables = read_file(store.shipped())
    if not claims:
        tables |= {"claims": {}, "sources": {}}
    [info] = tables["store"].values()
    info["updated"] = day
    info["title"] = title or info["title"]
    return transaction.create(path, tables, wait, force=force).replace(path=str(path))
