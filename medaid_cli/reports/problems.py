"""What `check` and `verify` found, and which rules there are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from medaid_cli.model import Facts, Problem
from medaid_cli.reports.report import Block, Column, Report, Row, column, plural
from medaid_cli.verify import RESULTS, Text, Texts, Verified, changed

PROBLEM_FIELDS = ("rule", "severity", "file", "claim", "where", "message", "remedy")
RULE_FIELDS = ("rule", "severity", "holds")
VERIFIED_FIELDS = ("claim", "source", "locator", "quote", "result", "found_on", "message")


def problems(facts: Facts, found: Sequence[Problem], rules: Sequence[str]) -> Report:
    """What is wrong by the rules asked for, the errors first."""
    asked = [one for one in found if not rules or one.rule in rules]
    severities = Counter(one.severity for one in asked)
    notes = [f"{plural(severities['error'], 'error')}, {plural(severities['warning'], 'warning')} in {facts.path}"]
    if len(asked) < len(found):
        notes.append(f"{plural(len(found) - len(asked), 'error')} of other rules: the store does not load")
    return Report(
        name="check",
        fields=PROBLEM_FIELDS,
        rows=[problem_row(one, facts) for one in sorted(asked, key=lambda one: one.severity)],
        query={"rule": list(rules)},
        columns=(
            column("severity", "severity"),
            column("rule", "rule"),
            Column("what is wrong", lambda row: f"{row['where']}: {row['message']}"),
            column("what to do", "remedy"),
        ),
        notes=tuple(notes),
    )


def problem_row(one: Problem, facts: Facts) -> dict[str, Any]:
    """A problem as a record."""
    return {
        "rule": one.rule,
        "severity": one.severity,
        "file": facts.path,
        "claim": one.claim or None,
        "where": one.where,
        "message": one.message,
        "remedy": one.remedy,
    }


def rules(listed: Sequence[tuple[str, str, str]]) -> Report:
    """The rules, and what holds where they are kept."""
    return Report(
        name="rules",
        fields=RULE_FIELDS,
        rows=[dict(zip(RULE_FIELDS, one, strict=True)) for one in listed],
        query={},
        columns=(column("rule", "rule"), column("severity", "severity"), column("holds", "holds")),
        notes=(plural(len(listed), "rule"),),
    )


def verified(found: Sequence[Verified], texts: Texts, folder: Path) -> Report:
    """What became of each quote: all of them for machines, for people those that need a look."""
    results = Counter(one.result for one in found)
    whys = Counter(one.message for one in found if one.result == "not checkable")
    unread = Block(
        "not checkable",
        (column("why", "why"), column("claims", "claims", numeric=True)),
        [{"why": why, "claims": count} for why, count in sorted(whys.items())],
    )
    counted = ", ".join(f"{results[result]:,} {result}" for result in RESULTS if results[result])
    return Report(
        name="verify",
        fields=VERIFIED_FIELDS,
        rows=[verified_row(one) for one in found],
        query={"texts": str(folder)},
        unfold=lambda rows: [block for block in (need_a_look(rows), unread) if block.rows],
        notes=(*about_texts(texts), f"{plural(len(found), 'quote')}: {counted}" if found else "no quotes"),
        extra={"counts": {result: results[result] for result in RESULTS}, "changed_texts": changed(texts)},
    )


def need_a_look(rows: Sequence[Row]) -> Block:
    """The quotes that are not where they should be, or read otherwise there."""
    columns = (
        column("claim", "claim"),
        column("quote", "quote"),
        column("result", "result"),
        column("what was seen", "message"),
    )
    loud = [row for row in rows if row["result"] not in ("found", "not checkable")]
    return Block("quotes that need a look", columns, loud)


def about_texts(texts: Texts) -> Iterator[str]:
    """Which texts are others than those that were read, and of how many that can't be told."""
    for source in changed(texts):
        yield f"{source}.txt is not the text that was read: its SHA-256 is another"
    unknown = sum(isinstance(text, Text) and text.same is None for text in texts.values())
    if unknown:
        yield f"{plural(unknown, 'text')} not compared: the store has no text_sha256 of what was read"


def verified_row(one: Verified) -> dict[str, Any]:
    """One claim as a record."""
    return {
        "claim": one.claim.id,
        "source": one.claim.source,
        "locator": one.claim.locator,
        "quote": one.claim.quote,
        "result": one.result,
        "found_on": list(one.lines),
        "message": one.message,
    }
