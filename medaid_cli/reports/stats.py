"""`stats`: one line per measure, a total that can be defended; and, on demand, all that it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from medaid_cli import query
from medaid_cli.model import Facts
from medaid_cli.query import Filter
from medaid_cli.reports.lines import (
    LINE_FIELDS,
    carriers,
    line_columns,
    line_row,
    sources_words,
)
from medaid_cli.reports.parts import INFERRED, INFERRED_NOTE, figure_text, printed, quote_text, window_notes
from medaid_cli.reports.report import Block, Column, Report, Row, column, plural
from medaid_cli.scopes import Told, status_of
from medaid_cli.tallies import Line, measure_lines

# How many measures a screen of so many columns has room for: all of so few, or so many of the best told.
WIDE, FITTING, MOST_LINES = 100, 24, 17
NARROW_FITTING, NARROW_MOST = 13, 11  # where most take two lines and more


def stats(facts: Facts, wanted: Filter, *, why: bool, full: bool = True, columns: int | None = None) -> Report:
    """One row per measure that counts; with `why`, or where measures are asked for, also all that is behind each.

    Where nothing counts, the answer is empty, unless the reasons are asked for. Not `full`, what no one will see is
    left away: the quantities in the rows. `columns`: no more measures than fit a screen of these, of those that add up
    the ones that most sources tell of.
    """
    chosen = query.select(facts, wanted)
    opened = why or bool(wanted.measure)
    lines = list(measure_lines(chosen, wanted, facts, full=full or opened))
    dropped = sum(len(line.left_out) for line in lines)
    if not opened and not any(line.total for line in lines):
        lines = []
    shown = lines if opened or columns is None else best_told(lines, columns)
    spared = len(lines) - len(shown)
    rows = [line_row(line, facts, full=full or opened) for line in shown]
    return Report(
        name="stats",
        fields=LINE_FIELDS,
        rows=rows,
        query=query.as_query(wanted),
        columns=line_columns(),
        unfold=partial(all_details, {line.measure.id: line for line in shown}, facts) if opened else None,
        notes=(
            *stats_notes(rows, 0 if opened else dropped, opened=opened),
            *([f"{plural(spared, 'more measure')} that fewer sources tell of: medaid stats --why"] if spared else []),
            *window_notes(chosen, wanted, facts),
        ),
    )


def best_told(lines: Sequence[Line], columns: int) -> list[Line]:
    """The measures that can be added up and that most sources tell of, in their order; of equals the first."""
    fitting, most_lines = (FITTING, MOST_LINES) if columns >= WIDE else (NARROW_FITTING, NARROW_MOST)
    if len(lines) <= fitting:
        return list(lines)

    def sources(line: Line) -> int:
        return len({told.claim.source for one in line.found for told in one.told})

    adding = [line for line in lines if line.measure.adds != "none"]
    most = sorted(adding, key=sources, reverse=True)[:most_lines]
    return [line for line in lines if line in most]


def all_details(lines: Mapping[str, Line], facts: Facts, rows: Sequence[Row]) -> list[Block]:
    """What is behind each of the rows."""
    return [block for row in rows for block in details(lines[row["measure"]], row, facts)]


def details(line: Line, row: Row, facts: Facts) -> Iterable[Block]:
    """What is behind a line, for people: the basis, the rows, what was left out, and the checks."""
    label = line.measure.label
    if line.total and line.total.basis:
        added = [claim_line(told, facts) for part in line.total.basis for told in carriers(part)]
        many = " (apart, so they add up)" if len(line.total.basis) > 1 else ""
        yield Block(f"{label}: the total rests on{many}", claim_columns(), added)
    if line.total and line.total.named:
        names = [{"name": facts.places[code].name} for code in line.total.named]
        yield Block(f"{label}: the total is the number of countries named", (column("country", "name"),), names)
    if row["rows"]:
        rows = [entry for one in row["rows"] for entry in (one, *({**part, "part": True} for part in one["of_which"]))]
        yield Block(f"{label}: all that is told; rows are not added up", row_columns(), rows)
        told = [claim_line(told, facts) for one in line.found for told in one.told]
        yield Block(f"{label}: the claims behind it", claim_columns(), told)
    if line.left_out:
        left = [claim_line(one.told, facts) | {"reason": one.reason} for one in line.left_out]
        yield Block(f"{label}: left out", (column("reason", "reason"), *claim_columns()), left)
    if row["checks"]:
        checks = [{"ok": "fits" if check["ok"] else "CONTRADICTION", "text": check["text"]} for check in row["checks"]]
        yield Block(f"{label}: parts and wholes", (column("check", "ok"), column("what", "text")), checks)


def claim_line(told: Told, facts: Facts) -> dict[str, Any]:
    """A claim as one line: the phrase, and where and when it was printed."""
    claim = told.claim
    return {
        "id": claim.id,
        "quote": claim.quote,
        "status": status_of(claim, facts),
        "publisher": facts.sources[claim.source].publisher,
        "as_of": printed(told.as_of),
    }


def claim_columns() -> tuple[Column, ...]:
    """The columns for people over `claim_line`."""
    return (
        column("claim", "id"),
        Column("as printed", quote_text),
        column("source", "publisher"),
        column("as of", "as_of"),
    )


def row_columns() -> tuple[Column, ...]:
    """The columns for people over rows and their parts."""
    return (
        Column("of what", lambda row: ("  of which " if row.get("part") else "") + row["words"]),
        Column("figure", figure_text, numeric=True),
        Column("sources", sources_words),
        column("as of", "as_of"),
    )


def stats_notes(rows: Sequence[Mapping[str, Any]], dropped: int, *, opened: bool) -> Iterable[str]:
    """How to read the lines, what was left out without being shown, and what is behind the lines."""
    if rows:
        yield "a total adds only what is provably apart; rows are never simply added up"
    else:
        yield "no figure passes the filter"
    if any(row["named"] and row["named"]["countries"] for row in rows):
        yield "named: the part of the total that countries named one by one account for, at the least"
    if any(row["sources"] != row["origins"] for row in rows):
        yield "in brackets: how many origins the sources have, reprints counted once"
    if any(row["standing"] == "conflict" for row in rows):
        yield "! sources contradict each other: medaid compare"
    if any(row["widest"] and row["widest"]["words"].endswith(INFERRED) for row in rows):
        yield INFERRED_NOTE
    if dropped:
        yield f"{plural(dropped, 'figure')} left out (planned, inbound, outside the years ...); --why lists them"
    if rows and not opened:
        yield "the claims behind a line: medaid stats -m MEASURE"
